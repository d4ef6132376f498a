"""Young people whose agreements are not all there: held without a place, then let in or out.

A held sign-up takes no place and no number on the waiting list: nobody else waits for a parent who
does not answer. When the last agreement comes, the person is seated as if they came forward then,
also after the closing date.
"""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed, next_state
from opportunities import notices
from opportunities.actions import places
from opportunities.actions.ages import about
from opportunities.actions.noting import note
from opportunities.actions.seating import seat, tell_newcomer
from opportunities.actions.sign_ups import fill_free_places, withdraw
from opportunities.lifecycle import LIVE, SIGN_UP_MOVES, SignUpStatus
from opportunities.models import SignUp
from people.models import Person, User
from people.signals import agreement_changed
from people.young import Missing, Standing, standing_of, young_of

NO_PLACE_LEFT = _("When all had agreed, it had started and no place was left.")
_LET = {
    SignUpStatus.PLACE: "let_in",
    SignUpStatus.WAITING: "let_wait",
    SignUpStatus.HEARD: "let_be_heard",
}


@receiver(agreement_changed)
def look_again(person: Person, actor: User | None, **_more: Any) -> None:
    """Hold, seat or take out the sign-ups of somebody whose agreements changed."""
    rows = SignUp.objects.filter(
        person=person, status__in=LIVE, opportunity__status__in=places.GIVING
    )
    for row in rows.select_related("opportunity"):
        _look_at(row, standing_of(person, about(row.opportunity)), actor)


def _look_at(row: SignUp, stands: Standing | None, actor: User | None) -> None:
    young = young_of(row.person)
    if stands is None or stands.is_ready:
        if row.status == SignUpStatus.HELD:
            _let_in(row)
    elif young is not None and young.no_at and Missing.YES in stands.missing:
        withdraw(sign_up=row, actor=actor)
    elif row.status != SignUpStatus.HELD:
        _hold(row)


def _let_in(sign_up: SignUp) -> None:
    brief, row = places.hold(sign_up)
    before = row.status
    row.opportunity = brief
    try:
        seat(row)
    except NotAllowed:
        row.status = next_state(SIGN_UP_MOVES, "too_late", before)
        row.decision_reason = row.answer = str(NO_PLACE_LEFT)
        row.save(update_fields=["status", "decision_reason", "answer"])
        notices.not_this_time(row)
        return
    row.status = next_state(SIGN_UP_MOVES, _LET[SignUpStatus(row.status)], before)
    row.save(update_fields=["status", "waiting_number"])
    note("sign_up.let_in", row, None, status=row.status)
    tell_newcomer(row)


def _hold(sign_up: SignUp) -> None:
    brief, row = places.hold(sign_up)
    held_place = row.holds_place
    row.status = next_state(SIGN_UP_MOVES, "hold", row.status)
    row.save(update_fields=["status"])
    note("sign_up.held", row, None)
    notices.held(row)
    if held_place:
        places.release(brief)
        fill_free_places(opportunity=brief, actor=None)
