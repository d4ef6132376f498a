"""What somebody typed is kept while they sign in again.

A form that comes too late (the session is over), or with a key from before a sign-in in another
window, cannot be taken. What was typed is then kept, and stands in the form again as soon as the
same person opens it, with a notice. Nothing is sent by itself.

Kept are words and choices, never files and passwords, and nothing from the pages of signing in, the
administration and the equality questions. They are encrypted with a key that only the browser has
(in a cookie), belong to the account that the form was drawn for, and are gone after an hour, when
the form is sent, or when the person signs out.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from coprod.lib import filling, once
from coprod.models import KeptForm
from people.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]
COOKIE = "kept"
APART = ("/account/", "/admin/", "/demo/", "/invitation/", "/my/equality/")
LARGEST = 100_000  # letters: several times the longest brief
AT_MOST = 20  # forms of one person


class KeptMiddleware:
    """Keeps what came too late, and puts it back into its form."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "POST":
            return self._sent(request)
        kept = _kept_for(request)
        typed = _typed(request, kept) if kept else None
        if not kept or not typed:
            return self.get_response(request)
        messages.info(request, _("We kept what you typed. Check it, and send it again."))
        return _filled(self.get_response(request), kept, typed)

    def _sent(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return keep(request) or self.get_response(request)
        was = request.user.pk
        response = self.get_response(request)
        if COOKIE in request.COOKIES:
            _forget(request, response, was)
        return response


# --- Keeping ---------------------------------------------------------------------------------
def keep(request: HttpRequest) -> HttpResponse | None:
    """Keep the form that was sent, and return where to go now; None where it is not to be kept."""
    token = once.read(request.POST.get(once.FIELD, ""))
    if token is None or request.path.startswith(APART):
        return None
    user = User.objects.filter(pk=token.user_pk, is_active=True).first()
    if user is None or (request.user.is_authenticated and request.user != user):
        return None
    page = _page_of(request)
    response = redirect(page if request.user.is_authenticated else _sign_in(page))
    response.had_no_effect = True
    if typed := _to_keep(request):
        _store(request, response, user, page, typed)
        if not request.user.is_authenticated:
            messages.info(request, _("Please sign in again. We kept what you typed."))
    return response


def _page_of(request: HttpRequest) -> str:
    """Return the page on which the form stood: not every address of a form is a page itself."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and came_from.path:
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return request.get_full_path()


def _sign_in(page: str) -> str:
    return f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': page})}"


def _to_keep(request: HttpRequest) -> str:
    """Return what was typed, as JSON; empty where nothing was, or more than we keep."""
    typed = {
        name: values
        for name, values in request.POST.lists()
        if name not in filling.OWN and "password" not in name
    }
    text = json.dumps(typed)
    return text if any(any(one) for one in typed.values()) and len(text) <= LARGEST else ""


def _store(request: HttpRequest, response: HttpResponse, user: User, page: str, typed: str) -> None:
    key = request.COOKIES.get(COOKIE, "")
    if _lock(key) is None:
        key = Fernet.generate_key().decode()
    older = KeptForm.objects.filter(user=user).order_by("-kept_at")
    KeptForm.objects.filter(pk__in=[one.pk for one in older[AT_MOST - 1 :]]).delete()
    KeptForm.objects.update_or_create(
        user=user,
        browser=_browser(key),
        page=page[:500],
        defaults={
            "goes_to": request.path,
            "typed": Fernet(key).encrypt(typed.encode()),
            "kept_at": timezone.now(),
        },
    )
    response.set_cookie(
        COOKIE,
        key,
        max_age=KeptForm.LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _lock(key: str) -> Fernet | None:
    try:
        return Fernet(key)
    except ValueError:
        return None


def _browser(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


# --- Putting back ----------------------------------------------------------------------------
def _kept_for(request: HttpRequest) -> KeptForm | None:
    """Return what this person typed on this page in this browser."""
    if COOKIE not in request.COOKIES or not request.user.is_authenticated:
        return None
    mine = KeptForm.objects.young().filter(user=request.user)
    browser = _browser(request.COOKIES[COOKIE])
    return mine.filter(browser=browser, page=request.get_full_path()).first()


def _typed(request: HttpRequest, kept: KeptForm) -> dict[str, list[str]] | None:
    lock = _lock(request.COOKIES[COOKIE])
    try:
        return json.loads(lock.decrypt(bytes(kept.typed))) if lock else None
    except InvalidToken:
        return None


def _filled(response: HttpResponse, kept: KeptForm, typed: dict[str, list[str]]) -> HttpResponse:
    if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
        return response
    page = filling.fill(
        response.content.decode(), stands_at=kept.page, goes_to=kept.goes_to, typed=typed
    )
    if page is not None:
        response.content = page.encode()
    return response


# --- Forgetting ------------------------------------------------------------------------------
def _forget(request: HttpRequest, response: HttpResponse, was: int) -> None:
    """Forget what was sent now, and everything when the person signs out."""
    mine = KeptForm.objects.filter(user=was, browser=_browser(request.COOKIES[COOKIE]))
    if not request.user.is_authenticated:
        mine.delete()
        response.delete_cookie(COOKIE, samesite="Lax")
    elif 300 <= response.status_code < 400 and not getattr(response, "had_no_effect", False):
        mine.filter(goes_to=request.path).delete()


def forget_kept_forms() -> int:
    """Forget what nobody came back for in time; return how many."""
    return KeptForm.objects.old().delete()[0]
