"""Verbs about what was promised: the charter, its wording, and the pledges of a project."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from charter import dates
from charter.charter_file import CharterFile
from charter.models import Charter, Commitment, CommitmentChange, Pledge
from coprod.lib.days import add_months
from coprod.lib.lifecycle import NotAllowed
from opportunities.editing import mark
from opportunities.models import Opportunity
from people.audit import record
from people.models import User


@transaction.atomic
def load_charter(*, source: CharterFile, actor: User | None) -> Charter:
    """Make the charter of a file the one in force, and return it.

    A second time it adds what is missing and changes no word: what a coordinator wrote stays.
    """
    charter, is_new = Charter.objects.get_or_create(
        version=source.version,
        defaults={
            "title": source.title,
            "definition": source.definition,
            "published_on": source.published_on,
            "review_due_on": source.review_due_on,
            "contributors": source.contributors,
        },
    )
    for position, promise in enumerate(source.commitments, start=1):
        charter.commitments.get_or_create(
            slug=promise.slug,
            defaults={
                "kind": promise.kind,
                "position": position,
                "heading": promise.heading,
                "explanation": promise.explanation,
            },
        )
    if is_new or not charter.is_current:
        Charter.objects.filter(is_current=True).update(is_current=False)
        charter.is_current = True
        charter.save(update_fields=["is_current"])
        record(verb="charter.loaded", target=charter, actor=actor, version=charter.version)
    return charter


@transaction.atomic
def mark_reviewed(*, charter: Charter, actor: User | None, reviewed_on: dt.date) -> Charter:
    """Note that the charter was reviewed; the next review is due CHARTER_REVIEW_MONTHS later.

    Raises:
        NotAllowed: a review on this day, or a later one, is noted already; it is still to come.
    """
    dates.refuse(dates.not_to_come(reviewed_on))
    locked = Charter.objects.select_for_update().get(pk=charter.pk)
    if locked.reviewed_on is not None and locked.reviewed_on >= reviewed_on:
        raise NotAllowed(_("A review on this day, or a later one, is noted already."))
    was_due = locked.review_due_on
    locked.reviewed_on = reviewed_on
    locked.review_due_on = add_months(reviewed_on, settings.CHARTER_REVIEW_MONTHS)
    locked.save(update_fields=["reviewed_on", "review_due_on"])
    record(verb="charter.reviewed", target=locked, actor=actor, was_due=was_due.isoformat())
    return locked


@transaction.atomic
def edit_commitment(
    *,
    commitment: Commitment,
    actor: User | None,
    heading: str,
    explanation: str,
    why: str,
    changes_seen: int,
) -> Commitment:
    """Word a commitment anew, keep the old wording, and return it.

    Args:
        changes_seen: how many changes the editor knew of; nobody overwrites what they did not see.

    Raises:
        NotAllowed: somebody else changed it in the meantime.
    """
    locked = Commitment.objects.select_for_update().get(pk=commitment.pk)
    if locked.changes.count() != changes_seen:
        raise NotAllowed(_("Somebody else changed this in the meantime. Read their words first."))
    if (locked.heading, locked.explanation) == (heading, explanation):
        return locked
    CommitmentChange.objects.create(
        commitment=locked,
        heading_before=locked.heading,
        explanation_before=locked.explanation,
        why=why,
        changed_by=actor,
    )
    locked.heading, locked.explanation = heading, explanation
    locked.save(update_fields=["heading", "explanation"])
    record(verb="commitment.reworded", target=locked, actor=actor, slug=locked.slug)
    return locked


class PledgedMeanwhile(NotAllowed):
    """Somebody else wrote pledges meanwhile; ``theirs`` are those that both wrote differently."""

    def __init__(self, theirs: dict[Commitment, str]) -> None:
        super().__init__(_("Somebody else wrote here while you did."))
        self.theirs = theirs


@transaction.atomic
def save_pledges(
    *,
    opportunity: Opportunity,
    actor: User | None,
    hows: Mapping[Commitment, str],
    began_with: Mapping[str, str] | None = None,
) -> list[str]:
    """Write how a project keeps the commitments in ``hows``; an empty text takes a pledge back.

    Args:
        began_with: the mark of each pledge, by web name, as its writer found it. What only somebody
            else changed since then stays as it is. None: nobody asks, and ``hows`` is what counts.

    Returns:
        The web names of the commitments whose pledge changed.

    Raises:
        PledgedMeanwhile: somebody else wrote a pledge that is written differently here.
    """
    locked = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    before = {pledge.commitment_id: pledge.how for pledge in locked.pledges.all()}
    changed = {one: how for one, how in hows.items() if how != before.get(one.pk, "")}
    changed = _mine(changed, before, began_with or {})
    for commitment, how in changed.items():
        if how:
            locked.pledges.update_or_create(commitment=commitment, defaults={"how": how})
        else:
            Pledge.objects.filter(opportunity=locked, commitment=commitment).delete()
    return _note_pledges(locked, actor, [commitment.slug for commitment in changed])


def _mine(
    changed: Mapping[Commitment, str], before: Mapping[int, str], began_with: Mapping[str, str]
) -> dict[Commitment, str]:
    """Return what this writer changed, and refuse what somebody else changed meanwhile as well."""
    mine, theirs = {}, {}
    for one, how in changed.items():
        now, began = before.get(one.pk, ""), began_with.get(one.slug)
        if began is None or began == mark(now):
            mine[one] = how
        elif began != mark(how):
            theirs[one] = now
    if theirs:
        raise PledgedMeanwhile(theirs)
    return mine


def _note_pledges(locked: Opportunity, actor: User | None, slugs: list[str]) -> list[str]:
    if slugs:
        record(
            verb="pledges.saved",
            target=locked,
            actor=actor,
            organisation=locked.organisation,
            commitments=slugs,
        )
    return slugs
