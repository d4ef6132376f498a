"""What may happen next to a message that is owed."""

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
}
