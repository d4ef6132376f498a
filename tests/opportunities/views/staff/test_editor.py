"""The editor: half a draft, errors that keep every word, and two people at one brief."""

from __future__ import annotations

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from coprod.lib.days import today
from opportunities.actions import EDITABLE
from opportunities.editing import marks
from opportunities.levels import Level
from opportunities.lifecycle import SignUpStatus, Status
from opportunities.models import Opportunity
from people.models import Notice
from tests.factories import make_opportunity, make_sign_up, make_town

pytestmark = pytest.mark.usefixtures("host")


def page(name: str, brief: Opportunity) -> str:
    return reverse(f"opportunities:{name}", args=[brief.slug])


def draft(**fields) -> Opportunity:
    return make_opportunity(**({"status": Status.DRAFT, "published_at": None} | fields))


def typed(brief: Opportunity, **changes) -> dict:
    """Return what a browser sends for ``brief`` as it is now, with changes."""
    data = {}
    for name, value in model_to_dict(brief, EDITABLE).items():
        if hasattr(value, "year"):
            parts = {"day": value.day, "month": value.month, "year": value.year}
            data |= {f"{name}_{part}": number for part, number in parts.items()}
        elif name == "towns":
            data[name] = [town.pk for town in value]
        elif value not in (None, False, ""):
            data[name] = "on" if value is True else value
    began = {"version": brief.version, "began_with": marks(brief, EDITABLE)}
    return {**data, **began, **changes}


# --- New -----------------------------------------------------------------------------------------
def test_new_needs_only_a_title(client_for, officer, host):
    browser = client_for(officer)
    assert browser.get("/staff/opportunities/new/").status_code == 200
    response = browser.post(
        "/staff/opportunities/new/", {"title": "Bus stops", "min_age": "18"}, follow=True
    )
    brief = Opportunity.objects.get()
    assert (brief.title, brief.slug, brief.status) == ("Bus stops", "bus-stops", Status.DRAFT)
    assert (brief.organisation, brief.created_by) == (host, officer)
    assert "Saved. 23 parts are missing." in response.text


def test_new_keeps_everything_where_the_title_is_missing(client_for, officer):
    response = client_for(officer).post("/staff/opportunities/new/", {"what": "A long answer"})
    assert "Enter a title" in response.text
    assert "A long answer" in response.text
    assert "<title>Error: " in response.text


def test_new_gives_a_second_brief_of_the_same_name_its_own_address(client_for, officer):
    browser = client_for(officer)
    for _ in range(2):
        browser.post("/staff/opportunities/new/", {"title": "New", "min_age": "18"})
    first, second = Opportunity.objects.order_by("pk")
    assert first.slug != second.slug
    assert "new" not in {first.slug, second.slug}


def test_new_is_for_those_who_write(client_for, commissioner):
    assert client_for(commissioner).get("/staff/opportunities/new/").status_code == 403


# --- A draft -------------------------------------------------------------------------------------
def test_edit_saves_every_field(client_for, officer):
    brief = draft(towns=[make_town("Tipton")])
    oldbury = make_town("Oldbury")
    data = typed(brief, what="Other words", towns=[oldbury.pk], closes_on_year=today().year + 2)
    response = client_for(officer).post(page("edit", brief), data, follow=True)
    brief.refresh_from_db()
    assert "Saved. Nothing is missing" in response.text
    assert (brief.what, list(brief.towns.all()), brief.version) == ("Other words", [oldbury], 2)
    assert brief.closes_on.year == today().year + 2


def test_edit_lists_what_is_missing_as_links_to_the_fields(client_for, officer):
    brief = draft(what="", level="", closes_on=None, is_borough_wide=False, activity_types=[])
    shown = client_for(officer).get(page("edit", brief)).text
    for href in ("#id_what", "#id_level_0", "#id_closes_on_day", "#id_activity_types_0"):
        assert f'href="{href}"' in shown
        assert f'id="{href[1:]}"' in shown
    assert "5 parts missing" in shown
    assert shown.count(">Missing<") >= 4


def test_edit_proposes_another_word_for_coproduction_that_is_not_meant(client_for, officer):
    brief = draft(level=Level.COPRODUCTION, from_the_start=True)
    shown = client_for(officer).get(page("edit", brief)).text
    assert "another word fits better, for example “Citizen involvement”" in shown


def test_edit_sends_for_review_in_one_go(client_for, officer):
    brief = draft()
    response = client_for(officer).post(page("edit", brief), typed(brief, send="1"))
    brief.refresh_from_db()
    assert (response.url, brief.status) == (page("project", brief), Status.SUBMITTED)


def test_edit_saves_and_says_what_is_missing_where_it_cannot_send(client_for, officer):
    brief = draft()
    response = client_for(officer).post(
        page("edit", brief), typed(brief, send="1", what="", how="New"), follow=True
    )
    brief.refresh_from_db()
    assert (brief.status, brief.how) == (Status.DRAFT, "New")
    assert "Saved, but not sent." in response.text


@pytest.mark.parametrize(
    ("changes", "message", "href"),
    [
        ({"title": " "}, "Enter a title", "#id_title"),
        ({"places": "4", "places_are_open": "on"}, "Enter a number, or tick", "#id_places"),
        ({"is_rolling": "on"}, "Enter a date, or tick", "#id_closes_on_day"),
        ({"ends_on_year": "2001"}, "The last date comes before the first.", "#id_ends_on_day"),
        ({"places": "many"}, "Write the places as a number, like 12", "#id_places"),
        ({"places": "0"}, "Enter 1 place or more", "#id_places"),
        ({"min_age": ""}, "Enter the lowest age, like 18", "#id_min_age"),
        ({"lead_email": "x"}, "Enter an e-mail address, like name@example.org", "#id_lead_email"),
        ({"closes_on_month": "13"}, "not in the calendar", "#id_closes_on_day"),
    ],
)
def test_edit_says_what_to_put_right_and_keeps_every_word(
    client_for, officer, changes, message, href
):
    brief = draft()
    response = client_for(officer).post(
        page("edit", brief), typed(brief, what="Kept as typed", **changes)
    )
    brief.refresh_from_db()
    assert response.status_code == 200
    assert response.text.count(message) == 2  # in the summary and at the field
    assert f'<a href="{href}">' in response.text
    assert "Kept as typed" in response.text
    assert brief.version == 1


def test_edit_of_a_brief_under_review_leads_to_the_project(client_for, officer):
    brief = make_opportunity(status=Status.SUBMITTED)
    response = client_for(officer).get(page("edit", brief))
    assert response.url == page("project", brief)


def test_edit_keeps_the_words_where_the_brief_was_sent_meanwhile(client_for, officer):
    brief = draft()
    data = typed(brief, what="My unsaved words")
    Opportunity.objects.update(status=Status.SUBMITTED)
    response = client_for(officer).post(page("edit", brief), data)
    assert "This brief was sent for review." in response.text
    assert "My unsaved words" in response.text
    brief.refresh_from_db()
    assert brief.what != "My unsaved words"


# --- Two people at one brief ---------------------------------------------------------------------
def test_edit_shows_both_texts_to_the_second_writer(client_for, officer, coordinator):
    brief = draft(what="As it was")
    mine, theirs = typed(brief, what="Mine"), typed(brief, what="Theirs", how="Their other change")
    client_for(coordinator).post(page("edit", brief), theirs)
    browser = client_for(officer)
    response = browser.post(page("edit", brief), mine)
    brief.refresh_from_db()
    assert (response.status_code, brief.what, brief.version) == (200, "Theirs", 2)
    merged = response.context["merged"]
    assert [(one.name, one.theirs, one.mine) for one in merged.conflicts] == [
        ("what", "Theirs", "Mine")
    ]
    assert [(one.name, one.theirs) for one in merged.taken_over] == [("how", "Their other change")]
    assert "Somebody else saved this brief while you were writing" in response.text
    assert 'name="version" value="2"' in response.text
    again = {**mine, "what": "Both", "how": "Their other change", "version": 2}
    browser.post(page("edit", brief), again)
    brief.refresh_from_db()
    assert (brief.what, brief.how, brief.version) == ("Both", "Their other change", 3)


@pytest.mark.parametrize("broken", ["", "not json", "[]", "[" * 100_000], ids=range(4))
def test_edit_shows_every_difference_where_the_marks_are_lost(
    client_for, officer, coordinator, broken
):
    brief = draft()
    mine = typed(brief, began_with=broken)
    client_for(coordinator).post(page("edit", brief), typed(brief, how="Theirs"))
    response = client_for(officer).post(page("edit", brief), mine)
    assert [one.name for one in response.context["merged"].conflicts] == ["how"]


def test_edit_shows_both_texts_in_words_for_every_kind_of_field(client_for, officer, coordinator):
    tipton, oldbury = make_town("Tipton"), make_town("Oldbury")
    brief = draft(towns=[tipton], is_online=False)
    mine = typed(brief, began_with="", level="consultation", places="")
    theirs = typed(
        brief, towns=[oldbury.pk], is_online="on", starts_on_year=2031, ends_on_year=2031
    )
    client_for(coordinator).post(page("edit", brief), theirs)
    response = client_for(officer).post(page("edit", brief), mine)
    texts = {one.name: (one.theirs, one.mine) for one in response.context["merged"].conflicts}
    assert texts["towns"] == ("Oldbury", "Tipton")
    assert texts["is_online"] == ("Yes", "No")
    assert texts["level"] == ("Participation", "Consultation")
    assert texts["places"] == ("3", "Nothing")
    assert "2031" in texts["starts_on"][0]


@pytest.mark.parametrize("version", ["", "x", "-1", "²"])
def test_edit_without_a_version_overwrites_nothing(client_for, officer, version):
    brief = draft(what="As it was")
    response = client_for(officer).post(
        page("edit", brief), typed(brief, what="Mine", version=version)
    )
    brief.refresh_from_db()
    assert (response.status_code, brief.what) == (200, "As it was")
    assert "Mine" in response.text


# --- A published brief ---------------------------------------------------------------------------
REASONS = {"what_changed": "Two more places.", "why": "A bigger room."}


def test_edit_of_a_published_brief_says_what_and_why(client_for, officer, client):
    brief = make_opportunity()
    browser = client_for(officer)
    assert "What did you change?" in browser.get(page("edit", brief)).text
    refused = browser.post(page("edit", brief), typed(brief, what="New words"))
    assert "Say what you changed" in refused.text
    assert "Say why you changed it" in refused.text
    browser.post(page("edit", brief), typed(brief, what="New words", **REASONS))
    change = brief.changes.get()
    assert change.before == {"what": "Help us make letters clear. It matters."}
    assert "A bigger room." in client.get(brief.get_absolute_url()).text


def test_edit_tells_people_and_moves_the_waiting_list_up(client_for, officer):
    brief = make_opportunity(places=1)
    first, second = make_sign_up(brief), make_sign_up(brief)
    brief.refresh_from_db()
    client_for(officer).post(page("edit", brief), typed(brief, places="2", **REASONS))
    second.refresh_from_db()
    brief.refresh_from_db()
    assert (second.status, brief.places_taken) == (SignUpStatus.PLACE, 2)
    told = Notice.objects.filter(kind="brief_changed").values_list("person", flat=True)
    assert sorted(told) == sorted([first.person_id, second.person_id])


def test_edit_refuses_fewer_places_than_are_taken(client_for, officer):
    brief = make_opportunity(places=3)
    make_sign_up(brief)
    make_sign_up(brief)
    brief.refresh_from_db()
    response = client_for(officer).post(page("edit", brief), typed(brief, places="1", **REASONS))
    assert "2 people have a place already. Enter that number or more" in response.text
    brief.refresh_from_db()
    assert brief.places == 3


def test_edit_does_not_let_a_published_brief_lose_a_part(client_for, officer):
    brief = make_opportunity()
    response = client_for(officer).post(page("edit", brief), typed(brief, what="", **REASONS))
    assert response.text.count("Fill this in: people read it") == 2
    brief.refresh_from_db()
    assert brief.what == "Help us make letters clear. It matters."


def test_edit_of_a_published_brief_proposes_another_word(client_for, officer):
    brief = make_opportunity()
    data = typed(brief, level="coproduction", from_the_start="on", **REASONS)
    response = client_for(officer).post(page("edit", brief), data)
    assert response.text.count("Co-production needs all three boxes ticked.") == 2


def test_edit_says_that_nothing_is_different(client_for, officer):
    brief = make_opportunity()
    response = client_for(officer).post(page("edit", brief), typed(brief, **REASONS))
    assert "Nothing is different yet." in response.text
    assert brief.changes.count() == 0


def test_edit_shows_both_texts_of_a_published_brief_and_keeps_the_reasons(
    client_for, officer, coordinator
):
    brief = make_opportunity()
    mine = typed(brief, what="Mine", **REASONS)
    client_for(coordinator).post(page("edit", brief), typed(brief, what="Theirs", **REASONS))
    response = client_for(officer).post(page("edit", brief), mine)
    assert [one.name for one in response.context["merged"].conflicts] == ["what"]
    assert "A bigger room." in response.text


def test_edit_refuses_a_number_that_nobody_can_ring(client_for, officer):
    brief = draft()
    wrong = typed(brief, lead_phone="abc", safeguarding_phone="x")
    form = client_for(officer).post(page("edit", brief), wrong).context["form"]
    message = "Enter a phone number, like 0121 496 0456"
    assert form.errors == {"lead_phone": [message], "safeguarding_phone": [message]}
