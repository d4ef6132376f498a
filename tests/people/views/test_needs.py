"""My needs, in the browser, and their twins for staff."""

import pytest
from django.urls import reverse

from coprod.lib.days import add_months, today
from people import actions
from people.models import Audience, AuditEvent, Consent, Need, Person, Profile
from people.rules import can_read_need
from tests import factories
from tests.factories import make_need, make_person

CANARY = "canary-7f3a"
ACCESS = {"value": "step_free", "audience": "coordinators", "is_flagged": "on", "consent": "on"}


def address(name, *args):
    return reverse(f"people:{name}", args=args)


@pytest.fixture
def signed_in(client_for, resident):
    return client_for(resident)


@pytest.fixture
def offline(host):
    return make_person(
        "Kim Known", joined_through=host, contact_by="phone", phone="07700 900125", email=""
    )


def test_my_needs_begins_with_the_kinds_and_what_we_never_ask(signed_in):
    shown = signed_in.get(address("my_needs")).text
    assert "We never ask what you have" in shown
    assert shown.count("/my/needs/add/") == 6
    assert "We ask you before we keep anything" in shown


def test_somebody_without_a_page_is_sent_to_start_one_and_adds_nothing(client_for, officer):
    staff = client_for(officer)
    for name, *args in (("my_needs",), ("audiences",), ("openings",), ("add_need", "access")):
        assert staff.get(address(name, *args)).url == reverse("people:start_page")


def test_add_need_keeps_it_with_the_consent_that_it_shows(signed_in, resident):
    page = address("add_need", "access")
    assert "I can take this back at any time" in signed_in.get(page).text
    without = signed_in.post(page, {**ACCESS, "consent": ""})
    assert "Tick the box, so that we may keep this." in without.text
    assert (Need.objects.count(), Consent.objects.count()) == (0, 0)
    assert signed_in.post(page, ACCESS).url == address("my_needs")
    need = Need.objects.get()
    assert (need.person, need.value, need.audience) == (
        resident.person,
        "step_free",
        "coordinators",
    )
    assert "I can take this back" not in signed_in.get(page).text  # asked once
    shown = signed_in.get(address("my_needs")).text
    assert "No steps on the way in and inside" in shown
    assert "Take it back, and delete all of it" in shown


@pytest.mark.parametrize(
    ("subset", "typed", "error"),
    [
        ("format", {"value": "large_print"}, "Choose how large"),
        ("access", {"value": "other", "detail": ""}, "Say what it is, in your own words"),
        ("access", {"value": ""}, "Choose one, or “something else”"),
        ("access", {"audience": ""}, "Choose who may know this"),
        ("access", {}, "You have told us this already"),
    ],
)
def test_add_need_says_what_is_missing(signed_in, resident, subset, typed, error):
    make_need(resident.person, subset="access", value="step_free")
    shown = signed_in.post(address("add_need", subset), ACCESS | typed).text
    assert (error in shown, Need.objects.count()) == (True, 1)


def test_add_need_of_an_unknown_kind_is_not_there(signed_in):
    assert signed_in.get(address("add_need", "diagnosis")).status_code == 404


def test_large_print_has_its_size_and_other_kinds_none(signed_in):
    typed = ACCESS | {"value": "large_print", "points": "18"}
    signed_in.post(address("add_need", "format"), typed)
    signed_in.post(address("add_need", "format"), ACCESS | {"value": "braille_2", "points": "18"})
    assert list(Need.objects.values_list("value", "points")) == [
        ("large_print", 18),
        ("braille_2", None),
    ]


def test_a_diagnosis_is_kept_as_written_with_a_gentle_word(signed_in):
    """Control: words without one bring no such hint."""
    hint = "You need not tell us what you have"
    for words, hinted in (("A quiet corner", False), ("I have dementia, so write it down", True)):
        typed = ACCESS | {"value": "other", "detail": words}
        after = signed_in.post(address("add_need", "access"), typed, follow=True).text
        assert (hint in after, words in after) == (hinted, True)


def test_change_delete_keep_and_stop_are_for_my_own(signed_in, resident, other_resident):
    mine, theirs = make_need(resident.person), make_need(other_resident.person)
    for name in ("change_need", "delete_need"):
        assert signed_in.get(address(name, theirs.pk)).status_code == 404
        assert signed_in.get(address(name, mine.pk)).status_code == 200
    typed = {"value": "sttr", "audience": "only_me"}
    signed_in.post(address("change_need", mine.pk), typed)
    mine.refresh_from_db()
    assert (mine.value, mine.audience, mine.is_flagged) == ("sttr", "only_me", False)
    Need.objects.update(reviewed_on=add_months(today(), -13), review_due=add_months(today(), -1))
    assert "It is a year since you looked at this" in signed_in.get(address("my_needs")).text
    signed_in.post(address("keep_needs"))
    assert list(Need.objects.due_on(today())) == [theirs]
    signed_in.post(address("delete_need", mine.pk))
    assert list(Need.objects.all()) == [theirs]
    make_need(resident.person)
    assert "Delete all that you told us you need?" in signed_in.get(address("stop_needs")).text
    signed_in.post(address("stop_needs"))
    assert list(Need.objects.all()) == [theirs]


@pytest.mark.parametrize("status", ["left", "died"])
def test_nobody_else_reads_what_somebody_wrote_who_left_or_died(
    client_for, resident, coordinator, host, status
):
    """Name and phone stay. Control: before, the coordinator reads each of these."""
    person = resident.person
    factories.let_look(person, host)
    factories.make_known(person, host)
    need = make_need(person)
    factories.make_profile(person, important_to_me="My garden")
    actions.share_profile(person=person, actor=resident)
    actions.choose_topics(
        person=person, kind="skill", topics=(), words=["Knitting"], actor=resident
    )
    staff, page = client_for(coordinator), address("show_person", person.uuid)
    told = ("My garden", "Knitting", "Has access needs you may read")
    assert [words in staff.get(page).text for words in told] == [True, True, True]
    assert can_read_need(coordinator, need)
    lists = [address(f"type_{one}", person.uuid) for one in ("skills", "availability", "place")]
    assert [staff.get(one).status_code for one in lists] == [200, 200, 200]
    assert lists[0] in staff.get(page).text
    Person.objects.filter(pk=person.pk).update(status=status)
    shown = staff.get(page).text
    assert [words in shown for words in told] == [False, False, False]
    assert (person.name in shown, lists[0] in shown) == (True, False)
    assert [staff.get(one).status_code for one in lists] == [403, 403, 403]
    gone = Person.objects.get(pk=person.pk)
    need = Need.objects.get(pk=need.pk)
    assert not can_read_need(coordinator, need)
    assert not Need.objects.visible_to(coordinator).filter(pk=need.pk).exists()
    assert not Profile.objects.visible_to(coordinator).filter(person=gone).exists()
    assert can_read_need(resident, need)


def test_said_in_another_window_meanwhile_is_said_kindly(signed_in, resident, monkeypatch):
    from people.forms.needs import NeedForm

    make_need(resident.person, subset="access", value="step_free")
    monkeypatch.setattr(NeedForm, "_said_already", lambda *_args: False)
    after = signed_in.post(address("add_need", "access"), ACCESS, follow=True).text
    assert "You have told us this already" in after


def test_needs_of_tells_before_it_shows_and_writes_the_reading_down(
    client_for, resident, officer, host
):
    """Control: the words are there after the button, and nowhere before it."""
    person = resident.person
    actions.open_to(person=person, organisation=host, actor=resident)
    make_need(person, value="other", detail=CANARY)
    make_need(person, value="other", detail="only-for-projects", audience=Audience.PROJECT)
    staff, page = client_for(officer), address("needs_of", person.uuid)
    card = staff.get(address("show_person", person.uuid)).text
    assert ("Has access needs you may read" in card, CANARY in card) == (True, False)
    assert CANARY not in staff.get(page).text
    assert not AuditEvent.objects.filter(verb="needs.opened").exists()
    shown = staff.post(page).text
    assert (CANARY in shown, "only-for-projects" in shown) == (True, False)
    assert AuditEvent.objects.get(verb="needs.opened").person == str(person.pk)
    assert "Read what you need." in client_for(resident).get(address("openings")).text


def test_without_a_readable_need_the_card_says_nothing_of_needs(
    client_for, resident, officer, host
):
    person = resident.person
    actions.open_to(person=person, organisation=host, actor=resident)
    make_need(person, audience=Audience.ONLY_ME)
    make_need(person, value="sttr", is_flagged=False)
    staff, page = client_for(officer), address("needs_of", person.uuid)
    card = staff.get(address("show_person", person.uuid)).text
    assert "Has access needs" not in card
    Need.objects.filter(value="sttr").delete()
    assert "There is nothing that you may read." in staff.get(page).text
    assert "There is nothing that you may read." in staff.post(page).text


@pytest.mark.parametrize("who", ["other_officer", "commissioner", "other_resident"])
def test_needs_of_is_closed_to_everybody_else(client_for, request, resident, host, who):
    actions.open_to(person=resident.person, organisation=host, actor=resident)
    need = make_need(resident.person)
    reader = client_for(request.getfixturevalue(who))
    uuid = resident.person.uuid
    for page in (address("needs_of", uuid), address("type_need_delete", uuid, need.pk)):
        assert reader.get(page).status_code in {403, 404}


def test_staff_type_change_keep_and_delete_for_somebody_who_rang(client_for, officer, offline):
    staff, uuid = client_for(officer), offline.uuid
    page = address("type_need", uuid, "access")
    typed = ACCESS | {"channel": "phone", "told_by": "helper"}
    assert staff.get(page).status_code == 200
    assert staff.post(page, typed | {"again": "1"}).url == f"{page}?channel=phone"
    need = Need.objects.get()
    assert (need.typed_by, need.told_channel, need.told_by) == (officer, "phone", "helper")
    said_twice = staff.post(page, typed)
    assert "You have told us this already" in said_twice.text
    change = address("type_need_change", uuid, need.pk)
    assert staff.get(change).status_code == 200
    assert AuditEvent.objects.filter(verb="needs.opened").count() == 1
    staff.post(change, typed | {"value": "parking"})
    Need.objects.update(reviewed_on=add_months(today(), -13), review_due=add_months(today(), -1))
    for name, *args in (
        ("type_needs_unchanged",),
        ("type_need_delete", need.pk),
        ("type_needs_stop",),
    ):
        there = address(name, uuid, *args)
        assert staff.get(there).status_code == 200
        assert staff.post(there, {"channel": "phone"}).url == address("show_person", uuid)
        if name == "type_needs_unchanged":
            assert Need.objects.get().value == "parking"
            assert not Need.objects.due_on(today()).exists()
    assert not Need.objects.exists()
    assert actions.consent_of(offline) is None
    assert staff.get(address("type_need", uuid, "diagnosis")).status_code == 404
    own = AuditEvent.objects.filter(verb__startswith="needs.").exclude(verb="needs.opened")
    assert set(own.values_list("on_behalf_of", "channel")) == {(str(offline.pk), "phone")}


def test_a_race_of_two_typists_ends_with_a_word_at_the_form(
    client_for, officer, offline, monkeypatch
):
    from people.forms.needs import NeedForm

    make_need(offline, subset="access", value="step_free")
    monkeypatch.setattr(NeedForm, "_said_already", lambda *_args: False)
    page = address("type_need", offline.uuid, "access")
    shown = client_for(officer).post(page, ACCESS | {"channel": "phone", "told_by": "me"})
    assert "You have told us this already" in shown.text
