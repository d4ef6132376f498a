"""Attacks are tried in the world of the doors."""

from tests.house.conftest import stage

__all__ = ["stage"]
