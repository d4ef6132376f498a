"""A person’s dates as an address for their calendar."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from people.models import Person


class CalendarLink(models.Model):
    """That a person has a secret address with their dates. The address itself is in no table.

    It is a keyed hash of ``seed`` (opportunities.calendar_links): the database alone opens none.
    """

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="calendar_link")
    seed = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"calendar link {self.pk}"
