"""The second step: made, taken, asked for by role, given up, and taken away by an administrator."""

from __future__ import annotations

import json
import re

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.urls import reverse

from coprod.lib.lifecycle import NotAllowed
from people import actions, second_step
from people.models import AuditEvent, Notice, Role
from tests import factories
from tests.people.signing_in import (
    PASSWORD,
    SECRET,
    app_shows,
    code_in,
    give_app,
    is_signed_in,
    send,
    sign_in_by_code,
)

ALL = [role.value for role in Role]


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def for_all_staff(settings):
    settings.STAFF_SECOND_FACTOR_ROLES = ALL


@pytest.fixture
def commits_at_once(monkeypatch):
    """A test's own transaction never commits; what waits for that is done inside the request."""
    monkeypatch.setattr(transaction, "on_commit", lambda what: what())


def text(answer) -> str:
    return answer.content.decode()


def signed_in_with_app(client, user):
    sign_in_by_code(client, user.email)
    send(client, "mfa_authenticate", code=app_shows())
    return client


# --- Making one ----------------------------------------------------------------------------------
def test_an_app_is_added_in_three_steps(client, officer, for_all_staff, commits_at_once):
    """Made in this session, it is not asked for again in it."""
    sign_in_by_code(client, officer.email)
    assert client.get("/staff/").url == reverse("people:second_step_needed")
    page = text(client.get(reverse("mfa_activate_totp")))
    assert "<svg" in page
    assert "data:" not in page
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page).group(1).replace(" ", "")
    assert send(client, "mfa_activate_totp", code="000000").status_code == 200
    answer = send(client, "mfa_activate_totp", code=app_shows(secret))
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"<code>(\d{4} \d{4})</code>", text(client.get(answer.url)))
    assert len(codes) == 10
    assert "now asks for a code" in mail.outbox[-1].body
    assert AuditEvent.objects.get(verb="second_step.app_added").actor == str(officer.pk)
    assert client.get("/staff/").status_code == 200
    kept = json.dumps([*Authenticator.objects.values_list("data", flat=True)])
    sessions = str([one.get_decoded() for one in Session.objects.all()])
    for hidden in (secret, *(code.replace(" ", "") for code in codes)):
        assert hidden not in kept + sessions


def test_what_is_stored_opens_with_our_key_alone(settings):
    """Control: the text itself is not in it, and another key does not open it."""
    stored = second_step.encrypt(SECRET)
    assert (SECRET in stored, second_step.decrypt(stored)) == (False, SECRET)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"
    assert second_step.decrypt(stored) == SECRET
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(InvalidToken):
        second_step.decrypt(stored)


def test_the_square_holds_the_address_and_nothing_that_runs():
    drawn = str(second_step.drawn('otpauth://totp/"><script>'))
    assert "script" not in drawn.replace('role="img"', "")
    assert drawn.count("M") > 100


# --- Taking it -----------------------------------------------------------------------------------
@pytest.mark.parametrize("way", ["code", "password"])
def test_the_first_step_alone_opens_nothing(client, officer, way):
    """Control: with the app's code the same pages open."""
    give_app(officer)
    officer.set_password(PASSWORD)
    officer.save()
    if way == "code":
        answer = sign_in_by_code(client, officer.email)
    else:
        answer = send(client, "account_login", login=officer.email, password=PASSWORD)
    assert answer.url == reverse("mfa_authenticate")
    for page in ("/staff/", "/my/", "/account/", "/account/2fa/"):
        assert client.get(page).url.startswith(reverse("account_login")), page
    assert not is_signed_in(client)
    assert send(client, "mfa_authenticate", code=app_shows()).url == reverse("staff_home")
    assert client.get("/staff/").status_code == 200


def test_a_code_of_the_app_works_once(client_for, client, officer):
    """Also the one that allauth takes a half minute later; control: the next one works."""
    give_app(officer)
    code, following = app_shows(), app_shows(half_minutes=1)
    sign_in_by_code(client, officer.email)
    assert send(client, "mfa_authenticate", code=code).status_code == 302
    client.logout()
    sign_in_by_code(client, officer.email)
    cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={code}")
    answer = send(client, "mfa_authenticate", code=code)
    assert "or was used already" in text(answer)
    assert not is_signed_in(client)
    assert send(client, "mfa_authenticate", code=following).status_code == 302


def test_a_recovery_code_works_once(client, officer):
    give_app(officer)
    codes = Authenticator.objects.get(user=officer, type="recovery_codes")
    (code, *others) = codes.wrap().get_unused_codes()
    sign_in_by_code(client, officer.email)
    assert send(client, "mfa_authenticate", code=code).status_code == 302
    client.logout()
    cache.clear()
    sign_in_by_code(client, officer.email)
    assert send(client, "mfa_authenticate", code=code).status_code == 200
    codes.refresh_from_db()
    assert codes.wrap().get_unused_codes() == others


def test_guessing_the_code_is_stopped_for_the_account_not_the_address(client, officer):
    give_app(officer)
    sign_in_by_code(client, officer.email)
    for number in range(6):
        client.post(
            reverse("mfa_authenticate"), {"code": f"00000{number}"}, REMOTE_ADDR=f"192.0.2.{number}"
        )
    answer = send(client, "mfa_authenticate", code=app_shows())
    assert "tried very often" in text(answer)
    assert not is_signed_in(client)


def test_a_new_password_does_not_remove_it(client, officer):
    give_app(officer)
    officer.set_password("something old 77")
    officer.save()
    send(client, "account_reset_password", email=officer.email)
    send(client, "account_confirm_password_reset_code", code=code_in(mail.outbox[-1]))
    send(client, "account_complete_password_reset", password1=PASSWORD, password2=PASSWORD)
    assert not is_signed_in(client)
    answer = send(client, "account_login", login=officer.email, password=PASSWORD)
    assert answer.url == reverse("mfa_authenticate")


# --- Asked for by role ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    "who", ["officer", "coordinator", "commissioner", "administrator", "resident"]
)
@pytest.mark.parametrize("asked", [ALL, ["administrator"], []])
def test_staff_whose_role_asks_for_it_see_only_how_to_make_one(
    request, client_for, settings, who, asked
):
    settings.STAFF_SECOND_FACTOR_ROLES = asked
    client = client_for(request.getfixturevalue(who))
    for page in ("/staff/", "/staff/organisation/", "/reporting/"):
        answer = client.get(page)
        stopped = answer.headers.get("Location") == reverse("people:second_step_needed")
        assert stopped == (who in asked), page
    assert client.get("/my/").status_code in {200, 302}
    needed = client.get(reverse("people:second_step_needed"))
    assert needed.status_code == (200 if who in asked else 302)


def test_without_it_nobody_is_staff_on_any_other_page_either(
    client_for, client, officer, for_all_staff
):
    """A draft brief stands outside /staff/; control: with the step it opens."""
    brief = factories.make_opportunity(officer.memberships.get().organisation, status="draft")
    address = reverse("opportunities:detail", args=[brief.slug])
    assert client_for(officer).get(address).status_code == 404
    give_app(officer)
    assert client_for(officer).get(address).status_code == 404
    assert signed_in_with_app(client, officer).get(address).status_code == 200


def test_an_older_session_is_asked_for_the_step_that_was_made_elsewhere(
    client_for, officer, for_all_staff
):
    give_app(officer)
    client = client_for(officer)
    back = "/staff/people/?words=a"
    answer = client.get(back)
    assert answer.url == f"{reverse('mfa_reauthenticate')}?next=%2Fstaff%2Fpeople%2F%3Fwords%3Da"
    assert client.post("/staff/people/new/").url.endswith("next=%2Fstaff%2F")
    answer = client.post(answer.url, {"code": app_shows(), "next": back})
    assert answer.url == back
    assert client.get(back).status_code == 200
    assert client.get(reverse("people:second_step_needed")).url == reverse("staff_home")


def test_who_acts_in_two_roles_may_choose_the_one_that_asks_for_nothing(
    client_for, officer, trust, settings
):
    settings.STAFF_SECOND_FACTOR_ROLES = ["administrator"]
    strict = factories.make_membership(officer, trust, Role.ADMINISTRATOR)
    client = client_for(officer)
    choose = reverse("people:choose_organisation")
    assert client.get("/staff/").url == choose
    client.post(choose, {"membership": strict.pk})
    assert client.get("/staff/").url == reverse("people:second_step_needed")
    client.post(choose, {"membership": officer.memberships.exclude(pk=strict.pk).get().pk})
    assert client.get("/staff/").status_code == 200


def test_the_administration_asks_for_it_too(client_for, for_all_staff, settings):
    root = factories.make_user("Root", is_staff=True, is_superuser=True)
    client = client_for(root)
    assert client.get("/admin/").url == reverse("people:second_step_needed")
    settings.STAFF_SECOND_FACTOR_ROLES = []
    assert client.get("/admin/").status_code == 200


# --- Giving it up --------------------------------------------------------------------------------
def test_giving_up_the_app_needs_its_code_and_no_password_will_do(client_for, officer):
    give_app(officer)
    officer.set_password(PASSWORD)
    officer.save()
    client = client_for(officer)
    away = reverse("mfa_deactivate_totp")
    assert client.post(away).url.startswith(reverse("mfa_reauthenticate"))
    answer = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert Authenticator.objects.count() == 2
    done = client.post(reverse("mfa_reauthenticate"), {"code": app_shows(), "next": away})
    assert done.url == reverse("mfa_index")
    assert Authenticator.objects.count() == 0
    assert "no longer asks" in mail.outbox[-1].body


def test_the_last_one_stays_while_the_role_asks_for_it(client, officer, for_all_staff):
    give_app(officer)
    signed_in_with_app(client, officer)
    away = reverse("mfa_deactivate_totp")
    again = {"code": app_shows(half_minutes=1), "next": away}
    assert client.post(reverse("mfa_reauthenticate"), again).status_code == 302
    assert "It stays." in text(client.get(away))
    assert "It stays." in text(client.post(away))
    assert second_step.is_set_up(officer)


# --- Taken away by an administrator --------------------------------------------------------------
def test_an_administrator_helps_who_lost_phone_and_codes(
    client_for, client, administrator, officer, for_all_staff
):
    give_app(administrator)
    give_app(officer)
    signed_in_with_app(client, officer)
    membership = officer.memberships.get()
    desk = client_for(administrator)
    desk.logout()
    signed_in_with_app(desk, administrator)
    assert "Lost phone" in text(desk.get(reverse("people:staff_list")))
    page = reverse("people:remove_second_step", args=[membership.pk])
    assert "Ring them first" in text(desk.get(page))
    assert second_step.is_set_up(officer)
    assert desk.post(page).url == reverse("people:staff_list")
    assert not second_step.is_set_up(officer)
    assert client.get("/staff/").url.startswith(reverse("account_login"))
    line = AuditEvent.objects.get(verb="second_step.removed_by_administrator")
    assert (line.actor, line.target) == (str(administrator.pk), str(officer.pk))
    notice = Notice.objects.get(kind="second_step_removed")
    assert (notice.user, notice.status) == (officer, "owed")
    assert "took the second step of your sign-in away" in notice.text
    assert "has no second step" in text(desk.post(page))
    sign_in_by_code(client, officer.email)
    assert client.get("/staff/").url == reverse("people:second_step_needed")


def test_nobody_else_takes_it_away(client_for, host, officer, administrator, other_officer, trust):
    """Not colleagues, not another organisation's administrators, and not oneself this way."""
    give_app(officer)
    give_app(administrator)
    elsewhere = factories.make_staff(trust, Role.ADMINISTRATOR)
    own, theirs = administrator.memberships.get(), officer.memberships.get()
    answers = [
        send(client_for(who), "people:remove_second_step", whose.pk).status_code
        for who, whose in [
            (officer, theirs),
            (other_officer, theirs),
            (elsewhere, theirs),
            (administrator, own),
        ]
    ]
    assert answers == [403, 403, 404, 403]
    assert second_step.is_set_up(officer)
    assert second_step.is_set_up(administrator)


def test_who_works_for_two_organisations_is_helped_by_the_host(
    acting_as, administrator, officer, trust
):
    give_app(officer)
    theirs = factories.make_membership(officer, trust, Role.OFFICER)
    local = acting_as(factories.make_staff(trust, Role.ADMINISTRATOR))
    with pytest.raises(NotAllowed, match="another organisation"):
        actions.remove_second_step(membership=theirs, actor=local)
    assert second_step.is_set_up(officer)
    own = officer.memberships.exclude(pk=theirs.pk).get()
    actions.remove_second_step(membership=own, actor=acting_as(administrator))
    assert not second_step.is_set_up(officer)
