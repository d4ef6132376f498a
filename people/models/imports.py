"""A spreadsheet that is brought in: the file, how it was read, and what becomes of each row.

People who came with an import are in the pool from the first chunk on, and nowhere to be seen until
``PoolImport.visible_at`` is written: one row is the switch of all of them
(``people.models.pool.PersonManager``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.lifecycle import ImportStatus

from .organisations import Organisation, Role

UNDO_IMPORT_WITHIN = dt.timedelta(days=14)
# Time to look, and to undo, before the first letter goes out.
ASKED_AFTER = dt.timedelta(days=1)
FILE_KEPT = dt.timedelta(days=30)
IMPORTING_ROLES = (Role.COORDINATOR, Role.ADMINISTRATOR)


class Verdict(models.TextChoices):
    """What is to become of a row, as it was read."""

    CREATE = "create", _("New person")
    MERGE = "merge", _("Somebody we know")
    DOUBTFUL = "doubtful", _("For you to decide")
    REFUSE = "refuse", _("Refused")
    SAME = "same", _("Brought in before")


class Decision(models.TextChoices):
    """What somebody decided about a doubtful row."""

    CREATE = "create", _("One new person")
    CREATE_TWO = "create_two", _("Two new people")
    MERGE = "merge", _("Somebody we know")
    MERGE_ROW = "merge_row", _("The person of another row")
    LEAVE_OUT = "leave_out", _("Leave out")


class PoolImportQuerySet(models.QuerySet["PoolImport"]):
    """Who may see an import. ``people.rules.can_import`` is the twin for one row."""

    def visible_to(self, user: Any) -> PoolImportQuerySet:
        """Return the imports of the organisation whose pool ``user`` looks after."""
        membership = getattr(user, "acting", None)
        if membership is None or membership.role not in IMPORTING_ROLES:
            return self.none()
        return self.filter(organisation=membership.organisation_id)

    def hidden(self) -> PoolImportQuerySet:
        """Return the imports whose people are not to be seen."""
        return self.filter(visible_at__isnull=True)


class PoolImport(models.Model):
    """One file of people, from its upload to the day when what was in it is forgotten."""

    Status = ImportStatus

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="imports")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    # What the file was called where it came from: shown, and never a part of a path.
    file_name = models.CharField(max_length=200)
    file = models.CharField(max_length=100, blank=True, help_text="where it lies; empty: it went")
    sha256 = models.CharField(max_length=64)
    headings = models.JSONField(default=list)
    # What each column is taken for (people.importing.Field), in the order of the headings.
    columns = models.JSONField(default=list)
    # Said of the whole file: hidden rows, columns that are never brought in.
    remarks = models.JSONField(default=list)
    result = models.JSONField(default=dict, help_text="how many were created, filled in, stayed")
    # Whoever came later than this into the pool is looked for again while rows are brought in.
    known_up_to = models.BigIntegerField(default=0, help_text="the last key when it was checked")
    status = models.CharField(max_length=9, choices=ImportStatus, default=ImportStatus.MATCHING)
    problem = models.CharField(max_length=500, blank=True, help_text="why it went no further")
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # The switch.
    visible_at = models.DateTimeField(null=True, blank=True)
    asking_from = models.DateTimeField(
        null=True, blank=True, help_text="when the new people begin to be asked if they stay"
    )
    ended_at = models.DateTimeField(null=True, blank=True, help_text="cancelled or undone")
    forgotten_at = models.DateTimeField(null=True, blank=True, help_text="file and contents went")
    # One process works on it, and says so in each of its transactions; after ``leased_until``
    # another may take over.
    lease = models.CharField(max_length=32, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)

    objects = PoolImportQuerySet.as_manager()

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["visible_at"], name="pool_import_hidden"),
            models.Index(fields=["organisation", "sha256"], name="pool_import_same_file"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows_total")), name="pool_import_rows_done"
            ),
            models.CheckConstraint(
                condition=Q(visible_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="pool_import_seen_once_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(status=ImportStatus.DONE) | Q(visible_at__isnull=False),
                name="pool_import_done_is_seen",
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(file=""), name="pool_import_forgotten"
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.pk}"

    @property
    def undo_until(self) -> dt.datetime | None:
        """Until when it can be undone; None before it has run.

        What was there before is kept with the rows, and goes with them.
        """
        return self.visible_at and min(self.visible_at + UNDO_IMPORT_WITHIN, self.forgotten_on)

    @property
    def days_to_undo(self) -> int:
        """For how many whole days it could be undone if it were brought in now."""
        left = min(UNDO_IMPORT_WITHIN, self.forgotten_on - timezone.now())
        return max(left.days, 0)

    @property
    def forgotten_on(self) -> dt.datetime:
        """When the file and what was in its rows go."""
        return self.uploaded_at + FILE_KEPT

    @property
    def share_done(self) -> int:
        """How much of what is being done is done, in hundredths."""
        return 100 * self.rows_done // self.rows_total if self.rows_total else 0


class ImportRow(models.Model):
    """One row of a file, what it is taken for, and what was decided and done.

    No cell of a special category is ever kept here. ``facts``, ``second`` and ``cells`` are emptied
    with the file.
    """

    Verdict = Verdict
    Decision = Decision

    pool_import = models.ForeignKey(PoolImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="of the row in the file; headings are row 1")
    # A keyed hash of the facts: the same row of another day is known by it, and nothing is read.
    key = models.CharField(max_length=64)
    verdict = models.CharField(max_length=8, choices=Verdict)
    facts = models.JSONField(default=dict)
    second = models.JSONField(default=dict, help_text="the other one, where two are in one row")
    # What stood there, of a row that somebody puts right in the spreadsheet: for the download.
    cells = models.JSONField(default=dict, help_text="{heading: text} of columns brought in")
    problems = models.JSONField(default=list, help_text="[{column, message, weight}]")
    left_out = models.JSONField(default=list, help_text="headings of cells not brought in")
    same_as_row = models.PositiveIntegerField(null=True, blank=True)
    match = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    is_done = models.BooleanField(default=False)
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    second_person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # What a row that was merged changed, so that it can be changed back.
    before = models.JSONField(default=dict, help_text="{field: [before, after]}")
    is_filled = models.BooleanField(default=False, help_text="what it adds to a person is there")

    class Meta:
        ordering = ["number"]
        indexes = [
            models.Index(fields=["pool_import", "verdict", "number"], name="import_row_by_verdict"),
            models.Index(fields=["key"], name="import_row_by_key"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["pool_import", "number"], name="import_row_once"),
            models.CheckConstraint(
                condition=Q(decision="", decided_at__isnull=True)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="import_row_decided_when",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(verdict=Verdict.DOUBTFUL),
                name="import_row_only_doubtful_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"row {self.number}"


class ColumnMatching(models.Model):
    """How an organisation matched the columns of files with these headings, for the next time."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="column_matchings"
    )
    fingerprint = models.CharField(max_length=64, help_text="of the headings, in their order")
    columns = models.JSONField(default=dict, help_text="{heading in small letters: field}")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "fingerprint"], name="column_matching_once"
            )
        ]

    def __str__(self) -> str:
        return f"columns of {self.organisation_id}"
