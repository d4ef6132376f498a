"""A brief at a glance: the same facts in the same words on cards, on its page and in lists."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import formats
from django.utils.text import Truncator, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coprod.lib.wording import day_short
from opportunities.levels import Level, PlacesGiven
from opportunities.lifecycle import Status
from opportunities.models import Opportunity

SOON = dt.timedelta(days=7)
ROOM = 140  # letters of a card's sentence
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_CLAUSE = re.compile(r"[.:;](?=\s|$)")
_AFTER_CLOSING = {
    Status.CLOSED: ("", ""),
    Status.IN_PROGRESS: ("org", ""),
    Status.COMPLETED: ("", "tick"),
}


@dataclass(frozen=True)
class Tag:
    """Words, and how they look: ``{% tag words kind icon %}``."""

    words: str
    kind: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Card:
    """What a card says, in words. Two cards that say the same are equal, whatever else changed."""

    opportunity: Opportunity = field(compare=False)
    title: str
    slug: str
    letters: str
    organisation: str
    tag: Tag
    summary: str
    when: str
    where: str
    how_long: str
    paid: str
    level: Level | None
    places: int | None
    places_left: int | None
    places_are_open: bool


def cards(opportunities: Iterable[Opportunity], day: dt.date) -> list[Card]:
    """Return the cards of ``opportunities``, whose organisation, team and towns are fetched."""
    return [card(one, day) for one in opportunities]


def card(opportunity: Opportunity, day: dt.date) -> Card:
    """Return what is said at a glance about ``opportunity`` on ``day``."""
    is_taking_people = opportunity.status not in (Status.IN_PROGRESS, Status.COMPLETED)
    return Card(
        opportunity=opportunity,
        title=opportunity.title,
        slug=opportunity.slug,
        letters=opportunity.organisation.letters,
        organisation=asking(opportunity),
        tag=state(opportunity, day),
        summary=summary(opportunity.what),
        when=when(opportunity),
        where=where(opportunity),
        how_long=first_clause(opportunity.commitment),
        paid=Truncator(opportunity.reward.strip().rstrip(".")).chars(90),
        level=opportunity.level_choice,
        places=opportunity.places if is_taking_people else None,
        places_left=opportunity.places_left if is_taking_people else None,
        places_are_open=is_taking_people and opportunity.places_are_open,
    )


def asking(opportunity: Opportunity) -> str:
    """Return who asks: "Example Council, Adult social care"."""
    team = opportunity.team
    return ", ".join([opportunity.organisation.name, *([team.name] if team else [])])


def summary(text: str) -> str:
    """Return the first sentences of an answer, as many as a card has room for, at least one."""
    said = ""
    for sentence in _SENTENCE.split(" ".join(text.split())):
        longer = f"{said} {sentence}".strip()
        if said and len(longer) > ROOM:
            break
        said = longer
    return Truncator(said).chars(ROOM + 60)


def first_clause(text: str) -> str:
    """Return the beginning of an answer: "About 12 hours" of "About 12 hours: training 2h, …"."""
    return Truncator(_CLAUSE.split(text.strip(), maxsplit=1)[0].strip()).chars(90)


def when(opportunity: Opportunity) -> str:
    """Return the dates in short, or the beginning of the answer to "When will it take place?"."""
    start, end = opportunity.starts_on, opportunity.ends_on
    if start is None:
        return first_clause(opportunity.when)
    if end is None:
        return _("From %(day)s") % {"day": formats.date_format(start, "j F Y")}
    if start == end:
        return formats.date_format(start, "l j F Y")
    first = formats.date_format(start, "j F" if start.year == end.year else "j F Y")
    return _("%(first)s to %(last)s") % {"first": first, "last": formats.date_format(end, "j F Y")}


def where(opportunity: Opportunity) -> str:
    """Return the places in words: "Tipton, Rowley Regis and online"."""
    places = [town.name for town in opportunity.towns.all()]
    if opportunity.is_borough_wide:
        places.insert(0, _("All of %(place)s") % {"place": settings.PLACE})
    if opportunity.is_online:
        places.append(_("online") if places else _("At home or online"))
    return get_text_list(places, _("and"))


def state(opportunity: Opportunity, day: dt.date) -> Tag:
    """Return the tag: whether people can come forward, and until when."""
    status = Status(opportunity.status)
    if status in _AFTER_CLOSING:
        kind, icon = _AFTER_CLOSING[status]
        return Tag(str(status.label), kind, icon)
    if status != Status.PUBLISHED:
        return Tag(str(status.label), "draft")
    if not opportunity.is_open_on(day):
        return Tag(str(Status.CLOSED.label))
    return _open_tag(opportunity, day)


def _open_tag(opportunity: Opportunity, day: dt.date) -> Tag:
    closes = opportunity.closes_on
    until = _("Closes %(day)s") % {"day": day_short(closes)} if closes else _("No closing date")
    left = opportunity.places_left
    if left == 0 and opportunity.places_given == PlacesGiven.FIRST_COME:
        return Tag(_("Full. You can join the waiting list"), "soon", "clock")
    if left == 1:
        words = ngettext("%(left)s place left", "%(left)s places left", left) % {"left": left}
        return Tag(f"{words}. {until}", "soon", "clock")
    if closes is not None and closes - day <= SOON:
        return Tag(until, "soon", "clock")
    return Tag(until)
