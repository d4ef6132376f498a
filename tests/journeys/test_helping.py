"""Somebody who helps and is ended, and a young person with the adult who agrees, in a browser."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from coprod.lib.days import add_months, today
from opportunities.models import SignUp
from people import helper_links
from people.models import Relation, Role
from tests import factories, partners
from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "The lift is too small for my chair"


def link_to(name: str) -> str:
    """Return the address in the newest letter to this helper."""
    relation = Relation.objects.get(name=name)
    token = helper_links.token_of(relation.links.latest("pk").seed)
    return reverse("people:accept_help", args=[token])


@pytest.fixture
def host():
    return partners.make_host()


def test_a_helper_does_what_was_ticked_and_from_the_end_on_sees_nothing(host, page_at, looks_right):
    """Control: until then the same pages are there, and show the name."""
    resident = factories.make_resident("Amina Resident")
    helper = factories.make_user("Hanna Helper", email="hanna@example.org")
    brief = factories.make_opportunity(host, title="Benches for the high street")
    me = Visitor(page_at(320, user=resident), looks_right)
    me.open("/my/helpers/")
    me.follow("Add somebody who helps me")
    me.choose("How do they help you?", "Does things for me")
    me.choose("What may they do for you?", "Sign me up")
    me.choose("What may they do for you?", "Withdraw me")
    me.write("What is their name?", "Hanna Helper")
    me.write("Their e-mail address", helper.email)
    me.press("Save who helps me")
    me.reads("Hanna Helper", "We wait for their yes.")

    she = Visitor(page_at(320, user=helper), looks_right)
    she.open(link_to("Hanna Helper"))
    she.reads("Sign me up", "Withdraw me")
    she.press("Yes, I help")
    she.open("/my/people-i-help/")
    she.follow("Amina Resident")
    hers = she.path
    she.follow("Sign them up for something")
    she.follow("Sign them up")
    she.tick("They are 18 or over")
    she.press("Sign them up")
    made = SignUp.objects.get()
    assert (made.person, made.opportunity) == (resident.person, brief)

    me.open("/my/done-for-me/")
    me.reads("Hanna Helper")
    me.open("/my/helpers/")
    me.go_by(me.main.get_by_role("button", name="End this now"))
    assert she.page.goto(hers).status == 404
    assert she.page.goto(f"{hers}open/").status == 404
    she.open("/my/people-i-help/")
    she.reads("You help nobody here now")
    she.misses("Amina")


def test_a_young_person_waits_for_the_adult_who_never_reads_their_words(host, page_at, looks_right):
    """Control: the coordinator reads them, and the young person has a place in the end."""
    young = factories.make_resident("Yan Young")
    gail = factories.make_user("Gail Guardian", email="gail@example.org")
    coordinator = factories.make_staff(host, Role.COORDINATOR, "Femi Coordinator")
    brief = factories.make_opportunity(host, title="A web page about support", min_age=11)
    me = Visitor(page_at(320, user=young), looks_right)
    says_how_old(me, add_months(today(), -12 * 12 - 1))
    me.follow("Say yes")
    me.main.get_by_role("checkbox").check()
    me.press("Yes, I want to")
    me.follow("Tell us whom to ask")
    me.choose("Who has to agree?", "A parent, or somebody who has parental responsibility")
    me.write("What is their name?", gail.name)
    me.write("Their e-mail address", gail.email)
    me.press("Ask them")
    comes_forward(me, brief.slug)
    assert SignUp.objects.get().status == "held"

    adult = Visitor(page_at(320, user=gail), looks_right)
    adult.open(link_to(gail.name))
    adult.is_at("Yan wants to take part")
    adult.main.get_by_role("checkbox").check()
    adult.press("I agree")
    adult.follow("Yan Young")
    adult.reads("You agreed. We ring you to check it.")
    theirs = adult.path

    checks(Visitor(page_at(1280, user=coordinator), looks_right))
    assert SignUp.objects.get().status == "place"
    adult.open(theirs)
    adult.reads(brief.title, "We ask you again on")
    adult.misses(WORDS)
    me.open("/my/age/")
    me.press("I want to stop taking part")
    me.reads("You said that you want to stop.")
    assert SignUp.objects.get().status == "withdrawn"


def says_how_old(me: Visitor, born: dt.date) -> None:
    me.open("/my/age/")
    me.write_day("What is your date of birth?", born)
    me.press("Save my date of birth")
    me.reads("You have not told us yet whom to ask.")


def comes_forward(me: Visitor, slug: str) -> None:
    me.open(f"/opportunities/{slug}/sign-up/")
    me.write("Why are you interested?", WORDS)
    me.choose("How may the project team reach you?", "E-mail")
    me.press("I'm interested")


def checks(desk: Visitor) -> None:
    desk.open("/staff/agreements/")
    desk.follow("Check it")
    desk.write("How did you check", "Spoke to the school")
    desk.press("The agreement holds")
    desk.reads("they may take part")
