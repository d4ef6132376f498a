"""Equality answers, apart from people: a keyed pseudonym in place of a foreign key.

Wording and codes follow the Government Statistical Service's harmonised questions. The answers
are pseudonymous, which is still personal data: never call them anonymous.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today

PREFER_NOT_TO_SAY = "prefer_not_to_say"


class EqualityQuestion(models.Model):
    """One version of the wording of one question.

    ``options`` is a list of [value, label] or [value, label, heading]; an empty list asks for a
    year. “Prefer not to say” is offered with every question and is not among them.
    """

    code = models.SlugField(_("code"), max_length=30)
    version = models.CharField(_("version"), max_length=10)
    position = models.PositiveSmallIntegerField(_("order"))
    wording = models.CharField(_("wording"), max_length=200)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=200)
    options = models.JSONField(_("answers"), default=list, blank=True)
    asked_if = models.JSONField(
        _("asked only if"),
        default=dict,
        blank=True,
        help_text=_("{code: value} of an earlier question, or empty."),
    )
    in_use = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="equality_question_version"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(in_use=True), name="equality_question_one_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class EqualityAnswer(models.Model):
    """One answer under a pseudonym (people.pseudonyms.pseudonym_of). No row means left blank."""

    pseudonym = models.CharField(max_length=64, db_index=True)
    question = models.ForeignKey(EqualityQuestion, on_delete=models.PROTECT, related_name="+")
    code = models.SlugField(max_length=30)
    value = models.CharField(max_length=60)
    # The day and no time: to the second, it could be matched with what else a person did then.
    answered_on = models.DateField(default=today)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pseudonym", "code"], name="equality_answer_once"),
            models.CheckConstraint(condition=~Q(value=""), name="equality_answer_not_blank"),
        ]

    def __str__(self) -> str:
        return self.code
