"""The lines of ``every_form`` about helping and young people, and what was typed for others."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from coprod.lib.days import today
from people import helper_links
from people.actions import add_helper
from people.models import RelationKind
from tests import factories as make


def build_help(world: SimpleNamespace) -> None:
    """Add helpers of each kind, and young people at each step of the way."""
    resident, other = world.resident, world.other_resident.person
    world.comes_along = make.make_relation(resident.person, kind=RelationKind.SPEAKS_WITH)
    world.rita = make.make_user("Rita Receives", email="rita@example.org")
    facts: dict[str, Any] = {"kind": RelationKind.RECEIVES, "scope": ["hear_places"]}
    world.asked_help = add_helper(
        person=resident.person, actor=resident, name="Rita", email="rita@example.org", **facts
    )
    world.help_link = helper_links.token_of(world.asked_help.links.first().seed)
    world.helper = make.make_user("Hal Helper")
    world.helps = make.make_relation(other, world.helper)
    world.fresh = make.make_opportunity(world.host)
    world.helped_known = make.make_relation(world.known)
    _young(world)


def _young(world: SimpleNamespace) -> None:
    world.young = make.make_resident("Yan Young")
    make.make_young(world.young.person, age=14, yes_at=None, yes_wording="")
    world.said_yes = make.make_resident("Yola Yes")
    make.make_young(world.said_yes.person, age=14)
    child = make.make_person("Cal Child", joined_through=world.host)
    world.child = make.make_young(child, age=14).person
    world.quiet = make.make_person("Quinn Quiet", joined_through=world.host)
    make.make_young(world.quiet, age=14, yes_at=None, yes_wording="")
    world.parent = make.make_user("Pia Parent")
    guards = make.make_relation(child, world.parent, RelationKind.GUARDIAN)
    world.guards = guards
    make.make_agreement(child, guards, ask_again_on=today() + dt.timedelta(days=10))
    unchecked = {"checked_on": None, "how_checked": "", "ask_again_on": None}
    world.given = make.make_agreement(world.quiet, status="given", **unchecked)
    world.to_hear = make.make_agreement(
        world.quiet, status="asked", given_at=None, wording_version="", **unchecked
    )
    world.for_young = make.make_opportunity(world.host, min_age=11)
    world.held = make.make_sign_up(world.for_young, world.quiet)


def parts(name: str, value: dt.date) -> dict[str, str]:
    """Return the three boxes of a date."""
    return {f"{name}_{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


BY_PHONE = {"channel": "phone"}
BORN = parts("born_on", today() - dt.timedelta(days=14 * 366))
ADULT = {"authority": "parent", "name": "Gail", "phone": "0121 496 0100"}
COMES = {"kind": "speaks_with", "can_speaks_with": ["come_along"], "name": "Carl"}
HELPED, YOUNG, CHECK = "helped_person", "people:young_person", "people:check_agreement"
# As in ``pool_forms``: name of the address, who sends, what the address names, and more.
LINES: list[tuple[str, str, tuple[str, ...], dict[str, Any]]] = [
    ("people:add_helper", "resident", (), {"typed": COMES}),
    ("people:end_help", "resident", ("comes_along.uuid",), {"page": "people:my_helpers"}),
    ("people:send_help_link", "resident", ("asked_help.uuid",), {"page": "people:my_helpers"}),
    ("people:accept_help", "rita", ("help_link",), {"typed": {"do": "yes"}}),
    ("stop_helping", "helper", ("helps.uuid",), {"page": HELPED}),
    ("agree_again", "parent", ("guards.uuid",), {"page": HELPED}),
    ("help_sign_up", "helper", ("helps.uuid", "fresh.slug"), {"typed": {"old_enough": "on"}}),
    ("help_withdraw", "helper", ("helps.uuid", "row.pk"), {}),
    ("help_details", "helper", ("helps.uuid",), {"typed": {"name": "Brian New"}}),
    ("help_answer", "helper", ("helps.uuid", "asked.pk"), {"typed": {"verdict": "yes"}}),
    ("people:my_age", "resident", (), {"typed": BORN}),
    ("people:say_yes", "young", (), {"typed": {"yes": "on"}}),
    ("people:take_back_yes", "said_yes", (), {"page": "people:my_age"}),
    ("people:ask_guardian", "young", (), {"typed": ADULT}),
    ("people:type_helper", "officer", ("known.uuid",), {"typed": COMES | BY_PHONE}),
    (
        "people:end_help_for",
        "coordinator",
        ("known.uuid", "helped_known.pk"),
        {"page": "people:person_helpers"},
    ),
    ("people:type_age", "coordinator", ("known.uuid",), {"typed": BORN | BY_PHONE}),
    ("people:type_yes", "coordinator", ("quiet.uuid",), {"typed": {"yes": "on"} | BY_PHONE}),
    ("people:type_no", "coordinator", ("child.uuid",), {"page": YOUNG}),
    ("people:type_guardian", "coordinator", ("quiet.uuid",), {"typed": ADULT | BY_PHONE}),
    (
        "people:type_agreement",
        "coordinator",
        ("to_hear.pk",),
        {"typed": {"agree": "on"} | BY_PHONE},
    ),
    (
        CHECK,
        "coordinator",
        ("given.pk",),
        {"typed": {"how_checked": "By the school"} | parts("checked_on", today())},
    ),
    ("people:refuse_agreement", "coordinator", ("given.pk",), {"page": CHECK}),
    (
        "people:impact_assessments",
        "coordinator",
        (),
        {"typed": {"reference": "DPIA-7", "done_by": "Ivy"} | parts("done_on", today())},
    ),
    (
        "opportunities:decides_alone",
        "officer",
        ("for_young.slug", "held.pk"),
        {
            "typed": {
                "why_alone": "Asks good questions",
                "explained_by": "Lena",
                "explained_how": "With pictures",
            }
            | parts("explained_on", today())
        },
    ),
    (
        "opportunities:type_change",
        "officer",
        ("published.slug", "row.pk"),
        {"typed": {"why": "I was there"} | BY_PHONE},
    ),
    (
        "opportunities:type_support",
        "officer",
        ("published.slug", "row.pk"),
        {"typed": {"support_text": "Large print", "support_consent": "on"} | BY_PHONE},
    ),
    (
        "opportunities:type_equality",
        "officer",
        ("known.uuid",),
        {"typed": {"sex": "female"} | BY_PHONE},
    ),
    (
        "people:type_profile",
        "officer",
        ("known.uuid",),
        {"typed": {"important_to_me": "My garden"} | BY_PHONE},
    ),
    ("people:type_copy", "officer", ("known.uuid",), {"typed": BY_PHONE}),
    ("charter:stop_asking_for", "officer", ("to_ring.pk",), {"typed": BY_PHONE}),
]
