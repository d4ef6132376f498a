"""Searching by words: one table of questions and answers, the same on both databases."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection

from coprod.lib.search import LONGEST, MOST_WORDS, clean, search, single_words, with_best
from opportunities.models import SEARCHED, Opportunity
from tests.factories import make_opportunity

BRIEFS = {
    "bus": ("Bus stops", "Shelter from the rain for every carer in Tipton."),
    "carers": ("A break for Carers", "You look after somebody. Tell us what a good day is."),
    "letters": ("Clear letters", "The café’s menu, too: crème brûlée. 100% plain_words, 24/7."),
    "house": ("Co-production of housing", "Universities and councils buy accessible homes."),
    "design": ("Codesign a garden", "It’s the carer’s choice. O’Brien’s bench, gas, Łódź Street."),
    "mail": ("How the hospital writes", "E-mail or letter? Libraries help. Nhs111, ﬁrst aid."),
}
# What is typed, and which briefs it finds.
QUESTIONS = [
    ("", set(BRIEFS)),
    ("  \t\n ", set(BRIEFS)),
    ("carers", {"bus", "carers", "design"}),
    ("carer", {"bus", "carers", "design"}),
    ("CARER'S", {"bus", "carers", "design"}),
    ("carer’s choice", {"design"}),
    ("cafe", {"letters"}),
    ("Café", {"letters"}),
    ("CAFE\u0301", {"letters"}),
    ("ｃａｆｅ", {"letters"}),
    ("creme brulee", {"letters"}),
    ("lodz", {"design"}),
    ("ŁÓDŹ", {"design"}),
    ("obrien", {"design"}),
    ("O'Brien", {"design"}),
    ("libraries", {"mail"}),
    ("buses tipton", {"bus"}),
    ("gas bench", {"design"}),
    ("gases bench", {"design"}),
    ("library", {"mail"}),
    ("first", {"mail"}),
    ("buying", {"house"}),
    ("bus tipton", {"bus"}),
    ("tipton bus", {"bus"}),
    ("bus brulee", set()),
    # The last word may be the beginning of one, and no other may.
    ("tipt", {"bus"}),
    ("accessib", {"house"}),
    ("universit", {"house"}),
    ("tipt bus", set()),
    ("bus tipt", {"bus"}),
    ("ipton", set()),
    # Together or apart.
    ("co-production", {"house"}),
    ("coproduction", {"house"}),
    ("co-prod", {"house"}),
    ("coprod", {"house"}),
    ("co-design", {"design"}),
    ("codesign", {"design"}),
    ("e-mail", {"mail"}),
    ("nhs111", {"mail"}),
    ("24/7", {"letters"}),
    # Words that say nothing.
    ("the carers", {"bus", "carers", "design"}),
    ("a break for the carers", {"carers"}),
    ("the", {"bus", "letters", "design", "mail"}),
    ("how", {"mail"}),
    # Signs of other languages are letters or nothing.
    ('"bus stops"', {"bus"}),
    ('"', set()),
    ("bus AND stops", {"bus"}),  # “and” says nothing
    ("bus OR cafe", set()),
    ("NOT bus", set()),
    ("title:bus", set()),
    ("{title} : bus", set()),
    ("bus*", {"bus"}),
    ("^bus", {"bus"}),
    ("bus & !stops", {"bus"}),
    ("bus <-> stops", {"bus"}),
    ("(bus", {"bus"}),
    ("bus'); DROP TABLE people_person; --", set()),
    ("%", set()),
    ("_", set()),
    ("%_", set()),
    ("100%", {"letters"}),
    ("plain_words", {"letters"}),
    ("bus\x00stops", {"bus"}),
    ("\x00", set(BRIEFS)),
    ("☕", set()),
    ("☕ bus 👩‍👩‍👧", {"bus"}),
    ("b\u0336us", {"bus"}),
    ("\ud800", set()),
    ("বাংলা", set()),
    ("%_" * 60_000, set()),
    ("bus " * 30_000, {"bus"}),
    ("NEAR(bus stops)", set()),
]


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("  bus   stops ", "bus stops"),
        ("a\x00b", "a b"),
        ("x" * 500, "x" * LONGEST),
        ("\n\t", ""),
    ],
)
def test_clean(typed, used):
    assert clean(typed) == used


@pytest.fixture
def briefs(host) -> None:
    for slug, (title, what) in BRIEFS.items():
        empty = dict.fromkeys(("experience", "commitment", "when", "how"), "-")
        make_opportunity(title=title, what=what, slug=slug, **empty)


def found(words: str) -> set[str]:
    rows = search(Opportunity.objects.all(), SEARCHED, words)
    return set(rows.values_list("slug", flat=True))


def test_every_question_has_its_answer(briefs):
    """Found and not found stand side by side: each brief is found by some and missed by others."""
    answers = {words[:40]: found(words) for words, _expected in QUESTIONS}
    assert answers == {words[:40]: expected for words, expected in QUESTIONS}


def test_more_words_than_are_looked_for_are_dropped(briefs):
    """Proved by the last line, in which the word that is nowhere stands early enough."""
    assert found("bus " * MOST_WORDS + "zebra") == {"bus"}
    assert found("bus " * (MOST_WORDS - 2) + "zebra") == set()


def test_single_words():
    assert single_words("the Café’s bus, bus café’s %") == ["Café’s", "bus,", "bus", "café’s"]


@pytest.mark.parametrize(
    ("words", "slugs"),
    [
        ("carers", ["carers", "bus", "design"]),  # the title, then the newest of those without
        ("letter", ["letters", "mail"]),
        ("bus rain", ["bus"]),
        ("co-production", ["house"]),
        ("hospital letters", ["mail"]),
    ],
)
def test_title_above_text(briefs, words, slugs):
    rows = with_best(search(Opportunity.objects.all(), SEARCHED, words), SEARCHED, words)
    assert [row.slug for row in rows.order_by("-best", "slug")] == slugs


def test_best_counts_the_words_of_the_title(briefs):
    rows = with_best(Opportunity.objects.all(), SEARCHED, "clear letters menu")
    assert dict(rows.filter(best__gt=0).values_list("slug", "best")) == {"letters": 2}
    rows = with_best(Opportunity.objects.all(), SEARCHED, "clear letters")
    assert dict(rows.filter(best__gt=0).values_list("slug", "best")) == {"letters": 3}
    assert set(with_best(rows, SEARCHED, "%").values_list("best", flat=True)) == {0}


# --- The database keeps the index ----------------------------------------------------------------
def test_whatever_writes_the_index_follows(briefs):
    """Without a save(): each step is seen by the question before and after it."""
    rows = Opportunity.objects.filter(slug="bus")
    assert (found("bus"), found("tram")) == ({"bus"}, set())
    rows.update(title="Tram stops")
    assert (found("bus"), found("tram")) == (set(), {"bus"})
    copies = [
        Opportunity(title="Tram lines", slug=f"copy-{n}", organisation=rows.get().organisation)
        for n in range(2)
    ]
    Opportunity.objects.bulk_create(copies)
    assert found("tram") == {"bus", "copy-0", "copy-1"}
    for copy in copies:
        copy.what = "Ferry"
    Opportunity.objects.bulk_update(copies, ["what"])
    assert found("ferry") == {"copy-0", "copy-1"}
    Opportunity.objects.filter(slug__startswith="copy").delete()
    assert (found("tram"), found("ferry")) == ({"bus"}, set())
    assert list(SEARCHED.problems()) == []


def test_the_index_can_be_taken_away_and_made_again(briefs):
    editor = SimpleNamespace(connection=connection, execute=_run)
    SEARCHED.drop(None, editor)
    Opportunity.objects.filter(slug="bus").update(title="Tram stops")
    SEARCHED.create(None, editor)
    assert (found("bus"), found("tram")) == (set(), {"bus"})
    assert list(SEARCHED.problems()) == []


WORDS = "opportunities_opportunity_words"
BREAK = {
    "sqlite": [
        (
            "DELETE FROM opportunities_opportunity_stems WHERE title = 'Bus stops'",
            "1 rows are not in opportunities_opportunity_stems as they are.",
        ),
        (
            "UPDATE opportunities_opportunity_words_content SET c0 = 'tram' WHERE c0 = 'Bus stops'",
            f"1 rows are not in {WORDS} as they are.|the index {WORDS} contradicts its own text.",
        ),
        (
            "DROP TRIGGER opportunities_opportunity_words_update",
            "its trigger opportunities_opportunity_words_update is missing.",
        ),
    ],
    "postgresql": [
        (
            "DROP INDEX opportunities_opportunity_words",
            "its index opportunities_opportunity_words is missing.",
        ),
        (
            """
            ALTER TABLE opportunities_opportunity ALTER search_words DROP EXPRESSION;
            UPDATE opportunities_opportunity SET search_words = NULL WHERE slug = 'bus'
            """,
            "1 rows are not indexed as they are.",
        ),
    ],
}


def test_an_index_that_contradicts_its_table_is_found(briefs):
    """Each way to break it is the control of the silence before it."""
    said = []
    for statement, _words in BREAK[connection.vendor]:
        before = set(SEARCHED.problems())
        _run(statement)
        new = [one for one in SEARCHED.problems() if one not in before]
        said.append("|".join(new).replace("Search of opportunities_opportunity: ", ""))
    assert said == [words for _statement, words in BREAK[connection.vendor]]


def test_what_a_migration_takes_along_is_put_back(briefs):
    """A table that SQLite remakes has no triggers; what changed meanwhile is indexed, too."""
    if connection.vendor == "sqlite":
        _run("DROP TRIGGER opportunities_opportunity_words_update")
    Opportunity.objects.filter(slug="bus").update(title="Tram stops")
    call_command("migrate", verbosity=0)
    assert (found("bus"), found("tram")) == (set(), {"bus"})
    assert list(SEARCHED.problems()) == []


def _run(sql: str, _values: object = None) -> None:
    connection.check_constraints()  # PostgreSQL changes no table that still has something to check
    with connection.cursor() as cursor:
        cursor.execute(sql)
