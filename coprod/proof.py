"""Before something changes that could lock its owner out: is it still the same person?

Who signed in, or showed once more who they are, in the last quarter of an hour goes on. Everybody
else is asked first: for the second step where they have one, else for the password, else to sign in
by a code again.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from coprod.lib import session_time

GetResponse = Callable[[HttpRequest], HttpResponse]
PAGES = {
    *("account_email", "account_set_password", "mfa_activate_totp", "mfa_add_webauthn"),
    *("people:copy_data", "people:download_copy", "people:delete_me", "people:type_erasure"),
}
LASTS = 15 * 60  # seconds


class FreshProofMiddleware:
    """Stands before the pages that change how somebody signs in."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Send on to show who one is; None where that was shown lately."""
        if request.resolver_match.view_name not in PAGES or not request.user.is_authenticated:
            return None
        if time.time() - _shown_at(request) <= LASTS:
            return None
        ways = get_adapter().get_reauthentication_methods(request.user)
        page = ways[0]["url"] if ways else reverse("people:sign_in_again")
        return redirect(f"{page}?{urlencode({'next': request.path})}")


def _shown_at(request: HttpRequest) -> float:
    records = get_authentication_records(request, request.user)
    began = session_time.began(request.session, request.user)
    return max([began, *(record["at"] for record in records)])
