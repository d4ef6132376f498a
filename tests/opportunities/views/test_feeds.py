"""What programs read of the public pages: only what is public, and always well formed."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.urls import reverse

from opportunities.lifecycle import PUBLIC, Status
from opportunities.models import Opportunity
from tests.factories import make_opportunity, make_sign_up, make_town

pytestmark = pytest.mark.usefixtures("host")
ATOM = "{http://www.w3.org/2005/Atom}"
NASTY = "</script><script>alert(1)</script>&amp; ]]> \x0b\u2028 “é” 👩‍👩‍👧"


def titles(client, query: str = "") -> list[str]:
    response = client.get(reverse("opportunities:feed") + query)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(response.content)  # noqa: S314 -- our own words
    return [entry.findtext(f"{ATOM}title") for entry in feed.findall(f"{ATOM}entry")]


def test_feed_has_what_the_list_has(client):
    make_opportunity(title="Tipton bus", towns=[make_town("Tipton")])
    make_opportunity(title="Tram")
    make_opportunity(title="Closed bus", status=Status.CLOSED)
    assert titles(client) == ["Tram", "Tipton bus"]
    assert titles(client, "?q=buses") == ["Tipton bus"]
    assert titles(client, "?q=bus&show=all") == ["Closed bus", "Tipton bus"]
    assert titles(client, "?town=tipton&page=nonsense&sort=x") == ["Tipton bus"]


def test_feed_says_where_it_stands(client):
    make_opportunity(title="Bus")
    response = client.get(reverse("opportunities:feed") + "?q=bus")
    assert f'href="{settings.SITE_URL}/opportunities.atom?q=bus" rel="self"' in response.text
    page = client.get("/opportunities/?q=bus&sort=newest&page=x").content.decode()
    link = '<link rel="alternate" type="application/atom+xml" title="What you can do" href="{}">'
    assert link.format("/opportunities.atom?q=bus") in page


def test_feed_bears_every_text(client):
    make_opportunity(title=NASTY[:100], what=NASTY)
    assert titles(client) == [" ".join(NASTY.replace("\x0b", " ").split())]


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_asks_the_same_few_questions(client, rows, django_assert_num_queries):
    for _ in range(rows):
        make_opportunity()
    with django_assert_num_queries(2):
        client.get(reverse("opportunities:feed"))


def test_nothing_tells_of_what_is_not_public_or_who_came_forward(client, resident):
    """Each unpublished brief has a title that could leak; the published one is the control."""
    for status in set(Status) - set(PUBLIC):
        make_opportunity(title="secret-brief", status=status, published_at=None)
    brief = make_opportunity(title="The public one")
    make_sign_up(brief, resident.person, why="secret-why")
    pages = ["/opportunities.atom?show=all", "/sitemap.xml", brief.get_absolute_url()]
    texts = [client.get(page).content.decode() for page in pages]
    assert [text.count("secret") for text in texts] == [0, 0, 0]
    assert [resident.person.name in text for text in texts] == [False] * 3
    assert ["the-public-one" in text for text in texts] == [True] * 3


# --- What a page says to other sites -------------------------------------------------------------
def event_of(client, brief) -> dict:
    page = client.get(brief.get_absolute_url()).content.decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert len(found) <= 1
    return json.loads(found[0]) if found else {}


def test_a_brief_is_an_event(client):
    brief = make_opportunity(
        title=NASTY[:100], what=NASTY, venue="Tipton library", is_online=True, ends_on=None
    )
    found = event_of(client, brief)
    assert found["name"] == " ".join(NASTY.replace("\x0b", " ").split())
    assert (found["@type"], found["startDate"]) == ("Event", brief.starts_on.isoformat())
    assert "endDate" not in found
    assert found["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert [place["@type"] for place in found["location"]] == ["Place", "VirtualLocation"]
    assert found["url"] == settings.SITE_URL + brief.get_absolute_url()


def test_nothing_in_the_event_can_end_the_block(client):
    """Proved by the page’s own script: cut at the first end, the block would not be JSON."""
    page = client.get(make_opportunity(title=NASTY[:100], what=NASTY).get_absolute_url())
    assert b"<script>alert" not in page.content
    block = page.content.decode().split('application/ld+json">')[1].split("</script>")[0]
    assert "alert(1)" in json.loads(block)["name"]


def test_no_event_without_a_day_or_once_it_is_over(client):
    brief = make_opportunity()
    assert event_of(client, brief)["endDate"] == brief.ends_on.isoformat()
    Opportunity.objects.update(status=Status.COMPLETED)
    assert event_of(client, brief) == {}
    Opportunity.objects.update(status=Status.PUBLISHED, starts_on=None)
    assert event_of(client, brief) == {}


def test_an_event_without_a_place_is_somewhere_in_the_borough(client):
    brief = make_opportunity(is_borough_wide=False)
    assert event_of(client, brief)["location"][0]["name"] == settings.PLACE
    online = make_opportunity(is_online=True, is_borough_wide=False)
    assert event_of(client, online)["location"] == [
        {"@type": "VirtualLocation", "url": settings.SITE_URL + online.get_absolute_url()}
    ]


def test_a_brief_can_be_passed_on(client):
    brief = make_opportunity(title="Bins & “lids”")
    page = client.get(brief.get_absolute_url()).content.decode()
    address = settings.SITE_URL + brief.get_absolute_url()
    assert '<meta property="og:title" content="Bins &amp; “lids”">' in page
    assert f'<link rel="canonical" href="{address}">' in page
    assert 'href="mailto:?subject=Bins%20%26%20%E2%80%9Clids%E2%80%9D&amp;body=' in page
    assert f'<a class="govuk-link gi-address" href="{address}">' in page


def test_a_draft_is_not_passed_on(client_for, officer):
    """Only its own organisation reads it; the page is there, which is the control."""
    draft = make_opportunity(status=Status.DRAFT, published_at=None, title="Our draft")
    page = client_for(officer).get(draft.get_absolute_url()).content.decode()
    assert "Our draft" in page
    assert "og:title" not in page
    assert "ld+json" not in page
    assert "Tell somebody" not in page
