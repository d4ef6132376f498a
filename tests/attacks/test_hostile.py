"""Every form and every parameter, filled with what somebody could send: nothing breaks.

The forms are read from the pages themselves, so a new page with a form is tried without a line
here. What is sent comes from Hypothesis, the same on every run; ``make doors`` tries more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote, urlencode

import pytest
from django.core.signals import got_request_exception
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.house.doors import table
from tests.house.doors.addresses import doors
from tests.house.doors.walk import Answer, Walker, known_once, sign_in
from tests.html_forms import Data, HtmlForm, forms_of

pytestmark = pytest.mark.django_db  # which makes the database; the world is older than each test
ROWS = table.read()
MANY = "EVERY_DOOR" in os.environ
# Who fills a form in: the first of them who may enter. Everybody else meets the same form.
FILL_IN = ("resident", "coordinator", "administrator", "newcomer", "their-coordinator", "anonymous")
HOSTILE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\u202egpj.exe",
    "👩‍👩‍👧‍👦",
    "a" + "\u0301" * 200,
    "x" * 100_000,
    "w" * 400,
    "<script>alert(1)</script>",
    "{{7*7}}{% debug %}${7*7}%(x)s%s{0.__class__}",
    "\u200b\u200b",
    "a\r\nBcc: b@example.org",
    "' OR 1=1--",
    "%_" * 5_000,
    "[" * 10_000,
    "a@" + "b." * 20_000 + "c",
    "https://" + "b." * 20_000,
    "=1+1",
    "²",
    "٣",
    "-1",
    "0",
    "1.5",
    "0x1f",
    "1e309",
    "NaN",
    "9" * 20,
    "9" * 5_000,
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "2026-03-29T01:30",
    "WyJmIiwiMDAwMS0wMS0wMSIsMV0",
    "WyJmIiwiXHUwMDAwIiwxXQ",
    "//evil.example",
    "\x1b[31m",
]
PARAMETERS = [
    "q",
    "page",
    "sort",
    "status",
    "town",
    "level",
    "money",
    "show",
    "date",
    "next",
    "period",
    "by",
    "cross",
    "who",
    "organisation",
]
hostile = st.sampled_from(HOSTILE) | st.text(max_size=20)
often = partial(
    settings,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Found:
    """A form, on which page, and the session of whoever fills it in."""

    page: str
    key: str
    form: HtmlForm


@pytest.fixture(scope="module")
def breaks(stage) -> Iterator[list[str]]:
    """What broke: a line for each exception that no page was made for."""
    found: list[str] = []

    def remember(request, **_facts: object) -> None:
        found.append(f"{request.method} {request.get_full_path()[:200]}")

    got_request_exception.connect(remember)
    with known_once():
        yield found
    got_request_exception.disconnect(remember)


@pytest.fixture(scope="module")
def walker(stage) -> Walker:
    return Walker()


def keys_of(stage) -> dict[str, str]:
    return {role: sign_in(stage.users[role]) for role in FILL_IN}


def entered(stage) -> Iterator[tuple[str, str, str]]:
    """Yield name, address and role of every door that somebody may enter."""
    for door in doors():
        row = ROWS.get(door.name)
        if row is None or door.name.startswith("admin:"):
            continue
        for thing, arguments in stage.things[row.kind].items():
            roles = [role for role in FILL_IN if row.room.cell(thing, role) == table.ENTERS]
            if roles:
                yield door.name, reverse(door.name, kwargs=arguments), roles[0]
                break


@pytest.fixture(scope="module")
def found(stage, walker) -> list[Found]:
    """Every form of every page, once."""
    keys, every = keys_of(stage), []
    for _name, address, role in entered(stage):
        answer = walker.ask("GET", address, keys[role])
        if answer.status == 200 and b"<form" in answer.body:
            every += [Found(address, keys[role], form) for form in forms_of(answer.body, address)]
    once = {(one.form.action.partition("?")[0], *one.form.names): one for one in every}
    return list(once.values())


def send(walker: Walker, one: Found, data: Data) -> Answer:
    """Send a form as a browser would, halves of characters and all."""
    as_bytes = {
        name: [value.encode("utf-8", "surrogatepass") for value in values]
        for name, values in data.items()
    }
    address = one.form.action
    if one.form.method == "post":
        return walker.ask("POST", address, one.key, data=as_bytes)
    query = urlencode(as_bytes, doseq=True)
    return walker.ask("GET", f"{address.partition('?')[0]}?{query}", one.key)


def filled(draw, form: HtmlForm) -> Data:
    """Return a form filled in by somebody who means harm, or means nothing."""
    data = {name: list(values) for name, values in form.data.items()}
    for name in form.names:
        choices = form.chosen.get(name)
        if choices and draw(st.booleans()):
            data[name] = draw(st.lists(st.sampled_from(choices), max_size=3))
        elif draw(st.integers(0, 3)):
            data[name] = [draw(hostile)]
    return data


def test_every_form_is_found(found):
    """So that the tests below try something: forms of every room, written and chosen fields."""
    names = {name for one in found for name in one.form.names}
    assert len(found) > 50
    assert {"name", "title", "support_text", "verdict", "login", "how_1"} & names >= {
        "name",
        "title",
        "login",
    }


def test_no_form_breaks_whatever_is_sent(stage, walker, found, breaks):
    """Control: a view that breaks is noticed, below."""
    for one in found:
        if one.form.names:
            tried(walker, one)
    assert breaks == []


def tried(walker: Walker, one: Found) -> None:
    @often(max_examples=40 if MANY else 5)
    @given(st.data())
    def send_it(data: st.DataObject) -> None:
        answer = send(walker, one, filled(data.draw, one.form))
        assert answer.status < 500, one.form.action

    send_it()


def test_no_parameter_breaks_a_page(stage, walker, breaks):
    keys, pages = keys_of(stage), list(entered(stage))
    pair = st.tuples(st.sampled_from([*PARAMETERS, "a[]", "x"]), hostile)

    @often(max_examples=2_000 if MANY else 120)
    @given(st.sampled_from(pages), st.lists(pair, max_size=12))
    def asked(page, pairs) -> None:
        name, address, role = page
        query = urlencode([(key, value.encode("utf-8", "surrogatepass")) for key, value in pairs])
        answer = walker.ask("GET", f"{address}?{query}", keys[role])
        assert answer.status < 500 or name == "readyz", address

    asked()
    assert breaks == []


@pytest.mark.parametrize("value", HOSTILE[1:])
def test_no_word_breaks_a_list(stage, walker, breaks, value):
    """Each hostile word as each parameter of the lists and reports, all at once."""
    keys = keys_of(stage)
    query = urlencode({name: value.encode("utf-8", "surrogatepass") for name in PARAMETERS})
    for name, role in (
        ("opportunities:index", "anonymous"),
        ("charter:you_said_we_did", "anonymous"),
        ("opportunities:manage", "coordinator"),
        ("people:people_list", "coordinator"),
        ("people:tasks", "coordinator"),
        ("reporting:who_has_been_involved", "coordinator"),
        ("opportunities:my_sign_ups", "resident"),
    ):
        answer = walker.ask("GET", f"{reverse(name)}?{query}", keys[role])
        assert answer.status in {200, 302, 400}, name
    assert breaks == []


@pytest.mark.parametrize(
    "part",
    ["9" * 20, "9" * 5_000, "-1", "1.5", "0x1f", "٣", "²", "abc", "\x00", "a\x00b", "é", "\u202e"],
)
def test_what_is_no_number_or_name_is_not_there(stage, walker, breaks, part):
    """In place of every argument of every address: 404, or the refusal that all get there."""
    keys = keys_of(stage)
    for name, address, role in entered(stage):
        things = stage.things[ROWS[name].kind]
        arguments = [str(value) for value in next(iter(things.values())).values()]
        if not arguments:
            continue
        for argument in arguments:
            wrong = address.replace(f"/{argument}/", f"/{part}/")
            if wrong != address:
                status = walker.ask("GET", wrong, keys[role]).status
                assert status in {302, 403, 404, 405}, f"{name} {quote(part)}: {status}"
    assert breaks == []


def test_ten_thousand_keys_are_too_many(stage, walker, breaks):
    query = "&".join(f"k{number}=1" for number in range(10_000))
    for name in ("opportunities:index", "charter:you_said_we_did"):
        assert walker.ask("GET", f"{reverse(name)}?{query}").status in {200, 413}
    assert breaks == []


def test_a_page_that_breaks_is_noticed(stage, walker, breaks, monkeypatch):
    def broken(*_args: object, **_kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("coprod.pages.render", broken)
    assert walker.ask("GET", "/glossary/").status == 500
    assert breaks.pop() == "GET /glossary/"
