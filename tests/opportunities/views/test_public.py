"""The list and the page of a brief, as people meet them without an account."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from charter.models import Pledge
from coprod.lib.days import today
from opportunities.filters import OpportunityFilter
from opportunities.levels import Level, PlacesGiven
from opportunities.lifecycle import Status
from opportunities.models import BriefChange, Opportunity
from opportunities.views.public import ORDERS, PAGE_SIZE, _rows
from tests.factories import (
    make_charter,
    make_contribution,
    make_opportunity,
    make_sign_up,
    make_team,
    make_town,
)

pytestmark = pytest.mark.usefixtures("host")
DAY = dt.timedelta(days=1)


def listed(client, address: str = "") -> list[str]:
    """Return the titles on the list at ``address``, in order."""
    response = client.get(reverse("opportunities:index") + address)
    assert response.status_code == 200
    return [card.opportunity.title for card in response.context["cards"]]


# --- The list ------------------------------------------------------------------------------------
def test_index_lists_what_is_open_and_nothing_else(client, trust):
    """The closed, hidden and late ones are there to leak; the last line is the control."""
    make_opportunity(title="Open")
    make_opportunity(trust, title="Open elsewhere", closes_on=today() + 40 * DAY)
    make_opportunity(title="Late", closes_on=today() - DAY)
    make_opportunity(title="Closed", status=Status.CLOSED)
    make_opportunity(title="Draft", status=Status.DRAFT, published_at=None)
    make_opportunity(title="Waiting for review", status=Status.SUBMITTED, published_at=None)
    make_opportunity(title="Withdrawn", status=Status.WITHDRAWN)
    assert listed(client) == ["Open", "Open elsewhere"]
    assert sorted(listed(client, "?show=all")) == ["Closed", "Late", "Open", "Open elsewhere"]


def test_index_says_how_many_are_open_out_of_how_many(client):
    make_opportunity()
    make_opportunity(status=Status.COMPLETED)
    page = client.get("/opportunities/").content.decode()
    assert "<strong>1 open</strong> out of 2" in page


def test_index_puts_closing_soonest_first_and_rolling_last(client):
    make_opportunity(title="Rolling", is_rolling=True)
    make_opportunity(title="Later", closes_on=today() + 9 * DAY)
    make_opportunity(title="Today", closes_on=today())
    assert listed(client) == ["Today", "Later", "Rolling"]


def test_index_newest_first(client):
    now = timezone.now()
    for number, title in enumerate(["Old", "New", "Older"]):
        days = {"Old": 2, "New": 1, "Older": 3}[title]
        make_opportunity(title=title, published_at=now - days * DAY, min_age=18 + number)
    assert listed(client, "?sort=newest") == ["New", "Old", "Older"]


def test_index_starting_soonest_first_and_without_a_date_last(client):
    make_opportunity(title="Some day", starts_on=None, ends_on=None)
    make_opportunity(title="Later", starts_on=today() + 9 * DAY)
    make_opportunity(title="Tomorrow", starts_on=today() + DAY)
    assert listed(client, "?sort=starting") == ["Tomorrow", "Later", "Some day"]


def test_index_puts_the_best_match_first_unless_asked_otherwise(client):
    now = timezone.now()
    make_opportunity(title="Old buses", published_at=now - 9 * DAY, closes_on=today() + 9 * DAY)
    make_opportunity(title="A", what="A bus.", published_at=now, closes_on=today() + 3 * DAY)
    make_opportunity(title="B", what="Buses.", published_at=now - DAY, closes_on=today() + 5 * DAY)
    make_opportunity(title="Bins")
    assert listed(client, "?q=bus") == ["Old buses", "A", "B"]
    assert listed(client, "?q=bus&sort=best") == ["Old buses", "A", "B"]
    assert listed(client, "?q=bus&sort=closing") == ["A", "B", "Old buses"]
    assert listed(client, "?q=bus&sort=newest") == ["A", "B", "Old buses"]
    assert listed(client, "?sort=best") == ["A", "B", "Old buses", "Bins"]  # closing soonest


def test_index_offers_every_order_as_a_link(client):
    """So that it works without JavaScript; the best match only where words are looked for."""
    orders = client.get("/opportunities/?level=engagement&page=x").context["sorts"]
    assert [(str(one["label"]), one["href"], one["current"]) for one in orders] == [
        ("Closing soonest", "?level=engagement&sort=closing", True),
        ("Newest", "?level=engagement&sort=newest", False),
        ("Starting soonest", "?level=engagement&sort=starting", False),
    ]
    orders = client.get("/opportunities/?q=bus&sort=newest").context["sorts"]
    assert [(str(one["label"]), one["current"]) for one in orders][:3:2] == [
        ("Best match", False),
        ("Newest", True),
    ]


@pytest.mark.parametrize("order", ["closing", "newest", "starting", "best"])
def test_index_pages_by_key_in_every_order(client, order):
    """Every brief once, though many share their date and fit the words equally well."""
    now = timezone.now()
    for number in range(2 * PAGE_SIZE + 1):
        make_opportunity(
            title=f"Bus {number:02}" if number % 3 else f"Tram {number:02}",
            what="A bus.",
            closes_on=today() + number % 4 * DAY,
            starts_on=today() + number % 5 * DAY if number % 5 else None,
            ends_on=None,
            published_at=now - number % 2 * DAY,
        )
    address, seen = f"?q=bus&sort={order}", []
    while address:
        page = client.get("/opportunities/" + address)
        seen.append([card.opportunity.pk for card in page.context["cards"]])
        address = page.context["following"]
    assert [len(found) for found in seen] == [PAGE_SIZE, PAGE_SIZE, 1]
    assert len({pk for found in seen for pk in found}) == 2 * PAGE_SIZE + 1
    back = client.get("/opportunities/" + page.context["previous"])
    assert [card.opportunity.pk for card in back.context["cards"]] == seen[1]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("?town=tipton", ["Tipton"]),
        ("?town=tipton&town=online", ["Tipton", "Online"]),
        ("?town=everywhere", ["Everywhere"]),
        ("?level=coproduction", ["Online"]),
        ("?level=consultation&level=coproduction", ["Tipton", "Online"]),
        ("?money=paid", ["Tipton", "Oldbury"]),
        ("?money=expenses", ["Oldbury"]),
        ("?money=paid&money=expenses", ["Oldbury"]),
        ("?q=bins", ["Online"]),
        ("?q=BINS+lids", ["Online"]),
        ("?q=bins+tipton", []),
        ("?town=tipton&level=coproduction", []),
    ],
)
def test_index_filters(client, address, expected):
    """Titles say what each one has; order is by closing date."""
    make_opportunity(
        title="Tipton", towns=[make_town("Tipton")], level=Level.CONSULTATION, gives_vouchers=True
    )
    make_opportunity(
        title="Oldbury",
        towns=[make_town("Oldbury")],
        pays=True,
        pays_expenses=True,
        closes_on=today() + 40 * DAY,
    )
    make_opportunity(
        title="Online",
        is_online=True,
        is_borough_wide=False,
        level=Level.COPRODUCTION,
        from_the_start=True,
        decisions_shared=True,
        open_to_change=True,
        what="Talk about bins and lids.",
        closes_on=today() + 50 * DAY,
    )
    make_opportunity(title="Everywhere", closes_on=today() + 60 * DAY)
    assert listed(client, address) == expected


def test_index_counts_each_choice_with_the_other_filters_as_they_are(client):
    tipton, oldbury = make_town("Tipton"), make_town("Oldbury")
    make_opportunity(towns=[tipton, oldbury], level=Level.CONSULTATION, pays=True)
    make_opportunity(towns=[tipton], level=Level.ENGAGEMENT)
    make_opportunity(towns=[oldbury], level=Level.ENGAGEMENT, status=Status.CLOSED)
    context = client.get("/opportunities/?town=tipton").context
    assert context["counts"].choices["town"] == {
        "online": 0,
        "everywhere": 0,
        "oldbury": 1,
        "tipton": 2,
    }
    assert context["counts"].choices["level"]["engagement"] == 1
    assert context["counts"].choices["money"] == {"paid": 1, "expenses": 0}
    assert context["counts"].choices["show"] == {"all": 0, "open": 2}
    everything = client.get("/opportunities/?show=all").context["counts"]
    assert everything.choices["level"]["engagement"] == 2
    assert everything.choices["town"]["oldbury"] == 2


def test_index_counts_each_choice_among_what_has_the_words(client):
    tipton = make_town("Tipton")
    make_opportunity(title="Bus", towns=[tipton], level=Level.CONSULTATION, pays=True)
    make_opportunity(title="A bus and a tram", level=Level.ENGAGEMENT)
    make_opportunity(title="A closed bus", status=Status.CLOSED, towns=[tipton])
    make_opportunity(title="Trams", towns=[tipton], level=Level.CONSULTATION, pays=True)
    counts = client.get("/opportunities/?q=buses").context["counts"]
    assert counts.choices["town"] == {"online": 0, "everywhere": 1, "tipton": 1}
    assert counts.choices["level"]["consultation"] == 1
    assert counts.choices["money"] == {"paid": 1, "expenses": 0}
    assert (counts.shown, counts.choices["show"]) == (2, {"all": 1, "open": 2})
    assert client.get("/opportunities/?q=trams").context["counts"].shown == 2


def test_index_says_when_it_does_not_look_at_everything(client, monkeypatch):
    """What is open comes before what is newer and closed."""
    monkeypatch.setattr("opportunities.filters.opportunities.NEWEST", 2)
    for title in ("Open bus", "Open tram"):
        make_opportunity(title=title, what="A bus.")
    assert listed(client, "?q=tram") == ["Open tram"]
    assert b"Very many projects" not in client.get("/opportunities/?q=tram").content
    make_opportunity(title="Closed bus", what="A bus.", status=Status.CLOSED)
    response = client.get("/opportunities/?q=bus&sort=newest")
    assert b"Very many projects" in response.content
    assert [card.title for card in response.context["cards"]] == ["Open tram", "Open bus"]


def test_index_offers_each_word_where_all_together_find_nothing(client):
    make_opportunity(title="Buses")
    make_opportunity(title="More buses")
    make_opportunity(title="Trams")
    ways = client.get("/opportunities/?q=the+bus+tram+ferry").context["ways_on"]
    assert ways == [
        {"label": "Look for “bus” only: 2", "href": "?q=bus"},
        {"label": "Look for “tram” only: 1", "href": "?q=tram"},
        {"label": "Look without these words: 3", "href": "?"},
    ]


@pytest.mark.parametrize("query", ["", "show=all"])
@pytest.mark.parametrize("order", ["closing", "newest", "starting"])
def test_index_reads_every_order_from_an_index(db, query, order):
    """So that a page costs as much among ten thousand. Control: no index has the titles in order.

    PostgreSQL chooses by how many rows there are, so only SQLite says what it would do.
    """
    chosen = OpportunityFilter(QueryDict(query), Opportunity.objects.public(), [])
    rows = _rows(chosen, order)
    keys = [f"-{key.name}" if key.descending else key.name for key in ORDERS[order]]
    plans = [rows.order_by(*names)[:9].explain() for names in (keys, ["title"])]
    sorts = ["B-TREE FOR ORDER BY" in plan for plan in plans]
    assert connection.vendor != "sqlite" or sorts == [False, True]


def test_index_chips_take_one_choice_off(client):
    make_opportunity(towns=[make_town("Tipton")])
    make_town("Oldbury")
    chips = client.get("/opportunities/?town=tipton&town=oldbury&q=a&page=xyz").context["chips"]
    assert {chip["label"]: chip["href"] for chip in chips} == {
        "“a”": "?town=tipton&town=oldbury",
        "Tipton": "?town=oldbury&q=a",
        "Oldbury": "?town=tipton&q=a",
    }


def test_index_pages_by_key_forwards_and_back(client):
    for number in range(2 * PAGE_SIZE + 1):
        make_opportunity(title=f"Number {number:02}", closes_on=today() + number // 3 * DAY)
    first = client.get("/opportunities/?level=participation")
    second = client.get("/opportunities/" + first.context["following"])
    third = client.get("/opportunities/" + second.context["following"])
    titles = [
        [card.opportunity.title for card in page.context["cards"]]
        for page in (first, second, third)
    ]
    assert [title for found in titles for title in found] == [
        f"Number {n:02}" for n in range(2 * PAGE_SIZE + 1)
    ]
    assert (first.context["previous"], third.context["following"]) == ("", "")
    back = client.get("/opportunities/" + third.context["previous"])
    assert [card.opportunity.title for card in back.context["cards"]] == titles[1]
    assert "level=participation" in third.context["previous"]


@pytest.mark.parametrize(
    "address",
    [
        "?town=atlantis&level=none&money=gold&show=please&sort=random",
        "?page=%%%",
        "?page=!!!!",
        "?page=WyJmIiwiMjAyNi0wMS0wMSJd",
        "?page=WzFd",
        "?q=%00%00",
        "?q=" + "x" * 5000,
        "?q=%25_%27%22%3Cscript%3E",
        "?q=a&q=b&town=&level=",
        "?page=" + "A" * 3000,
    ],
)
def test_index_bears_every_address(client, address):
    make_opportunity(title="Still here")
    response = client.get("/opportunities/" + address)
    assert response.status_code == 200
    assert b"<script>" not in response.content


@pytest.mark.parametrize("rows", [1, 3, 21])
def test_index_asks_the_same_few_questions(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_opportunity(towns=[make_town("Tipton"), make_town("Oldbury")])
    with django_assert_num_queries(7):
        client.get("/opportunities/")
    with django_assert_num_queries(8):
        client.get("/opportunities/?q=brief")


def test_index_helps_where_nothing_fits(client):
    make_opportunity(towns=[make_town("Oldbury")])
    make_opportunity(towns=[make_town("Tipton")], status=Status.COMPLETED)
    response = client.get("/opportunities/?town=tipton&q=letters")
    assert listed(client, "?town=tipton&q=letters") == []
    ways = {way["label"]: way["href"] for way in response.context["ways_on"]}
    assert ways == {
        "Look in other places: 1": "?q=letters",
        "Look at those that are closed or over: 1": "?town=tipton&q=letters&show=all",
    }
    for href in ways.values():  # each of them finds as many as it says
        assert len(listed(client, href)) == 1


def test_index_offers_to_drop_the_words(client):
    make_opportunity()
    response = client.get("/opportunities/?q=elephants")
    assert [way["label"] for way in response.context["ways_on"]] == ["Look without these words: 1"]


def test_index_is_kind_on_the_first_day(client):
    page = client.get("/opportunities/").content.decode()
    assert "Nothing is open yet" in page


# --- One brief -----------------------------------------------------------------------------------
def test_detail_shows_the_five_answers_in_the_templates_order(client):
    brief = make_opportunity(what="First", experience="Second", commitment="Third")
    page = client.get(brief.get_absolute_url()).content.decode()
    questions = [
        "What is the opportunity / project?",
        "What experience or skills do I need to participate?",
        "What is the time commitment?",
        "When will it take place?",
        "How do I get involved?",
    ]
    places = [page.index(question) for question in questions]
    assert places == sorted(places)
    for words in ("The law, because Parliament makes it.", "The team.", "Sam Safe", "No payment."):
        assert words in page


def test_detail_escapes_what_people_typed(client):
    brief = make_opportunity(
        title="<b>Bold</b>", what="<script>alert(1)</script>\n\n- <i>one</i>\n- two", how="a & b"
    )
    page = client.get(brief.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "<b>Bold" not in page
    assert "<li>&lt;i&gt;one&lt;/i&gt;</li><li>two</li>" in page


@pytest.mark.parametrize(
    ("money", "shown"),
    [({"pays": True}, True), ({"gives_vouchers": True}, True), ({"pays_expenses": True}, False)],
)
def test_detail_shows_the_benefits_notice_where_money_could_matter(client, money, shown, settings):
    settings.ADVICE_LINE = "Advice 0121 496 0000"
    brief = make_opportunity(**money)
    page = client.get(brief.get_absolute_url()).content.decode()
    advice = 'Advice <a class="govuk-link gi-nowrap" href="tel:01214960000">0121 496 0000</a>'
    assert (advice in page) is shown
    assert ("Figures last checked on" in page) is shown


def test_detail_invites_while_it_is_open(client):
    page = client.get(make_opportunity().get_absolute_url()).content.decode()
    assert "I'm interested" in page
    assert "Under 18? A parent, carer or youth worker rings us with you." in page
    assert "Places go to those who come forward first." in page


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": Status.CLOSED}, "New people can no longer come forward to this project."),
        ({"closes_on": today() - DAY}, "New people can no longer come forward to this project."),
        ({"status": Status.IN_PROGRESS}, "This project has started."),
        ({"status": Status.COMPLETED}, "This project is over."),
    ],
)
def test_detail_says_why_nobody_can_come_forward(client, fields, words):
    page = client.get(make_opportunity(**fields).get_absolute_url()).content.decode()
    assert words in page
    assert "I'm interested" not in page
    assert "Under 18?" not in page


def test_detail_is_honest_about_the_waiting_list(client):
    brief = make_opportunity(places=1)
    make_sign_up(brief)
    make_sign_up(brief)
    page = client.get(brief.get_absolute_url()).content.decode()
    assert "You can join the waiting list: 1 person waits now." in page
    assert "0 of 1" in page


def test_detail_says_that_the_team_chooses(client):
    brief = make_opportunity(places_given=PlacesGiven.WE_CHOOSE)
    page = client.get(brief.get_absolute_url()).content.decode()
    assert "The team chooses from those who come forward, and answers everybody." in page


def test_detail_remembers_who_came_forward(client_for, resident, other_resident):
    """The other resident is the control: the same page, without the sentence."""
    brief = make_opportunity()
    make_sign_up(brief, resident.person)
    assert "You have come forward" in client_for(resident).get(brief.get_absolute_url()).text
    assert (
        "You have come forward" not in client_for(other_resident).get(brief.get_absolute_url()).text
    )


def test_detail_says_what_changed_and_why(client, officer):
    brief = make_opportunity()
    BriefChange.objects.create(
        opportunity=brief, version=2, what_changed="A later day.", why="The hall is shut."
    )
    page = client.get(brief.get_absolute_url()).content.decode()
    assert "A later day." in page
    assert "The hall is shut." in page


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.RETURNED])
def test_detail_of_a_hidden_brief_is_not_there(
    client, client_for, resident, other_officer, officer, status
):
    """The officer of the same organisation is the control."""
    brief = make_opportunity(status=status, published_at=None, what="Still secret.")
    for browser in (client, client_for(resident), client_for(other_officer)):
        response = browser.get(brief.get_absolute_url())
        assert response.status_code == 404
        assert "Still secret." not in response.content.decode()
    assert "Still secret." in client_for(officer).get(brief.get_absolute_url()).text


def test_detail_of_a_withdrawn_brief_is_kind_and_says_nothing_else(client, client_for, officer):
    brief = make_opportunity(title="Not any more", status=Status.WITHDRAWN)
    response = client.get(brief.get_absolute_url())
    assert response.status_code == 404
    assert "This project will not happen" in response.content.decode()
    assert "Not any more" not in response.content.decode()
    assert "Not any more" in client_for(officer).get(brief.get_absolute_url()).text


def test_detail_of_a_draft_withdrawn_before_anybody_read_it_is_simply_not_there(client):
    brief = make_opportunity(status=Status.WITHDRAWN, published_at=None)
    response = client.get(brief.get_absolute_url())
    assert response.status_code == 404
    assert "will not happen" not in response.content.decode()


def test_detail_asks_the_same_few_questions(client, django_assert_num_queries):
    brief = make_opportunity(towns=[make_town("Tipton"), make_town("Oldbury")])
    for version in (2, 3, 4):
        BriefChange.objects.create(opportunity=brief, version=version, what_changed="a", why="b")
    with django_assert_num_queries(5):
        client.get(brief.get_absolute_url())


def test_detail_names_the_team_that_asks(client, host):
    brief = make_opportunity(team=make_team(host, "Quality team"))
    assert "Example Council, Quality team" in client.get(brief.get_absolute_url()).text


def test_detail_leads_to_every_way_of_coming_forward(client):
    brief = make_opportunity(lead_name="Dawn", lead_phone="0121 496 0188")
    page = client.get(brief.get_absolute_url()).text
    for address in (
        reverse("opportunities:sign_up", args=[brief.slug]),
        reverse("opportunities:paper_form", args=[brief.slug]),
        reverse("contact"),
        "tel:01214960188",
    ):
        assert f'href="{address}' in page


def test_detail_shows_promises_and_leads_to_what_was_done(client, officer):
    brief = make_opportunity()
    commitment = make_charter().commitments.first()
    Pledge.objects.create(opportunity=brief, commitment=commitment, how="We meet twice.")
    make_contribution(brief)
    page = client.get(brief.get_absolute_url()).text
    for words in (commitment.heading, "We meet twice.", "People have told this project 1 thing."):
        assert words in page
    assert f"?project={brief.slug}" in page


@pytest.mark.parametrize("address", ["/opportunities/", "/opportunities/?town=tipton&q=x"])
def test_index_takes_no_other_verb(client, address):
    assert client.post(address).status_code == 405
