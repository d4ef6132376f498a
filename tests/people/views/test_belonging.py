"""A person's own pages about the pool, and their twins for staff who type."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from coprod.lib.days import today
from people import actions
from people.lifecycle import PoolStatus
from people.models import AuditEvent, MayLookFor, Notice, Person, PersonTopic, SupportWish, Tag
from tests import factories

pytestmark = pytest.mark.django_db
BY_PHONE = {"channel": "phone"}
SENT = {
    "break": {"length": "2w"},
    "joining": {"kind": "representative", "represents": "Our Voice", "heard_from": "group"},
    "support": {"kind": "training", "what": "How to lead a meeting"},
    "interests": {"words": "Kites\nKites\n Ponds "},
    "experience": {"words": "Caring", "agreed": "on"},
    "skills": {"words": "Knitting"},
    "languages": {"words": "Esperanto"},
    "availability": {"days": ["mon", "tue"], "times": ["evening"], "notice_days": "7"},
    "place": {"how_far": "borough"},
    "partners": {},
    "leave": {"sure": "on"},
}


def what_is_kept(person):
    """Return what stands about a person, whoever typed it."""
    fresh = Person.objects.get(pk=person.pk)
    time = getattr(fresh, "availability", None)
    return {
        "status": fresh.status,
        "until": fresh.paused_until,
        "joining": (fresh.kind, fresh.represents, fresh.heard_from),
        "topics": sorted((row.kind, row.words) for row in fresh.topics.all()),
        "time": time and (time.days, time.times, time.notice_days, time.how_far),
        "wishes": [wish.what for wish in fresh.wishes.all()],
        "partners": fresh.may_look.count(),
    }


def url(tail, person=None):
    return f"/staff/people/{person.uuid}/{tail}/" if person else f"/my/{tail}/"


def test_what_is_typed_for_somebody_is_what_they_would_send_themselves(
    client_for, resident, coordinator, host
):
    """Control: the log says for one of them who typed, and how it reached us."""
    other = factories.make_person("Ann Offline", contact_by="phone", phone="0121 496 0999")
    for person in (resident.person, other):
        factories.let_look(person, host)
        factories.make_known(person, host)
    own, typing = client_for(resident), client_for(coordinator)
    for tail, sent in SENT.items():
        assert own.get(url(tail)).status_code == typing.get(url(tail, other)).status_code == 200
        assert own.post(url(tail), sent).status_code == 302
        assert typing.post(url(tail, other), sent | BY_PHONE).status_code == 302
        assert what_is_kept(resident.person) == what_is_kept(other)
        if tail == "break":
            assert what_is_kept(other)["status"] == PoolStatus.PAUSED
            own.post(url("back"))
            typing.post(url("back", other), BY_PHONE)
    assert what_is_kept(other)["topics"][:2] == [("experience", "Caring"), ("interest", "Kites")]
    for person, channel, behalf in ((resident.person, "online", ""), (other, "phone", "other")):
        line = AuditEvent.objects.get(verb="person.leave", person=str(person.pk))
        assert (line.channel, bool(line.on_behalf_of)) == (channel, bool(behalf))


@pytest.mark.parametrize(
    ("tail", "sent", "words"),
    [
        ("break", {}, "Choose how long a break you would like"),
        ("break", {"length": "day"}, "Enter the day when you are back"),
        ("leave", {}, "Tick the box if you want to leave"),
        ("joining", {"kind": "representative"}, "Enter the name of the organisation"),
        ("support", {"kind": "support"}, "Enter what would help"),
        ("interests", {"words": "a\nb\nc\nd\ne\nf"}, "Write five lines at most"),
        ("interests", {"words": "x" * 201}, "Make each line shorter"),
        ("experience", {"words": "Caring"}, "Tick the box if we may keep this"),
        ("availability", {"projects_at_once": "0"}, "Enter 1 or more"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(client_for, resident, tail, sent, words):
    before = what_is_kept(resident.person)
    assert words in client_for(resident).post(url(tail), sent).content.decode()
    assert what_is_kept(resident.person) == before


@pytest.mark.parametrize(
    ("days", "words"), [(0, "Enter a day after today"), (400, "within the next 12 months")]
)
def test_a_break_to_a_day_that_cannot_be(client_for, resident, days, words):
    day = today() + dt.timedelta(days=days)
    sent = {"length": "day", "until_day": day.day, "until_month": day.month, "until_year": day.year}
    assert words in client_for(resident).post(url("break"), sent).content.decode()


def test_a_break_to_a_chosen_day_and_a_second_one_is_refused(client_for, resident):
    browser, day = client_for(resident), today() + dt.timedelta(days=40)
    sent = {"length": "day", "until_day": day.day, "until_month": day.month, "until_year": day.year}
    assert browser.post(url("break"), sent).status_code == 302
    assert what_is_kept(resident.person)["until"] == day
    assert "A break is for somebody" in browser.post(url("break"), sent).content.decode()
    assert "You have a break until" in browser.get("/my/page/").content.decode()


def test_what_is_over_already_leads_back_kindly(client_for, resident, coordinator, host):
    browser = client_for(resident)
    assert browser.post(url("back")).url == "/my/page/"
    actions.leave(person=resident.person, actor=None)
    assert browser.post(url("leave"), SENT["leave"]).url == "/my/page/"
    assert "You have left the pool" in browser.get("/my/page/").content.decode()
    factories.make_known(resident.person, host)
    there = url("leave", resident.person)
    answer = client_for(coordinator).post(there, SENT["leave"] | BY_PHONE)
    assert "They are not in the pool any more" in answer.content.decode()


def test_a_ward_brings_its_town_and_fits_it(client_for, resident):
    from people.models import Ward

    oldbury, tipton = factories.make_town("Oldbury"), factories.make_town("Tipton")
    ward = Ward.objects.create(
        code="E05000001", name="Example Ward", town=oldbury, valid_from=today()
    )
    browser = client_for(resident)
    sent = {"ward": ward.pk, "town": tipton.pk}
    assert "in another town" in browser.post(url("place"), sent).content.decode()
    assert browser.post(url("place"), {"ward": ward.pk}).status_code == 302
    fresh = Person.objects.get(pk=resident.person.pk)
    assert (fresh.town, fresh.ward) == (oldbury, ward)


def test_partners_are_named_and_taking_away_holds_at_once(
    client_for, resident, host, trust, coordinator
):
    factories.let_look(resident.person, host)
    browser, staff = client_for(resident), client_for(coordinator)
    page = browser.get(url("partners")).content.decode()
    assert "Example Council" in page
    assert "They run this website" in page
    there = reverse("people:show_person", args=[resident.person.uuid])
    assert staff.get(there).status_code == 200
    browser.post(url("partners"), {"partners": [trust.pk]})
    assert staff.get(there).status_code == 404
    assert [row.organisation for row in MayLookFor.objects.all()] == [trust]


def test_whoever_types_that_they_may_not_be_looked_for_is_led_to_the_list(
    client_for, coordinator, host
):
    person = factories.make_person()
    factories.let_look(person, host)
    answer = client_for(coordinator).post(url("partners", person), BY_PHONE)
    assert answer.url == reverse("people:people_list")


def test_a_wish_and_an_offer_are_the_persons_own(client_for, resident, other_resident, host):
    person = resident.person
    wish = actions.wish_for(person=person, kind="support", what="A lift", actor=resident)
    officer = factories.make_staff(host)
    facts = {"person": person, "organisation": host, "kind": "support", "actor": officer}
    offer = actions.make_offer(what="A taxi", **facts)
    drop, answer = (
        reverse("people:drop_wish", args=[wish.pk]),
        reverse("people:answer_offer", args=[offer.pk]),
    )
    for path in (drop, answer):
        assert client_for(other_resident).post(path, {"answer": "taken"}).status_code == 404
    browser = client_for(resident)
    assert "1 offer waits for your answer" in browser.get("/my/page/").content.decode()
    for sent, said in (({}, ""), ({"answer": "taken"}, "taken")):
        browser.post(answer, sent)
        offer.refresh_from_db()
        assert offer.answer == said
    browser.post(drop)
    assert not SupportWish.objects.exists()


def test_my_page_costs_the_same_with_one_and_three_things_on_it(
    client_for, resident, host, django_assert_num_queries
):
    for number in (1, 3):
        while resident.person.topics.count() < number:
            topic = factories.make_topic(name=f"Topic {resident.person.topics.count()}")
            factories.choose_topic(resident.person, topic)
            tag = Tag.objects.create(organisation=host, name=topic.name)
            resident.person.tags.create(tag=tag)
        browser = client_for(resident)
        browser.get("/my/page/")
        with django_assert_num_queries(12):
            page = browser.get("/my/page/").content.decode()
        assert page.count("Topic ") == number  # the labels; what is on a list is only counted


# --- Staff ---------------------------------------------------------------------------------------
def test_lived_experience_is_seen_by_coordinators_who_may_look_alone(
    client_for, host, officer, coordinator
):
    """Control: the interest is seen by both; the coordinator sees the experience as well."""
    person = factories.make_person(joined_through=host)
    care = factories.make_topic("experience", "Canary of the past")
    factories.choose_topic(person, care)
    factories.choose_topic(person, factories.make_topic(name="Parks"))
    there = reverse("people:show_person", args=[person.uuid])
    pages = [client_for(user).get(there).content.decode() for user in (officer, coordinator)]
    assert [page.count("Canary of the past") for page in pages] == [0, 1]
    assert all("Parks" in page for page in pages)
    typed = url("experience", person)
    assert [client_for(user).get(typed).status_code for user in (officer, coordinator)] == [
        403,
        200,
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_new_people_are_listed_longest_first_in_as_many_queries(
    client_for, coordinator, host, trust, number, django_assert_num_queries
):
    """Control: somebody who joined through a partner is on nobody else's list."""
    for index in range(number):
        since = timezone.now() - dt.timedelta(days=20 - index)
        facts = {"joined_through": host, "status": PoolStatus.INTERESTED, "status_since": since}
        factories.make_person(f"New {index}", **facts)
    factories.make_person("Far New", joined_through=trust, status=PoolStatus.INTERESTED)
    browser = client_for(coordinator)
    browser.get(reverse("people:to_welcome"))
    with django_assert_num_queries(4):
        page = browser.get(reverse("people:to_welcome")).content.decode()
    shown = [f"New {index}" in page for index in range(4)]
    assert shown == [index < number for index in range(4)]
    assert "Far New" not in page
    assert page.count("Waits too long") == number


def test_welcome_contact_labels_offer_and_death_by_staff(client_for, coordinator, officer, host):
    person = factories.make_person(
        "Nia New", joined_through=host, status=PoolStatus.INTERESTED, contact_by="email"
    )
    browser = client_for(coordinator)
    empty = client_for(officer).get(reverse("people:to_welcome")).content.decode()
    assert "Nia New" in empty
    for tail, sent in [
        ("welcome", {"contact": officer.pk}),
        ("contact", {"contact": coordinator.pk}),
        ("labels", {"new_tag": "Reads drafts", "new_cohort": "2026"}),
        ("offer", {"kind": "support", "what": "A taxi"}),
    ]:
        assert browser.get(url(tail, person)).status_code == 200
        assert browser.post(url(tail, person), sent).status_code == 302
    page = browser.get(reverse("people:show_person", args=[person.uuid])).content.decode()
    for words in ("Femi Coordinator", "Reads drafts", "A taxi", "write down their answer"):
        assert words in page
    offer = person.offers.get()
    there = url(f"offers/{offer.pk}", person)
    assert browser.post(there, {"answer": "declined"} | BY_PHONE).status_code == 302
    again = browser.post(url("welcome", person), {"contact": officer.pk}).content.decode()
    assert "Nobody has to be welcomed now" in again
    for _ in range(2):
        browser.post(url("death", person), {"sure": "on"} | BY_PHONE)
    fresh = Person.objects.get(pk=person.pk)
    assert fresh.status == PoolStatus.DIED
    assert not Notice.objects.filter(person=person, status__in=["owed", "task", "held"]).exists()
    assert (
        "This is recorded already"
        in browser.post(url("death", person), {"sure": "on"} | BY_PHONE).content.decode()
    )
    assert client_for(officer).post(url("death/undo", person)).status_code == 403
    for _ in range(2):
        browser.post(url("death/undo", person))
    assert Person.objects.get(pk=person.pk).status == PoolStatus.ACTIVE


def test_the_way_back_is_offered_to_staff_after_a_break(client_for, coordinator, host):
    person = factories.make_person(
        joined_through=host, status=PoolStatus.PAUSED, paused_until=today()
    )
    page = client_for(coordinator).get(reverse("people:show_person", args=[person.uuid]))
    assert "They are back" in page.content.decode()
    assert not PersonTopic.objects.exists()


def test_staff_welcome_and_write_in_the_way_that_was_chosen(client_for, coordinator, host):
    person = factories.make_person("Lee Letter", joined_through=host)
    place = {"address": "1 Test Road\r\nTestham", "phone": "01632 960 001", "contact_by": "letter"}
    Person.objects.filter(pk=person.pk).update(**place)
    browser = client_for(coordinator)
    page = browser.get(reverse("people:welcome_person", args=[person.uuid])).content.decode()
    assert "They chose: Letter (1 Test Road, Testham)." in page
    Notice.objects.create(
        person=person,
        organisation=host,
        contact_by="letter",
        kind="k",
        event="e",
        status="task",
        subject="s",
        text="t",
    )
    tasks = browser.get(reverse("people:tasks")).content.decode()
    assert "1 Test Road" in tasks
    assert "960 001" not in tasks
