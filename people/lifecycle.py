"""What may happen next to a message that is owed, and to somebody in the pool."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import Move


class NoticeStatus(models.TextChoices):
    """Where a message is on its way to somebody."""

    OWED = "owed", _("To be sent")
    SENT = "sent", _("Sent")
    TASK = "task", _("For staff to pass on")
    DONE = "done", _("Passed on by staff")
    FAILED = "failed", _("Could not be sent")
    HELD = "held", _("Waits for the end of a break")
    VOID = "void", _("For nobody any more")


_OWED = frozenset({NoticeStatus.OWED})
_SETTLED = _("This message is already on its way.")

NOTICE_MOVES = {
    "send": Move(_OWED, NoticeStatus.SENT, _SETTLED),
    "hand_to_staff": Move(_OWED, NoticeStatus.TASK, _SETTLED),
    "give_up": Move(_OWED, NoticeStatus.FAILED, _SETTLED),
    "pass_on": Move(
        frozenset({NoticeStatus.TASK}), NoticeStatus.DONE, _("Somebody has already passed this on.")
    ),
    "take_back": Move(
        frozenset({NoticeStatus.DONE}), NoticeStatus.TASK, _("This is back on the list already.")
    ),
    "hold": Move(frozenset({NoticeStatus.OWED, NoticeStatus.TASK}), NoticeStatus.HELD, _SETTLED),
    "release": Move(frozenset({NoticeStatus.HELD}), NoticeStatus.OWED, _SETTLED),
    "release_to_staff": Move(frozenset({NoticeStatus.HELD}), NoticeStatus.TASK, _SETTLED),
    "stop": Move(
        frozenset({NoticeStatus.OWED, NoticeStatus.TASK, NoticeStatus.HELD}),
        NoticeStatus.VOID,
        _SETTLED,
    ),
}


class ImportStatus(models.TextChoices):
    """How far a spreadsheet has come on its way into the pool."""

    MATCHING = "matching", _("Columns to match")
    CHECKING = "checking", _("Being looked through")
    READY = "ready", _("Ready for you to look at")
    RUNNING = "running", _("Being brought in")
    DONE = "done", _("Brought in")
    UNDOING = "undoing", _("Being undone")
    UNDONE = "undone", _("Undone")
    STOPPING = "stopping", _("Being stopped")
    CANCELLED = "cancelled", _("Stopped")


_READ = frozenset({ImportStatus.MATCHING, ImportStatus.CHECKING, ImportStatus.READY})
_BEGUN = frozenset({ImportStatus.RUNNING})

IMPORT_MOVES = {
    "match": Move(
        frozenset({ImportStatus.MATCHING, ImportStatus.READY}),
        ImportStatus.CHECKING,
        _("The columns can no longer be changed: this file is being brought in, or it is done."),
    ),
    "finish_check": Move(
        frozenset({ImportStatus.CHECKING}),
        ImportStatus.READY,
        _("This file is not being looked through."),
    ),
    "fail_check": Move(
        frozenset({ImportStatus.CHECKING}),
        ImportStatus.MATCHING,
        _("This file is not being looked through."),
    ),
    "confirm": Move(
        frozenset({ImportStatus.READY}),
        ImportStatus.RUNNING,
        _("This file is being brought in already, or it was stopped."),
    ),
    "switch_on": Move(_BEGUN, ImportStatus.DONE, _("This file is not being brought in.")),
    "cancel": Move(
        _READ | _BEGUN, ImportStatus.STOPPING, _("It is too late to stop: you can undo it.")
    ),
    "stopped": Move(
        frozenset({ImportStatus.STOPPING}),
        ImportStatus.CANCELLED,
        _("This file is not being stopped."),
    ),
    "undo": Move(
        frozenset({ImportStatus.DONE}), ImportStatus.UNDOING, _("There is nothing to undo.")
    ),
    "undone": Move(
        frozenset({ImportStatus.UNDOING}),
        ImportStatus.UNDONE,
        _("This file is not being undone."),
    ),
}


class PoolStatus(models.TextChoices):
    """Where somebody is in the involvement pool."""

    NOT_CONFIRMED = "not_confirmed", _("Not yet confirmed")
    INTERESTED = "interested", _("Interested")
    WELCOMED = "welcomed", _("Welcomed")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Having a break")
    LEFT = "left", _("Left")
    DIED = "died", _("Died")


# Found when somebody is looked for. Whoever is only interested is welcomed first.
FINDABLE = frozenset({PoolStatus.WELCOMED, PoolStatus.ACTIVE})
# Written or rung to. For PAUSED a message waits; for LEFT and DIED none is written.
REACHABLE = frozenset({PoolStatus.NOT_CONFIRMED, PoolStatus.INTERESTED, *FINDABLE})
_HERE = REACHABLE | {PoolStatus.PAUSED}
# What they wrote is read by nobody else any more.
GONE = frozenset({PoolStatus.LEFT, PoolStatus.DIED})

POOL_MOVES = {
    "confirm": Move(
        frozenset({PoolStatus.NOT_CONFIRMED}), PoolStatus.ACTIVE, _("This is confirmed already.")
    ),
    "welcome": Move(
        frozenset({PoolStatus.INTERESTED}), PoolStatus.WELCOMED, _("Nobody has to be welcomed now.")
    ),
    "make_active": Move(
        frozenset({PoolStatus.WELCOMED}),
        PoolStatus.ACTIVE,
        _("Only somebody who was welcomed becomes active."),
    ),
    "pause": Move(
        REACHABLE - {PoolStatus.NOT_CONFIRMED},
        PoolStatus.PAUSED,
        _("A break is for somebody who takes part now."),
    ),
    "end_pause": Move(
        frozenset({PoolStatus.PAUSED}), PoolStatus.ACTIVE, _("The break is over already.")
    ),
    # A break taken before anybody said welcome: the welcome is still owed.
    "end_pause_unwelcomed": Move(
        frozenset({PoolStatus.PAUSED}), PoolStatus.INTERESTED, _("The break is over already.")
    ),
    "leave": Move(frozenset(_HERE), PoolStatus.LEFT, _("They are not in the pool any more.")),
    # Whoever comes back is welcomed anew: much may have changed.
    "rejoin": Move(
        frozenset({PoolStatus.LEFT}), PoolStatus.INTERESTED, _("They are in the pool already.")
    ),
    "record_death": Move(
        frozenset(_HERE | {PoolStatus.LEFT}), PoolStatus.DIED, _("This is recorded already.")
    ),
    "correct_death": Move(
        frozenset({PoolStatus.DIED}), PoolStatus.ACTIVE, _("No death is recorded.")
    ),
}


class RelationStatus(models.TextChoices):
    """Where somebody's help is."""

    INVITED = "invited", _("Waits for their yes")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Ended")


_RELATION_OVER = _("This has ended already.")

RELATION_MOVES = {
    "accept": Move(
        frozenset({RelationStatus.INVITED}),
        RelationStatus.IN_FORCE,
        _("This was answered already."),
    ),
    "end": Move(
        frozenset({RelationStatus.INVITED, RelationStatus.IN_FORCE}),
        RelationStatus.ENDED,
        _RELATION_OVER,
    ),
}


class AgreementStatus(models.TextChoices):
    """Where the agreement to a young person's taking part is."""

    ASKED = "asked", _("Asked for")
    GIVEN = "given", _("Given, to be checked")
    CHECKED = "checked", _("Given and checked")
    REFUSED = "refused", _("Not given")
    ENDED = "ended", _("Ended")


_A = AgreementStatus
_ANSWERED = _("This was answered already.")

AGREEMENT_MOVES = {
    "give": Move(frozenset({_A.ASKED}), _A.GIVEN, _ANSWERED),
    "check": Move(frozenset({_A.GIVEN}), _A.CHECKED, _("Only what an adult agreed to is checked.")),
    "refuse": Move(frozenset({_A.ASKED, _A.GIVEN}), _A.REFUSED, _ANSWERED),
    "end": Move(
        frozenset({_A.ASKED, _A.GIVEN, _A.CHECKED}), _A.ENDED, _("This agreement is over already.")
    ),
}
