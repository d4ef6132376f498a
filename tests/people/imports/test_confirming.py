"""Who came with a list is asked if they stay; they answer by a link, or staff type it."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from coprod.lib.lifecycle import NotAllowed
from people import actions
from people.delivery import deliver_due
from people.lifecycle import PoolStatus
from people.models import (
    AskStep,
    AuditEvent,
    ConfirmationAsk,
    ContactBy,
    KnownTo,
    MayLookFor,
    Notice,
    Person,
    PoolImport,
)
from tests import factories

from .lists import brought_in, sheet

ROWS = (
    "Ella Mail,ella@example.org,07700 900201,,gardens",
    "Phil Phone,,07700 900202,,",
    "Lena Letter,,,1 Example Road B70 9XX,",
)


@pytest.fixture
def new(host, coordinator) -> PoolImport:
    return brought_in(sheet(*ROWS), host, coordinator)


def later(days: int) -> None:
    """Let time pass for all who were asked."""
    for ask in ConfirmationAsk.objects.all():
        ask.step_at -= dt.timedelta(days=days)
        ask.save()


def asked(new: PoolImport, coordinator) -> dict[str, ConfirmationAsk]:
    actions.ask_now(pool_import=new, actor=coordinator)
    actions.ask_people()
    return {ask.person.name: ask for ask in ConfirmationAsk.objects.select_related("person")}


def link_in(text: str) -> str:
    return re.search(r"https?://[^/]+(/invitation/stay/[0-9a-f]{64}/)", text)[1]


def the_link(new, coordinator) -> str:
    asked(new, coordinator)
    deliver_due()
    (letter,) = mail.outbox
    return link_in(letter.body)


def test_nobody_is_asked_on_the_first_day_unless_somebody_says_so(new, coordinator):
    assert actions.ask_people() == 0
    asks = asked(new, coordinator)
    assert set(asks) == {"Ella Mail", "Phil Phone", "Lena Letter"}
    assert actions.ask_people() == 0
    again = actions.ask_now(pool_import=new, actor=coordinator)
    assert again.asking_from <= timezone.now()
    ways = dict(Notice.objects.values_list("person__name", "contact_by"))
    assert ways == {"Ella Mail": "email", "Phil Phone": "phone", "Lena Letter": "letter"}
    told = Notice.objects.get(person__name="Phil Phone").text
    assert "Ring us on" in told
    assert "invitation/stay" not in told


def test_the_link_is_in_the_letter_alone(new, coordinator):
    link = the_link(new, coordinator)
    kept = repr(list(Notice.objects.values())) + repr(list(ConfirmationAsk.objects.values()))
    assert link.split("/")[-2] not in kept


def test_somebody_stays_and_puts_right_what_is_wrong(new, coordinator, client):
    link = the_link(new, coordinator)
    page = client.get(link)
    assert page["X-Robots-Tag"].startswith("noindex")
    words = page.content.decode()
    assert "Ella, do you want to stay?" in words
    assert "Phil" not in words
    assert client.post(link, {"answer": ""}).status_code == 200
    assert Person.objects.get(name="Ella Mail").status == PoolStatus.NOT_CONFIRMED
    sent = {"answer": "stay", "name": "Ella Post", "contact_by": "phone", "phone": "07700 900209"}
    assert client.post(link, sent)["Location"] == link
    ella = Person.objects.get(name="Ella Post")
    assert (ella.status, ella.phone, ella.contact_by) == (
        PoolStatus.ACTIVE,
        "07700 900209",
        ContactBy.PHONE,
    )
    assert MayLookFor.objects.get().organisation == new.organisation
    page = client.get(link)
    assert "Thank you, we have your answer" in page.content.decode()
    assert "07700 900209" not in page.content.decode()
    assert "Thank you, we have your answer" in client.post(link, sent).content.decode()


def test_somebody_is_removed_and_an_old_list_does_not_bring_them_back(
    new, host, coordinator, client
):
    link = the_link(new, coordinator)
    page = client.post(link, {"answer": "remove"})
    assert "Shall we delete what we have about you?" in page.content.decode()
    assert Person.objects.filter(name="Ella Mail").exists()
    page = client.post(link, {"answer": "remove", "really": "1"})
    assert "You are removed" in page.content.decode()
    assert not Person.everybody.filter(name="Ella Mail").exists()
    assert client.get(link).status_code == 404
    again = brought_in(sheet(*ROWS, "Nora New,nora@example.org,,,"), host, coordinator)
    assert sorted(again.rows.exclude(verdict="same").values_list("number", flat=True)) == [5]
    assert not Person.everybody.filter(name="Ella Mail").exists()


def test_a_link_that_is_too_old_or_was_never_made_opens_nothing(new, coordinator, client):
    link = the_link(new, coordinator)
    assert client.get(reverse("people:confirm_details", args=["0" * 64])).status_code == 404
    long_ago = timezone.now() - dt.timedelta(days=61)
    ConfirmationAsk.objects.update(asked_at=long_ago, expires_at=timezone.now())
    page = client.get(link)
    assert (page.status_code, "Ella" in page.content.decode()) == (410, False)


def test_silence_is_reminded_asked_another_way_and_then_decided_by_a_coordinator(
    new, coordinator, client_for
):
    asks = asked(new, coordinator)
    for days, ella, phil in ((13, 1, 1), (14, 2, 2), (14, 3, 4), (14, 4, 4), (14, 4, 4)):
        later(days)
        actions.ask_people()
        for ask in asks.values():
            ask.refresh_from_db()
        assert (asks["Ella Mail"].step, asks["Phil Phone"].step) == (ella, phil)
    sent = Notice.objects.filter(person__name="Ella Mail").order_by("pk")
    assert list(sent.values_list("kind", "contact_by")) == [
        ("confirm_asked", "email"),
        ("confirm_reminder", "email"),
        ("confirm_reminder", "phone"),
    ]
    assert Person.objects.count() == 3
    desk = client_for(coordinator)
    page = desk.get(reverse("people:unconfirmed"))
    assert [ask.person.name for ask in page.context["page"].rows] == [
        "Ella Mail",
        "Phil Phone",
        "Lena Letter",
    ]
    phil = asks["Phil Phone"].person
    assert desk.post(reverse("people:keep_silent", args=[phil.uuid])).status_code == 302
    assert len(desk.get(reverse("people:unconfirmed")).context["page"].rows) == 2
    assert Person.objects.get(pk=phil.pk).status == PoolStatus.NOT_CONFIRMED


def test_staff_type_what_somebody_said(new, coordinator, client_for):
    asks = asked(new, coordinator)
    desk = client_for(coordinator)
    phil, lena = asks["Phil Phone"].person, asks["Lena Letter"].person
    address = reverse("people:type_confirmation", args=[phil.uuid])
    assert "Does Phil Phone stay?" in desk.get(address).content.decode()
    said = {"channel": "phone", "name": "Phil Phone", "contact_by": "phone", "phone": phil.phone}
    assert desk.post(address, said | {"answer": "stay"}).status_code == 302
    event = AuditEvent.objects.get(verb="confirmation.answered")
    assert (event.actor, event.on_behalf_of, event.channel) == (
        str(coordinator.pk),
        str(phil.pk),
        "phone",
    )
    answer = desk.post(address, said | {"answer": "stay"}, follow=True)
    assert "You have answered already." in answer.content.decode()
    address = reverse("people:type_confirmation", args=[lena.uuid])
    assert desk.post(address, {"channel": "phone", "answer": "remove"}).status_code == 302
    assert not Person.everybody.filter(pk=lena.pk).exists()


def test_the_edges_of_asking(host, coordinator):
    """Who is gone, was asked, cannot be reached, or came in no list."""
    new = brought_in(sheet("Una Unreachable,una@example.org,,,"), host, coordinator)
    una = Person.objects.get()
    Person.objects.update(email_refused_at=timezone.now())
    ask = actions.confirming.ask(person=una.pk)
    assert (ask.step, actions.confirming.ask(person=una.pk)) == (AskStep.COORDINATOR, ask)
    assert actions.confirming.lead_on(ask=ask.pk).step == AskStep.COORDINATOR
    assert actions.confirming.ask(person=factories.make_person().pk) is None
    assert actions.confirming.ask(person=0) is None
    assert Notice.objects.count() == 0
    actions.keep_silent(ask=ask, actor=coordinator)
    actions.answer_stay(ask=ask, actor=None, name="Una Reached")
    with pytest.raises(NotAllowed):
        actions.answer_remove(ask=ask, actor=None)
    assert KnownTo.objects.get().reason == KnownTo.Reason.IN_THEIR_LIST
    assert new.status == "done"
