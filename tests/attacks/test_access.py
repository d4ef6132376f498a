"""Who may is asked at every request, and nobody writes more than the form in front of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db.models import Model
from django.urls import resolve, reverse

from charter.models import Contribution
from coprod.lib.days import today
from opportunities.models import Opportunity, SignUp
from people.models import KnownTo, Membership, Person, Role, User
from tests import factories
from tests.house.doors import table
from tests.house.doors.addresses import doors
from tests.house.doors.walk import Walker, known_once, sign_in
from tests.html_forms import Data, HtmlForm, forms_of

pytestmark = pytest.mark.django_db  # which makes the database; the world is older than each test
ROWS = table.read()
FILL_IN = ("resident", "coordinator", "administrator", "newcomer")
# What nobody may write by a form that does not ask for it; whom or what it would name.
SMUGGLED = {
    "is_staff": "on",
    "is_superuser": "on",
    "is_active": "",
    "role": Role.ADMINISTRATOR,
    "status": "published",
    "state": "done",
    "capacity": "999",
    "places": "999",
    "places_taken": "0",
    "waiting_number": "0",
    "amount": "1",
    "version": "999",
    "slug": "taken-over",
    "created_at": "2000-01-01",
    "published_at": "2000-01-01",
    "valid_to": "2999-01-01",
    "shared_at": "2000-01-01",
    "channel": "paper",
}
NAMES_SOMEBODY = {
    "organisation",
    "organisation_id",
    "user",
    "user_id",
    "person",
    "person_id",
    "approved_by",
    "decided_by",
    "typed_by",
    "joined_through",
    "opportunity",
    "opportunity_id",
    "created_by",
    "written_by",
}
GUARDED: dict[type[Model], list[str]] = {
    User: ["email", "is_staff", "is_superuser", "is_active"],
    Membership: ["user__email", "organisation", "role", "valid_to"],
    Opportunity: ["title", "organisation", "status", "places", "places_taken"],
    SignUp: [
        "person__name",
        "person__user__email",
        "opportunity__title",
        "status",
        "channel",
        "decided_by",
        "waiting_number",
    ],
    Person: ["name", "user__email", "email", "joined_through", "joined_channel"],
    Contribution: ["about", "opportunity__title", "channel", "recorded_by"],
}


# --- The next request ----------------------------------------------------------------------------
def end_role(user: User) -> None:
    yesterday = today() - dt.timedelta(days=1)
    Membership.objects.filter(user=user).update(valid_to=yesterday)


def end_organisation(user: User) -> None:
    organisation = user.memberships.get().organisation
    organisation.valid_to = today() - dt.timedelta(days=1)
    organisation.save()


def close_account(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def change_role(user: User) -> None:
    Membership.objects.filter(user=user).update(role=Role.FINANCE)


@pytest.mark.parametrize(
    ("take_away", "status"),
    [(end_role, 403), (end_organisation, 403), (close_account, 302), (change_role, 403)],
)
def test_what_is_taken_away_is_gone_with_the_next_click(
    client_for, officer, take_away: Callable[[User], None], status: int
):
    client = client_for(officer)
    pages = [reverse(name) for name in ("people:people_list", "people:tasks", "opportunities:new")]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    take_away(officer)
    assert [client.get(page).status_code for page in pages] == [status] * 3
    assert [client.post(page).status_code for page in pages[2:]] == [status]


def test_a_withdrawn_brief_is_gone_with_the_next_click(client, host):
    brief = factories.make_opportunity(host)
    pages = [reverse(f"opportunities:{name}", args=[brief.slug]) for name in ("detail", "sign_up")]
    assert [client.get(page).status_code for page in pages] == [200, 200]
    Opportunity.objects.filter(pk=brief.pk).update(status="withdrawn")
    assert [client.get(page).status_code for page in pages] == [404, 404]


def test_somebody_who_takes_back_that_they_may_be_seen_is_gone(client_for, officer, resident):
    client = client_for(officer)
    page = reverse("people:show_person", args=[resident.person.uuid])
    factories.make_sign_up(factories.make_opportunity(officer.acting.organisation), resident.person)
    assert client.get(page).status_code == 200
    KnownTo.objects.filter(person=resident.person).delete()
    assert client.get(page).status_code == 404


# --- Two organisations ---------------------------------------------------------------------------
def test_whoever_works_for_two_sees_one_at_a_time(client_for, officer, host, trust):
    """Control: each list has its own brief."""
    other = factories.make_membership(officer, trust, Role.OFFICER)
    ours = factories.make_opportunity(host, title="Only ours", status="draft", published_at=None)
    theirs = factories.make_opportunity(
        trust, title="Only theirs", status="draft", published_at=None
    )
    client = client_for(officer)
    own = Membership.objects.get(user=officer, organisation=host)
    for membership, seen, hidden in ((own, ours, theirs), (other, theirs, ours)):
        client.post(reverse("people:choose_organisation"), {"membership": membership.pk})
        page = client.get(reverse("opportunities:manage")).content.decode()
        assert (seen.title in page, hidden.title in page) == (True, False)
        assert client.get(reverse("opportunities:edit", args=[seen.slug])).status_code == 200
        assert client.get(reverse("opportunities:edit", args=[hidden.slug])).status_code == 404


def test_nobody_chooses_an_organisation_that_is_not_theirs(client_for, officer, other_officer):
    foreign = other_officer.memberships.get()
    client = client_for(officer)
    client.post(reverse("people:choose_organisation"), {"membership": foreign.pk})
    assert "acting" not in client.session


# --- What belongs to somebody else ---------------------------------------------------------------
def test_a_form_takes_no_row_of_another_organisation(client_for, officer, host, trust):
    """A team, a person who said something, somebody who came. Control: their own are taken."""
    client, mine = client_for(officer), factories.make_team(host, "Ours")
    foreign = factories.make_team(trust, "Theirs")
    brief = factories.make_opportunity(host, title="Ours")
    new = reverse("opportunities:new")

    def begin(title: str, team: int) -> int:
        (form,) = (one for one in forms_of(client.get(new).content, new) if "title" in one.names)
        return client.post(new, form.data | {"title": title, "team": team}).status_code

    assert (begin("Taken", mine.pk), begin("Stolen", foreign.pk)) == (302, 200)
    assert not Opportunity.objects.filter(title="Stolen").exists()
    stranger = factories.make_sign_up(factories.make_opportunity(trust)).person
    said = {
        "about": "The door",
        "what": "It is heavy",
        "said_at": "Tipton",
        "said_on_day": "1",
        "said_on_month": "1",
        "said_on_year": str(today().year),
        "people_count": "3",
        "channel": "in_person",
    }
    add = reverse("charter:add_contribution", args=[brief.slug])
    assert client.post(add, {**said, "voices": stranger.pk}).status_code == 200
    assert not brief.contributions.exists()


def test_no_page_of_ours_names_what_is_theirs(stage):
    """Lists, counts, searches, exports, prints. Control: their own pages name it."""
    secrets = {
        b"Theirs draft",
        b"Fay Far",
        b"0121 496 0112",
        b"Their administrator",
        b"b@example.org",
    }
    told: dict[str, set[bytes]] = {"ours": set(), "theirs": set()}
    where = []
    walker = Walker()
    keys = {role: sign_in(user) for role, user in stage.users.items()}
    with known_once():
        for door in doors():
            row = ROWS.get(door.name)
            if row is None or door.name.startswith(("admin:", "account", "mfa")):
                continue
            for side, roles in (
                ("ours", ("officer", "commissioner", "administrator", "resident")),
                ("theirs", ("their-coordinator", "their-admin")),
            ):
                for thing, arguments in stage.things[row.kind].items():
                    for role in roles:
                        if (
                            not thing.startswith((side, "it"))
                            or row.room.cell(thing, role) != "yes"
                        ):
                            continue
                        address = f"{reverse(door.name, kwargs=arguments)}?q=Theirs"
                        body = walker.ask("GET", address, keys[role]).body
                        found = {secret for secret in secrets if secret in body}
                        told[side] |= found
                        where += (
                            [f"{door.name} as {role}: {found}"] if found and side == "ours" else []
                        )
                        break
    assert where == []
    assert told["theirs"] == secrets


# --- More than the form asks ---------------------------------------------------------------------
def guarded() -> dict[str, list[Any]]:
    """Return what no form may write beside what it asks for, without times and keys of new rows."""
    return {
        model.__name__: sorted(map(repr, model.objects.values_list(*columns)))
        for model, columns in GUARDED.items()
    }


def with_words(form: HtmlForm) -> Data:
    """Return the form filled in by somebody obliging: every box says something that fits."""
    data = {name: list(values) for name, values in form.data.items()}
    for name in form.written:
        if not data[name][0]:
            data[name] = [WORDS.get(name.rpartition("_")[2], "Words")]
    for name, choices in form.chosen.items():
        if name not in data or data[name] == [""]:
            data[name] = [next((one for one in choices if one), "")]
    return data


WORDS = {
    "email": "new@example.org",
    "phone": "0121 496 0177",
    "day": "1",
    "month": "2",
    "year": str(today().year + 1),
    "login": "new@example.org",
    "count": "12",
    "places": "5",
    "age": "18",
}


def test_no_form_writes_more_than_it_asks_for(stage):
    """Each is sent twice: as it is, and with names of columns smuggled in. The effect is the same.

    Forms of one kind that ask for the same are one form, whatever they are about.
    Control: a form that asks for one of these names writes it, and most forms had an effect.
    """
    walker, before = Walker(), guarded()
    effects, differs = set(), []
    foreign = {name: str(_pk_for(stage, name)) for name in NAMES_SOMEBODY}
    with known_once():
        for _page, key, form in _forms(stage, walker):
            plain = with_words(form)
            asked = {*plain, *form.chosen}
            more = {k: [v] for k, v in {**SMUGGLED, **foreign}.items() if k not in asked}
            effect = effect_of(walker, key, form, plain)
            effects |= {form.action} if effect != before else set()
            differs += [form.action] if effect_of(walker, key, form, plain | more) != effect else []
    assert differs == []
    assert len(effects) > 12, effects


def effect_of(walker: Walker, key: str, form: HtmlForm, data: Data) -> dict[str, list[str]]:
    """Return what is guarded as it is after this form, before the form is undone."""
    seen: list[dict[str, list[str]]] = []
    walker.ask("POST", form.action, key, data=data, before_undoing=lambda: seen.append(guarded()))
    return seen[0]


def _forms(stage, walker: Walker):
    keys = {role: sign_in(stage.users[role]) for role in FILL_IN}
    met: set[tuple[str, ...]] = set()
    for door in doors():
        row = ROWS.get(door.name)
        if row is None or door.name.startswith(("admin:", "account", "mfa", "usersessions")):
            continue
        for thing, arguments in stage.things[row.kind].items():
            role = next((one for one in FILL_IN if row.room.cell(thing, one) == "yes"), None)
            if role is None or thing in {"ours-over", "ours-withdrawn"}:  # forms as before
                continue
            address = reverse(door.name, kwargs=arguments)
            answer = walker.ask("GET", address, keys[role])
            is_page = answer.headers.get("Content-Type", "").startswith("text/html")
            readable = answer.status == 200 and is_page
            for form in forms_of(answer.body, address) if readable else []:
                kind = (thing, resolve(urlsplit(form.action).path).view_name, *form.names)
                if form.method == "post" and "account" not in form.action and kind not in met:
                    met.add(kind)
                    yield address, keys[role], form


def _pk_for(stage, name: str) -> int:
    """Return a row of the other side that this name could point to."""
    if "organisation" in name or name == "joined_through":
        return stage.users["their-coordinator"].acting.organisation_id
    if "opportunity" in name:
        return Opportunity.objects.get(title="Theirs").pk
    if "person" in name:
        return stage.users["neighbour"].person.pk
    return stage.users["their-coordinator"].pk
