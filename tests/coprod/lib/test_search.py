"""Searching by words."""

from __future__ import annotations

import pytest

from coprod.lib.search import LONGEST, MOST_WORDS, clean, search
from people.models import Town
from tests.factories import make_town


@pytest.mark.parametrize(
    ("typed", "used"),
    [
        ("  bus   stops ", "bus stops"),
        ("a\x00b", "a b"),
        ("x" * 500, "x" * LONGEST),
        ("\n\t", ""),
    ],
)
def test_clean(typed, used):
    assert clean(typed) == used


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["Rowley Regis", "Tipton", "West Bromwich"]),
        ("regis", ["Rowley Regis"]),
        ("REGIS row", ["Rowley Regis"]),
        ("west-brom", ["West Bromwich"]),  # one of the fields is enough
        ("regis tipton", []),  # every word is needed
        ("%", []),
        ("_", []),
        ("i " * MOST_WORDS + "zzz", ["Rowley Regis", "Tipton", "West Bromwich"]),
    ],
)
def test_search(db, words, found):
    for name in ("Tipton", "Rowley Regis", "West Bromwich"):
        make_town(name)
    result = search(Town.objects.all(), words, ["name", "slug"]).order_by("name")
    assert [town.name for town in result] == found
