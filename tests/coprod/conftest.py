"""The made-up borough, loaded once in a run, and there for each file of tests that looks at it.

A file that asks for ``borough`` should hold no test that needs an empty portal: what was loaded
stands until the last test of the file, and each test is undone on top of it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from coprod.demo.load import load
from tests import prepared


@pytest.fixture(scope="module")
def loaded(shelf, django_db_setup, django_db_blocker) -> Iterator[None]:
    """The small demonstration, for a whole file; at its end the portal is empty again."""
    with django_db_blocker.unblock():
        shelf.ready("borough", lambda: load(people=60))
        yield
        shelf.take(prepared.MIGRATED)


@pytest.fixture
def borough(loaded, db) -> None:
    """The demonstration: something to look at, and to break, in every room."""
