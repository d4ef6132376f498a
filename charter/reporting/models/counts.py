"""What may be shown, counted anew from time to time. Exact counts are kept nowhere."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Mod
from django.utils import timezone

from charter.reporting.states import State
from people.models import Organisation


class Count(models.Model):
    """One counting: when, of what, and with which thresholds. The newest one is shown."""

    made_at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField(default=0, help_text="how long it took")
    rows = models.PositiveIntegerField(help_text="participation rows that were there")
    newest = models.DateTimeField(null=True, help_text="when the last of them changed")
    years = models.JSONField(default=list, help_text="the years, from April, with such rows")
    threshold = models.PositiveSmallIntegerField()
    public_threshold = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"count {self.pk}"


class ReportCell(models.Model):
    """One figure as it may be shown: rounded, or the reason why it is not.

    A cell that has no row says “fewer than the threshold”: that most cells do, nought among them.
    """

    STATES = [(state.value, state.name.lower()) for state in State]

    count = models.ForeignKey(Count, on_delete=models.CASCADE, related_name="cells")
    period = models.CharField(max_length=6, help_text="“2026”, “2026-1”, or “pool”")
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="+"
    )
    by = models.CharField(max_length=14, blank=True)
    value = models.CharField(max_length=20, blank=True)
    cross = models.CharField(max_length=14, blank=True)
    cross_value = models.CharField(max_length=20, blank=True)
    people_state = models.PositiveSmallIntegerField(choices=STATES)
    people = models.PositiveIntegerField(null=True)
    times_state = models.PositiveSmallIntegerField(choices=STATES, null=True)
    times = models.PositiveIntegerField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["count", "period", "organisation", "by", "cross"], name="report_cell_table"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(people_state=State.SHOWN, people__isnull=False)
                | (~Q(people_state=State.SHOWN) & Q(people__isnull=True)),
                name="report_cell_people_shown_or_not",
            ),
            models.CheckConstraint(
                condition=Q(times_state=State.SHOWN, times__isnull=False)
                | (~Q(times_state=State.SHOWN) & Q(times__isnull=True)),
                name="report_cell_times_shown_or_not",
            ),
            models.CheckConstraint(
                condition=Q(people__isnull=True) | Q(people=F("people") - Mod("people", 5)),
                name="report_cell_people_rounded",
            ),
            models.CheckConstraint(
                condition=Q(times__isnull=True) | Q(times=F("times") - Mod("times", 5)),
                name="report_cell_times_rounded",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.by} {self.value}"
