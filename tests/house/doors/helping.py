"""Who helps whom, for the doors: the resident is helped, helps a neighbour, and has a guardian."""

from __future__ import annotations

import uuid

from opportunities.models import Opportunity
from people import actions, helper_links
from people.lifecycle import AgreementStatus
from people.models import Can, RelationKind
from tests import factories

NEVER = 999_999_999


def helping(users: dict, briefs: dict[str, Opportunity]) -> dict[str, dict[str, dict[str, object]]]:
    """Return the things that the addresses of helping can name."""
    resident, neighbour = users["resident"].person, users["neighbour"].person
    mine = actions.add_helper(
        person=resident,
        actor=users["resident"],
        kind=RelationKind.SPEAKS_WITH,
        name="Ned",
        email="ned@example.org",
        scope=[Can.COME_ALONG],
    )
    theirs = factories.make_relation(neighbour, users["resident"])
    guardian = factories.make_relation(resident, kind=RelationKind.GUARDIAN)
    agreement = factories.make_agreement(
        resident, guardian, status=AgreementStatus.GIVEN, ask_again_on=None
    )
    helped, never = {"uuid": theirs.uuid}, {"uuid": uuid.uuid4()}
    sign_up = neighbour.sign_ups.get()
    of_nobody = {"uuid": theirs.uuid, "pk": NEVER}
    return {
        "relation": {"mine": {"uuid": mine.uuid}, "somebody’s": helped, "never": never},
        "helping": {"mine": helped, "never": never},
        "help-brief": {"mine": {**helped, "slug": briefs["ours"].slug}},
        "help-sign-up": {"mine": {**helped, "pk": sign_up.pk}, "never": of_nobody},
        "help-question": {"never": of_nobody},
        "help-link": {
            "open": {"token": helper_links.token_of(mine.links.get().seed)},
            "never": {"token": "0" * 64},
        },
        "relation-for": {
            "ours": {"uuid": resident.uuid, "pk": mine.pk},
            "theirs": {"uuid": neighbour.uuid, "pk": theirs.pk},
        },
        "agreement": {"ours": {"pk": agreement.pk}, "never": {"pk": NEVER}},
    }
