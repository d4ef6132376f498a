"""Who has been involved, for those who may not ask, and where there is hardly anybody to count."""

from __future__ import annotations

import pytest
from django.urls import reverse

from charter.reporting.models import Count
from tests import factories
from tests.charter.reporting.conftest import take_part
from tests.charter.reporting.pages import CSV, PAGE, read, spreadsheet, table, text
from tests.coprod.markup import find_all


@pytest.fixture
def commissioners(client_for, commissioner):
    return client_for(commissioner)


@pytest.mark.parametrize("role", ["resident", "officer", "other_officer"])
def test_who_has_been_involved_is_closed_to(role, request, client_for, db):
    client = client_for(request.getfixturevalue(role))
    assert [client.get(address).status_code for address in (PAGE, CSV)] == [403, 403]


@pytest.mark.parametrize("address", [PAGE, CSV])
def test_who_has_been_involved_asks_to_sign_in(address, client, db):
    response = client.get(address)
    assert (response.status_code, response["Location"]) == (
        302,
        f"{reverse('account_login')}?next={address}",
    )


def test_who_has_been_involved_only_reads(commissioners):
    sent = (commissioners.post, commissioners.put, commissioners.delete)
    assert [send(PAGE).status_code for send in sent] == [405] * 3


def test_who_has_been_involved_of_very_few_is_not_shown_in_parts(
    commissioners, on_the_day, host, towns
):
    """Three people of Tipton, all disabled: neither the town nor the disability is told."""
    take_part(factories.make_opportunity(host), range(3), town=towns[3], disabled="yes")
    document = read(commissioners, by="disabled")
    assert table(document) == []
    said = text(find_all(document, "p", class_="gi-say")[0])
    assert said == ("Fewer than 5 took part in the work of all partners, April 2026 to March 2027.")
    assert [row[4:6] for row in spreadsheet(commissioners)[1:]] == [["Everybody", "fewer than 5"]]


def test_who_has_been_involved_before_anybody(commissioners, on_the_day):
    """Counts by itself the first time; the spreadsheet leads back to the page."""
    response = commissioners.get(PAGE)
    assert "Nobody has been recorded as taking part yet" in response.content.decode()
    assert Count.objects.count() == 1
    response = commissioners.get(CSV)
    assert (response.status_code, response["Location"]) == (302, f"{PAGE}?")


def test_who_has_been_involved_csv_before_the_first_count(commissioners, db):
    assert commissioners.get(CSV, {"by": "level"})["Location"] == f"{PAGE}?by=level"
