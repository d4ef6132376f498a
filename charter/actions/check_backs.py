"""Verbs about “did it help?”: answered by those who said it, and by nobody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from charter import notices, rules
from charter.lifecycle import (
    ANSWERED_MEANWHILE,
    CHECK_BACK_MOVES,
    COMMENT_MOVED_ON,
    CheckBackStatus,
)
from charter.models import CheckBack, Voice
from coprod.lib.lifecycle import NotAllowed
from people.actions.tasks import pass_on
from people.audit import record
from people.models import Can, Channel, Notice, Relation, User
from people.rules_of_help import may_do

_SAID_BY_THE_PERSON = {"check_back.answered", "check_back.stopped"}


@dataclass(frozen=True)
class Answer:
    """What a person said: a verdict, words if they want, and whether everybody may read them."""

    verdict: str
    comment: str = ""
    may_show_comment: bool = False


@transaction.atomic
def answer(*, check_back: CheckBack, actor: User, said: Answer) -> CheckBack:
    """Write down a person’s own answer, and return the check-back.

    Raises:
        PermissionDenied: ``actor`` is not the person.
        NotAllowed: the person has answered before.
    """
    if not rules.is_own(actor, check_back):
        raise PermissionDenied
    return _write("answer", check_back, said, actor, Channel.ONLINE)


@transaction.atomic
def answer_for(
    *, check_back: CheckBack, relation: Relation, actor: User, said: Answer
) -> CheckBack:
    """Write down what somebody who does things for the person says that the person thinks.

    Raises:
        PermissionDenied: the person did not let ``actor`` answer.
        NotAllowed: the person has answered before.
    """
    if relation.person_id != check_back.person_id or not may_do(actor, relation, Can.ANSWER):
        raise PermissionDenied
    return _write("answer", check_back, said, actor, Channel.ONLINE)


@transaction.atomic
def correct_answer(*, check_back: CheckBack, actor: User, said: Answer) -> CheckBack:
    """Change a person’s own answer; a second person reads its words again.

    Raises:
        PermissionDenied: ``actor`` is not the person, or fourteen days have passed.
        NotAllowed: there is no answer to change.
    """
    if not rules.can_correct_answer(actor, check_back, timezone.now()):
        raise PermissionDenied
    return _write("correct", check_back, said, actor, Channel.ONLINE)


@transaction.atomic
def enter_answer(*, check_back: CheckBack, actor: User, said: Answer, channel: str) -> CheckBack:
    """Type the answer of somebody who rang, wrote or said it; channel and typist are kept.

    Raises:
        PermissionDenied: the person has answered, is ``actor``, or ``actor`` is not of the team.
        NotAllowed: an answer arrived in the meantime; it stays as it is.
    """
    if not rules.can_enter_answer(actor, check_back):
        raise PermissionDenied
    try:
        written = _write("answer", check_back, said, actor, channel)
    except NotAllowed as refusal:
        raise NotAllowed(ANSWERED_MEANWHILE) from refusal
    _settle_tasks(written, actor)
    return written


@transaction.atomic
def stop_asking(*, check_back: CheckBack, actor: User) -> None:
    """Take back a person’s agreement to be asked about this; what they answered stays.

    Raises:
        PermissionDenied: ``actor`` is not the person.
    """
    if not rules.is_own(actor, check_back):
        raise PermissionDenied
    _stop(check_back, actor)


@transaction.atomic
def stop_asking_for(*, check_back: CheckBack, actor: User, channel: str) -> None:
    """Take it back for somebody who told us; nobody has to ring them about it any more.

    Raises:
        PermissionDenied: ``actor`` is the person, or not of the team.
    """
    if not rules.can_stop_asking_for(actor, check_back):
        raise PermissionDenied
    _stop(check_back, actor, channel)
    _settle_tasks(check_back, actor)


@transaction.atomic
def stop_asking_by_letter(*, check_back: CheckBack) -> None:
    """Do the same for whoever holds the letter that asked; twice changes nothing."""
    _stop(check_back, None)


def _stop(check_back: CheckBack, actor: User | None, channel: str = Channel.ONLINE) -> None:
    Voice.objects.filter(
        person=check_back.person_id, contribution=check_back.response.contribution_id
    ).delete()
    CheckBack.objects.filter(
        pk=check_back.pk, status__in=CHECK_BACK_MOVES["give_up"].sources
    ).update(status=CheckBackStatus.NOBODY)
    _record("check_back.stopped", check_back, actor, channel=channel)


@transaction.atomic
def read_comment(
    *, check_back: CheckBack, actor: User, answered_at: dt.datetime, because: str = ""
) -> CheckBack:
    """Decide, as the second person, whether a comment is shown; return the check-back.

    Args:
        answered_at: of the words that were read: words that changed since are read again.
        because: why it is not shown (charter.lifecycle.NotShown); empty: it is shown.

    Raises:
        PermissionDenied: ``actor`` wrote the response, typed the answer, or is no coordinator.
        NotAllowed: the words changed, or somebody else read them first.
    """
    if not rules.can_read_comment(actor, check_back):
        raise PermissionDenied
    changed = (
        CheckBack.objects.comments_to_read()
        .filter(pk=check_back.pk, answered_at=answered_at)
        .update(
            comment_read_by=actor,
            comment_read_at=timezone.now(),
            comment_fit_to_show=not because,
            not_shown_because=because,
        )
    )
    if not changed:
        raise NotAllowed(COMMENT_MOVED_ON)
    check_back.refresh_from_db()
    _record("comment.read", check_back, actor, shown=not because, because=because)
    return check_back


def _write(verb: str, check_back: CheckBack, said: Answer, actor: User, channel: str) -> CheckBack:
    """Write an answer where the lifecycle has room for one.

    The condition is part of the statement: whoever comes second changes nothing.
    """
    move = CHECK_BACK_MOVES[verb]
    changed = CheckBack.objects.filter(pk=check_back.pk, status__in=move.sources).update(
        status=move.target,
        verdict=said.verdict,
        comment=said.comment,
        may_show_comment=said.may_show_comment and bool(said.comment),
        channel=channel,
        typed_by=None if check_back.person.user_id == actor.pk else actor,
        answered_at=timezone.now(),
        comment_read_by=None,
        comment_read_at=None,
        comment_fit_to_show=None,
        not_shown_because="",
    )
    if not changed:
        raise NotAllowed(move.refusal)
    check_back.refresh_from_db()
    _record(
        {"answer": "check_back.answered", "correct": "check_back.corrected"}[verb],
        check_back,
        actor,
    )
    return check_back


def _settle_tasks(check_back: CheckBack, actor: User) -> None:
    """Nobody has to ring a person who has answered."""
    owed = check_back.person.notices.filter(
        event=notices.event_of(check_back), status=Notice.Status.TASK
    )
    for notice in owed:
        pass_on(notice=notice, actor=actor)


def _record(
    verb: str, check_back: CheckBack, actor: User | None, *, channel: str = "", **detail: object
) -> None:
    person = check_back.person
    for_them = verb in _SAID_BY_THE_PERSON and actor and person.user_id != actor.pk
    record(
        verb=verb,
        target=check_back,
        actor=actor,
        organisation=check_back.response.contribution.opportunity.organisation,
        person=person,
        on_behalf_of=person if for_them else None,
        channel=channel or check_back.channel,
        **detail,
    )
