"""The demonstration's doors: open in a demonstration on this machine, and nowhere else."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from charter.models import CheckBack
from coprod.demo.load import load
from coprod.demo.views import PERSONAS
from opportunities.completeness import missing_parts
from opportunities.models import Opportunity, SignUp
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


@pytest.fixture
def borough() -> None:
    load(people=60)


def test_demo_offers_each_persona(client, demonstration):
    page = client.get("/demo/").content.decode()
    assert [f'value="{persona.key}"' in page for persona in PERSONAS] == [True] * 7


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


def test_load_demo_only_into_an_empty_portal(host):
    with pytest.raises(CommandError, match="only loaded into an empty portal"):
        call_command("load_demo", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_load_demo_is_the_same_every_time():
    def everything():
        return (
            list(Person.objects.values_list("name", "email", "phone", "town__slug")),
            list(Opportunity.objects.order_by("slug").values_list("slug", "status", "closes_on")),
            list(
                SignUp.objects.order_by("opportunity__slug", "person__name").values_list(
                    "opportunity__slug", "person__name", "status", "waiting_number"
                )
            ),
        )

    call_command("load_demo", people=60, verbosity=0)
    first = everything()
    call_command("flush", interactive=False, verbosity=0)
    call_command("load_demo", people=60, verbosity=0)
    assert everything() == first


def test_nobody_in_the_demonstration_can_be_reached(borough):
    people = Person.objects.all()
    assert {person.email.rpartition("@")[2] for person in people if person.email} == {"example.org"}
    reachable = [
        person.phone
        for person in people
        if not person.phone.startswith(("07700 900", "0121 496 0"))
    ]
    assert reachable == []


def test_dates_move_by_whole_weeks(time_machine):
    time_machine.move_to("2027-06-10 12:00")
    load(people=60)
    panel = Opportunity.objects.get(slug="interview-panel-for-a-social-work-manager")
    # Written for Friday 8 January 2027; 28 whole weeks later it is a Friday still.
    assert panel.closes_on.isoformat() == "2027-07-23"
    assert panel.closes_on.strftime("%A") == "Friday"
    assert "Thursday 12 August 2027" in panel.when


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
