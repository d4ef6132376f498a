"""Floors and rooms: imports and relations only go down, and every room keeps its order.

Each rule is a function from a tree to its faults. It is run on the house, which must have none,
and on a small crooked house in ``tmp_path``, in which it must find the fault (its control).
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.tree import Import, Module, imports, modules

# The longest name that fits decides: coprod.lib is the foundation, the rest of coprod the roof.
FLOORS = {
    "coprod.lib": 0,
    "coprod.templatetags": 0,
    "people": 1,
    "opportunities": 2,
    "charter": 3,
    "charter.reporting": 4,
    "coprod": 5,
}
# Inside a room each file imports only those before it. A file that is not named here stands
# between rules and forms: it imports no forms, views or urls, and no model or rule imports it;
# unless it imports nothing of its room (a table of words, say): then everybody may use it.
ROOM_ORDER = {
    "lifecycle": 0,
    "signals": 0,
    "models": 1,
    "rules": 2,
    "notices": 4,
    "actions": 5,
    "filters": 6,
    "forms": 7,
    "adapter": 8,
    "admin": 8,
    "views": 8,
    "urls": 9,
    "apps": 10,
    "management": 10,
}
BETWEEN = 3


def floor_of(name: str) -> int | None:
    """Return the floor of a dotted name, or None for somebody else's package."""
    fitting = [room for room in FLOORS if name == room or name.startswith(room + ".")]
    return FLOORS[max(fitting, key=len)] if fitting else None


def room_of(name: str) -> str | None:
    """Return the room of a dotted name: its app; None for the roof and the foundation."""
    if name.startswith("coprod"):
        return None
    return "charter.reporting" if name.startswith("charter.reporting") else name.partition(".")[0]


def place_in_room(name: str, needy: Iterable[str] | None = None) -> int:
    """Return the rank of a module among the files of its room.

    ``needy`` are the modules that import something of their room; None: do not ask.
    """
    inside = name.removeprefix(room_of(name) or "").lstrip(".").partition(".")[0]
    alone = needy is not None and name not in needy
    return ROOM_ORDER.get(inside, 0 if alone else BETWEEN)


def going_up(found: Iterable[Import]) -> list[str]:
    return [str(one) for one in found if floor_of(one.imported) > floor_of(one.importer)]


def relations_going_up(kinds: Iterable[type[models.Model]]) -> list[str]:
    faults = []
    for model in kinds:
        for field in model._meta.get_fields(include_hidden=False):
            target = field.related_model if field.concrete and field.is_relation else None
            if target is None:
                continue
            here, there = (_floor_of_model(one) for one in (model, target))
            if None not in {here, there} and there > here:
                faults.append(f"{model._meta.label}.{field.name} points up to {target._meta.label}")
    return faults


def _floor_of_model(model: type[models.Model]) -> int | None:
    return floor_of(apps.get_app_config(model._meta.app_label).name)


def cycles(found: Iterable[Import]) -> list[str]:
    """Return each import that lies on a circle of imports (imports for types alone do not run)."""
    after: dict[str, set[str]] = {}
    for one in found:
        if not one.only_types:
            after.setdefault(one.importer, set()).add(one.imported)
    return [
        f"{start} and {end} import each other"
        for start, ends in after.items()
        for end in sorted(ends)
        if start in _reachable(after, end)
    ]


def _reachable(after: dict[str, set[str]], start: str) -> set[str]:
    seen, ahead = set(), [start]
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead.extend(after.get(name, ()))
    return seen


def out_of_order(found: Iterable[Import]) -> list[str]:
    inside = [one for one in found if room_of(one.importer) == room_of(one.imported) is not None]
    needy = {one.importer for one in inside}
    return [
        f"{one}, which stands after it in the room"
        for one in inside
        if place_in_room(one.imported, needy) > _limit(one.importer)
    ]


def _limit(importer: str) -> int:
    place = place_in_room(importer)
    return ROOM_ORDER["actions"] if place == BETWEEN else place


def views_used_elsewhere(found: Iterable[Import]) -> list[str]:
    return [
        str(one)
        for one in found
        if ".views" in one.imported
        and not one.importer.endswith(".urls")
        and (".views" not in one.importer or room_of(one.importer) != room_of(one.imported))
    ]


def completers(house: Iterable[Module]) -> list[str]:
    """Return the modules that complete an opportunity: the charter's condition has one door."""
    return [module.name for module in house if _completes(module)]


def _completes(module: Module) -> bool:
    text = ast.unparse(module.tree)
    doors = imports_of_actions(module)
    return any(f"{door}.complete(" in text for door in doors) or "complete" in _names(module)


def imports_of_actions(module: Module) -> list[str]:
    """Return the local names under which a module knows ``opportunities.actions``."""
    return [
        alias.asname or alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and module.absolute(node) == "opportunities"
        for alias in node.names
        if alias.name == "actions"
    ]


def _names(module: Module) -> set[str]:
    return {
        alias.name
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        and module.absolute(node).startswith("opportunities.actions")
        and not module.name.startswith("opportunities.actions")
        for alias in node.names
    }


@pytest.fixture(scope="module")
def house() -> list[Module]:
    return modules()


@pytest.fixture
def crooked(tmp_path: Path):
    """``crooked({"people/rules.py": "import charter"})`` builds a house of these files."""

    def build(files: dict[str, str]) -> list[Module]:
        for name, text in files.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return modules(tmp_path)

    return build


def test_imports_only_go_down(house):
    assert going_up(imports(house)) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("people/rules.py", "from opportunities.models import Opportunity"),
        ("people/rules.py", "def f():\n    import charter.models"),
        ("people/rules.py", "from coprod import nav"),
        ("charter/rules.py", "from .reporting import tables"),
        ("coprod/lib/days.py", "from ..nav import portal"),
        ("coprod/templatetags/ui.py", "from people.models import Person"),
    ],
)
def test_an_import_that_goes_up_is_found(crooked, file, text):
    extra = {"coprod/nav.py": "", "charter/reporting/tables.py": "", "charter/models.py": ""}
    assert len(going_up(imports(crooked({**extra, file: text})))) == 1


def test_an_import_that_goes_down_is_fine(crooked):
    files = {
        "charter/reporting/tables.py": "from charter.models import Pledge\nimport people.models",
        "people/rules.py": "from coprod.lib.days import today\nfrom coprod.templatetags import ui",
        "coprod/home.py": "from charter.reporting import tables",
    }
    assert going_up(imports(crooked(files))) == []


def test_relations_only_go_down():
    assert relations_going_up(apps.get_models()) == []


@isolate_apps("people", "opportunities")
def test_a_relation_that_goes_up_is_found():
    class Upper(models.Model):
        class Meta:
            app_label = "opportunities"

    class Lower(models.Model):
        upper = models.ForeignKey(Upper, on_delete=models.CASCADE)

        class Meta:
            app_label = "people"

    assert relations_going_up([Upper, Lower]) == [
        "people.Lower.upper points up to opportunities.Upper"
    ]


def test_no_module_imports_in_a_circle(house):
    assert cycles(imports(house)) == []


def test_a_circle_is_found_and_types_alone_make_none(crooked):
    files = {
        "people/one.py": "from . import two",
        "people/two.py": "def later():\n    from .three import x",
        "people/three.py": "from people.one import y",
        "people/four.py": "if TYPE_CHECKING:\n    from . import five",
        "people/five.py": "from . import four",
    }
    assert {fault.split()[0] for fault in cycles(imports(crooked(files)))} == {
        "people.one",
        "people.two",
        "people.three",
    }


def test_every_room_keeps_its_order(house):
    assert out_of_order(imports(house)) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("people/models/pool.py", "from ..rules import acting"),
        ("people/models/pool.py", "from people.audit import record"),
        ("people/rules.py", "from .actions import share"),
        ("people/lifecycle.py", "from .models import Person"),
        ("people/audit.py", "from .forms import ProfileForm"),
        ("people/actions.py", "from .forms import ProfileForm"),
        ("people/notices.py", "from . import actions"),
    ],
)
def test_a_file_out_of_order_is_found(crooked, file, text):
    extra = {f"people/{name}.py": "" for name in ("rules", "actions", "forms", "models/__init__")}
    extra["people/audit.py"] = "from .models import AuditEvent"
    assert len(out_of_order(imports(crooked({**extra, file: text})))) == 1


def test_a_table_of_words_may_be_used_by_everybody(crooked):
    files = {"people/words.py": "import enum", "people/models/pool.py": "from .. import words"}
    assert out_of_order(imports(crooked(files))) == []


def test_views_are_imported_by_urls_alone(house):
    assert views_used_elsewhere(imports(house)) == []


def test_a_view_used_elsewhere_is_found(crooked):
    files = {
        "people/views/staff.py": "from . import resident",
        "people/views/resident.py": "",
        "people/urls.py": "from .views import staff",
        "people/actions.py": "from .views import staff",
        "charter/views/staff.py": "from people.views.staff import show",
    }
    assert len(views_used_elsewhere(imports(crooked(files)))) == 2


def test_only_the_charter_completes_an_opportunity(house):
    assert [name for name in completers(house) if not name.startswith("charter.actions")] == []


@pytest.mark.parametrize(
    "text",
    [
        "from opportunities.actions import complete",
        "from opportunities import actions\nactions.complete(opportunity)",
        "from ..actions import close, complete",
        "from .. import actions as verbs\nverbs.complete(opportunity)",
    ],
)
def test_a_second_door_to_completion_is_found(crooked, text):
    assert completers(crooked({"opportunities/views/staff.py": text})) == [
        "opportunities.views.staff"
    ]
