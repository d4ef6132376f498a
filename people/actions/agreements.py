"""Young people: how old, their own yes, and an adult’s agreement: each with who, how and when."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import add_months, today
from coprod.lib.lifecycle import NotAllowed, next_state
from people.audit import record
from people.lifecycle import AGREEMENT_MOVES, AgreementStatus
from people.models import (
    Agreement,
    AgreementKind,
    ImpactAssessment,
    Organisation,
    Person,
    Relation,
    User,
    YoungPerson,
)
from people.models.kinds import GROWN_UP
from people.models.young import DECIDES_FROM
from people.rules import acting, is_own_page
from people.rules_of_help import can_check_agreement
from people.signals import agreement_changed
from people.young import OLDEST, WORDING, age_on, birthday, standing_of, young_of

from .audiences import stop_sharing_profile

HOLDS_MONTHS = 12
NOT_YOUNG = _("This is for people who are under 18.")
NO_DATE = _("Enter a date of birth. It cannot be in the future.")
NOT_13_TO_15 = _("Only somebody of 13, 14 or 15 may decide alone.")
ONLY_COORDINATORS = _("Only a coordinator who looks after this person notes this.")
NOT_CHECKED = _("Write down how you checked it.")
NOT_EXPLAINED = _("Write down why they understand, who explained it, how, and when.")
OPEN = (AgreementStatus.ASKED, AgreementStatus.GIVEN, AgreementStatus.CHECKED)


@transaction.atomic
def note_age(
    *, person: Person, actor: User | None, born_on: dt.date, channel: str = "online"
) -> YoungPerson | None:
    """Keep the date of birth of somebody under 18, and of nobody else; return their row.

    From then on their page is private. Said again, it puts the date right.

    Raises:
        NotAllowed: no such age.
    """
    age = age_on(born_on, today())
    if not 0 <= age <= OLDEST:
        raise NotAllowed(NO_DATE)
    if age >= GROWN_UP:
        return None
    young, _created = YoungPerson.objects.update_or_create(
        person=person, defaults={"born_on": born_on}
    )
    stop_sharing_profile(person=person, actor=actor, channel=channel)
    _note("young.age_noted", person, actor, channel)
    _look_again(person, actor)
    return young


@transaction.atomic
def say_yes(
    *,
    person: Person,
    actor: User | None,
    ring_name: str = "",
    ring_phone: str = "",
    ring_is_my: str = "",
    channel: str = "online",
) -> YoungPerson:
    """Keep the young person's own yes, in the words that were shown, and whom we ring.

    Raises:
        NotAllowed: they are 18 or over.
    """
    young = _young(person)
    young.yes_at, young.no_at = timezone.now(), None
    young.yes_wording, young.yes_channel = WORDING, channel
    young.yes_typed_by = None if actor is None or is_own_page(actor, person) else actor
    if ring_name and ring_phone:
        young.ring_name, young.ring_phone = ring_name, ring_phone
        young.ring_is_my = ring_is_my
    young.save()
    _note("young.said_yes", person, actor, channel)
    _look_again(person, actor)
    return young


@transaction.atomic
def take_back_yes(*, person: Person, actor: User | None, channel: str = "online") -> YoungPerson:
    """The young person's no, at any time: whatever depends on the yes ends with this click.

    Raises:
        NotAllowed: they are 18 or over.
    """
    young = _young(person)
    if young.no_at is None:
        young.yes_at, young.no_at = None, timezone.now()
        young.save(update_fields=["yes_at", "no_at"])
        _note("young.took_back_yes", person, actor, channel)
        _look_again(person, actor)
    return young


@transaction.atomic
def ask_agreement(*, relation: Relation, actor: User | None) -> Agreement:
    """Ask a parent or guardian for their agreement; asked twice, it is one question."""
    there = relation.agreements.filter(status__in=OPEN).first()
    if there is not None:
        return there
    made = Agreement.objects.create(
        person=relation.person,
        kind=AgreementKind.ADULT,
        relation=relation,
        organisation=relation.organisation,
    )
    _note("agreement.asked", relation.person, actor)
    return made


@transaction.atomic
def give_agreement(
    *, agreement: Agreement, actor: User | None, channel: str = "online"
) -> Agreement:
    """An adult agrees, in the words that were shown. A coordinator checks it before it holds.

    ``actor`` is the adult, or staff who read a sheet or listened.

    Raises:
        NotAllowed: it was answered before.
    """
    row = _held(agreement)
    row.status = next_state(AGREEMENT_MOVES, "give", row.status)
    row.given_at, row.wording_version, row.channel = timezone.now(), WORDING, channel
    helper = row.relation.helper_user_id if row.relation else None
    row.typed_by = None if actor is None or actor.pk == helper else actor
    row.save()
    _note("agreement.given", row.person, actor, channel)
    return row


@transaction.atomic
def check_agreement(
    *, agreement: Agreement, actor: User, how_checked: str, checked_on: dt.date | None = None
) -> Agreement:
    """A coordinator made sure that the adult has parental responsibility: now it holds.

    It is asked again after twelve months, or on the 16th birthday, when nobody is asked any more.

    Raises:
        NotAllowed: not given; not by a coordinator; without how.
    """
    row = _held(agreement)
    if not can_check_agreement(actor, row.person):
        raise NotAllowed(ONLY_COORDINATORS)
    if not how_checked.strip():
        raise NotAllowed(NOT_CHECKED)
    row.status = next_state(AGREEMENT_MOVES, "check", row.status)
    row.how_checked, row.checked_on = how_checked.strip(), checked_on or today()
    row.checked_by, row.ask_again_on = actor, _ask_again_on(row.person)
    row.save()
    _note("agreement.checked", row.person, actor)
    _look_again(row.person, actor)
    return row


def _ask_again_on(person: Person) -> dt.date:
    in_a_year = add_months(today(), HOLDS_MONTHS)
    young = young_of(person)
    return in_a_year if young is None else min(in_a_year, birthday(young.born_on, DECIDES_FROM))


@transaction.atomic
def agree_again(*, agreement: Agreement, actor: User) -> Agreement:
    """The same adult, signed in, agrees for another year; what was checked need not be again.

    Raises:
        NotAllowed: it does not hold any more, or somebody else asks.
    """
    old = _held(agreement)
    is_the_adult = old.relation is not None and old.relation.helper_user_id == actor.pk
    if not is_the_adult:
        raise NotAllowed(_("Only the adult who agreed can say this again."))
    _end_agreement(old)
    new = Agreement.objects.create(
        person=old.person,
        kind=old.kind,
        status=AgreementStatus.CHECKED,
        relation=old.relation,
        organisation=old.organisation,
        given_at=timezone.now(),
        wording_version=WORDING,
        how_checked=old.how_checked,
        checked_on=old.checked_on,
        checked_by=old.checked_by,
        ask_again_on=_ask_again_on(old.person),
    )
    _note("agreement.given_again", old.person, actor)
    _look_again(old.person, actor)
    return new


@transaction.atomic
def refuse_agreement(
    *, agreement: Agreement, actor: User | None, channel: str = "online"
) -> Agreement:
    """The adult says no, or the check shows that they may not agree.

    Raises:
        NotAllowed: it was settled before.
    """
    row = _held(agreement)
    row.status = next_state(AGREEMENT_MOVES, "refuse", row.status)
    row.ended_at = timezone.now()
    row.save(update_fields=["status", "ended_at"])
    _note("agreement.refused", row.person, actor, channel)
    _look_again(row.person, actor)
    return row


@transaction.atomic
def decide_alone(
    *,
    person: Person,
    about: str,
    actor: User,
    why_alone: str,
    explained_by: str,
    explained_how: str,
    explained_on: dt.date,
    organisation: Organisation | None = None,
) -> Agreement:
    """Write down why somebody of 13 to 15 understands one project and may decide alone.

    Source: Gillick v West Norfolk: understanding is judged for each decision.

    Raises:
        NotAllowed: of another age, or something of it is not said.
    """
    stands = standing_of(person, about)
    if stands is None or not stands.may_decide_alone:
        raise NotAllowed(NOT_13_TO_15)
    said = (why_alone, explained_by, explained_how)
    if not all(words.strip() for words in said) or explained_on > today():
        raise NotAllowed(NOT_EXPLAINED)
    made = Agreement.objects.create(
        person=person,
        kind=AgreementKind.ALONE,
        status=AgreementStatus.CHECKED,
        about=about,
        organisation=organisation,
        checked_by=actor,
        checked_on=today(),
        why_alone=why_alone.strip(),
        explained_by=explained_by.strip(),
        explained_how=explained_how.strip(),
        explained_on=explained_on,
    )
    _note("agreement.decides_alone", person, actor)
    _look_again(person, actor)
    return made


def end_agreements_of(relation: Relation, *, actor: User | None) -> None:
    """End what the adult of this relation agreed to: the relation is over, or they changed it."""
    rows = list(relation.agreements.filter(status__in=OPEN))
    for row in rows:
        _end_agreement(row)
        _note("agreement.ended", row.person, actor)
    if rows:
        _look_again(relation.person, actor)


def _end_agreement(row: Agreement) -> None:
    row.status = next_state(AGREEMENT_MOVES, "end", row.status)
    row.ended_at = timezone.now()
    row.save(update_fields=["status", "ended_at"])


def grow_up(*, young: YoungPerson) -> None:
    """Forget what was kept because somebody was under 18, and all agreements with it."""
    person = young.person
    person.agreements.all().delete()
    young.delete()
    _note("young.grew_up", person, None)
    _look_again(person, None)


def record_impact_assessment(
    *, organisation: Organisation, actor: User, reference: str, done_on: dt.date, done_by: str
) -> ImpactAssessment:
    """Note which data-protection impact assessment the organisation did, when, signed by whom."""
    made, created = ImpactAssessment.objects.get_or_create(
        organisation=organisation,
        reference=reference.strip(),
        defaults={"done_on": done_on, "done_by": done_by.strip(), "recorded_by": actor},
    )
    if created:
        record(
            verb="impact_assessment.recorded", target=made, actor=actor, organisation=organisation
        )
    return made


def record_reading(*, person: Person, actor: User) -> None:
    """Write down that a coordinator read when a young person was born and who agreed."""
    membership = acting(actor)
    record(
        verb="person.opened",
        target=person,
        actor=actor,
        organisation=membership.organisation if membership else None,
        person=person,
    )


def _young(person: Person) -> YoungPerson:
    young = young_of(person)
    if young is None:
        raise NotAllowed(NOT_YOUNG)
    return young


def _held(agreement: Agreement) -> Agreement:
    rows = Agreement.objects.select_for_update(of=("self",))
    return rows.select_related("person", "relation").get(pk=agreement.pk)


def _look_again(person: Person, actor: User | None) -> None:
    agreement_changed.send(sender=Person, person=person, actor=actor)


def _note(verb: str, person: Person, actor: User | None, channel: str = "online") -> None:
    someone_else = actor is not None and not is_own_page(actor, person)
    record(
        verb=verb,
        target=person,
        actor=actor,
        person=person,
        on_behalf_of=person if someone_else else None,
        channel=channel,
    )
