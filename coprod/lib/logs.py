"""What never stands in a log."""

from __future__ import annotations

import logging
import re

# Addresses that are keys: whoever has one needs nothing else.
_KEYS = re.compile(r"(/(?:calendar|invitation(?:/stay)?)/)[^/\s\"'?]+")


class HideKeys(logging.Filter):
    """Takes secret addresses out of every line, whoever writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Return True: the line is kept, without the key."""
        said = record.getMessage()
        hidden = without_keys(said)
        if hidden != said:
            record.msg, record.args = hidden, ()
        return True


def without_keys(text: str) -> str:
    """Return ``text`` with dots in place of the keys in its addresses."""
    return _KEYS.sub(r"\1…", text)
