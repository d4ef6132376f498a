"""Sign-up and sign-in as people do it: by a code, or by a password for those who set one."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from people import actions
from people.models import AuditEvent, Membership, Person, Role, User
from people.queries import profile_of
from tests import factories

SIGN_UP = {"name": "Amina Khan", "email": "Amina@Example.org"}
PASSWORD = "three words of mine 7"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    """The limits of sign-in live in the cache."""
    cache.clear()


def send(client, page, **data):
    return client.post(reverse(page), data)


def code_in(letter) -> str:
    (code,) = re.findall(r"^\d{4}-\d{4}$", letter.body, re.MULTILINE)
    return code


def sign_in_by_code(client, email):
    send(client, "account_login", login=email)
    return send(client, "account_confirm_login_code", code=code_in(mail.outbox[-1]))


def sign_up(client, **data):
    send(client, "account_signup", **(SIGN_UP | data))
    return send(client, "account_email_verification_sent", code=code_in(mail.outbox[-1]))


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_sign_up_makes_an_account_and_a_person_and_proves_the_address(client):
    answer = send(client, "account_signup", **SIGN_UP)
    assert (answer.status_code, answer.url) == (302, reverse("account_email_verification_sent"))
    user = User.objects.get()
    assert (user.email, user.name, user.has_usable_password()) == (
        "amina@example.org",
        "Amina Khan",
        False,
    )
    assert (user.person.name, user.person.email) == ("Amina Khan", "amina@example.org")
    assert not profile_of(user.person).is_shared
    assert not is_signed_in(client)
    answer = send(client, "account_email_verification_sent", code=code_in(mail.outbox[-1]))
    assert (answer.status_code, answer.url) == (302, reverse("my"))
    assert is_signed_in(client)
    assert EmailAddress.objects.get().verified


def test_sign_up_asks_for_a_name_and_an_address(client):
    page = send(client, "account_signup", name="", email="").content.decode()
    assert "Enter your name" in page
    assert User.objects.count() == 0


def test_sign_up_links_nobody_with_the_same_address(client):
    """Control: a person without an account shares the address, and keeps having none."""
    other = factories.make_person("Her husband", email="amina@example.org")
    sign_up(client)
    assert Person.objects.get(pk=other.pk).user is None
    assert User.objects.get().person != other


def test_sign_up_that_breaks_leaves_neither_account_nor_person(client, monkeypatch):
    def breaks(**_facts):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("people.adapter.join_online", breaks)
    with pytest.raises(RuntimeError, match="lights"):
        send(client, "account_signup", **SIGN_UP)
    assert (User.objects.count(), Person.objects.count()) == (0, 0)


def test_a_wrong_code_opens_nothing(client):
    send(client, "account_signup", **SIGN_UP)
    send(client, "account_email_verification_sent", code="WRONG1")
    assert not is_signed_in(client)
    assert not EmailAddress.objects.get().verified


def test_sign_in_by_code_whatever_the_letters_case(client, resident):
    answer = sign_in_by_code(client, resident.email.upper())
    assert (answer.status_code, answer.url) == (302, reverse("my"))
    assert client.session["_auth_user_id"] == str(resident.pk)


@pytest.mark.parametrize("page", ["account_login", "account_request_login_code"])
def test_nobody_learns_who_has_an_account(client, resident, page):
    """The two answers are the same; only the owner of the address learns more, by e-mail."""
    field = "login" if page == "account_login" else "email"
    answers = []
    for email in (resident.email, "nobody@example.org"):
        client.logout()
        answer = client.post(reverse(page), {field: email}, follow=True)
        words = answer.content.decode().replace(email, "")
        words = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", words)
        answers.append((answer.redirect_chain, words))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [[resident.email], ["nobody@example.org"]]
    assert "We have no account for it" in mail.outbox[1].body


def test_signing_up_twice_looks_the_same_and_tells_the_owner(client, resident):
    first = send(client, "account_signup", **SIGN_UP)
    client.logout()
    again = send(client, "account_signup", name="Mallory", email=resident.email)
    assert (again.status_code, again.url) == (first.status_code, first.url)
    assert "You already have one" in mail.outbox[-1].body
    assert reverse("account_login") in mail.outbox[-1].body
    assert mail.outbox[-1].to == [resident.email]
    assert User.objects.filter(name="Mallory").count() == 0


def test_letters_of_the_account_say_nothing_private_in_their_subject(client, resident):
    sign_up(client)
    client.logout()
    sign_in_by_code(client, resident.email)
    send(client, "account_logout")
    send(client, "account_signup", name="x", email=resident.email)
    send(client, "account_reset_password", email=resident.email)
    for letter in mail.outbox:
        assert letter.subject in {"Your code", "You already have an account"}
        assert "Amina" not in letter.subject
        assert letter.body.startswith("Hello,")
        assert "0121 496 0123" in letter.body


def test_a_password_is_a_choice(client, resident):
    sign_in_by_code(client, resident.email)
    answer = send(client, "account_set_password", password1=PASSWORD, password2=PASSWORD)
    assert answer.status_code == 302
    assert "now has a password" in mail.outbox[-1].body
    client.logout()
    answer = send(client, "account_login", login=resident.email, password=PASSWORD)
    assert (answer.status_code, answer.url) == (302, reverse("my"))
    assert is_signed_in(client)


def test_who_has_a_password_still_signs_in_by_code(client):
    user = factories.make_user("Amina", password=PASSWORD)
    sign_in_by_code(client, user.email)
    assert is_signed_in(client)


def test_a_wrong_password_opens_nothing_and_says_nothing_about_the_account(client):
    user = factories.make_user("Amina", password=PASSWORD)
    pages = []
    for email in (user.email, "nobody@example.org"):
        page = send(client, "account_login", login=email, password="wrong wrong 1").content.decode()
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        pages.append(page.replace(email, ""))
    assert pages[0] == pages[1]
    assert not is_signed_in(client)


def test_guessing_passwords_is_stopped(client):
    user = factories.make_user("Amina", password=PASSWORD)
    for number in range(5):
        send(client, "account_login", login=user.email, password=f"wrong wrong {number}")
    send(client, "account_login", login=user.email, password=PASSWORD)
    assert not is_signed_in(client)


def test_asking_for_codes_is_stopped(client, resident):
    for _time in range(5):
        send(client, "account_login", login=resident.email)
        client.logout()
    assert len(mail.outbox) == 3


def test_staff_come_to_their_work(client, officer):
    assert sign_in_by_code(client, officer.email).url == reverse("staff_home")


def test_staff_with_two_roles_choose_first(client, officer, trust):
    factories.make_membership(officer, trust, Role.OFFICER)
    assert sign_in_by_code(client, officer.email).url == reverse("people:choose_organisation")


def test_somebody_whose_role_has_ended_comes_to_the_residents_page(client, officer):
    Membership.objects.update(valid_to="2020-01-01", valid_from="2019-01-01")
    assert sign_in_by_code(client, officer.email).url == reverse("my")


def test_a_closed_account_does_not_get_in(client, resident):
    resident.is_active = False
    resident.save()
    send(client, "account_login", login=resident.email)
    assert "We have no account for it" in mail.outbox[-1].body
    assert not is_signed_in(client)


def test_a_new_address_counts_once_it_is_proved_and_is_the_persons_too(client, resident):
    old = resident.email
    sign_in_by_code(client, old)
    send(client, "account_email", action_add="", email="New@Example.org")
    assert User.objects.get(pk=resident.pk).email == old
    (letter,) = [letter for letter in mail.outbox if letter.to == ["new@example.org"]]
    send(client, "account_email_verification_sent", code=code_in(letter))
    fresh = User.objects.get(pk=resident.pk)
    assert (fresh.email, fresh.person.email) == ("new@example.org", "new@example.org")
    told = [letter for letter in mail.outbox if letter.to == [old]]
    assert "was changed" in told[-1].body


def test_staff_without_a_person_may_change_their_address(client, officer):
    sign_in_by_code(client, officer.email)
    send(client, "account_email", action_add="", email="new@example.org")
    (letter,) = [letter for letter in mail.outbox if letter.to == ["new@example.org"]]
    send(client, "account_email_verification_sent", code=code_in(letter))
    assert User.objects.get(pk=officer.pk).email == "new@example.org"


def test_a_forgotten_password_is_replaced_by_a_code(client):
    user = factories.make_user("Amina", password=PASSWORD)
    send(client, "account_reset_password", email=user.email)
    send(client, "account_confirm_password_reset_code", code=code_in(mail.outbox[-1]))
    new = "four other words 8"
    send(client, "account_complete_password_reset", password1=new, password2=new)
    client.logout()
    send(client, "account_login", login=user.email, password=new)
    assert is_signed_in(client)


def test_signing_out_is_a_button(client, resident):
    client.force_login(resident)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    send(client, "account_logout")
    assert not is_signed_in(client)


def asked_long_ago(email, **fields):
    user = factories.make_user(email, email=email, **fields)
    EmailAddress.objects.filter(user=user).update(verified=False)
    actions.join_online(user=user, name="Somebody")
    return user


def test_accounts_that_nobody_proved_are_forgotten_after_a_week(host):
    """Control: young, proved, used and staff accounts stay."""
    long_ago = timezone.now() - actions.UNPROVEN_KEPT - dt.timedelta(hours=1)
    unproven = asked_long_ago("a@example.org", date_joined=long_ago)
    young = asked_long_ago("b@example.org")
    used = asked_long_ago("c@example.org", date_joined=long_ago, last_login=timezone.now())
    staff = asked_long_ago("d@example.org", date_joined=long_ago)
    factories.make_membership(staff, host, Role.OFFICER)
    proved = factories.make_resident("Amina")
    User.objects.filter(pk=proved.pk).update(date_joined=long_ago)
    assert actions.forget_unproven() == 1
    assert set(User.objects.all()) == {young, used, staff, proved}
    assert Person.objects.count() == 4
    assert AuditEvent.objects.get(verb="account.forgotten").target == str(unproven.pk)
