"""Pages that only inform: how it works, words, help, privacy, accessibility, concerns."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def contact(request: HttpRequest) -> HttpResponse:
    """Every way to reach a person."""
    return render(request, "pages/contact.html")
