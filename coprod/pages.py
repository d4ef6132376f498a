"""Pages that only inform: how it works, words, help, privacy, accessibility, concerns."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coprod.glossary import TERMS
from coprod.lib.days import today
from opportunities.levels import Level
from people.models import Organisation
from people.privacy import VERSIONS, table_of_data
from people.versions import public_page

# The accessibility statement: when it was written, and when it was looked at last.
STATEMENT_PREPARED = dt.date(2026, 11, 22)
STATEMENT_REVIEWED = dt.date(2026, 11, 22)


@login_not_required
@public_page
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    """Every way to reach a person."""
    return render(request, "pages/contact.html")


@login_not_required
@public_page
@require_safe
def how_it_works(request: HttpRequest) -> HttpResponse:
    """From looking round to hearing what became of it, and how much say each step gives."""
    return render(request, "pages/how_it_works.html", {"levels": Level})


@login_not_required
@public_page
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words that we use, in other words."""
    return render(request, "pages/glossary.html", {"terms": TERMS})


@login_not_required
@public_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, why, who sees it, for how long, and how to complain."""
    everybody = list(Organisation.objects.in_force_on(today()))
    hosts = [one.name for one in everybody if one.is_host]
    context = {
        "controller": hosts[0] if hosts else settings.PLACE,
        "partners": [one for one in everybody if not one.is_host],
        "days": settings.CHECK_BACK_DAYS,
        "lines": table_of_data(),
        "versions": VERSIONS,
    }
    return render(request, "pages/privacy.html", context)


@login_not_required
@public_page
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement, in the form that the 2018 regulations ask for."""
    context = {
        "controller": _host_name(),
        "prepared": STATEMENT_PREPARED,
        "reviewed": STATEMENT_REVIEWED,
        "site_url": settings.SITE_URL,
    }
    return render(request, "pages/accessibility.html", context)


@login_not_required
@public_page
@require_safe
def concern(request: HttpRequest) -> HttpResponse:
    """Somebody may not be safe: what to do, who listens, what happens then."""
    return render(request, "pages/concern.html")


def _host_name() -> str:
    """Return the organisation that answers for the portal."""
    host = Organisation.objects.filter(is_host=True).values_list("name", flat=True).first()
    return host or settings.PLACE
