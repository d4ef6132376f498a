"""What people can take part in: briefs, sign-ups, who took part."""

from .briefs import ANSWER_LIMIT, QUESTIONS, SHORT_LIMIT, BriefChange, Opportunity
from .sign_ups import (
    SHAREABLE,
    Attendance,
    Participation,
    ProjectMessage,
    SignUp,
    SignUpSupport,
)

__all__ = [
    "ANSWER_LIMIT",
    "QUESTIONS",
    "SHAREABLE",
    "SHORT_LIMIT",
    "Attendance",
    "BriefChange",
    "Opportunity",
    "Participation",
    "ProjectMessage",
    "SignUp",
    "SignUpSupport",
]
