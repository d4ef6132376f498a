"""Bringing a spreadsheet into the pool: no verb here knows of pages; the command uses the same."""

from .deciding import choices_of, decide_row, undo_decision
from .looking import look_through
from .running import confirm_import
from .starting import begin_import, match_columns, same_file, suggested
from .undoing import can_be_undone, cancel_import, forget_old_imports, staying, undo_import
from .work import finish, work_on_imports

__all__ = [
    "begin_import",
    "can_be_undone",
    "cancel_import",
    "choices_of",
    "confirm_import",
    "decide_row",
    "finish",
    "forget_old_imports",
    "look_through",
    "match_columns",
    "same_file",
    "staying",
    "suggested",
    "undo_decision",
    "undo_import",
    "work_on_imports",
]
