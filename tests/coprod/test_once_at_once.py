"""A form sent ten times at the same moment: one effect, and ten answers that lead to it.

Control: without the claim of the token, what people said is written down more than once. (A second
sign-up is refused by the rows themselves, so only an action without such a rule can show it.)
"""

from __future__ import annotations

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from charter.models import Contribution
from coprod import once
from coprod.lib import once as tokens
from coprod.lib.days import today
from coprod.models import SentForm
from opportunities.models import Opportunity, SignUp
from people.models import AuditEvent, Notice, Role
from tests import factories as make
from tests.coprod.every_form import KNOWN, day

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 10
SAID = {
    "about": "The door",
    "what": "It is too heavy.",
    "said_at": "Tipton library",
    "people_count": "7",
    "channel": "in_person",
    **day("said_on", today()),
}


@pytest.fixture
def brief(transactional_db) -> Opportunity:
    host = make.make_organisation(slug="example-council", is_host=True)
    return make.make_opportunity(host)


def all_at_once(user, page: str, data: dict[str, str]) -> list[HttpResponse]:
    """Send the same form from ten windows of one browser, which start together."""
    client = Client()
    client.force_login(user)
    data = data | {tokens.FIELD: tokens.new(user.pk)}
    ready = threading.Barrier(AT_ONCE, timeout=30)

    def send(_number: int) -> HttpResponse:
        window = Client()
        window.cookies = client.cookies
        ready.wait()
        try:
            return window.post(page, data)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(send, range(AT_ONCE)))


def lead_to_one_place(answers: list[HttpResponse]) -> bool:
    places = Counter((one.status_code, one.get("Location", "")) for one in answers)
    return [status for status, _place in places] == [302] and len(places) == 1


def contribute(brief: Opportunity) -> list[HttpResponse]:
    officer = make.make_staff(brief.organisation, Role.OFFICER)
    page = reverse("charter:add_contribution", args=[brief.slug])
    return all_at_once(officer, page, SAID)


def test_what_people_said_is_written_down_once(brief):
    answers = contribute(brief)
    assert lead_to_one_place(answers)
    assert Contribution.objects.count() == SentForm.objects.count() == 1
    assert AuditEvent.objects.filter(verb="contribution.added").count() == 1


def test_a_resident_comes_forward_once(brief):
    resident = make.make_resident()
    page = reverse("opportunities:sign_up", args=[brief.slug])
    assert lead_to_one_place(all_at_once(resident, page, KNOWN))
    assert SignUp.objects.count() == Notice.objects.count() == 1


def test_somebody_new_is_added_and_told_once(brief):
    officer = make.make_staff(brief.organisation, Role.OFFICER)
    page = reverse("opportunities:add_newcomer", args=[brief.slug])
    assert lead_to_one_place(all_at_once(officer, page, KNOWN | {"name": "Nora New"}))
    assert SignUp.objects.count() == Notice.objects.count() == 1


def test_control_without_the_claim_it_is_written_down_ten_times(brief, monkeypatch):

    monkeypatch.setattr(once, "key_of", lambda _request: "")
    contribute(brief)
    assert Contribution.objects.count() == AT_ONCE
