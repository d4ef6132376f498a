"""The first floor in the browser: an account from nothing, a person who rang, a new colleague."""

import re

import pytest
from django.core import mail

from people import actions
from people.delivery import deliver_due
from people.models import Membership, Notice, Person, Role
from people.outbox import owe
from tests import factories


def code_in_last_letter() -> str:
    return re.search(r"^\d{4}-\d{4}$", mail.outbox[-1].body, re.MULTILINE).group()


@pytest.mark.parametrize("width", [320, 1280])
def test_an_account_from_nothing_by_keyboard(page_at, looks_right, width, transactional_db):
    window = page_at(width)
    window.goto("/account/signup/")
    looks_right(window)
    window.get_by_label("Your name").focus()
    window.keyboard.type("Amina Khan")
    window.keyboard.press("Tab")
    window.keyboard.type("amina@example.org")
    window.keyboard.press("Enter")
    window.get_by_label("The code from the e-mail").wait_for()
    looks_right(window)
    window.get_by_label("The code from the e-mail").focus()
    window.keyboard.type(code_in_last_letter())
    window.keyboard.press("Enter")
    window.wait_for_url("**/my/")
    assert Person.objects.get().name == "Amina Khan"
    for address in ("/my/profile/edit/", "/my/details/"):
        window.goto(address)
        looks_right(window)


@pytest.mark.parametrize("width", [320, 1280])
def test_somebody_rings_and_is_rung_back(page_at, looks_right, width, officer, host):
    """Without JavaScript at the narrow width."""
    window = page_at(width, user=officer, javascript=width > 320)
    window.goto("/staff/people/")
    looks_right(window)
    window.get_by_role("link", name="Add somebody who rang or wrote").click()
    window.get_by_role("button", name="Add this person").click()
    window.get_by_text("Choose how they reached you").first.wait_for()
    looks_right(window)
    window.get_by_label("By phone").check()
    window.get_by_label("Name", exact=True).fill("Joyce Miller")
    window.get_by_label("Phone call").check()
    window.get_by_label("Phone number").fill("0121 496 0111")
    window.get_by_label("Postal address").fill("7 Example Street")
    window.get_by_role("button", name="Add this person").click()
    window.get_by_text("Joyce Miller is added.").wait_for()
    looks_right(window)
    owe(
        person=Person.objects.get(),
        event="test:1",
        kind="test",
        template="people/invitation",
        context={},
        organisation=host,
    )
    window.goto("/staff/tasks/")
    looks_right(window)
    window.get_by_role("link", name="Print a letter to Joyce Miller").click()
    window.get_by_role("heading", name="Letter to Joyce Miller").wait_for()
    looks_right(window)
    window.goto("/staff/tasks/")
    window.get_by_role("button", name="Done Joyce Miller").click()
    window.get_by_text("Done: Joyce Miller.").wait_for()
    looks_right(window)
    assert Notice.objects.get().settled_by == officer


def test_a_colleague_is_invited_comes_and_goes(page_at, looks_right, administrator, host):
    window = page_at(1280, user=administrator)
    window.goto("/staff/organisation/")
    looks_right(window)
    window.get_by_role("link", name="Invite somebody").click()
    window.get_by_label("Name", exact=True).fill("Nia Jones")
    looks_right(window)
    window.get_by_label("E-mail address at work").fill("nia@example.org")
    window.get_by_label("Coordinator").check()
    window.get_by_role("button", name="Send the invitation").click()
    window.get_by_text("The invitation goes to Nia Jones.").wait_for()
    looks_right(window)
    deliver_due()
    link = re.search(r"/invitation/\w+/", mail.outbox[-1].body).group()
    theirs = page_at(320)
    theirs.goto(link)
    looks_right(theirs)
    theirs.get_by_role("button", name="Say yes and sign in").click()
    theirs.wait_for_url("**/staff/")
    looks_right(theirs)
    window.reload()
    window.get_by_role("link", name=re.compile("End role.*Nia Jones")).click()
    window.get_by_role("button", name="End the role").wait_for()
    looks_right(window)
    window.get_by_role("button", name="End the role").click()
    window.get_by_text("The role has ended.").wait_for()
    assert not Membership.objects.filter(user__email="nia@example.org").exists()
    assert theirs.goto("/staff/people/").status == 403


def test_two_roles_and_one_choice(page_at, looks_right, officer, trust):
    factories.make_membership(officer, trust, Role.COORDINATOR)
    person = factories.make_person("Zed")
    actions.open_to(person=person, organisation=trust, actor=None)
    window = page_at(320, user=officer)
    window.goto("/staff/people/")
    window.get_by_role("heading", name="Who do you work for now?").wait_for()
    looks_right(window)
    window.get_by_label("Example Hospital Trust: Coordinator").check()
    window.get_by_role("button", name="Continue").click()
    window.wait_for_url("**/staff/")
    window.goto("/staff/people/")
    looks_right(window)
    assert window.get_by_role("link", name="Zed").is_visible()
