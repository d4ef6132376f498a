"""What every page knows: the place, the help lines, and the links of header and footer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

# At most four links, and no menu button: on a phone they wrap.
PUBLIC = (
    ("/opportunities/", _("What you can do")),
    ("/you-said-we-did/", _("You said, we did")),
    ("/how-it-works/", _("How it works")),
    ("/account/login/", _("Sign in")),
)
RESIDENT = (
    ("/my/", _("My involvement")),
    ("/opportunities/", _("What you can do")),
    ("/you-said-we-did/", _("You said, we did")),
    ("/my/profile/", _("My profile")),
)
STAFF = (
    ("/staff/", _("My work")),
    ("/staff/opportunities/", _("Briefs")),
    ("/you-said-we-did/", _("You said, we did")),
    ("/reporting/who-has-been-involved/", _("Who has been involved")),
)
FOOTER = (
    ("/accessibility/", _("Accessibility")),
    ("/privacy/", _("Privacy and your choices")),
    ("/contact/", _("Contact us")),
    ("/glossary/", _("What words mean")),
    ("/concern/", _("Report a concern")),
    ("/charter/", _("Our charter")),
)
DEMO = "/demo/"
CHOOSE = "/staff/choose-organisation/"


def portal(request: HttpRequest) -> dict[str, object]:
    """Return the context of the base templates; the links are worked out when a page shows them."""
    return {
        **place_and_help(),
        "demonstration": settings.DEMONSTRATION,
        "demo_href": DEMO if settings.DEMONSTRATION and _open(DEMO) else "",
        "nav": partial(header_links, request),
        "strip": partial(staff_strip, request),
    }


def place_and_help() -> dict[str, object]:
    """Return what is the same for everybody, whatever works or does not."""
    return {
        "place": settings.PLACE,
        "help": {
            "phone": settings.HELP_PHONE,
            "text": settings.HELP_TEXT,
            "email": settings.HELP_EMAIL,
            "post": settings.HELP_POST,
            "hours": settings.HELP_HOURS,
        },
        "footer": partial(links, FOOTER),
    }


def header_links(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the header's links for whoever asks: ``href``, ``label``, ``current``."""
    made = links(_of(request))
    here = max(
        (link["href"] for link in made if request.path.startswith(link["href"])),
        key=len,
        default="",
    )
    for link in made:
        link["current"] = _current(link["href"], here, request.path)
    return made


def links(entries: Iterable[tuple[str, Any]]) -> list[dict[str, Any]]:
    """Return the entries whose address is there."""
    return [{"href": href, "label": label} for href, label in entries if _open(href)]


def staff_strip(request: HttpRequest) -> dict[str, Any] | None:
    """Return what the strip of a member of staff says; None for everybody else."""
    memberships = getattr(request, "memberships", [])
    if not memberships:
        return None
    several = len(memberships) > 1 and _open(CHOOSE)
    return {"membership": request.user.acting, "choose_href": CHOOSE if several else ""}


def _of(request: HttpRequest) -> tuple[tuple[str, Any], ...]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return PUBLIC
    return STAFF if getattr(request, "memberships", None) else RESIDENT


def _current(href: str, here: str, path: str) -> str:
    if href != here:
        return ""
    return "page" if href == path else "true"


def _open(href: str) -> bool:
    try:
        resolve(href)
    except Resolver404:
        return False
    return True
