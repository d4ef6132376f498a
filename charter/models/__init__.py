"""What was promised, and was it kept: commitments, pledges, the feedback loop."""

from .feedback import CheckBack, Contribution, Response, Voice
from .promises import Charter, Commitment, CommitmentKind, Pledge

__all__ = [
    "Charter",
    "CheckBack",
    "Commitment",
    "CommitmentKind",
    "Contribution",
    "Pledge",
    "Response",
    "Voice",
]
