"""The dates of a brief, and of what somebody came forward to, for a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.calendars import CANCELLED, CONFIRMED, TENTATIVE, Entry, calendar, end_of
from opportunities.lifecycle import HOLDING, LIVE, Status
from opportunities.models import Opportunity, SignUp
from people.models import Person

SHOWN_FOR = dt.timedelta(days=90)  # how long a calendar still hears of what is over
MOST = 200


def brief_calendar(brief: Opportunity) -> bytes:
    """Return the dates that everybody may know: until when to come forward, first and last day."""
    entries = list(_days(brief, CONFIRMED))
    if brief.closes_on is not None:
        title = _("Closes today: %(title)s") % {"title": brief.title}
        entries.insert(0, _entry(brief, "closes", title, end_of(brief.closes_on), CONFIRMED))
    return calendar(brief.title, entries)


def person_calendar(person: Person) -> bytes:
    """Return the dates of what a person came forward to. Nothing of what they told anybody."""
    since = timezone.localdate() - SHOWN_FOR
    rows = SignUp.objects.filter(person=person, opportunity__starts_on__isnull=False)
    recent = rows.exclude(opportunity__ends_on__lt=since).select_related("opportunity")
    entries = [
        entry
        for row in recent.order_by("-came_forward_at", "-pk")[:MOST]
        for entry in _days(row.opportunity, _standing(row))
    ]
    return calendar(_("Get involved in %(place)s") % {"place": settings.PLACE}, entries)


def _standing(row: SignUp) -> str:
    """Return how sure the date is for this person."""
    if row.status not in LIVE or row.opportunity.status == Status.WITHDRAWN:
        return CANCELLED
    return CONFIRMED if row.status in HOLDING else TENTATIVE


def _days(brief: Opportunity, standing: str) -> Iterator[Entry]:
    first, last = brief.starts_on, brief.ends_on
    if first is None:
        return
    if last in {None, first}:
        yield _entry(brief, "first", brief.title, first, standing)
        return
    named = {"title": brief.title}
    yield _entry(brief, "first", _("First date: %(title)s") % named, first, standing)
    if last is not None:
        yield _entry(brief, "last", _("Last date: %(title)s") % named, last, standing)


def _entry(
    brief: Opportunity, which: str, title: str, start: dt.date | dt.datetime, standing: str
) -> Entry:
    url = f"{settings.SITE_URL}{brief.get_absolute_url()}"
    return Entry(
        uid=f"brief-{brief.pk}-{which}@{urlsplit(settings.SITE_URL).hostname}",
        title=title,
        start=start,
        changed_at=brief.updated_at,
        url=url,
        place=brief.venue,
        text=url,
        status=standing,
        version=brief.version,
    )
