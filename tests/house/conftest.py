"""The world that the doors are tried in, shared by the files that knock at them."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.db import transaction

from charter.reporting import counts
from tests.house.doors import world


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[world.World]:
    """Two organisations, every role, every kind of row, for all tests of a file; none of it stays.

    The file is marked with ``django_db``, which makes the database.
    """
    logging.disable(logging.CRITICAL)  # some thousand refusals, each with its traceback
    with django_db_blocker.unblock(), transaction.atomic():
        built = world.build()
        counts.rebuild()  # once, and not for everybody who looks at the figures
        yield built
        transaction.set_rollback(True)
    logging.disable(logging.NOTSET)
