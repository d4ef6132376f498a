"""Dates in calendars: of a brief for everybody, of a person for themselves alone."""

from __future__ import annotations

import datetime as dt
import logging

import pytest
from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from coprod.lib.days import today
from coprod.lib.logs import HideKeys
from opportunities.actions import make_calendar_link, withdraw
from opportunities.calendar_links import address_of
from opportunities.lifecycle import Status
from opportunities.models import CalendarLink, Opportunity
from people.models import AuditEvent
from tests.factories import make_opportunity, make_profile, make_sign_up

pytestmark = pytest.mark.usefixtures("host")
DAY = dt.timedelta(days=1)


def events(response) -> list[tuple[str, object, str]]:
    """Return title, start and status of each date, in order."""
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(response.content).walk("VEVENT")
    return [(str(one["summary"]), one["dtstart"].dt, str(one["status"])) for one in found]


def path_of(person) -> str:
    """Return the path of the person’s secret address, made where there is none."""
    link = make_calendar_link(person=person, actor=person.user)
    return address_of(link).removeprefix(settings.SITE_URL)


# --- One brief -----------------------------------------------------------------------------------
def test_calendar_has_the_dates_of_the_brief(client):
    start = today() + 30 * DAY
    brief = make_opportunity(title="Bins", starts_on=start, ends_on=start + DAY, venue="Library")
    response = client.get(reverse("opportunities:calendar", args=[brief.slug]))
    (closes, closing, _status), *days = events(response)
    assert (closes, closing.date()) == ("Closes today: Bins", brief.closes_on)
    assert closing.tzname() in {"GMT", "BST"}
    assert days == [
        ("First date: Bins", start, "CONFIRMED"),
        ("Last date: Bins", start + DAY, "CONFIRMED"),
    ]
    assert b"LOCATION:Library" in response.content
    assert response["Content-Disposition"] == f'attachment; filename="{brief.slug}.ics"'


def test_calendar_of_a_single_day_and_of_none(client):
    brief = make_opportunity(title="One day", ends_on=None, is_rolling=True)
    address = reverse("opportunities:calendar", args=[brief.slug])
    assert events(client.get(address)) == [("One day", brief.starts_on, "CONFIRMED")]
    Opportunity.objects.update(starts_on=None)
    assert events(client.get(address)) == []


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SUBMITTED, Status.WITHDRAWN])
def test_calendar_only_of_what_is_public(client, status):
    brief = make_opportunity(published_at=None, status=status)
    address = reverse("opportunities:calendar", args=[brief.slug])
    assert client.get(address).status_code == 404
    Opportunity.objects.update(status=Status.PUBLISHED, published_at="2026-01-01T00:00Z")
    assert client.get(address).status_code == 200  # the control


# --- One person ----------------------------------------------------------------------------------
def test_my_calendar_is_made_shown_and_stopped(client_for, client, resident):
    mine = client_for(resident)
    page = reverse("opportunities:my_calendar")
    assert b"Make my address" in mine.get(page).content
    assert mine.post(page).status_code == 302
    first = mine.get(page).context["address"]
    mine.post(page)
    assert mine.get(page).context["address"] == first  # asking again changes nothing
    path = first.removeprefix(settings.SITE_URL)
    assert client.get(path).status_code == 200
    mine.post(reverse("opportunities:stop_calendar"))
    mine.post(reverse("opportunities:stop_calendar"))
    assert client.get(path).status_code == 404
    mine.post(page)
    assert mine.get(page).context["address"] != first
    assert client.get(path).status_code == 404
    verbs = AuditEvent.objects.filter(verb__startswith="calendar").order_by("pk")
    made, gone = "calendar.link_made", "calendar.link_revoked"
    assert list(verbs.values_list("verb", flat=True)) == [made, gone, made]


def test_my_calendar_of_somebody_who_is_not_in_the_pool(client_for, officer):
    client = client_for(officer)
    assert client.get(reverse("opportunities:my_calendar")).status_code == 302
    client.post(reverse("opportunities:my_calendar"))
    client.post(reverse("opportunities:stop_calendar"))
    assert CalendarLink.objects.count() == 0


def test_calendar_feed_has_each_date_with_its_standing(client, resident):
    for title in ("Mine", "Left", "Taken back", "Open end"):
        brief = make_opportunity(title=title, ends_on=None)
        row = make_sign_up(brief, resident.person)
        if title == "Left":
            withdraw(sign_up=row, actor=resident)
    full = make_opportunity(title="Full", places=1, ends_on=None)
    make_sign_up(full)
    make_sign_up(full, resident.person)
    old = make_opportunity(title="Long over")
    make_sign_up(old, resident.person)
    over = today() - 100 * DAY
    Opportunity.objects.filter(pk=old.pk).update(starts_on=over, ends_on=over)
    Opportunity.objects.filter(title="Taken back").update(status=Status.WITHDRAWN)
    Opportunity.objects.filter(title="Open end").update(starts_on=None)
    found = {
        title: status for title, _start, status in events(client.get(path_of(resident.person)))
    }
    assert found == {
        "Mine": "CONFIRMED",
        "Left": "CANCELLED",
        "Taken back": "CANCELLED",
        "Full": "TENTATIVE",
    }


def test_calendar_feed_tells_nothing_else(client, resident, other_resident):
    """The brief, the sign-up and the profile hold what could leak; the title is the control."""
    make_profile(resident.person, important_to_me="secret-profile")
    brief = make_opportunity(title="The title", what="secret-what", access="secret-access")
    support = {"support_text": "secret-need", "support_consent": True}
    make_sign_up(brief, resident.person, why="secret-why", **support)
    make_sign_up(make_opportunity(title="secret-other"), other_resident.person)
    response = client.get(path_of(resident.person))
    text = response.content.replace(b"\r\n ", b"").decode()
    assert "secret" not in text
    assert resident.person.name not in text
    assert resident.email not in text
    assert "The title" in text
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies


@pytest.mark.parametrize("ending", ["person", "account", "switched off"])
def test_calendar_feed_ends_with_the_person(client, resident, ending):
    path = path_of(resident.person)
    assert client.get(path).status_code == 200
    if ending == "person":
        resident.person.delete()
    elif ending == "account":
        resident.delete()
    else:
        resident.is_active = False
        resident.save()
    assert client.get(path).status_code == 404


def test_the_key_is_in_no_table_and_no_log(client, resident, caplog):
    """The log has the line about the address that is not there: that is the control."""
    path = path_of(resident.person)
    token = path.split("/")[-1].removesuffix(".ics")
    link = CalendarLink.objects.get()
    assert token not in {link.seed, link.token_hash}
    assert all(token not in str(event.__dict__) for event in AuditEvent.objects.all())
    link.delete()
    caplog.handler.addFilter(HideKeys())
    with caplog.at_level(logging.DEBUG):
        assert client.get(path).status_code == 404
    assert "Not Found: /calendar/…" in caplog.text
    assert token not in caplog.text


def test_every_log_of_the_portal_hides_keys():
    handlers = settings.LOGGING["handlers"].values()
    assert all("keys" in handler["filters"] for handler in handlers)


@pytest.mark.parametrize("rows", [1, 3])
def test_calendar_feed_asks_the_same_two_questions(
    client, resident, rows, django_assert_num_queries
):
    for _ in range(rows):
        make_sign_up(make_opportunity(), resident.person)
    path = path_of(resident.person)
    with django_assert_num_queries(2):
        client.get(path)
