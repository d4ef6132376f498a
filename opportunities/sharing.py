"""What other sites and programs are told about a brief: only what its page says to everybody."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from coprod.lib.calendars import one_line
from opportunities.cards import summary, where
from opportunities.lifecycle import PUBLIC, Status
from opportunities.models import Opportunity

_ATTENDANCE = {
    (True, True): "MixedEventAttendanceMode",
    (True, False): "OnlineEventAttendanceMode",
    (False, True): "OfflineEventAttendanceMode",
    (False, False): "OfflineEventAttendanceMode",
}


def shared(brief: Opportunity) -> dict[str, Any]:
    """Return address, title and words of a public brief; empty for one that is not public."""
    if brief.status not in PUBLIC:
        return {}
    return {
        "address": settings.SITE_URL + brief.get_absolute_url(),
        "site": settings.SITE_URL,
        "title": one_line(brief.title),
        "words": one_line(summary(brief.what)),
        "event": event(brief),
    }


def event(brief: Opportunity) -> dict[str, Any] | None:
    """Return the brief as an Event of schema.org; None without a first day, or once it is over."""
    if brief.starts_on is None or brief.status == Status.COMPLETED:
        return None
    address = settings.SITE_URL + brief.get_absolute_url()
    at_a_place = brief.is_borough_wide or bool(brief.venue) or bool(brief.towns.all())
    made = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": one_line(brief.title),
        "description": one_line(summary(brief.what)),
        "url": address,
        "startDate": brief.starts_on.isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": f"https://schema.org/{_ATTENDANCE[brief.is_online, at_a_place]}",
        "location": _location(brief, address, at_a_place=at_a_place),
        "organizer": {"@type": "Organization", "name": one_line(brief.organisation.name)},
        "isAccessibleForFree": True,
        "inLanguage": settings.LANGUAGE_CODE,
    }
    if brief.ends_on is not None:
        made["endDate"] = brief.ends_on.isoformat()
    return made


def _location(brief: Opportunity, address: str, *, at_a_place: bool) -> list[dict[str, str]]:
    name = one_line(brief.venue or where(brief))
    place = {"@type": "Place", "name": name, "address": name}
    online = {"@type": "VirtualLocation", "url": address}
    both = [*([place] if at_a_place else []), *([online] if brief.is_online else [])]
    return both or [{"@type": "Place", "name": settings.PLACE, "address": settings.PLACE}]
