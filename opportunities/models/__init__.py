"""What people can take part in: briefs, sign-ups, who took part."""

from .asking import MOST_WANTED, PeopleRequest, ProjectInvitation
from .briefs import (
    ANSWER_LIMIT,
    NEVER,
    QUESTIONS,
    SEARCHED,
    SHORT_LIMIT,
    BriefChange,
    Opportunity,
    OpportunityQuerySet,
)
from .calendars import CalendarLink
from .sign_ups import (
    NAME,
    SHAREABLE,
    Attendance,
    Participation,
    ProjectMessage,
    SignUp,
    SignUpNeed,
    SignUpSupport,
)

__all__ = [
    "ANSWER_LIMIT",
    "MOST_WANTED",
    "NAME",
    "NEVER",
    "QUESTIONS",
    "SEARCHED",
    "SHAREABLE",
    "SHORT_LIMIT",
    "Attendance",
    "BriefChange",
    "CalendarLink",
    "Opportunity",
    "OpportunityQuerySet",
    "Participation",
    "PeopleRequest",
    "ProjectInvitation",
    "ProjectMessage",
    "SignUp",
    "SignUpNeed",
    "SignUpSupport",
]
