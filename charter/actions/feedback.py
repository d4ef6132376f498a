"""Verbs about what people said, and what the team answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from charter import dates, notices
from charter.lifecycle import ResponseKind
from charter.models import CheckBack, Contribution, Response, Voice
from charter.queries import begun_on
from coprod.lib.lifecycle import NotAllowed
from opportunities.lifecycle import PUBLIC
from opportunities.models import Opportunity
from people.audit import record
from people.models import Person, User


@transaction.atomic
def add_contribution(
    *, opportunity: Opportunity, actor: User | None, voices: Iterable[Person] = (), **said: object
) -> Contribution:
    """Write down what people said to a project, and return it.

    Args:
        voices: those who said it and agreed to be told what happens and asked whether it helped.
        said: ``about``, ``what``, ``said_at``, ``said_on``, ``people_count``, ``channel``.

    Raises:
        NotAllowed: the project is not public yet; ``said_on`` is before it began or to come.
    """
    # The lock keeps a project from being completed between its check and this line.
    locked = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    if locked.status not in PUBLIC:
        raise NotAllowed(_("Publish the brief first. Then write down what people said."))
    _refuse_day(locked, said["said_on"])
    contribution = Contribution.objects.create(opportunity=locked, recorded_by=actor, **said)
    _link(contribution, voices)
    record(
        verb="contribution.added",
        target=contribution,
        actor=actor,
        organisation=locked.organisation,
        channel=contribution.channel,
    )
    return contribution


@transaction.atomic
def correct_contribution(
    *, contribution: Contribution, actor: User | None, voices: Iterable[Person], **said: object
) -> Contribution:
    """Put right what was written down, and who agreed to be asked; return it.

    The old words are not kept: they may be the name that should never have been there.

    Raises:
        NotAllowed: somebody was asked whether it helped; then the words they were asked about stay.
    """
    locked = _locked(contribution)
    changed = sorted(name for name, value in said.items() if getattr(locked, name) != value)
    if changed and was_asked_about(locked):
        raise NotAllowed(_("People were asked about these words, so the words stay as they are."))
    if "said_on" in changed:
        _refuse_day(locked.opportunity, said["said_on"])
    for name in changed:
        setattr(locked, name, said[name])
    locked.save(update_fields=changed)
    people = list(voices)
    locked.voices.exclude(person__in=people).delete()
    _link(locked, people)
    record(
        verb="contribution.corrected",
        target=locked,
        actor=actor,
        organisation=locked.opportunity.organisation,
        fields=changed,
    )
    return locked


def _refuse_day(project: Opportunity, said_on: Any) -> None:
    dates.refuse(dates.said(said_on, begun_on(project)))


def was_asked_about(contribution: Contribution) -> bool:
    """Return whether anybody was asked if it helped."""
    return CheckBack.objects.filter(response__contribution=contribution).exists()


@transaction.atomic
def respond(
    *,
    contribution: Contribution,
    actor: User | None,
    kind: str,
    text: str,
    owner_name: str,
    done_on: dt.date | None = None,
    due_on: dt.date | None = None,
    why_late: str = "",
    meanwhile: str = "",
) -> Response:
    """Answer what people said; the answer before stays in the history. Return the new one.

    A promise that is put off keeps its first day, and stays late by it.

    Raises:
        NotAllowed: a promise is put off without a reason; a day does not fit the kind of answer.
    """
    dates.refuse(dates.done(done_on) if done_on else "")
    dates.refuse(dates.promised(due_on) if due_on else "")
    locked = _locked(contribution)
    first_due_on = put_off_from(locked.responses.current().first(), kind, due_on)
    if first_due_on and not why_late:
        raise NotAllowed(_("Say why it is later than you promised."))
    locked.responses.current().update(is_current=False)
    response = Response.objects.create(
        contribution=locked,
        kind=kind,
        text=text,
        owner_name=owner_name,
        done_on=done_on,
        due_on=due_on,
        first_due_on=first_due_on,
        why_late=why_late if first_due_on else "",
        meanwhile=meanwhile if kind == ResponseKind.WILL else "",
        written_by=actor,
    )
    record(
        verb="response.given",
        target=response,
        actor=actor,
        organisation=locked.opportunity.organisation,
        kind=kind,
    )
    notices.response_given(response)
    return response


def put_off_from(before: Response | None, kind: str, due_on: dt.date | None) -> dt.date | None:
    """Return the day first promised, where this answer is the same promise for a later day."""
    first = before.promised_first_for if before else None
    if first is None or due_on is None or kind != ResponseKind.WILL:
        return None
    return first if due_on > first else None


def _locked(contribution: Contribution) -> Contribution:
    return (
        Contribution.objects.select_for_update(of=("self",))
        .select_related("opportunity__organisation")
        .get(pk=contribution.pk)
    )


def _link(contribution: Contribution, people: Iterable[Person]) -> None:
    for person in people:
        Voice.objects.get_or_create(contribution=contribution, person=person)
