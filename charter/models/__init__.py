"""What was promised, and was it kept: commitments, pledges, the feedback loop."""

from .check_backs import COMMENT_LIMIT, CheckBack
from .feedback import ABOUT_LIMIT, REASON_LIMIT, WHAT_LIMIT, Contribution, Response, Voice
from .promises import (
    EXPLANATION_LIMIT,
    HEADING_LIMIT,
    Charter,
    Commitment,
    CommitmentChange,
    CommitmentKind,
    Pledge,
)

__all__ = [
    "ABOUT_LIMIT",
    "COMMENT_LIMIT",
    "EXPLANATION_LIMIT",
    "HEADING_LIMIT",
    "REASON_LIMIT",
    "WHAT_LIMIT",
    "Charter",
    "CheckBack",
    "Commitment",
    "CommitmentChange",
    "CommitmentKind",
    "Contribution",
    "Pledge",
    "Response",
    "Voice",
]
