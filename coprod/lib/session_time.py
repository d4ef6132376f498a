"""How long staff stay signed in: so long without a click, and so long in all.

Two times stand in the session, in seconds since 1970. A click is noted at most once a minute: each
note is a write. Times are whole numbers of the server's clock, never of the browser's.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN = "began_at", "seen_at"
NOTED_EVERY = 60  # seconds


@dataclass(frozen=True)
class TimeLeft:
    """Seconds until a session ends, and whether a click would make it longer."""

    seconds: int
    can_stay: bool


def begin(session: SessionBase) -> None:
    """Start the clock of a session: somebody has just signed in."""
    session[BEGAN] = session[SEEN] = int(time.time())


def began(session: SessionBase, user: Any) -> int:
    """Return when the session began, in seconds since 1970."""
    return _times(session, user)[0]


def note_click(session: SessionBase, user: Any) -> None:
    """Remember that somebody is there."""
    now = int(time.time())
    start, seen = _times(session, user)
    if now - seen >= NOTED_EVERY:
        session[BEGAN], session[SEEN] = start, now


def time_left(session: SessionBase, user: Any) -> TimeLeft:
    """Return how long ``user`` stays signed in when nothing is pressed; 0 seconds: no longer."""
    now = int(time.time())
    start, seen = _times(session, user)
    idle = seen + int(settings.STAFF_SESSION_IDLE.total_seconds()) - now
    whole = start + int(settings.STAFF_SESSION_MAX.total_seconds()) - now
    return TimeLeft(max(0, min(idle, whole)), can_stay=idle < whole)


def _times(session: SessionBase, user: Any) -> tuple[int, int]:
    """Return when the session began and when somebody was last there.

    A session that did not come through the sign-in page (a button of the demonstration) began
    with the user's last sign-in.
    """
    start = session.get(BEGAN) or int(user.last_login.timestamp() if user.last_login else 0)
    return start, session.get(SEEN) or start
