"""The verbs of the second floor: one funnel each."""

from .briefs import (
    EDITABLE,
    EditedMeanwhile,
    Incomplete,
    copy_brief,
    create_draft,
    edit_published,
    save_draft,
)
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

__all__ = [
    "EDITABLE",
    "EditedMeanwhile",
    "Incomplete",
    "close",
    "close_due",
    "complete",
    "copy_brief",
    "create_draft",
    "edit_published",
    "publish",
    "reopen",
    "return_brief",
    "save_draft",
    "start",
    "submit",
    "withdraw_brief",
]
