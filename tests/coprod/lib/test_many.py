"""Many rows to tick: what is no row is refused, however large its number."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from coprod.lib.many import ManyRows
from people.models import Town
from tests.factories import make_town


def test_rows_that_are_there_are_taken(db):
    town = make_town("Tipton")
    assert list(ManyRows(Town.objects.all()).clean([str(town.pk)])) == [town]


@pytest.mark.parametrize("value", ["9" * 20, "-1", "x", "\x00"])
def test_what_is_no_row_is_refused(db, value):
    """Control: Django’s own field breaks on the first where the database is SQLite."""
    with pytest.raises(ValidationError):
        ManyRows(Town.objects.all()).clean([value])
