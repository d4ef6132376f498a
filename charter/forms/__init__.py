"""Input of the third floor."""

from .answers import AnswerForm, EnterAnswerForm, ReadCommentForm, StopAskingForm
from .feedback import ContributionForm, RespondForm
from .promises import CommitmentForm, PledgesForm, ReviewForm

__all__ = [
    "AnswerForm",
    "CommitmentForm",
    "ContributionForm",
    "EnterAnswerForm",
    "PledgesForm",
    "ReadCommentForm",
    "RespondForm",
    "ReviewForm",
    "StopAskingForm",
]
