"""That something changed which everybody can read. Written by the database itself."""

from django.db import models


class PublicChange(models.Model):
    """One change. Triggers write it (people.versions), in the transaction of the change.

    Rows are only added, so that two who change something never wait for each other.
    """

    def __str__(self) -> str:
        return f"public change {self.pk}"


class PublicVersion(models.Model):
    """How many changes were counted and forgotten. One row, or none before the first time."""

    folded = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"public version {self.folded}"
