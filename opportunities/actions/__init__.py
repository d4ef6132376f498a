"""The verbs of the second floor: one funnel each."""

from .asking import (
    ask_for_people,
    invite,
    remind_invited,
    say_no_thanks,
    settle_request,
    think_again,
)
from .attendance import record_newcomer, record_took_part
from .briefs import (
    EDITABLE,
    EditedMeanwhile,
    Incomplete,
    copy_brief,
    create_draft,
    edit_published,
    save_draft,
)
from .calendars import make_calendar_link, revoke_calendar_link
from .decisions import choose, decline, message, undo
from .equality import add_to_equality, correct_equality, delete_equality
from .leaving import take_out
from .moves import (
    close,
    close_due,
    complete,
    publish,
    reopen,
    return_brief,
    start,
    submit,
    withdraw_brief,
)
from .noting import note
from .sign_ups import change, fill_free_places, sign_up, sign_up_newcomer, withdraw
from .support import open_support

__all__ = [
    "EDITABLE",
    "EditedMeanwhile",
    "Incomplete",
    "add_to_equality",
    "ask_for_people",
    "change",
    "choose",
    "close",
    "close_due",
    "complete",
    "copy_brief",
    "correct_equality",
    "create_draft",
    "decline",
    "delete_equality",
    "edit_published",
    "fill_free_places",
    "invite",
    "make_calendar_link",
    "message",
    "note",
    "open_support",
    "publish",
    "record_newcomer",
    "record_took_part",
    "remind_invited",
    "reopen",
    "return_brief",
    "revoke_calendar_link",
    "save_draft",
    "say_no_thanks",
    "settle_request",
    "sign_up",
    "sign_up_newcomer",
    "start",
    "submit",
    "take_out",
    "think_again",
    "undo",
    "withdraw",
    "withdraw_brief",
]
