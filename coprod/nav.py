"""What every page knows: the place, the help lines, and the links of header and footer."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from coprod import lane
from coprod.lib.session_time import time_left
from people.models import Role

Entry = tuple[str, str | Promise]  # the name of a page, and the words of its link

HOME: Entry = ("my", _("My involvement"))
WORK: Entry = ("staff_home", _("My work"))
BRIEFS: Entry = ("opportunities:manage", _("Briefs"))
PEOPLE: Entry = ("people:people_list", _("People"))
STAFF: Entry = ("people:staff_list", _("Staff and roles"))
LIST: Entry = ("opportunities:index", _("What you can do"))
SAID: Entry = ("charter:you_said_we_did", _("You said, we did"))
FIGURES: Entry = ("reporting:who_has_been_involved", _("Who has been involved"))

# At most four links, and no menu button: on a phone they wrap.
PUBLIC = (LIST, SAID, ("how_it_works", _("How it works")), ("account_login", _("Sign in")))
RESIDENT = (HOME, LIST, SAID, ("people:my_page", _("My page")))
BY_ROLE: dict[str, tuple[Entry, ...]] = {
    Role.OFFICER: (WORK, BRIEFS, PEOPLE, SAID),
    Role.COORDINATOR: (WORK, BRIEFS, PEOPLE, SAID),
    Role.COMMISSIONER: (WORK, LIST, SAID, FIGURES),
    Role.FINANCE: (WORK, LIST, SAID),
    Role.ADMINISTRATOR: (WORK, STAFF, SAID, FIGURES),
}
NOT_CHOSEN = (LIST, SAID)  # somebody with several roles, before the choice of one
FOOTER = (
    ("accessibility", _("Accessibility")),
    ("privacy", _("Privacy and your choices")),
    ("contact", _("Contact us")),
    ("glossary", _("What words mean")),
    ("concern", _("Report a concern")),
    ("charter:charter", _("Our charter")),
)


def portal(request: HttpRequest) -> dict[str, object]:
    """Return the context of the base templates; the links are worked out when a page shows them."""
    return {
        **place_and_help(),
        "demonstration": settings.DEMONSTRATION,
        "demo_href": reverse("demo") if settings.DEMONSTRATION else "",
        "nav": partial(header_links, request),
        "strip": partial(staff_strip, request),
        "who": partial(owner_of_drafts, request),
        "for_them": partial(lane.for_them, request),
    }


def owner_of_drafts(request: HttpRequest) -> str:
    """Return what stands in a page for the account, so that drafts in a tab have an owner."""
    return salted_hmac("coprod.drafts", str(request.user.pk)).hexdigest()[:16]


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
    """Return the header's links for whoever asks: ``href``, ``label``, ``current``.

    ``current`` is "page" on the page itself, "true" on a page below it, and "" elsewhere.
    """
    made = links(_entries(request))
    above = (link["href"] for link in made if request.path.startswith(link["href"]))
    here = max(above, key=len, default="")
    for link in made:
        link["current"] = _current(link["href"], here, request.path)
    return made


def links(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return ``href`` and ``label`` of every entry."""
    return [{"href": reverse(name), "label": label} for name, label in entries]


def staff_strip(request: HttpRequest) -> dict[str, Any] | None:
    """Return what the strip of a member of staff says; None for everybody else."""
    memberships = getattr(request, "memberships", [])
    if not memberships:
        return None
    choose = reverse("people:choose_organisation") if len(memberships) > 1 else ""
    return {
        "membership": request.user.acting,
        "choose_href": choose,
        "seconds_left": time_left(request.session, request.user).seconds,
    }


def _entries(request: HttpRequest) -> tuple[Entry, ...]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return PUBLIC
    if user.acting is not None:
        return BY_ROLE[user.acting.role]
    return NOT_CHOSEN if getattr(request, "memberships", None) else RESIDENT


def _current(href: str, here: str, path: str) -> str:
    if href != here:
        return ""
    return "page" if href == path else "true"
