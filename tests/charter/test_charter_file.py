"""The charter’s file, and the command that loads it."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from charter.charter_file import DEFAULT, CharterFileError, last_day, read
from charter.models import Charter, CommitmentKind
from people.models import AuditEvent

SMALL = """
version = "2"
title = "A charter"
published = "2026-01"
review_due = "2026-02"
definition = "Together."
[[contributors]]
group = "Everybody"
names = ["A", "B"]
[[commitments]]
list = "will"
slug = "listen"
heading = "Listen"
explanation = "We listen."
"""


@pytest.fixture
def file(tmp_path):
    """``file(text)`` is a charter of that text; without one, a small charter of version 2."""

    def write(text=SMALL):
        path = tmp_path / "charter.toml"
        path.write_text(text)
        return path

    return write


def load(*arguments):
    out = StringIO()
    call_command("load_charter", *arguments, stdout=out)
    return out.getvalue()


def test_the_charter_that_comes_with_the_portal(db):
    """Source: the Sandwell Partnership Charter, September 2024, review date June 2025."""
    assert load() == (
        "Our Commitment to Co-production: A Sandwell Partnership Charter 2024-09: in force, "
        "9 commitments.\n"
    )
    charter = Charter.objects.get()
    assert (charter.published_on, charter.review_due_on) == (
        dt.date(2024, 9, 1),
        dt.date(2025, 6, 30),
    )
    headings = {
        kind: [one.heading for one in charter.commitments.filter(kind=kind)]
        for kind in CommitmentKind
    }
    assert [len(listed) for listed in headings.values()] == [4, 5]
    assert headings[CommitmentKind.WILL] == [
        "Understand, value, and embrace co-production",
        "Invest in meaningful ways of working with people",
        "Be honest and open",
        "Involve the right people",
        "Inclusive and accessible",
    ]
    assert [len(group["names"]) for group in charter.contributors] == [2, 8, 13]


def test_a_review_due_in_a_month_is_late_from_the_first_of_the_next():
    assert last_day("2025-06") == dt.date(2025, 6, 30)
    assert last_day("2024-02") == dt.date(2024, 2, 29)


def test_loading_twice_changes_nothing_and_never_takes_back_a_coordinator_s_words(db):
    load()
    first = Charter.objects.get().commitments.first()
    first.explanation = "Our new words."
    first.save()
    load()
    first.refresh_from_db()
    assert first.explanation == "Our new words."
    assert Charter.objects.get().commitments.count() == 9
    assert AuditEvent.objects.filter(verb="charter.loaded").count() == 1


def test_a_new_version_is_in_force_and_the_old_one_stays(db, file):
    load()
    load(file())
    assert list(Charter.objects.filter(is_current=True).values_list("version", flat=True)) == ["2"]
    load(DEFAULT)
    assert Charter.objects.get(is_current=True).version == "2024-09"
    assert Charter.objects.count() == 2


def test_a_second_load_adds_what_was_missing(db):
    load()
    charter = Charter.objects.get()
    charter.commitments.get(slug="honest").delete()
    load()
    assert charter.commitments.get(slug="honest").heading == "Be honest and open"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (SMALL.replace("title", "tilte"), "says nothing about 'title'"),
        (SMALL.replace("2026-01", "2026-13"), "cannot be read"),
        (SMALL.replace('"will"', '"might"'), "cannot be read"),
        ("version = ", "cannot be read"),
    ],
)
def test_a_broken_file_says_what_is_wrong_and_loads_nothing(db, file, text, says):
    with pytest.raises(CommandError, match=says):
        load(file(text))
    assert not Charter.objects.exists()


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CharterFileError, match="cannot be read"):
        read(tmp_path / "none.toml")
