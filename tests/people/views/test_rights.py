"""My data and my choices, as the person and as staff who type for them."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from people import actions
from people.actions.rights import consents_of
from people.equality import answers_of
from people.exporting import as_html
from people.models import (
    AuditEvent,
    Consent,
    ContactBy,
    DataComplaint,
    DataExport,
    MayLookFor,
    Notice,
    Objection,
    Person,
    User,
)
from people.purposes import PURPOSES, SWITCHES
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(host) -> Person:
    """Somebody without an account, who is reached by phone."""
    return factories.make_person(
        "Tom Typed",
        joined_through=host,
        contact_by=ContactBy.PHONE,
        phone="0121 496 0111",
        email="",
    )


# --- Consents ------------------------------------------------------------------------------------
def test_my_data_switches_consents_and_shows_the_ledger(client_for, resident):
    client = client_for(resident)
    client.post("/my/data/", {"purposes": ["photo", "stories"]})
    client.post("/my/data/", {"purposes": ["stories"]})
    assert consents_of(resident.person) == {"stories"}
    ledger = [(one.purpose, one.withdrawn_at is None) for one in Consent.objects.order_by("pk")]
    assert ledger == [("photo", False), ("stories", True)]
    page = client.get("/my/data/").content.decode()
    assert page.count("Taken back") == 1
    assert page.count("Agreed ") == 2
    assert "wording 2026-11" in page


def test_the_ledger_names_the_project_that_a_consent_is_for(client_for, resident, host):
    """What names nothing that is there stays without a name."""
    brief = factories.make_opportunity(title="Buses at night")
    for about in (f"opportunity:{brief.pk}", "opportunity:999999", "pool", "opportunity:x"):
        Consent.objects.create(
            person=resident.person, purpose="support_needs", about=about, wording_version="1"
        )
    page = client_for(resident).get("/my/data/").content.decode()
    assert page.count("Tell those who arrange it what support I need: Buses at night</h3>") == 1
    assert page.count("Tell those who arrange it what support I need</h3>") == 3
    assert "Buses at night" in as_html(resident.person)


def test_only_consent_has_a_switch(client_for, resident):
    """A use that rests on a public task is shown with its basis, and cannot be ticked."""
    page = client_for(resident).get("/my/data/").content.decode()
    assert page.count('type="checkbox"') == len(SWITCHES) == 3
    assert [one.code for one in PURPOSES if one.has_switch] == list(SWITCHES)
    assert all(str(one.title) in page for one in PURPOSES if not one.has_switch)
    client_for(resident).post("/my/data/", {"purposes": ["pool", "needs"]})
    assert Consent.objects.count() == 0


def test_staff_type_the_same_consents(client_for, officer, typed):
    client = client_for(officer)
    client.post(f"/staff/people/{typed.uuid}/data/", {"purposes": ["photo"], "channel": "paper"})
    consent = Consent.objects.get()
    assert (consent.purpose, consent.channel, consent.typed_by) == ("photo", "paper", officer)
    line = AuditEvent.objects.get(verb="consents.changed")
    assert (line.on_behalf_of, line.channel) == (str(typed.pk), "paper")
    assert line.detail == {"given": ["photo"], "taken_back": []}


# --- A copy --------------------------------------------------------------------------------------
def test_a_copy_is_made_and_opens_for_its_owner_alone(
    client_for, resident, other_resident, officer
):
    client = client_for(resident)
    assert client.post("/my/data/copy/").status_code == 302
    copy = DataExport.objects.get()
    address = f"/my/data/copy/{copy.key}/"
    answer = client.get(address)
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert "everything.html" in archive.namelist()
    assert answer["Cache-Control"].startswith("private, no-store")
    for somebody in (other_resident, officer):
        assert client_for(somebody).get(address).status_code == 404
    copy.made_at = timezone.now() - dt.timedelta(days=8)
    copy.expires_at = timezone.now() - dt.timedelta(days=1)
    copy.save()
    assert client.get(address).status_code == 410
    assert "Make my copy" in client.get("/my/data/copy/").content.decode()
    default_storage.delete(copy.file.name)


@pytest.mark.parametrize("page", ["/my/data/copy/", "/my/data/delete/"])
def test_who_one_is_is_asked_again_first(client_for, resident, page):
    client = client_for(resident)
    assert client.get(page).status_code == 200  # control: just signed in
    session = client.session
    for name in ("began", "account_authentication_methods"):
        session.pop(name, None)
    for name in list(session.keys()):
        if "began" in name:
            session[name] = 1.0
    session.save()
    User.objects.filter(pk=resident.pk).update(last_login=timezone.now() - dt.timedelta(days=1))
    answer = client.post(page, {"sure": "on"})
    assert answer.status_code == 302
    assert "next=" in answer["Location"]
    assert Person.objects.filter(pk=resident.person.pk).exists()


def test_staff_print_a_copy_for_somebody_on_record(client_for, officer, typed):
    answer = client_for(officer).post(
        f"/staff/people/{typed.uuid}/data/copy/", {"channel": "in_person"}
    )
    assert "attachment" in answer["Content-Disposition"]
    text = answer.content.decode()
    assert typed.name in text
    assert "equality questions" not in text
    line = AuditEvent.objects.get(verb="person.copied")
    assert (line.actor, line.on_behalf_of) == (str(officer.pk), str(typed.pk))


# --- Objections ----------------------------------------------------------------------------------
def test_objecting_to_being_found_stops_it_at_once(client_for, resident, host):
    MayLookFor.objects.create(person=resident.person, organisation=host)
    client = client_for(resident)
    client.post("/my/data/object/", {"to": "being_found"})
    client.post("/my/data/object/", {"to": "being_found"})
    assert MayLookFor.objects.count() == 0
    objection = Objection.objects.get()
    assert objection.due_on > timezone.localdate()
    client.post(f"/my/data/objections/{objection.pk}/take-back/")
    objection.refresh_from_db()
    assert objection.taken_back_at is not None
    assert MayLookFor.objects.count() == 0  # it does not begin again by itself


def test_objecting_to_statistics_leaves_nothing_to_count(
    client_for, resident, other_resident, host
):
    for user in (resident, other_resident):
        factories.answer_equality(user.person, religion="none")
    client_for(resident).post("/my/data/object/", {"to": "statistics"})
    assert answers_of(resident.person) == {}
    assert answers_of(other_resident.person) == {"religion": "none"}


def test_objecting_to_messages_ends_the_bulletins(client_for, resident):
    actions.set_consents(person=resident.person, actor=resident, purposes=["bulletins", "photo"])
    client_for(resident).post("/my/data/object/", {"to": "messages"})
    assert consents_of(resident.person) == {"photo"}


def test_something_else_needs_words(client_for, resident):
    client = client_for(resident)
    page = client.post("/my/data/object/", {"to": "other"}).content.decode()
    assert "Write what we should stop" in page
    assert Objection.objects.count() == 0


def test_a_coordinator_answers_an_objection_once(client_for, resident, coordinator, host):
    objection = actions.object_to(person=resident.person, actor=resident, to="other", words="Mail")
    client = client_for(coordinator)
    assert "Somebody objects" in client.get("/staff/").content.decode()
    assert "An objection" in client.get("/staff/data/").content.decode()
    for answer in ("We stop.", "We do not."):
        client.post(f"/staff/data/objections/{objection.pk}/", {"answer": answer})
    objection.refresh_from_db()
    assert (objection.answer, objection.answered_by) == ("We stop.", coordinator)
    letter = Notice.objects.get(person=resident.person, kind="objection_answered")
    assert "We stop." in letter.text
    assert "Our answer: We stop." in client_for(resident).get("/my/data/").content.decode()


# --- Deleting ------------------------------------------------------------------------------------
def test_delete_me_says_what_goes_and_stays_and_asks_once_more(client_for, resident):
    client = client_for(resident)
    page = client.get("/my/data/delete/").content.decode()
    assert "Your one-page profile" in page
    assert "Equality Act 2010, section 149" in page
    assert "Tick the box" in client.post("/my/data/delete/", {}).content.decode()
    assert Person.objects.filter(pk=resident.person.pk).exists()
    answer = client.post("/my/data/delete/", {"sure": "on"})
    assert answer["Location"] == "/deleted/"
    assert not User.objects.filter(pk=resident.pk).exists()
    assert client.get("/deleted/").status_code == 200
    assert client.get("/my/").status_code == 302  # signed out


def test_staff_delete_somebody_who_asked(client_for, officer, typed):
    client = client_for(officer)
    page = f"/staff/people/{typed.uuid}/data/delete/"
    assert "What stays, without a name" in client.get(page).content.decode()
    client.post(page, {"channel": "phone"})
    assert Person.objects.filter(pk=typed.pk).exists()
    client.post(page, {"channel": "phone", "sure": "on"})
    assert not Person.everybody.filter(pk=typed.pk).exists()
    line = AuditEvent.objects.get(verb="person.erased")
    assert (line.actor, line.channel, line.person) == (str(officer.pk), "phone", "")


# --- Complaints ----------------------------------------------------------------------------------
SAID = {"words": "You wrote to my old address.", "name": "Nora Nobody"}


def test_anybody_complains_and_is_told_at_once(client, host):
    answer = client.post("/data-complaint/", SAID | {"email": "nora@example.org"})
    assert answer["Location"] == "/data-complaint/sent/"
    complaint = DataComplaint.objects.get()
    assert complaint.acknowledged_at is not None
    assert (complaint.acknowledge_by - timezone.localdate()).days == 30
    letter = Notice.objects.get(address="nora@example.org")
    assert SAID["words"] not in letter.text + letter.subject


def test_a_complaint_needs_a_way_to_answer(client, host):
    page = client.post("/data-complaint/", SAID).content.decode()
    assert "Enter an e-mail address or a phone number" in page
    assert DataComplaint.objects.count() == 0


def test_by_phone_somebody_tells_them_and_it_is_tracked(client_for, officer, coordinator, resident):
    said = SAID | {"phone": "0121 496 0188", "channel": "phone"}
    client_for(officer).post("/staff/data/complaints/new/", said)
    complaint = DataComplaint.objects.get()
    assert (complaint.acknowledged_at, complaint.typed_by) == (None, officer)
    assert Notice.objects.count() == 0
    client = client_for(coordinator)
    assert "They do not know yet that we have it." in client.get("/staff/").content.decode()
    client.post(f"/staff/data/complaints/{complaint.pk}/acknowledge/")
    complaint.refresh_from_db()
    assert complaint.acknowledged_at is not None
    for answer in ("You are right.", "No."):
        client.post(f"/staff/data/complaints/{complaint.pk}/", {"answer": answer})
    complaint.refresh_from_db()
    assert complaint.answer == "You are right."
    page = client.get("/staff/data/").content.decode()
    assert "Nobody waits for an answer" in page
    assert client_for(officer).get("/staff/data/").status_code == 403


def test_the_answer_goes_the_persons_own_way(client_for, resident, coordinator):
    client_for(resident).post("/data-complaint/", SAID | {"phone": "0121 496 0188"})
    complaint = DataComplaint.objects.get(person=resident.person)
    actions.answer_complaint(complaint=complaint, actor=coordinator, answer="Sorry.")
    kinds = Notice.objects.filter(person=resident.person).values_list("kind", flat=True)
    assert sorted(kinds) == ["data_complaint_answered", "data_complaint_received"]
