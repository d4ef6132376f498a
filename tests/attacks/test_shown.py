"""Whatever people wrote comes out as words: on every page, in every file, in every letter.

Every text that the database holds of people, briefs and what was said is replaced by markup,
template syntax and quotes. Then every page is drawn for whoever may see it.
"""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone

from people.models import Notice
from people.outbox import owe
from tests.house.doors import table
from tests.house.doors.addresses import doors
from tests.house.doors.walk import Answer, Walker, known_once, sign_in

pytestmark = pytest.mark.django_db  # which makes the database; the world is older than each test
ROWS = table.read()
EVIL = """<img src=x onerror=alert(1)>"'`{{7*7}}{% now %}%(x)s"""
RAW, ESCAPED = b"<img src=x", b"&lt;img src=x"
LOOK = ("resident", "coordinator", "administrator", "commissioner", "anonymous")
# Rooms whose rows hold what people wrote; and columns that are no words of theirs.
ROOMS = ("people", "opportunities", "charter")
MEANINGFUL = {
    "AuditEvent",
    "EqualityAnswer",
    "EqualityQuestion",
    "Invitation",
    "Notice",
    "Participation",
}
KEYS = {
    "slug",
    "email",
    "password",
    "photo",
    "token_hash",
    "seed",
    "letters",
    "pseudonym",
    "message_id",
    "version",
    "code",
    "key",
}


def words_of(model: type[models.Model]) -> list[models.Field]:
    """Return the columns of a table that hold words of somebody."""
    return [
        one
        for one in model._meta.concrete_fields
        if isinstance(one, models.CharField | models.TextField)
        and not isinstance(one, models.EmailField | models.SlugField | models.FileField)
        and not one.choices
        and not one.unique
        and not one.primary_key
        and one.name not in KEYS
    ]


def write_evil() -> int:
    """Replace the words of every row; return in how many columns."""
    changed = 0
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            if model.__name__ in MEANINGFUL or model.__name__.startswith("Historical"):
                continue
            for one in words_of(model):
                room_for = one.max_length or len(EVIL)
                if room_for < len(RAW):
                    continue
                with suppress(IntegrityError), transaction.atomic():  # refused is as good
                    rows = model.objects.exclude(**{one.name: ""})
                    changed += bool(rows.update(**{one.name: EVIL[:room_for]}))
    return changed


@pytest.fixture(scope="module")
def drawn(stage) -> dict[tuple[str, str], Answer]:
    """Every page, file and feed, drawn for each of those who may enter."""
    assert write_evil() > 30
    keys = {role: sign_in(stage.users[role]) for role in LOOK}
    walker, found = Walker(), {}
    with known_once():
        for door in doors():
            row = table.row_of(ROWS, door.name)
            if row is None or door.name.startswith("admin:"):
                continue
            for thing, arguments in stage.things[row.kind].items():
                role = next((one for one in LOOK if row.room.cell(thing, one) == table.ENTERS), "")
                if role:
                    address = reverse(door.name, kwargs=arguments)
                    found[door.name, thing] = walker.ask("GET", address, keys[role])
    return found


def test_every_page_shows_words_as_words(drawn):
    """Control: the words are there, escaped, on most pages of people and projects."""
    pages = {
        key: one for key, one in drawn.items() if "html" in one.headers.get("Content-Type", "")
    }
    raw = sorted(f"{name} ({thing})" for (name, thing), one in pages.items() if RAW in one.body)
    assert raw == []
    assert sum(ESCAPED in one.body for one in pages.values()) > 40
    assert not [key for key, one in drawn.items() if one.status >= 500 and key[0] != "readyz"]


def test_no_template_syntax_is_run(drawn):
    """Control: it is shown as it was typed."""
    bodies = [one.body for one in drawn.values()]
    assert any(b"{{7*7}}" in body for body in bodies)
    assert not any(b"alert(1)&gt;&quot;&#x27;`49" in body for body in bodies)


def test_every_file_is_taken_home_and_not_opened(drawn):
    """What is no page is no page to a browser either: files are saved, data is data."""
    files = {key: one for key, one in drawn.items() if one.status == 200 and RAW in one.body}
    assert ("opportunities:export_sign_ups", "ours") in files
    kinds = {one.headers["Content-Type"].partition(";")[0] for one in files.values()}
    assert kinds <= {"text/csv", "text/calendar", "application/json"}, kinds
    for key, one in files.items():
        assert one.headers["X-Content-Type-Options"] == "nosniff", key
        assert "attachment" in one.headers.get("Content-Disposition", "attachment"), key


def test_every_letter_shows_words_as_words(stage):
    """The letters of the world, written anew with evil words. Control: the plain text has them."""
    person = stage.users["resident"].person
    person.name = EVIL[:60]
    notice = owe(
        person=person,
        event="evil",
        kind="place_given",
        template="opportunities/place_given",
        context={
            "opportunity": _evil_brief(),
            "sign_up": person.sign_ups.first(),
            "now": timezone.now(),
        },
    )
    assert RAW.decode() in notice.text
    assert RAW.decode() not in notice.html
    assert "\n" not in notice.subject
    assert Notice.objects.filter(pk=notice.pk).exists()


def _evil_brief():
    brief = apps.get_model("opportunities", "Opportunity").objects.filter(slug__startswith="ours")[
        0
    ]
    brief.title = EVIL
    return brief
