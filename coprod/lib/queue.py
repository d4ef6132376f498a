"""One row of a staff queue: plain values, whatever room they come from."""

from __future__ import annotations

from dataclasses import dataclass

# Of each kind: the queue is for reading in one go; the rest is on the pages behind it.
LENGTH = 10


@dataclass(frozen=True)
class QueueRow:
    """Somebody who waits: what for (``title``, ``soft``), and the one thing to do (``verb``).

    The fields of ``{% row %}``: ``rest`` ends the name of the button for screen readers, ``tag`` is
    a word beside the title, ``kind`` its colour (late comes first in every queue).
    """

    title: str
    href: str
    verb: str
    rest: str = ""
    soft: str = ""
    tag: str = ""
    kind: str = ""
    icon: str = ""
