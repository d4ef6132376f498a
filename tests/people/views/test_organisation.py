"""Administrators look after the staff of their own organisation; everybody chooses a role."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse

from coprod.lib.days import today
from people import actions
from people.delivery import deliver_due
from people.models import Invitation, Membership, Notice, Role
from tests import factories


def get(client, page, /, *args):
    return client.get(reverse(f"people:{page}", args=args))


def post(client, page, /, *args, **data):
    return client.post(reverse(f"people:{page}", args=args), data, follow=True)


@pytest.fixture
def desk(client_for, administrator):
    return client_for(administrator)


@pytest.fixture
def invited(host, administrator):
    return actions.invite(
        organisation=host,
        name="Nia Jones",
        email="nia@example.org",
        role=Role.OFFICER,
        actor=administrator,
    )


@pytest.mark.parametrize("page", ["staff_list", "invite_staff"])
def test_staff_pages_are_for_administrators(
    page, client_for, administrator, officer, coordinator, commissioner, resident
):
    """Control: the administrator gets in."""
    assert get(client_for(administrator), page).status_code == 200
    for user in (officer, coordinator, commissioner, resident):
        assert get(client_for(user), page).status_code == 403


def test_staff_list_shows_roles_dates_invitations_and_the_past(
    desk, host, trust, officer, other_officer, administrator, invited
):
    actions.change_role(
        membership=officer.memberships.get(), role=Role.COORDINATOR, actor=administrator
    )
    page = get(desk, "staff_list").content.decode()
    assert "Dev Officer" in page
    assert "Since" in page
    assert "Nia Jones" in page
    assert "The link works until" in page
    assert "Roles that have ended" in page
    assert "Eve Elsewhere" not in page


@pytest.mark.parametrize("days", [0, 1, 40])
def test_staff_list_says_when_a_role_ended(desk, host, days):
    first, ended = today() - dt.timedelta(days=90), today() - dt.timedelta(days=days)
    factories.make_staff(host).memberships.update(
        valid_from=first, valid_to=ended - dt.timedelta(days=1)
    )
    page = get(desk, "staff_list").content.decode()
    words = f"Ended on {ended:%-d %B %Y}." if days else "Ended today."
    assert f"Officer since {first:%-d %B %Y}. {words}" in page


def test_staff_list_marks_letters_that_failed_and_links_that_are_too_old(desk, invited):
    assert "gi-tag--late" not in get(desk, "staff_list").content.decode()
    Invitation.objects.update(created_at="2020-01-01T00:00:00Z", expires_at="2020-01-08T00:00:00Z")
    assert "Too old" in get(desk, "staff_list").content.decode()
    Notice.objects.update(status="failed", settled_at="2020-01-01T00:00:00Z")
    assert "could not be sent" in get(desk, "staff_list").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_staff_list_asks_the_same_number_of_questions(
    desk, host, administrator, rows, django_assert_num_queries
):
    for number in range(rows):
        member = factories.make_staff(host)
        former = factories.make_staff(host)
        actions.end_role(membership=former.memberships.get(), actor=administrator)
        assert member
        actions.invite(
            organisation=host,
            name="x",
            email=f"x{number}@example.org",
            role=Role.OFFICER,
            actor=administrator,
        )
    with django_assert_num_queries(8):
        get(desk, "staff_list")


def test_invite_staff_sends_a_letter(desk, host):
    team = factories.make_team(host)
    page = post(
        desk, "invite_staff", name="Nia", email="Nia@Example.org", role="officer", team=team.pk
    )
    assert page.redirect_chain == [("/staff/organisation/", 302)]
    assert "The invitation goes to Nia." in page.content.decode()
    deliver_due()
    assert mail.outbox[0].to == ["nia@example.org"]
    assert Invitation.objects.get().team == team


def test_invite_staff_offers_only_own_teams(desk, host, trust):
    factories.make_team(host, "Ours")
    theirs = factories.make_team(trust, "Theirs")
    page = get(desk, "invite_staff").content.decode()
    assert "Ours" in page
    assert "Theirs" not in page
    post(desk, "invite_staff", name="N", email="n@example.org", role="officer", team=theirs.pk)
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": ""}, "Enter a name"),
        ({"email": ""}, "Enter an e-mail address"),
        ({"email": "x"}, "Enter an e-mail address, like"),
        ({"role": ""}, "Choose a role"),
    ],
)
def test_invite_staff_says_what_is_missing(desk, change, message):
    data = {"name": "Nia", "email": "nia@example.org", "role": "officer"}
    assert message in post(desk, "invite_staff", **(data | change)).content.decode()
    assert not Invitation.objects.exists()


def test_invite_staff_who_has_the_role_already(desk, officer):
    page = post(desk, "invite_staff", name="Dev", email=officer.email, role="officer")
    assert "already has this role" in page.content.decode()


def test_resend_and_revoke_invitation(desk, invited, host, administrator):
    page = post(desk, "resend_invitation", invited.pk).content.decode()
    assert "A new link goes to Nia Jones." in page
    newer = Invitation.objects.get(revoked_at=None)
    assert "taken back" in post(desk, "revoke_invitation", newer.pk).content.decode()
    assert not Invitation.objects.filter(revoked_at=None).exists()
    assert post(desk, "revoke_invitation", newer.pk).status_code == 404


def test_resend_invitation_to_somebody_who_has_the_role_by_now(desk, invited, host):
    user = factories.make_user("Nia", email="nia@example.org")
    factories.make_membership(user, host, Role.OFFICER)
    page = post(desk, "resend_invitation", invited.pk).content.decode()
    assert "already has this role" in page
    assert Invitation.objects.get().revoked_at is None


@pytest.mark.parametrize("page", ["resend_invitation", "revoke_invitation"])
def test_invitations_of_another_organisation_are_not_there(page, client_for, trust, invited, desk):
    theirs = client_for(factories.make_staff(trust, Role.ADMINISTRATOR))
    assert post(theirs, page, invited.pk).status_code == 404
    assert get(desk, page, invited.pk).status_code == 405


def test_change_role_works_with_the_next_click(desk, officer, client_for):
    theirs = client_for(officer)
    membership = officer.memberships.get()
    assert get(theirs, "people_list").status_code == 200
    assert "Dev Officer" in get(desk, "change_role", membership.pk).content.decode()
    page = post(desk, "change_role", membership.pk, role="commissioner")
    assert "The role is changed." in page.content.decode()
    assert get(theirs, "people_list").status_code == 403


def test_change_role_refuses_what_cannot_be(desk, administrator):
    membership = administrator.memberships.get()
    page = post(desk, "change_role", membership.pk, role="officer").content.decode()
    assert "This is the last administrator" in page
    assert "Choose a role" in post(desk, "change_role", membership.pk).content.decode()


def test_end_role_asks_and_works_with_the_next_click(desk, officer, client_for):
    theirs = client_for(officer)
    membership = officer.memberships.get()
    assert (
        "End the role of Dev Officer as Officer?"
        in get(desk, "end_role", membership.pk).content.decode()
    )
    assert get(theirs, "people_list").status_code == 200
    assert "The role has ended." in post(desk, "end_role", membership.pk).content.decode()
    assert get(theirs, "people_list").status_code == 403


def test_end_role_of_the_last_administrator_stays(desk, administrator):
    membership = administrator.memberships.get()
    page = post(desk, "end_role", membership.pk).content.decode()
    assert "The role stays" in page
    assert "Make somebody else an administrator first" in page
    membership.refresh_from_db()
    assert membership.valid_to is None


@pytest.mark.parametrize("page", ["change_role", "end_role"])
def test_roles_of_another_organisation_are_not_there(page, desk, other_officer):
    membership = other_officer.memberships.get()
    assert get(desk, page, membership.pk).status_code == 404
    assert post(desk, page, membership.pk, role="finance").status_code == 404
    membership.refresh_from_db()
    assert (membership.role, membership.valid_to) == ("officer", None)


@pytest.fixture
def both(officer, trust) -> Membership:
    """The officer works for the trust as well: the second role."""
    return factories.make_membership(officer, trust, Role.COORDINATOR)


def test_choose_organisation_comes_before_any_page_of_staff(client_for, officer, both):
    client = client_for(officer)
    answer = get(client, "people_list")
    assert (answer.status_code, answer.url) == (302, "/staff/choose-organisation/")
    page = get(client, "choose_organisation").content.decode()
    assert "Example Council: Officer" in page
    assert "Example Hospital Trust: Coordinator" in page
    assert get(client, "start_page").status_code == 200


def test_choose_organisation_acts_for_that_one_alone(client_for, officer, both, host, trust):
    ours, theirs = factories.make_person("Ann Able"), factories.make_person("Zed Elsewhere")
    actions.open_to(person=ours, organisation=host, actor=None)
    actions.open_to(person=theirs, organisation=trust, actor=None)
    client = client_for(officer)
    answer = client.post(reverse("people:choose_organisation"), {"membership": both.pk})
    assert (answer.status_code, answer.url) == (302, reverse("staff_home"))
    page = get(client, "people_list").content.decode()
    assert "Zed Elsewhere" in page
    assert "Ann Able" not in page
    assert "Example Hospital Trust" in page


@pytest.mark.parametrize("chosen", ["", "x", "999999"])
def test_choose_organisation_needs_one_of_my_roles(client_for, officer, both, chosen):
    client = client_for(officer)
    page = client.post(reverse("people:choose_organisation"), {"membership": chosen})
    assert "Choose one of your roles" in page.content.decode()
    assert "acting" not in client.session


def test_choose_organisation_of_somebody_else_is_refused(client_for, officer, both, other_officer):
    client = client_for(officer)
    strange = other_officer.memberships.get()
    client.post(reverse("people:choose_organisation"), {"membership": strange.pk})
    assert "acting" not in client.session


def test_choose_organisation_is_not_for_residents(client_for, resident):
    assert get(client_for(resident), "choose_organisation").status_code == 403


def test_a_chosen_role_that_ends_is_gone(client_for, officer, both, administrator):
    client = client_for(officer)
    own = officer.memberships.get(role=Role.OFFICER)
    client.post(reverse("people:choose_organisation"), {"membership": own.pk})
    assert get(client, "people_list").status_code == 200
    actions.end_role(membership=own, actor=administrator)
    page = get(client, "people_list").content.decode()
    assert "Example Hospital Trust" in page


def test_an_organisation_that_has_ended_gives_no_role(client_for, other_officer, trust):
    client = client_for(other_officer)
    assert get(client, "people_list").status_code == 200
    trust.valid_to = trust.valid_from
    trust.save()
    assert get(client, "people_list").status_code == 403
