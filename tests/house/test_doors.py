"""Closed by default: every address, by every method, as everybody, about everything it can name.

``doors/table.txt`` says what each of them gets, and a door that does not stand there fails. The
world is built once; every request is undone after it. ``make doors`` walks each cell. Otherwise a
role looks at everything where it may enter, and meets each kind of refusal once at each door: with
another of the things that are refused alike at the next one. Where it never enters, one of the two
databases is asked.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from types import ModuleType
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpResponse
from django.template.backends.django import Template
from django.urls import path, reverse

from tests.house.doors import headers, table, world
from tests.house.doors.addresses import Door, doors
from tests.house.doors.walk import Answer, Walker, known_once, sign_in

OTHER_METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "BOGUS")
# What looking may write: that somebody looked, and what is made when it is first asked for.
LOOKING_WRITES = {
    "people_auditevent",
    "people_profile",
    "reporting_count",
    "reporting_reportcell",
    "django_session",
}
# Addresses outside of the rooms for staff and for people that stand open without signing in.
PUBLIC = {
    "home",
    "how_it_works",
    "contact",
    "privacy",
    "accessibility",
    "glossary",
    "concern",
    "people:erased",
    "people:complain",
    "people:complaint_sent",
    "public_sheet",
    "public_sheets",
    "healthz",
    "readyz",
    "demo",
    "demo_sign_in",
    "security_txt",
    "robots_txt",
    "favicon",
    "change_password",
    "sitemap",
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",
    "account_email_verification_sent",
    "account_confirm_login_code",
    "account_request_login_code",
    "account_reset_password",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "account_password_reset_completed",
    "mfa_authenticate",
    "mfa_login_webauthn",  # answers the script of the sign-in page
    "admin:login",
    "people:accept_help",
    "people:accept_invitation",
    "people:confirm_details",
    "opportunities:calendar",
    "opportunities:calendar_feed",
    "opportunities:feed",
    "people:picture",
    "people:undo_email_change",
    "opportunities:index",
    "opportunities:detail",
    "opportunities:sign_up",
    "opportunities:paper_form",
    "opportunities:no_thanks_by_letter",
    "charter:charter",
    "charter:stop_asking_by_letter",
    "charter:you_said_we_did",
}

# The keys of forms, and the seconds that a session has left: new on each page.
TOKENS = re.compile(rb'<input type="hidden"[^>]*>|data-[a-z-]+="\d+"')
ROWS = table.read()
pytestmark = pytest.mark.django_db  # which makes the database; the world is older than each test
Cell = tuple[str, str, str, str]  # name of the door, method, thing, role


@pytest.fixture(scope="module")
def answers(stage) -> dict[Cell, Answer]:
    """What came back from every cell that is walked."""
    walker = Walker()
    keys = {role: sign_in(stage.users[role]) for role in table.ROLES}
    found: dict[Cell, Answer] = {}
    drawn: set[tuple[str, str]] = set()
    with known_once():
        for cell, address, enters in cells(stage, ROWS, doors()):
            name, method, _thing, role = cell
            # Each door is drawn once for each method: drawing takes ten times as long.
            draw = enters and (name, method) not in drawn
            drawn |= {(name, method)} if draw else set()
            with _drawn(draw):
                found[cell] = walker.ask(method, address, keys[role])
    return found


def _drawn(wanted: bool):
    return mock.patch.object(Template, "render", Template.render if wanted else _nothing)


def _nothing(*_args: object, **_kwargs: object) -> str:
    return ""


def cells(
    stage: world.World, rows: dict[str, table.Row], found: list[Door]
) -> Iterator[tuple[Cell, str, bool]]:
    """Yield every cell to walk, its address, and whether somebody enters there."""
    for number, door in enumerate(found):
        row = table.row_of(rows, door.name)
        if row is None:
            continue
        things = stage.things[row.kind]
        for method in (table.READ, table.WRITE):
            for role in table.ROLES:
                for thing in walked(row, method, role, list(things), number):
                    enters = row.room.cell(thing, role) == table.ENTERS
                    address = reverse(door.name, kwargs=things[thing])
                    yield (door.name, method, thing, role), address, enters


def walked(row: table.Row, method: str, role: str, things: list[str], number: int) -> list[str]:
    """Return the things to walk: where a role enters, all; of those refused alike, one each.

    Where a role enters nowhere behind a door, it is refused whatever it asks for: each such pair
    of a door and a role is tried on one of the two databases, half of them on each.
    """
    if "EVERY_DOOR" in os.environ:
        return things
    enters_somewhere = any(row.room.cell(thing, role) == table.ENTERS for thing in things)
    turn = (number + table.ROLES.index(role)) % 2
    if not enters_somewhere and turn == (connection.vendor == "postgresql"):
        return []
    alike: dict[str, list[str]] = {}
    for thing in things:
        enters = row.room.cell(thing, role) == table.ENTERS and method == table.READ
        key = thing if enters else row.expected(method, thing, role)
        alike.setdefault(key, []).append(thing)
    return [group[number % len(group)] for group in alike.values()]


def got(answer: Answer) -> str:
    """Return what came back in the words of the table."""
    ways = {
        "in": (reverse(settings.LOGIN_URL), "/admin/login/"),
        "cho": (reverse("people:choose_organisation"),),
        "sta": (reverse("people:start_page"),),
    }
    for word, addresses in ways.items():
        if answer.status == 302 and answer.location.startswith(addresses):
            return word
    return str(answer.status)


def differing(found: dict[Cell, Answer], rows: dict[str, table.Row]) -> list[str]:
    """Return a line for each cell that is not as the table says."""
    lines = []
    for (name, method, thing, role), answer in found.items():
        expected = table.row_of(rows, name).expected(method, thing, role)
        if got(answer) != expected:
            lines.append(f"{method} {name} ({thing}) as {role}: {got(answer)}, not {expected}")
    return lines


# --- The table ------------------------------------------------------------------------------------
def test_every_door_stands_in_the_table_and_nothing_else_does():
    rows = ROWS
    names = {door.name for door in doors()}
    assert {name for name in names if table.row_of(rows, name) is None} == set()
    patterns = {name for name in rows if "*" in name}
    assert {name for name in rows if name not in names} == patterns


def test_everybody_gets_what_the_table_says(answers):
    """Proved by the control below, which finds one word changed."""
    found = differing(answers, ROWS)
    assert not found, "\n".join(found)
    assert len(answers) > 3_000


def test_one_word_changed_in_the_table_is_found(answers):
    text = table.TABLE.read_text()
    before, after = text.split("== publishing:")
    changed = after.replace("403  yes  403", "403  403  403", 1)
    assert changed != after
    lines = differing(answers, table.read(f"{before}== publishing:{changed}"))
    assert "GET opportunities:publish (ours-draft) as coordinator: 200, not 403" in lines


def test_only_what_is_listed_is_marked_public():
    marked = {door.name for door in doors() if door.is_public}
    assert marked == PUBLIC, "add it to PUBLIC, or take login_not_required away"


def test_a_page_left_open_is_found(answers, settings):
    """A door that nobody wrote down is named, and it answers where others send to sign in."""

    def page(_request):
        return HttpResponse("a page")

    crooked = ModuleType("crooked")
    crooked.urlpatterns = [
        path("closed/", page, name="closed"),
        path("open/", login_not_required(functools.partial(page)), name="open"),
    ]
    settings.ROOT_URLCONF, settings.LOGIN_URL = crooked, "closed"
    assert [door.name for door in doors() if table.row_of(ROWS, door.name) is None] == [
        "closed",
        "open",
    ]
    assert [Walker().ask("GET", f"/{one}/").status for one in ("closed", "open")] == [302, 200]


# --- What the answers do --------------------------------------------------------------------------
def test_looking_changes_nothing(answers):
    """GET writes that somebody looked, and nothing else. Control: POST is seen to write."""
    wrote = {
        name: sorted(answer.wrote - LOOKING_WRITES)
        for (name, method, _thing, _role), answer in answers.items()
        if method == "GET" and answer.wrote - LOOKING_WRITES
    }
    assert wrote == {}
    copied = [
        answer.wrote
        for (name, method, _thing, role), answer in answers.items()
        if (name, method, role) == ("opportunities:copy_brief", "POST", "officer")
    ]
    assert any("opportunities_opportunity" in tables for tables in copied)


def test_whoever_is_refused_has_changed_nothing(answers):
    """Not even that they were there. Control: the same door writes for those who enter."""
    wrote = {
        (name, method, thing, role): sorted(answer.wrote)
        for (name, method, thing, role), answer in answers.items()
        if answer.status in {403, 404, 405} and answer.wrote
    }
    assert wrote == {}
    entered = {
        name
        for (name, method, _thing, _role), answer in answers.items()
        if method == "POST" and answer.wrote - {"django_session"}
    }
    assert {"opportunities:copy_brief", "people:end_role", "charter:stop_asking"} <= entered


@pytest.mark.parametrize(
    ("name", "foreign", "role"),
    [
        ("opportunities:my_sign_up", "somebody’s", "resident"),
        ("charter:check_back", "somebody’s", "resident"),
        ("people:show_person", "theirs", "officer"),
        ("people:task_letter", "theirs", "officer"),
        ("people:change_role", "theirs", "administrator"),
        ("opportunities:show_sign_up", "theirs-under-ours", "officer"),
        ("opportunities:project", "theirs-draft", "officer"),
        ("opportunities:detail", "theirs-draft", "resident"),
        ("charter:feedback", "theirs", "officer"),
    ],
)
def test_what_is_not_yours_looks_like_what_never_was(stage, name, foreign, role):
    """Guessing tells nothing: same status, same bytes. Control: one's own answers otherwise."""
    things, key = stage.things[ROWS[name].kind], sign_in(stage.users[role])
    own = "mine" if "mine" in things else "ours"
    there, never, mine = (
        Walker().ask("GET", reverse(name, kwargs=things[thing]), key)
        for thing in (foreign, "never", own)
    )
    assert (there.status, never.status, mine.status) == (404, 404, 200)
    assert TOKENS.sub(b"", there.body) == TOKENS.sub(b"", never.body)


def test_every_answer_says_what_it_must_to_browsers_and_caches(answers):
    """Strict policy, no sniffing, no frame, nothing personal in a cache. Control below."""
    wrong = {
        f"{method} {name} as {role}": found
        for (name, method, _thing, role), answer in answers.items()
        if (found := headers.faults(answer, has_session=role != "anonymous"))
    }
    assert wrong == {}


def test_a_missing_header_is_found(answers):
    good = answers["my", "GET", "it", "resident"]
    for name in (*headers.EVERYWHERE, "Content-Security-Policy", "Cache-Control"):
        poor = {key: value for key, value in good.headers.items() if key != name}
        assert headers.faults(replace(good, headers=poor), has_session=True), name
    loud = {**good.headers, "Cache-Control": "public, max-age=60"}
    told = replace(good, headers=loud, cookies=frozenset({"a"}))
    assert len(headers.faults(told, has_session=True)) == 2


def test_no_other_method_opens_anything(stage):
    """Function views would answer any method like GET. Control: GET answers at the same door."""
    walker = Walker()
    keys = {role: sign_in(stage.users[role]) for role in ("anonymous", "officer", "superuser")}
    opened = []
    with _drawn(wanted=False):
        for door in doors():
            things = stage.things[table.row_of(ROWS, door.name).kind]
            address = reverse(door.name, kwargs=next(iter(things.values())))
            for method in OTHER_METHODS:
                for role, key in keys.items():
                    answer = walker.ask(method, address, key)
                    if (answer.status, answer.headers.get("Allow")) != (405, "GET, HEAD, POST"):
                        opened.append(f"{method} {door.name} as {role}: {answer.status}")
        assert opened == []
        assert walker.ask("GET", "/").status == 200


def test_head_answers_as_get(answers, stage):
    """For somebody unknown, a resident and a coordinator; without a body."""
    walker, differs = Walker(), []
    keys = {role: sign_in(stage.users[role]) for role in ("anonymous", "resident", "coordinator")}
    with _drawn(wanted=False), known_once():
        for (name, method, thing, role), answer in answers.items():
            if method != "GET" or role not in keys or thing == "never":
                continue
            kind = table.row_of(ROWS, name).kind
            head = walker.ask("HEAD", reverse(name, kwargs=stage.things[kind][thing]), keys[role])
            if (head.status, head.location) != (answer.status, answer.location):
                differs.append(f"HEAD {name} ({thing}) as {role}: {head.status}")
    assert differs == []
