"""Who has been involved, as commissioners and others meet it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
from django.db import transaction

from charter.reporting import counts
from charter.reporting.models import Count
from people.models import AuditEvent, Organisation, Role, Town
from tests import factories, partners
from tests.charter.reporting.conftest import on_that_day, store_figures, take_part
from tests.charter.reporting.pages import CSV, PAGE, read, spreadsheet, table, text
from tests.coprod.markup import find_all, strictly


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker) -> Iterator[Count]:
    """The figures, stored and counted once for this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        with on_that_day():
            host, trust = partners.make_host(), partners.make_trust()
            count = store_figures(host, trust, partners.make_towns())
        yield count
        transaction.set_rollback(True)


@pytest.fixture
def figures(counted, on_the_day, db) -> Count:
    return counted


@pytest.fixture
def host(counted, db) -> Organisation:
    return Organisation.objects.get(slug="example-council")


@pytest.fixture
def trust(counted, db) -> Organisation:
    return Organisation.objects.get(slug="example-hospital-trust")


@pytest.fixture
def towns(counted, db) -> list[Town]:
    return list(Town.objects.filter(name__in=factories.TOWNS).order_by("name"))


@pytest.fixture
def commissioners(client_for, commissioner):
    return client_for(commissioner)


def bars(document) -> list[tuple[str, str]]:
    rows = [item for one in find_all(document, "ul", class_="gi-bars") for item in one]
    return [(text(item.find("span")), text(item.find("b"))) for item in rows]


def errors(document) -> list[str]:
    return [text(one) for one in find_all(document, "p", class_="govuk-error-message")]


# --- Who may --------------------------------------------------------------------------------------
def test_who_has_been_involved_opens_for_three_roles(
    client_for, commissioner, coordinator, administrator, figures
):
    for user in (commissioner, coordinator, administrator):
        client = client_for(user)
        assert [client.get(address).status_code for address in (PAGE, CSV)] == [200, 200]


def test_who_has_been_involved_shows_coordinators_their_own_organisation(
    client_for, coordinator, figures
):
    """The trust's name and its 20 people are there to leak; neither does."""
    response = client_for(coordinator).get(PAGE)
    assert b"Example Hospital Trust" not in response.content
    assert table(strictly(response.content))[-1][:2] == ["Everybody", "100"]


def test_who_has_been_involved_of_another_partner_is_refused(client_for, trust, figures):
    theirs = client_for(factories.make_staff(trust, Role.COMMISSIONER))
    for partner in ("all", "example-council"):
        assert errors(read(theirs, partner=partner)) == ["Error: Choose one from the list."]
        assert theirs.get(CSV, {"partner": partner}).status_code == 302
    assert table(read(theirs))[-1][:2] == ["Everybody", "20"]


# --- What it says ---------------------------------------------------------------------------------
def test_who_has_been_involved_by_town(commissioners, figures):
    """Everybody is 122 less two; the two of Smethwick are few; nothing is exact."""
    document = read(commissioners)
    assert table(document) == [
        [
            "Town",
            "People",
            "Share of those who took part",
            "Times taken part",
            "People in the pool",
            "Share of the pool",
        ],
        *[
            [town, *cells, "fewer than 5", "not shown"]
            for town, cells in (
                ("Oldbury", ["55", "46%", "55"]),
                ("Rowley Regis", ["fewer than 5", "not shown", "held back"]),
                ("Smethwick", ["fewer than 5", "not shown", "held back"]),
                ("Tipton", ["60", "50%", "60"]),
                ("Wednesbury", ["fewer than 5", "not shown", "held back"]),
                ("West Bromwich", ["fewer than 5", "not shown", "held back"]),
                ("Not known", ["fewer than 5", "not shown", "held back"]),
                ("Everybody", ["120", "100%", "120"]),
            )
        ],
    ]


def test_who_has_been_involved_draws_the_numbers_of_the_table(commissioners, figures):
    """A figure that is not shown is a stub of one length; the others are to scale."""
    document = read(commissioners)
    assert bars(document) == [(row[0], row[1]) for row in table(document)[1:-1]]
    assert [one.get("width") for one in find_all(document, "rect", class_="gi-bar")] == [
        "92",
        "100",
    ]
    stubs = {one.get("width") for one in find_all(document, "rect", class_="gi-bar-held")}
    assert stubs == {"8"}


def test_who_has_been_involved_begins_with_sentences(commissioners, figures):
    said = text(find_all(read(commissioners), "p", class_="gi-say")[0])
    assert said == (
        "About 120 people took part in the work of all partners, April 2026 to March 2027. "
        "Together they took part about 120 times. The largest group shown is Tipton: about 60. "
        "Fewer than 5 each: Rowley Regis, Smethwick, Wednesbury and West Bromwich. "
        "That is too few to speak for them."
    )


EVERY_KIND = (
    {"by": "age_band"},
    {"by": "ethnic_group"},
    {"by": "disabled", "readers": "public"},
    {"by": "level"},
    {"by": "organisation"},
    {"period": "2026-1"},
    {"partner": "example-council", "by": "disabled"},
    {"by": "town", "cross": "disabled"},
    {"by": "age_band", "cross": "ethnic_group"},
    {"by": "level", "cross": "age_band", "readers": "public"},
)


def test_who_has_been_involved_never_says_an_exact_count(commissioners, figures):
    """61, 37, 98, 102 and 57 are the true counts; every number of a page is one that may be."""
    for asked in EVERY_KIND:
        cells = [cell for row in table(read(commissioners, **asked))[1:] for cell in row[1:]]
        assert cells, asked
        assert {int(cell) % 5 for cell in cells if cell.isdigit()} <= {0}, asked
        words = {re.sub(r"^\d+%?$", "#", cell) for cell in cells}
        assert words <= {"#", "fewer than 5", "fewer than 10", "held back", "not shown"}, asked


def test_who_has_been_involved_csv_has_the_words_of_the_page(commissioners, figures):
    for asked in ({}, {"by": "organisation"}, {"by": "town", "cross": "disabled"}, EVERY_KIND[2]):
        page, sheet = table(read(commissioners, **asked)), spreadsheet(commissioners, **asked)
        assert [row[4:] for row in sheet] == page
        assert {row[0] for row in sheet[1:]} == {"April 2026 to March 2027"}
        assert {row[1] for row in sheet[1:]} == {"All partners"}


def test_who_has_been_involved_links_to_its_spreadsheet(commissioners, figures):
    document = read(commissioners, by="disabled", period="2026-1")
    (link,) = [one for one in find_all(document, "a") if one.get("href", "").startswith(CSV)]
    sheet = commissioners.get(link.get("href")).content.decode()
    assert "April to June 2026" in sheet
    assert "Disability" in sheet


def test_who_has_been_involved_csv_runs_no_formula(commissioners, figures, host):
    host.name = "=HYPERLINK(1)"
    host.save()
    counts.rebuild()
    names = [row[4] for row in spreadsheet(commissioners, by="organisation")[1:]]
    assert "'=HYPERLINK(1)" in names


def test_who_has_been_involved_in_public_shows_ten_and_more(commissioners, figures, host, towns):
    """Six people of Wednesbury: staff may see 5, anybody reads that they are fewer than 10."""
    take_part(factories.make_opportunity(host), range(300, 306), town=towns[4])
    counts.rebuild()
    wednesbury = {
        readers: table(read(commissioners, readers=readers))[5][1:4]
        for readers in ("staff", "public")
    }
    assert wednesbury["staff"][0] in {"5", "held back"}
    assert wednesbury["public"] == ["fewer than 10", "not shown", "held back"]


def test_who_has_been_involved_by_two_things(commissioners, figures):
    document = read(commissioners, by="town", cross="disabled")
    rows = table(document)
    assert rows[0] == ["Town", "Disabled", "Not disabled", "Not said", "Everybody"]
    assert rows[-1][-1] == "120"
    assert len(find_all(document, "figure")) == 3


@pytest.mark.parametrize("asked", [{"by": "town", "cross": "disabled"}, {"by": "disabled"}])
def test_who_has_been_involved_says_that_a_wide_table_scrolls(commissioners, figures, asked):
    document = read(commissioners, **asked)
    (region,) = find_all(document, "div", class_="gi-scroll")
    found = {name: region.get(name) for name in ("role", "tabindex", "aria-labelledby")}
    assert found == {"role": "region", "tabindex": "0", "aria-labelledby": "numbers"}
    (line,) = find_all(document, "p", class_="gi-scroll-hint gi-noprint")
    assert text(line) == "Scroll sideways for more columns"


def test_who_has_been_involved_crosses_in_either_order(commissioners, figures):
    rows = table(read(commissioners, by="town", cross="disabled"))
    turned = table(read(commissioners, by="disabled", cross="town"))
    assert [list(row) for row in zip(*[row[1:] for row in rows[1:]], strict=True)] == [
        row[1:] for row in turned[1:]
    ]


# --- Periods, staleness, nothing ------------------------------------------------------------------
def test_who_has_been_involved_offers_quarters_that_have_begun(commissioners, figures):
    (select,) = [
        one for one in find_all(read(commissioners), "select") if one.get("name") == "period"
    ]
    assert [option.get("value") for option in select] == ["2026", "2026-1", "2026-2", "2026-3"]


def test_who_has_been_involved_in_a_quarter_without_anybody(commissioners, figures):
    said = text(find_all(read(commissioners, period="2026-2"), "p", class_="gi-say")[0])
    assert said == "Fewer than 5 took part in the work of all partners, July to September 2026."


def test_who_has_been_involved_says_when_it_was_counted(commissioners, figures, host):
    assert "Counted at midday, Sunday 22 November 2026." in text(read(commissioners))
    assert "Something has changed since then" not in text(read(commissioners))
    take_part(factories.make_opportunity(host), [999])
    assert "Something has changed since then" in text(read(commissioners))


# --- What may not be asked ------------------------------------------------------------------------
REFUSED = (
    ({"period": "1066"}, "Choose one from the list."),
    ({"by": "name"}, "Choose one from the list."),
    ({"partner": "'; drop table"}, "Choose one from the list."),
    ({"readers": "\x00"}, "Choose one from the list."),
    ({"by": "town", "cross": "town"}, "Choose two different things, or “Nothing else”."),
    (
        {"by": "disabled", "cross": "ethnic_group"},
        "Ethnic group and disability are never put together. Choose one of them.",
    ),
    (
        {"by": "town", "cross": "level", "partner": "example-council"},
        "For one partner, choose one thing to go by.",
    ),
    (
        {"by": "town", "cross": "level", "period": "2026-1"},
        "For a quarter, choose one thing to go by, or a year.",
    ),
    (
        {"by": "organisation", "cross": "town"},
        "Choose one partner, and what to go by.",
    ),
    (
        {"by": "organisation", "partner": "example-council"},
        "Choose “All partners” to compare partners.",
    ),
)


def test_who_has_been_involved_says_what_to_put_right(commissioners, figures):
    """No figures beside an error, and the spreadsheet leads back to the same question."""
    for asked, message in REFUSED:
        document = read(commissioners, **asked)
        assert errors(document) == [f"Error: {message}"]
        assert table(document) == []
        response = commissioners.get(CSV, asked)
        assert (response.status_code, response["Location"][: len(PAGE)]) == (302, PAGE)


# --- The record, and the cost ---------------------------------------------------------------------
def test_who_has_been_involved_writes_down_who_read_it(commissioners, commissioner, figures):
    commissioners.get(PAGE, {"by": "ethnic_group", "partner": "example-council"})
    commissioners.get(CSV, {"readers": "public"})
    commissioners.get(PAGE, {"by": "wrong"})
    first, second = AuditEvent.objects.filter(verb="report.read").order_by("pk")
    assert first.actor == second.actor == str(commissioner.pk)
    assert first.detail == {
        "how": "page",
        "period": "2026",
        "by": "ethnic_group",
        "cross": "",
        "public": False,
    }
    assert (second.detail["how"], second.detail["public"]) == ("csv", True)


@pytest.mark.parametrize("partners", [1, 3])
def test_who_has_been_involved_asks_the_database_as_often_for_any_number(
    partners, commissioners, figures, django_assert_num_queries
):
    for number in range(partners):
        partner = factories.make_organisation(valid_from=dt.date(2026, 1, 1))
        take_part(factories.make_opportunity(partner), range(1000 * number, 1000 * number + 30))
    counts.rebuild()
    commissioners.get(PAGE)
    with django_assert_num_queries(9):
        commissioners.get(PAGE, {"by": "organisation"})
