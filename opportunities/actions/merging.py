"""Two pages of one person become one: what they came forward to is settled first."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from coprod.lib.lifecycle import NotAllowed
from opportunities.lifecycle import SignUpStatus
from opportunities.models import SignUp
from people.actions import merging
from people.models import Organisation, Person, PersonMerge, User

from .sign_ups import OUT, withdraw

# Who has more stays in: a place, then a hope for one.
WEIGHT = {
    SignUpStatus.CHOSEN: 3,
    SignUpStatus.PLACE: 3,
    SignUpStatus.WAITING: 2,
    SignUpStatus.HEARD: 2,
    SignUpStatus.NOT_THIS_TIME: 1,
}


@transaction.atomic
def merge_people(
    *,
    kept: Person,
    gone: Person,
    organisation: Organisation,
    actor: User,
    take: frozenset[str] = frozenset(),
) -> PersonMerge:
    """Make one page of two. Who came forward twice to one project is in once; the place is free.

    Raises:
        NotAllowed: as ``people.actions.merging.merge_people``; or the page that would go has a
            place where the other has none: then that one is to stay.
    """
    for mine, theirs in came_forward_twice(kept, gone):
        if WEIGHT.get(SignUpStatus(theirs.status), 0) > WEIGHT.get(SignUpStatus(mine.status), 0):
            raise NotAllowed(
                _("“%(brief)s”: the page that would go has more there. Keep that page instead.")
                % {"brief": theirs.opportunity.title}
            )
        if theirs.status not in OUT:
            withdraw(sign_up=theirs, actor=actor, tell=False)
    return merging.merge_people(
        kept=kept, gone=gone, organisation=organisation, actor=actor, take=take
    )


def came_forward_twice(kept: Person, gone: Person) -> list[tuple[SignUp, SignUp]]:
    """Return both sign-ups to each project to which both pages came forward."""
    rows = SignUp.objects.select_related("opportunity").order_by("pk")
    mine = {row.opportunity_id: row for row in rows.filter(person=kept)}
    theirs = rows.filter(person=gone, opportunity__in=mine)
    return [(mine[row.opportunity_id], row) for row in theirs]
