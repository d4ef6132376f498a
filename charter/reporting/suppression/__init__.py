"""Small-number protection of published tables: no models, no database, no framework.

``publish(offer, counted, threshold=…)`` is the only door: exact counts go in, figures that may
be shown come out. ``board`` holds the figures, ``visitors`` the people, and ``twins`` proves that
no figure that is not shown can be worked out.
"""

from charter.reporting.states import State

from .board import Cell, Counted, Key, Offer, Table, Values, rounded
from .publish import Figure, Publication, publish

__all__ = [
    "Cell",
    "Counted",
    "Figure",
    "Key",
    "Offer",
    "Publication",
    "State",
    "Table",
    "Values",
    "publish",
    "rounded",
]
