"""Lists of people that were brought in, for the doors that lead to them."""

from __future__ import annotations

from django.utils import timezone

from people.actions import confirming
from people.actions.imports import begin_import
from people.confirm_links import token_of
from people.models import ImportRow, KnownTo, Organisation, PersonMerge, PoolImport
from tests import factories

NEVER = "00000000-0000-4000-8000-000000000000"
LIST = b"Name,Tel\nPia Example,07700 900555\n"


def imports(ours: Organisation, theirs: Organisation) -> dict[str, dict[str, object]]:
    """Return files that were looked through, and one that was brought in; and a row of each."""
    made = {
        "ours": _made(ours, "ready"),
        "ours-done": _made(ours, "done"),
        "theirs": _made(theirs, "ready"),
        "theirs-done": _made(theirs, "done"),
    }
    things = {name: {"uuid": str(one.uuid)} for name, one in made.items()}
    never = {"uuid": NEVER}
    return {
        **_asked(made["ours-done"], made["theirs-done"]),
        "import": things | {"never": never},
        "import-row": {name: address | {"number": 2} for name, address in things.items()}
        | {"never": never | {"number": 2}, "ours-no-row": things["ours"] | {"number": 9}},
    }


def _made(organisation: Organisation, status: str) -> PoolImport:
    made = begin_import(
        organisation=organisation,
        actor=None,
        file_name="people.csv",
        data=LIST,
        headings=["Name", "Tel"],
    )
    made.status = status
    if status == "done":
        made.confirmed_at = made.visible_at = timezone.now()
        made.result = {"created": 1, "filled": 0}
    made.save()
    facts = {"name": "Pia Example", "phone": "+447700900555"}
    ImportRow.objects.create(
        pool_import=made, number=2, key="k", verdict="doubtful", facts=facts, cells={"Tel": "07700"}
    )
    return made


def _asked(ours: PoolImport, theirs: PoolImport) -> dict[str, dict[str, object]]:
    """Return people who came with the lists and were asked if they stay, and the link of one."""
    asks, twins, merges = {}, {}, {}
    for name, made in (("ours", ours), ("theirs", theirs)):
        person = factories.make_person(f"Asked of {name}", came_with=made, status="not_confirmed")
        KnownTo.objects.create(
            person=person, organisation=made.organisation, reason=KnownTo.Reason.IN_THEIR_LIST
        )
        asks[name] = confirming.ask(person=person.pk)
        twin, gone = (factories.make_person(person.name, town=person.town) for _ in "ab")
        KnownTo.objects.create(
            person=twin, organisation=made.organisation, reason=KnownTo.Reason.IN_THEIR_LIST
        )
        twins[name] = {"uuid": str(person.uuid), "other": str(twin.uuid)}
        merge = PersonMerge.objects.create(kept=person, gone=gone, organisation=made.organisation)
        merges[name] = {"uuid": str(person.uuid), "pk": merge.pk}
    uuids = {name: {"uuid": str(ask.person.uuid)} for name, ask in asks.items()}
    link = {"mine": {"token": token_of(asks["ours"].seed)}, "never": {"token": "0" * 64}}
    never = {"uuid": NEVER}
    return {
        "two-people": twins | {"never": never | {"other": NEVER}},
        "merge": merges | {"never": never | {"pk": 1}},
        "asked-person": uuids | {"never": never},
        "asked-to-stay": link,
    }
