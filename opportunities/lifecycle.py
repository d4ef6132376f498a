"""What may happen next: to a brief, and to a person who came forward."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import Move


class Status(models.TextChoices):
    """Where a brief is."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Sent for review")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    CLOSED = "closed", _("Closed to new people")
    IN_PROGRESS = "in_progress", _("In progress")
    COMPLETED = "completed", _("Completed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = Status
# What everybody may read.
PUBLIC = (S.PUBLISHED, S.CLOSED, S.IN_PROGRESS, S.COMPLETED)
UNFINISHED = frozenset({S.DRAFT, S.RETURNED})
# Everybody reads it and it is not over: a change says what and why.
LIVE_BRIEF = (S.PUBLISHED, S.CLOSED, S.IN_PROGRESS)

MOVES = {
    "submit": Move(UNFINISHED, S.SUBMITTED, _("This brief was already sent for review.")),
    "return": Move(
        frozenset({S.SUBMITTED}), S.RETURNED, _("Only a brief that waits for review goes back.")
    ),
    "publish": Move(
        frozenset({S.SUBMITTED}), S.PUBLISHED, _("Only a brief that waits for review opens.")
    ),
    "close": Move(frozenset({S.PUBLISHED}), S.CLOSED, _("Only a published brief can be closed.")),
    "reopen": Move(frozenset({S.CLOSED}), S.PUBLISHED, _("Only a closed brief can open again.")),
    "start": Move(
        frozenset({S.PUBLISHED, S.CLOSED}),
        S.IN_PROGRESS,
        _("Only a published or closed brief can start."),
    ),
    "complete": Move(
        frozenset({S.IN_PROGRESS}), S.COMPLETED, _("Only a project in progress can be completed.")
    ),
    "withdraw": Move(
        frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED, S.PUBLISHED, S.CLOSED}),
        S.WITHDRAWN,
        _("A project that has started is completed, not withdrawn."),
    ),
}


class SignUpStatus(models.TextChoices):
    """Where a person who came forward is."""

    PLACE = "place", _("Has a place")
    WAITING = "waiting", _("On the waiting list")
    HEARD = "heard", _("Came forward")
    CHOSEN = "chosen", _("Chosen")
    NOT_THIS_TIME = "not_this_time", _("Not this time")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CALLED_OFF = "called_off", _("Will not happen")
    HELD = "held", _("Waits for an agreement")


U = SignUpStatus
# These use up a place; Opportunity.places_taken counts exactly them.
HOLDING = (U.PLACE, U.CHOSEN)
# These are still in: they may withdraw, and hear about changes.
LIVE = (U.PLACE, U.WAITING, U.HEARD, U.CHOSEN, U.HELD)
# A young person is held from any of these when an agreement is missing.
SEATED = frozenset({U.PLACE, U.WAITING, U.HEARD, U.CHOSEN})
_HELD = frozenset({U.HELD})
_NOT_HELD = _("This person does not wait for an agreement.")

SIGN_UP_MOVES = {
    "promote": Move(
        frozenset({U.WAITING}), U.PLACE, _("Only somebody on the waiting list moves up.")
    ),
    "choose": Move(
        frozenset({U.HEARD, U.NOT_THIS_TIME}),
        U.CHOSEN,
        _("This person is not waiting for your answer."),
    ),
    "decline": Move(
        frozenset({U.HEARD}), U.NOT_THIS_TIME, _("This person is not waiting for your answer.")
    ),
    "undo": Move(
        frozenset({U.CHOSEN, U.NOT_THIS_TIME}), U.HEARD, _("There is no decision to take back.")
    ),
    "hold": Move(SEATED, U.HELD, _("This person waits for an agreement already.")),
    "let_in": Move(_HELD, U.PLACE, _NOT_HELD),
    "let_wait": Move(_HELD, U.WAITING, _NOT_HELD),
    "let_be_heard": Move(_HELD, U.HEARD, _NOT_HELD),
    "too_late": Move(_HELD, U.NOT_THIS_TIME, _NOT_HELD),
    "withdraw": Move(frozenset(LIVE), U.WITHDRAWN, _("There is nothing left to withdraw from.")),
    "call_off": Move(frozenset(LIVE), U.CALLED_OFF, _("This person is not in any more.")),
}


class RequestStatus(models.TextChoices):
    """Where a request for people is."""

    OPEN = "open", _("Waits for a coordinator")
    ANSWERED = "answered", _("Answered")
    TAKEN_BACK = "taken_back", _("Taken back")


R = RequestStatus
REQUEST_MOVES = {
    "answer": Move(frozenset({R.OPEN}), R.ANSWERED, _("This request is settled already.")),
    "take_back": Move(frozenset({R.OPEN}), R.TAKEN_BACK, _("This request is settled already.")),
}


class InvitationStatus(models.TextChoices):
    """What came of an invitation; whether the person came forward says their sign-up."""

    SENT = "sent", _("Invited")
    NO_THANKS = "no_thanks", _("No thanks")


INVITATION_MOVES = {
    "no_thanks": Move(
        frozenset({InvitationStatus.SENT}),
        InvitationStatus.NO_THANKS,
        _("This invitation is answered already."),
    ),
    "ask_again": Move(
        frozenset({InvitationStatus.NO_THANKS}),
        InvitationStatus.SENT,
        _("There is no answer to take back."),
    ),
}
