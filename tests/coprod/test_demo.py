"""The demonstration's doors: open in a demonstration on this machine, and nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client

from charter.models import CheckBack
from coprod.demo.views import PERSONAS
from opportunities.completeness import missing_parts
from opportunities.models import Opportunity
from people.models import Person, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings):
    """On this machine only, as ``make run`` sets it."""
    settings.DEMONSTRATION = True
    settings.ALLOWED_HOSTS = ["localhost"]


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def test_demo_offers_each_persona(client, demonstration):
    page = client.get("/demo/").content.decode()
    assert [f'value="{persona.key}"' in page for persona in PERSONAS] == [True] * 10


def test_demo_is_not_there_in_production(client, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in/", {"persona": "resident"}).status_code == 404


def test_demo_is_not_there_when_others_can_reach_it(client, demonstration, settings, borough):
    # Something could leak: the accounts are there, and only the host differs.
    settings.ALLOWED_HOSTS = ["localhost", "involved.example.org"]
    assert client.post("/demo/sign-in/", {"persona": "resident"}).status_code == 404
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("persona", PERSONAS, ids=lambda persona: persona.key)
def test_demo_sign_in(client, demonstration, borough, persona):
    answer = client.post("/demo/sign-in/", {"persona": persona.key})
    assert answer.status_code == 302
    user = User.objects.get(email=f"{persona.key}@example.org")
    assert client.session["_auth_user_id"] == str(user.pk)
    landed = client.get(answer.url)
    assert landed.status_code == 200


def test_demo_sign_in_as_nobody(client, demonstration):
    answer = client.post("/demo/sign-in/", {"persona": "root"})
    assert answer.status_code == 404


def test_nobody_in_the_demonstration_can_be_reached(borough):
    people = Person.objects.all()
    assert {person.email.rpartition("@")[2] for person in people if person.email} == {"example.org"}
    reachable = [
        person.phone
        for person in people
        if not person.phone.startswith(("07700 900", "0121 496 0"))
    ]
    assert reachable == []


def test_every_public_brief_says_all_that_a_brief_must_say(borough):
    public = Opportunity.objects.public()
    assert {brief.slug: missing_parts(brief) for brief in public} == {
        brief.slug: [] for brief in public
    }


def test_comments_stand_with_their_verdicts_and_some_wait_for_a_reader(borough):
    """A coordinator of the demonstration has something to read."""
    waiting = CheckBack.objects.comments_to_read()
    said = waiting.values_list("response__contribution__opportunity__organisation__slug", "verdict")
    assert sorted(said) == [("example-council", "no"), ("example-hospital-trust", "no")]
    shown = CheckBack.objects.filter(comment_fit_to_show=True)
    assert set(shown.values_list("verdict", flat=True)) == {"yes", "partly"}
