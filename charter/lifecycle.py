"""What may happen next: to something said, to its response, and to a check-back."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import Move


class ResponseKind(models.TextChoices):
    """What an organisation can honestly answer to what people said."""

    DID = "did", _("We did")
    WILL = "will", _("We will")
    CANNOT = "cannot", _("We can’t, because")
    WRONG = "wrong", _("We got this wrong")


class CheckBackStatus(models.TextChoices):
    """Where one person's “did it help?” is."""

    DUE = "due", _("To be asked")
    ASKED = "asked", _("Asked")
    REMINDED = "reminded", _("Asked twice")
    ANSWERED = "answered", _("Answered")
    NOBODY = "unanswered", _("Nobody answered")


class NotShown(models.TextChoices):
    """Why a comment is not shown to everybody; its writer reads the reason."""

    NAMES = "names", _("It names somebody, or shows who they are")
    HURTS = "hurts", _("It could hurt or offend somebody")
    OTHER = "other", _("It is about something else")


class Verdict(models.TextChoices):
    """Did it help? Only those who said it can answer."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("Partly")
    NO = "no", _("No")


C = CheckBackStatus
CHECK_BACK_MOVES = {
    "ask": Move(frozenset({C.DUE}), C.ASKED, _("This person was already asked.")),
    "remind": Move(frozenset({C.ASKED}), C.REMINDED, _("One reminder is enough.")),
    "answer": Move(
        # An answer is welcome late, too.
        frozenset({C.DUE, C.ASKED, C.REMINDED, C.NOBODY}),
        C.ANSWERED,
        _("You have already answered. Thank you."),
    ),
    # Only for the person, and only for some days: charter.rules.can_correct_answer.
    "correct": Move(
        frozenset({C.ANSWERED}), C.ANSWERED, _("There is no answer here that could be changed.")
    ),
    "give_up": Move(
        frozenset({C.ASKED, C.REMINDED}), C.NOBODY, _("Only an open question can be let go.")
    ),
}

COMMENT_MOVED_ON = _("These words changed, or somebody else has read them. Look again.")
ANSWERED_MEANWHILE = _("This was answered in the meantime. The answer stays as it is.")
