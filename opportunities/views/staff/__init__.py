"""What staff do with briefs."""

from .editor import edit, new
from .moves import close, copy_brief, publish, reopen, return_brief, start, submit, withdraw_brief
from .projects import manage, preview, project

__all__ = [
    "close",
    "copy_brief",
    "edit",
    "manage",
    "new",
    "preview",
    "project",
    "publish",
    "reopen",
    "return_brief",
    "start",
    "submit",
    "withdraw_brief",
]
