"""The lines of ``every_form`` about being in the pool, and the people whom they are about."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

from coprod.lib.days import today
from people.actions import make_offer, wish_for
from people.lifecycle import PoolStatus
from people.models import Cohort, Tag
from tests import factories as make


def build_pool(world: SimpleNamespace) -> None:
    """Add somebody new, somebody away, somebody who died; a wish, and an offer to answer."""
    later = today() + dt.timedelta(days=9)
    away = {"status": PoolStatus.PAUSED, "paused_until": later}
    world.away = make.make_resident("Ava Away", **away)
    world.away_offline = make.make_person("Al Away", joined_through=world.host, **away)
    world.new = make.make_person("Nia New", joined_through=world.host, status=PoolStatus.INTERESTED)
    world.died = make.make_person("Dot Died", joined_through=world.host, status=PoolStatus.DIED)
    facts: dict[str, Any] = {"person": world.resident.person, "kind": "support", "what": "A lift"}
    world.wish = wish_for(actor=world.resident, **facts)
    world.group = Cohort.objects.create(organisation=world.host, name="Advisors of 2026")
    world.label = Tag.objects.create(organisation=world.host, name="Likes to read drafts")
    world.offer = make_offer(organisation=world.host, actor=world.officer, **facts)


BY_PHONE = {"channel": "phone"}
ANSWERS: dict[str, dict[str, Any]] = {
    "break": {"length": "1m"},
    "leave": {"sure": "on"},
    "joining": {"kind": "resident", "heard_from": "poster"},
    "support": {"kind": "training", "what": "How to lead a meeting"},
    "interests": {"words": "Kites"},
    "experience": {"words": "Caring for my mother", "agreed": "on"},
    "skills": {"words": "Knitting"},
    "languages": {"words": "Esperanto"},
    "availability": {"days": ["mon"], "times": ["evening"], "notice_days": "7"},
    "place": {"how_far": "town"},
    "partners": {"partners": []},
}
# Name of the address, who sends, what the address names, and more for ``every_form._add``.
Line = tuple[str, str, tuple[str, ...], dict[str, Any]]
LINES: list[Line] = [
    *(
        (
            f"people:{'take_break' if name == 'break' else name}",
            "other_resident",
            (),
            {"typed": typed},
        )
        for name, typed in ANSWERS.items()
    ),
    ("people:come_back", "away", (), {"page": "people:my_page"}),
    ("people:drop_wish", "resident", ("wish.pk",), {"page": "people:support"}),
    (
        "people:answer_offer",
        "resident",
        ("offer.pk",),
        {"page": "people:support", "typed": {"answer": "taken"}},
    ),
    *(
        (
            f"people:type_{name}",
            "coordinator" if name == "experience" else "officer",
            ("known.uuid",),
            {"typed": typed | BY_PHONE},
        )
        for name, typed in ANSWERS.items()
    ),
    ("people:type_back", "officer", ("away_offline.uuid",), {"typed": BY_PHONE}),
    (
        "people:type_answer",
        "coordinator",
        ("resident.person.uuid", "offer.pk"),
        {"typed": {"answer": "declined"} | BY_PHONE},
    ),
    ("people:welcome_person", "officer", ("new.uuid",), {}),
    ("people:name_contact", "officer", ("known.uuid",), {}),
    *(
        (f"people:change_{one}", "officer", (f"{one}.pk",), {"typed": {"is_active": "False"}})
        for one in ("group", "label")
    ),
    ("people:set_labels", "officer", ("known.uuid",), {"typed": {"new_tag": "Reads drafts"}}),
    (
        "people:make_offer",
        "officer",
        ("known.uuid",),
        {"typed": {"kind": "support", "what": "A taxi"}},
    ),
    (
        "people:record_death",
        "coordinator",
        ("known.uuid",),
        {"typed": {"sure": "on"} | BY_PHONE},
    ),
    ("people:correct_death", "coordinator", ("died.uuid",), {"page": "people:show_person"}),
]
