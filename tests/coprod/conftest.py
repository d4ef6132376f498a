"""The made-up borough, loaded once for each file of tests that looks at it.

A file that asks for ``borough`` should hold no test that needs an empty portal: what was loaded
stands until the last test of the file, and each test is undone on top of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from coprod.demo.load import load


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The small demonstration, for a whole file; taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(people=60)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def borough(loaded, db) -> None:
    """The demonstration: something to look at, and to break, in every room."""
