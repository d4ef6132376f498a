"""Officers and coordinators: who came forward to them, and whom to ring or write to."""

import re

import pytest
from django.urls import reverse

from people import actions
from people.models import AuditEvent, KnownTo, Notice, Person
from people.queries import profile_of
from tests import factories


def get(client, name, *args, **query):
    return client.get(reverse(f"people:{name}", args=args), query)


def post(client, page, /, *args, **data):
    return client.post(reverse(f"people:{page}", args=args), data, follow=True)


@pytest.fixture
def work(client_for, officer):
    return client_for(officer)


def known(organisation, name="Ann Able", **fields):
    person = factories.make_person(name, **fields)
    actions.open_to(person=person, organisation=organisation, actor=None)
    return person


def task(person, organisation, number=1):
    return Notice.objects.create(
        person=person,
        organisation=organisation,
        event=f"test:{number}",
        kind="test",
        contact_by=person.contact_by,
        subject="A subject",
        text="There is a place for you.",
        message_id=f"<{number}@test>",
        status=Notice.Status.TASK,
    )


STAFF_PAGES = ["people_list", "add_person", "tasks"]


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_staff_pages_are_for_those_who_arrange(
    name, client_for, coordinator, commissioner, administrator, resident
):
    """Control: the coordinator gets in."""
    assert get(client_for(coordinator), name).status_code == 200
    for user in (commissioner, administrator, resident):
        assert get(client_for(user), name).status_code == 403


def test_people_list_shows_name_town_and_way_and_nothing_else(work, host, trust):
    known(host, phone="07700 900111", contact_by="phone", address="1 High Street")
    known(trust, "Zed Elsewhere")
    page = get(work, "people_list").content.decode()
    assert "Ann Able" in page
    assert "Tipton" in page
    assert "Phone call" in page
    assert "07700 900111" not in page
    assert "High Street" not in page
    assert "Zed Elsewhere" not in page


def test_people_list_searches_by_name_within_the_organisation(work, host, trust):
    known(host, "Ann Able")
    known(host, "Bea Able")
    known(trust, "Ann Elsewhere")
    page = get(work, "people_list", q="able ann").content.decode()
    assert "Ann Able" in page
    assert "Bea Able" not in page
    assert "Ann Elsewhere" not in page


def test_people_list_that_found_nobody_helps(work):
    assert "Nobody has come forward yet" in get(work, "people_list").content.decode()
    page = get(work, "people_list", q="zzz").content.decode()
    assert "Nobody with “zzz”" in page
    assert "Show everybody" in page


def test_people_list_tells_where_somebody_stands_and_can_be_made_smaller_by_it(work, host):
    for name, status in (("Ann", "active"), ("Bea", "not_confirmed"), ("Cat", "left")):
        Person.objects.filter(pk=known(host, name).pk).update(status=status)
    everybody = get(work, "people_list")
    assert [person.name for person in everybody.context["page"].rows] == ["Ann", "Bea", "Cat"]
    assert len(re.findall("Not yet confirmed", everybody.content.decode())) == 2
    assert len(re.findall("Active", everybody.content.decode())) == 1
    doubted = get(work, "people_list", status="not_confirmed")
    assert [person.name for person in doubted.context["page"].rows] == ["Bea"]
    assert [tab["label"] for tab in doubted.context["tabs"] if tab["current"]] == [
        "Not yet confirmed"
    ]
    both = get(work, "people_list", status="not_confirmed", q="ann")
    assert "Nobody here fits this" in both.content.decode()
    assert "?q=ann" in both.content.decode()
    nonsense = get(work, "people_list", status="paused' or 1=1")
    assert len(nonsense.context["page"].rows) == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_people_list_asks_the_same_number_of_questions(work, host, rows, django_assert_num_queries):
    for number in range(rows):
        known(host, f"Person {number}")
    with django_assert_num_queries(4):
        assert get(work, "people_list").content.decode().count("<h3>") == rows


def test_people_list_has_pages(work, host, monkeypatch):
    monkeypatch.setattr("people.views.staff.PAGE", 2)
    for name in ("Ann", "Bea", "Cat"):
        known(host, name)
    first = get(work, "people_list", q="")
    assert [person.name for person in first.context["page"].rows] == ["Ann", "Bea"]
    second = get(work, "people_list", page=first.context["page"].following)
    assert [person.name for person in second.context["page"].rows] == ["Cat"]


def test_show_person_tells_how_to_reach_them_and_is_recorded(work, host, officer):
    person = known(host, phone="07700 900111")
    page = get(work, "show_person", person.uuid).content.decode()
    assert "07700 900111" in page
    assert "has not shared" in page
    event = AuditEvent.objects.get(verb="person.opened")
    assert (event.actor, event.role, event.organisation, event.person) == (
        str(officer.pk),
        "officer",
        str(host.pk),
        str(person.pk),
    )


def test_show_person_shows_the_profile_only_while_it_is_shared(work, host, resident):
    person = resident.person
    factories.make_profile(person, important_to_me="My garden")
    actions.open_to(person=person, organisation=host, actor=resident)
    assert "My garden" not in get(work, "show_person", person.uuid).content.decode()
    actions.share_profile(person=person, actor=resident)
    assert "My garden" in get(work, "show_person", person.uuid).content.decode()
    actions.stop_sharing_profile(person=person, actor=resident)
    assert "My garden" not in get(work, "show_person", person.uuid).content.decode()
    assert AuditEvent.objects.filter(verb="profile.opened").count() == 1


def test_show_person_is_not_there_for_another_organisation(work, client_for, other_officer, trust):
    """Control: the officer of that organisation sees the shared profile."""
    person = known(trust, "Zed Elsewhere")
    profile = profile_of(person)
    profile.important_to_me = "Zed’s garden"
    profile.save()
    actions.share_profile(person=person, actor=None)
    theirs = get(client_for(other_officer), "show_person", person.uuid)
    assert "Zed’s garden" in theirs.content.decode()
    ours = get(work, "show_person", person.uuid)
    assert ours.status_code == 404
    assert "Zed Elsewhere" not in ours.content.decode()
    assert "Zed’s garden" not in ours.content.decode()


FORM = {
    "channel": "phone",
    "name": "Joyce Miller",
    "contact_by": "letter",
    "address": "1 High Street",
}


def test_add_person_needs_no_email_and_keeps_channel_and_typist(work, host, officer):
    page = post(work, "add_person", **FORM)
    person = Person.objects.get(name="Joyce Miller")
    assert page.redirect_chain == [(f"/staff/people/{person.uuid}/", 302)]
    assert (person.email, person.joined_channel, person.joined_through) == ("", "phone", host)
    assert AuditEvent.objects.get(verb="person.added").actor == str(officer.pk)
    assert KnownTo.objects.get(person=person).reason == "rang_or_wrote"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"channel": "online"}, "Select a valid choice"),
        ({"channel": ""}, "Choose how they reached you"),
        ({"name": ""}, "Enter a name"),
        ({"contact_by": "email"}, "Enter an e-mail address, or choose another way"),
        ({"contact_by": "email", "email": "x"}, "Enter an e-mail address, like"),
        ({"contact_by": ""}, "Choose how we may reach them"),
    ],
)
def test_add_person_says_what_is_missing(work, change, message):
    page = post(work, "add_person", **(FORM | change)).content.decode()
    assert message in page
    assert not Person.objects.filter(name__startswith="Joyce").exists()


def test_add_person_shows_who_may_be_the_same_before_saving(work, host, trust):
    known(host, "joyce miller", phone="+44 121 496 0111")
    known(trust, "Joyce Miller", phone="0121 4960111", town=factories.make_town("Oldbury"))
    known(host, "Joyce Miller", phone="0121 496 0999")
    data = FORM | {"phone": "(0121) 496 0111"}
    page = post(work, "add_person", **data).content.decode()
    assert "Is it one of these?" in page
    assert "joyce miller" in page
    assert "1 person who came forward to another organisation" in page
    assert "Oldbury</li>" not in page
    assert 'value="(0121) 496 0111"' in page
    assert Person.objects.count() == 3
    post(work, "add_person", **data, add_anyway="1")
    assert Person.objects.count() == 4


def test_add_person_finds_the_same_email_in_any_case(work, host):
    known(host, "Joyce Miller", email="joyce@example.org")
    data = FORM | {"email": "Joyce@Example.org", "contact_by": "email"}
    assert "Is it one of these?" in post(work, "add_person", **data).content.decode()


def test_add_person_with_only_the_same_name_is_somebody_else(work, host):
    known(host, "Joyce Miller", phone="", email="", contact_by="phone")
    post(work, "add_person", **FORM)
    assert Person.objects.filter(name="Joyce Miller").count() == 2


def test_tasks_list_who_waited_longest_first_with_what_to_say(work, host, trust):
    ann = factories.make_person("Ann Able", contact_by="phone", phone="07700 900111")
    bob = factories.make_person("Bob Brown", contact_by="letter", email="")
    zed = factories.make_person("Zed Elsewhere", contact_by="phone", phone="07700 900222")
    task(bob, host, 1), task(ann, host, 2), task(zed, trust, 3)
    page = get(work, "tasks").content.decode()
    assert page.index("Bob Brown") < page.index("Ann Able")
    assert "07700 900111" in page
    assert "There is a place for you." in page
    assert "Zed Elsewhere" not in page


def test_tasks_say_where_email_did_not_arrive(work, host):
    task(factories.make_person("Ann"), host)
    assert "Our e-mail did not reach them." in get(work, "tasks").content.decode()


def test_tasks_that_are_all_done_say_so(work):
    assert "Nobody is waiting" in get(work, "tasks").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_tasks_ask_the_same_number_of_questions(work, host, rows, django_assert_num_queries):
    for number in range(rows):
        task(factories.make_person(f"P{number}"), host, number)
        done = task(factories.make_person(f"D{number}"), host, f"d{number}")
        actions.pass_on(notice=done, actor=None)
    with django_assert_num_queries(5):
        get(work, "tasks")


def test_finish_and_reopen_task(work, host, officer):
    notice = task(factories.make_person("Ann"), host)
    page = post(work, "finish_task", notice.pk).content.decode()
    assert "Done: Ann." in page
    assert "Dev Officer" in page
    notice.refresh_from_db()
    assert (notice.status, notice.settled_by) == ("done", officer)
    assert "already passed" in post(work, "finish_task", notice.pk).content.decode()
    assert "Ann is back on the list." in post(work, "reopen_task", notice.pk).content.decode()
    assert "on the list already" in post(work, "reopen_task", notice.pk).content.decode()


@pytest.mark.parametrize("name", ["finish_task", "reopen_task"])
def test_tasks_are_settled_by_a_button(work, host, name):
    notice = task(factories.make_person("Ann"), host)
    assert get(work, name, notice.pk).status_code == 405


@pytest.mark.parametrize("name", ["finish_task", "reopen_task", "task_letter"])
def test_tasks_of_another_organisation_are_not_there(work, trust, name):
    notice = task(factories.make_person("Zed"), trust)
    answer = get(work, name, notice.pk) if name == "task_letter" else post(work, name, notice.pk)
    assert answer.status_code == 404
    notice.refresh_from_db()
    assert notice.status == "task"


def test_task_letter_prints_address_and_text(work, host):
    person = factories.make_person("Bob", contact_by="letter", address="1 High Street\nTipton")
    page = get(work, "task_letter", task(person, host).pk).content.decode()
    assert "1 High Street<br>Tipton" in page
    assert "There is a place for you." in page
    letter = page[page.index("<article") : page.index("</article>")]
    assert letter.count(host.name) == 1
    assert letter.index(host.name) < letter.index("Bob")
    assert "no postal address" not in page


def test_task_letter_without_an_address_says_so(work, host):
    page = get(work, "task_letter", task(factories.make_person("Ann"), host).pk)
    assert "no postal address" in page.content.decode()


def test_edit_person_changes_what_somebody_without_an_account_told_us(work, host, officer):
    person = known(host, "Joyce Miller", phone="0121 496 0111", contact_by="phone")
    assert (
        f"/staff/people/{person.uuid}/edit/"
        in get(work, "show_person", person.uuid).content.decode()
    )
    assert "0121 496 0111" in get(work, "edit_person", person.uuid).content.decode()
    data = {"name": "Joyce M. Miller", "contact_by": "email", "email": "Joyce@Example.org"}
    page = post(work, "edit_person", person.uuid, channel="phone", **data)
    assert page.redirect_chain == [(f"/staff/people/{person.uuid}/", 302)]
    person.refresh_from_db()
    assert (person.name, person.email, person.phone) == ("Joyce M. Miller", "joyce@example.org", "")
    event = AuditEvent.objects.get(verb="person.details_changed")
    who = (str(officer.pk), str(person.pk), "phone")
    assert (event.actor, event.on_behalf_of, event.channel) == who


def test_edit_person_has_to_leave_a_way_to_reach_them(work, host):
    person = known(host, "Joyce Miller")
    data = {"name": "Joyce Miller", "contact_by": "letter"}
    page = post(work, "edit_person", person.uuid, **data).content.decode()
    assert "Enter an address, or choose another way" in page


def test_edit_person_leaves_the_address_of_an_account_to_its_person(work, host, resident):
    """Control: the phone number, sent in the same form, is changed."""
    person = resident.person
    actions.open_to(person=person, organisation=host, actor=resident)
    assert 'name="email"' not in get(work, "edit_person", person.uuid).content.decode()
    data = {"name": "Amina R.", "contact_by": "phone", "phone": "0121 496 0111", "channel": "phone"}
    post(work, "edit_person", person.uuid, **data, email="thief@example.org")
    before = person.email
    person.refresh_from_db()
    assert (person.name, person.phone, person.email) == ("Amina R.", "0121 496 0111", before)


def test_edit_person_of_another_organisation_is_not_there(work, trust):
    person = known(trust, "Zed Elsewhere")
    assert get(work, "edit_person", person.uuid).status_code == 404
