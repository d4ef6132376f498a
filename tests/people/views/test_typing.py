"""What residents write about themselves, typed by staff: channel, typist, and for whom are kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from people import actions
from people.models import AuditEvent, Notice
from tests.factories import make_person, make_profile


@pytest.fixture
def work(officer, client_for):
    return client_for(officer)


@pytest.fixture
def known(host):
    person = make_person("Joyce Miller", phone="0121 496 0111", contact_by="phone", email="")
    actions.open_to(person=person, organisation=host, actor=None)
    return person


def twin(name: str, person) -> str:
    return reverse(f"people:{name}", args=[person.uuid])


def last(verb: str) -> tuple[str, str, str]:
    event = AuditEvent.objects.filter(verb=verb).first()
    return event.actor, event.on_behalf_of, event.channel


def test_type_profile_writes_the_page_and_keeps_who_typed_it_and_how(work, known, officer):
    page = {"channel": "paper", "name": "Joyce Miller", "important_to_me": "Kind words"}
    answer = work.post(twin("type_profile", known), page)
    assert answer.url == twin("show_person", known)
    known.profile.refresh_from_db()
    assert known.profile.important_to_me == "Kind words"
    assert last("profile.changed") == (str(officer.pk), str(known.pk), "paper")


def test_type_profile_shows_nothing_of_a_private_page_and_loses_nothing_of_it(work, known):
    """Control: once it is shared the same page is filled in, and an empty box empties it."""
    profile = make_profile(known)
    page = work.get(twin("type_profile", known))
    assert "What Joyce Miller brings" not in page.content.decode()
    typed = {"channel": "phone", "name": "Joyce Miller", "how_to_help": "Speak slowly"}
    work.post(twin("type_profile", known), typed)
    profile.refresh_from_db()
    said = (profile.how_to_help, profile.experience)
    assert said == ("Speak slowly", "What Joyce Miller brings")
    actions.share_profile(person=known, actor=None)
    assert "What Joyce Miller brings" in work.get(twin("type_profile", known)).content.decode()
    work.post(twin("type_profile", known), typed)
    profile.refresh_from_db()
    assert profile.experience == ""


@pytest.mark.parametrize("name", ["type_profile", "edit_person"])
def test_a_twin_needs_to_know_how_they_told_us(work, known, name):
    answer = work.post(twin(name, known), {"name": "Somebody Else"})
    assert "Choose how they told you" in answer.content.decode()
    known.refresh_from_db()
    assert known.name == "Joyce Miller"


def test_a_twin_begins_where_the_typist_types(work, known):
    """The first box without an answer has the focus; after a mistake the list of errors has it."""
    page = work.get(twin("edit_person", known)).content.decode()
    assert page.count(" autofocus") == 1
    assert 'value="phone" autofocus' in page
    assert 'autocomplete="off"' in page
    filled = work.get(twin("type_profile", known) + "?channel=paper").content.decode()
    assert 'value="paper" checked' in filled
    assert filled.count(" autofocus") == 1
    assert 'value="paper" checked autofocus' not in filled
    wrong = work.post(twin("edit_person", known), {"name": ""}).content.decode()
    assert " autofocus" not in wrong
    strange = work.get(twin("edit_person", known) + "?channel=online").content.decode()
    assert " checked autofocus" not in strange


def test_nobody_types_for_themselves(officer, known, host, client_for):
    """Staff who are in the pool use their own pages. Control: for somebody else they type."""
    own = make_person("Dev Officer", user=officer)
    actions.open_to(person=own, organisation=host, actor=None)
    work = client_for(officer)
    assert work.get(twin("edit_person", own)).status_code == 403
    assert work.get(twin("edit_person", known)).status_code == 200
    assert "Do something for them" not in work.get(twin("show_person", own)).content.decode()


def test_whoever_has_an_account_is_told_that_staff_changed_how_they_are_reached(
    work, resident, host, officer
):
    """Always by the address of the account, whatever the new way is. Control: without an account
    nobody is told, and a change of one's own tells nobody."""
    person = resident.person
    actions.open_to(person=person, organisation=host, actor=resident)
    Notice.objects.all().delete()
    data = {"name": person.name, "contact_by": "phone", "phone": "0121 496 0199"}
    work.post(twin("edit_person", person), {**data, "channel": "phone"})
    (notice,) = Notice.objects.filter(kind="details_changed")
    assert (notice.person, notice.contact_by, notice.status) == (person, "email", "owed")
    assert "0199" not in notice.text
    assert "/my/done-for-me/" in notice.text
    actions.change_details(person=person, actor=resident, name="Amina R.")
    actions.change_details(person=make_person("No Account"), actor=officer, name="No. Account")
    assert Notice.objects.filter(kind="details_changed").count() == 1


def test_add_person_goes_on_to_the_next_sheet_of_the_pile(work):
    data = {"channel": "paper", "name": "Ann", "contact_by": "letter", "address": "1 High Street"}
    answer = work.post(reverse("people:add_person"), {**data, "again": "1"})
    assert answer.url == f"{reverse('people:add_person')}?channel=paper"
    assert 'value="paper" checked' in work.get(answer.url).content.decode()
    assert work.post(reverse("people:add_person"), {**data, "name": "Bea"}).url.startswith(
        "/staff/people/"
    )


def test_the_mark_on_a_sheet_leads_to_its_person(work, known, trust):
    """Only to people whom the typist may see. Control: a mark of ours."""
    search = reverse("people:people_list")
    assert work.get(f"{search}?q={known.reference.lower()}").url == twin("show_person", known)
    theirs = make_person("Zed Elsewhere", joined_through=trust)
    assert "Nobody with" in work.get(f"{search}?q={theirs.reference}").content.decode()
