"""Every table behind a public page is watched by the database, whatever migrations do to it."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from coprod.watched import TABLES
from people import versions

pytestmark = pytest.mark.django_db

PUBLIC = (
    "/",
    "/opportunities/",
    "/opportunities/?show=all&sort=newest&q=help",
    "/opportunities/help-choose-who-runs-our-home-care/",
    "/you-said-we-did/",
    "/charter/",
    "/contact/",
    "/how-it-works/",
    "/glossary/",
    "/privacy/",
    "/accessibility/",
    "/concern/",
)
READ_FROM = re.compile(r'(?:FROM|JOIN) "?(\w+_\w+)')


def test_every_table_behind_a_public_page_is_watched(client, borough):
    """The pages are made afresh here, inside a transaction: all their questions are seen."""
    read = set()
    for page in PUBLIC:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        read |= {name for query in asked for name in READ_FROM.findall(query["sql"])}
    index = {"opportunities_opportunity_words", "opportunities_opportunity_stems"}
    assert "opportunities_opportunity" in read
    assert read - set(TABLES) - index == set()


def test_triggers_are_put_back_where_a_migration_took_them_along():
    assert versions.missing(TABLES) == []
    of_table = " ON people_town" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER people_town_public_update{of_table}")
    assert versions.missing(TABLES) == ["people_town_public_update"]
    call_command("migrate", verbosity=0)
    assert versions.missing(TABLES) == []
