"""A phone number is one that somebody could ring: ten to fourteen digits, written in any way."""

from __future__ import annotations

import re

DIGITS = range(10, 15)


def is_phone(text: str) -> bool:
    """Return whether ``text`` holds a number to ring: "0121 496 0456", "+44 (0)121 496 0456"."""
    return len(re.sub(r"\D", "", text)) in DIGITS
