"""“My page”: the parts of what a person may tell us, what is there already, and the way to each.

To add a part: a function that takes the person and returns a ``Part``, and its line in ``PARTS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Person, PersonKind, TopicKind
from .queries import PARTS as PROFILE_PARTS
from .queries import profile_of, profile_parts_done
from .topics import LISTS


@dataclass(frozen=True)
class Part:
    """One line of “My page”: what it is called, what is there in a few plain words, and where.

    ``there`` says nothing about health: whoever looks over a shoulder reads it too.
    """

    title: Any
    there: Any
    href: str


def one_page_profile(person: Person) -> Part:
    """The six parts of the template."""
    done = profile_parts_done(profile_of(person))
    there = _("%(done)s of %(all)s parts done") % {"done": done, "all": PROFILE_PARTS}
    return Part(_("My one page profile"), there, reverse("people:profile"))


def details(person: Person) -> Part:
    """How to reach the person."""
    return Part(_("How you reach me"), person.get_contact_by_display(), reverse("people:details"))


def needs(_person: Person) -> Part:
    """What helps the person to take part; what it is stands behind the link alone."""
    there = _("An interpreter, large print, a ramp: what helps you")
    return Part(_("What helps me to take part"), there, reverse("people:my_needs"))


def openings(_person: Person) -> Part:
    """Who looked at the person's page."""
    return Part(_("Who has looked"), _("Who, when, in which role"), reverse("people:openings"))


def place(person: Person) -> Part:
    """Where the person lives, and how far they can go."""
    far = getattr(person, "availability", None)
    said = [str(person.town or ""), str(far.get_how_far_display() if far else "")]
    there = ". ".join(one for one in said if one) or _nothing()
    return Part(_("Where I live, and how far I can go"), there, reverse("people:place"))


def time(person: Person) -> Part:
    """When the person has time."""
    row = getattr(person, "availability", None)
    said = row and [*row.day_names, *row.time_names]
    there = ", ".join(said) if said else _nothing()
    return Part(_("When I have time"), there, reverse("people:availability"))


def topics(person: Person) -> Iterable[Part]:
    """The four lists, each with how much is on it: never what."""
    chosen = person.topics.aggregate(**{kind: Count("pk", filter=Q(kind=kind)) for kind in LISTS})
    for kind, said in LISTS.items():
        number = chosen[kind]
        there = ngettext("%(number)s thing", "%(number)s things", number) % {"number": number}
        yield Part(said.title, there if number else _nothing(), reverse(ADDRESSES[kind]))


def partners(person: Person) -> Part:
    """Who may look for the person."""
    names = [row.organisation.name for row in person.may_look.select_related("organisation")]
    there = ", ".join(sorted(names)) or _("Nobody")
    return Part(_("Which partners may look for me"), there, reverse("people:partners"))


def support(person: Person) -> Part:
    """Support and training: how many offers wait for an answer."""
    number = person.offers.filter(answer="").count()
    words = ngettext(
        "%(number)s offer waits for your answer",
        "%(number)s offers wait for your answer",
        number,
    )
    there = words % {"number": number} if number else _("Wish for something, answer offers")
    return Part(_("Support and training"), there, reverse("people:support"))


def joining(person: Person) -> Part:
    """For whom the person speaks."""
    speaks_for = person.represents if person.kind == PersonKind.REPRESENTATIVE else _("For myself")
    return Part(_("Who I am here for"), speaks_for, reverse("people:joining"))


def _nothing() -> str:
    return _("Nothing yet")


ADDRESSES = {
    TopicKind.INTEREST: "people:interests",
    TopicKind.EXPERIENCE: "people:experience",
    TopicKind.SKILL: "people:skills",
    TopicKind.LANGUAGE: "people:languages",
}
PARTS: tuple[Callable[[Person], Part | Iterable[Part]], ...] = (
    one_page_profile,
    details,
    needs,
    place,
    time,
    topics,
    support,
    partners,
    joining,
    openings,
)


def parts_of(person: Person) -> list[Part]:
    """Return every part of “My page”, in order."""
    made = (one(person) for one in PARTS)
    return [part for one in made for part in ([one] if isinstance(one, Part) else one)]
