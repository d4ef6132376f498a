"""What search engines are told."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from django.conf import settings

from opportunities.lifecycle import Status
from tests.factories import make_opportunity

pytestmark = pytest.mark.usefixtures("host")
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_sitemap_lists_pages_that_open_for_everybody(client):
    make_opportunity(title="Bus", slug="bus")
    make_opportunity(title="Over", slug="over", status=Status.COMPLETED)
    make_opportunity(slug="secret", status=Status.DRAFT, published_at=None)
    response = client.get("/sitemap.xml")
    listed = [one.text for one in ET.fromstring(response.content).iter(LOC)]  # noqa: S314 -- our own words
    paths = [one.removeprefix(settings.SITE_URL) for one in listed]
    assert {"/", "/opportunities/", "/opportunities/bus/", "/opportunities/over/"} <= set(paths)
    assert "/opportunities/secret/" not in paths
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)
