"""What people decide and ask about their data: consents, objections, complaints."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.personal import Erase, personal_tables
from people.audit import record
from people.exporting import is_sealed
from people.models import (
    Channel,
    Consent,
    DataComplaint,
    Notice,
    Objection,
    Organisation,
    Person,
    User,
)
from people.models.rights import ACKNOWLEDGE_BY_LAW, ANSWER_WITHIN
from people.outbox import owe
from people.purposes import SWITCHES, WORDING
from people.rules import is_own_page
from people.subjects import subject_of

EVERYWHERE = "everywhere"


def _typist(person: Person | None, actor: User | None) -> User | None:
    own = actor is None or (person is not None and is_own_page(actor, person))
    return None if own else actor


def _for_whom(person: Person, actor: User | None) -> Person | None:
    return None if _typist(person, actor) is None else person


def _host() -> Organisation | None:
    return Organisation.objects.filter(is_host=True).first()


# --- Consents ------------------------------------------------------------------------------------
def consents_of(person: Person) -> frozenset[str]:
    """Return the switches that are on."""
    rows = Consent.objects.filter(
        person=person, about=EVERYWHERE, purpose__in=SWITCHES, withdrawn_at__isnull=True
    )
    return frozenset(rows.values_list("purpose", flat=True))


@transaction.atomic
def set_consents(
    *,
    person: Person,
    actor: User | None,
    purposes: Collection[str],
    channel: str = Channel.ONLINE,
) -> frozenset[str]:
    """Make ``purposes`` the switches that are on; return which changed. Each has its line."""
    Person.objects.select_for_update().get(pk=person.pk)
    before = consents_of(person)
    wanted = frozenset(purposes) & frozenset(SWITCHES)
    for purpose in sorted(wanted - before):
        Consent.objects.create(
            person=person,
            purpose=purpose,
            about=EVERYWHERE,
            wording_version=WORDING,
            channel=channel,
            typed_by=_typist(person, actor),
        )
    Consent.objects.filter(
        person=person, about=EVERYWHERE, purpose__in=before - wanted, withdrawn_at__isnull=True
    ).update(withdrawn_at=timezone.now())
    changed = before ^ wanted
    if changed:
        record(
            verb="consents.changed",
            target=person,
            actor=actor,
            person=person,
            on_behalf_of=_for_whom(person, actor),
            channel=channel,
            given=sorted(wanted - before),
            taken_back=sorted(before - wanted),
        )
    return changed


# --- Objections ----------------------------------------------------------------------------------
@transaction.atomic
def object_to(
    *,
    person: Person,
    actor: User | None,
    to: str,
    words: str = "",
    channel: str = Channel.ONLINE,
) -> Objection:
    """Record that somebody objects, and stop at once what can stop; return the row.

    The coordinator of the host answers within a month. Objecting again to the same changes nothing.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    there = Objection.objects.filter(person=person, to=to, taken_back_at__isnull=True).first()
    if there is not None and to != Objection.To.OTHER:
        return there
    made = Objection.objects.create(
        person=person,
        to=to,
        words=words,
        channel=channel,
        typed_by=_typist(person, actor),
        due_on=add_months(today(), 1),
    )
    _stop(made, actor, channel)
    record(
        verb="objection.made",
        target=made,
        actor=actor,
        person=person,
        on_behalf_of=_for_whom(person, actor),
        channel=channel,
        to=to,
    )
    return made


def _stop(objection: Objection, actor: User | None, channel: str) -> None:
    person = objection.person
    if objection.to == Objection.To.BEING_FOUND:
        person.may_look.all().delete()
    elif objection.to == Objection.To.STATISTICS:
        _leave_the_figures(person)
    elif objection.to == Objection.To.MESSAGES:
        kept = consents_of(person) - {Consent.Purpose.BULLETINS}
        set_consents(person=person, actor=actor, purposes=kept, channel=channel)


def _leave_the_figures(person: Person) -> None:
    """Delete equality answers, and empty what was counted from them; no line in the log tells."""
    subject = subject_of(person)
    for table in personal_tables():
        if not is_sealed(table):
            continue
        rows = table.rows_of(subject)
        if table.erase is Erase.CUT:
            rows.update(
                **{name: one() if callable(one) else one for name, one in table.blank.items()}
            )
        else:
            rows.delete()


@transaction.atomic
def answer_objection(*, objection: Objection, actor: User, answer: str) -> Objection:
    """Tell somebody what we do about their objection, by their own channel; return the row.

    Raises:
        NotAllowed: it has an answer.
    """
    fresh = Objection.objects.select_for_update().get(pk=objection.pk)
    if fresh.answered_at is not None:
        raise NotAllowed(_("Somebody has already answered this."))
    fresh.answer, fresh.answered_by, fresh.answered_at = answer, actor, timezone.now()
    fresh.save(update_fields=["answer", "answered_by", "answered_at"])
    record(verb="objection.answered", target=fresh, actor=actor, person=fresh.person)
    owe(
        person=fresh.person,
        event=f"objection:{fresh.pk}",
        kind="objection_answered",
        template="people/data_answer",
        context={"answer": answer},
        organisation=_host(),
        asked_for=True,
    )
    return fresh


@transaction.atomic
def take_back_objection(*, objection: Objection, actor: User | None) -> None:
    """End an objection. What stopped does not begin again by itself."""
    rows = Objection.objects.filter(pk=objection.pk, taken_back_at__isnull=True)
    if rows.update(taken_back_at=timezone.now()):
        record(verb="objection.taken_back", target=objection, actor=actor, person=objection.person)


# --- Complaints ----------------------------------------------------------------------------------
@transaction.atomic
def complain(
    *,
    words: str,
    actor: User | None,
    person: Person | None = None,
    name: str = "",
    email: str = "",
    phone: str = "",
    channel: str = Channel.ONLINE,
) -> DataComplaint:
    """Take a complaint about data, from anybody; return the row.

    Who has an e-mail is told at once that we have it. With everybody else a coordinator does it,
    within the days that the law gives.
    """
    made = DataComplaint.objects.create(
        person=person,
        name=name,
        reach=email or phone,
        words=words,
        channel=channel,
        typed_by=_typist(person, actor),
        acknowledge_by=today() + ACKNOWLEDGE_BY_LAW,
        answer_by=today() + ANSWER_WITHIN,
    )
    record(
        verb="data_complaint.made",
        target=made,
        actor=actor,
        organisation=_host(),
        person=person,
        channel=channel,
    )
    _write(made, kind="data_complaint_received", template="people/data_complaint_received")
    return made


def _write(complaint: DataComplaint, *, kind: str, template: str) -> Notice | None:
    """Owe a letter to whoever complained; None where only ringing is left."""
    to: dict[str, object] = {"person": complaint.person}
    if complaint.person is None:
        if "@" not in complaint.reach:
            return None
        to = {"address": complaint.reach}
    notice = owe(
        event=f"data-complaint:{complaint.pk}",
        kind=kind,
        template=template,
        context={"answer": complaint.answer, "answer_by": complaint.answer_by},
        organisation=_host(),
        asked_for=True,
        **to,  # type: ignore[arg-type]  # a person or an address
    )
    if notice.status == Notice.Status.OWED and complaint.acknowledged_at is None:
        complaint.acknowledged_at = timezone.now()
        complaint.save(update_fields=["acknowledged_at"])
    return notice


@transaction.atomic
def acknowledge_complaint(*, complaint: DataComplaint, actor: User) -> None:
    """Note that ``actor`` told them that we have it; twice changes nothing."""
    rows = DataComplaint.objects.filter(pk=complaint.pk, acknowledged_at__isnull=True)
    if rows.update(acknowledged_at=timezone.now()):
        record(verb="data_complaint.acknowledged", target=complaint, actor=actor)


@transaction.atomic
def answer_complaint(*, complaint: DataComplaint, actor: User, answer: str) -> DataComplaint:
    """Tell somebody what we found and what we do about it; return the row.

    Raises:
        NotAllowed: it has an answer.
    """
    fresh = DataComplaint.objects.select_for_update().get(pk=complaint.pk)
    if fresh.answered_at is not None:
        raise NotAllowed(_("Somebody has already answered this."))
    now = timezone.now()
    fresh.answer, fresh.answered_by, fresh.answered_at = answer, actor, now
    fresh.acknowledged_at = fresh.acknowledged_at or now
    fresh.save(update_fields=["answer", "answered_by", "answered_at", "acknowledged_at"])
    record(verb="data_complaint.answered", target=fresh, actor=actor, person=fresh.person)
    _write(fresh, kind="data_complaint_answered", template="people/data_answer")
    return fresh
