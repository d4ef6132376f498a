"""The ledger of erasures: a file beside the database, so that an old copy of it brings nobody back.

Each line has a keyed hash and a time. Whoever has the file alone learns nothing; whoever has the
key, and a copy of the database that still holds the person, finds who must go once more. The row
``Erasure`` is written in the transaction of the erasing, the line after it, and again by the worker
where the process died in between. A line without its row says: the database is an older copy.
"""

from __future__ import annotations

import fcntl
import hashlib
import hmac
import json
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from .models import Erasure


def code_of(uuid: UUID) -> str:
    """Return what stands for the person with this uuid: 64 hexadecimal characters."""
    key = settings.EQUALITY_KEY.encode()
    return hmac.new(key, f"erased:{uuid}".encode(), hashlib.sha256).hexdigest()


def codes() -> set[str]:
    """Return everybody in the file. A line that broke off is no line."""
    try:
        text = _file().read_text()
    except FileNotFoundError:
        return set()
    return {code for line in text.splitlines() if (code := _code_in(line))}


def _code_in(line: str) -> str:
    try:
        return str(json.loads(line)["code"])
    except (ValueError, KeyError, TypeError):
        return ""


def write_down() -> int:
    """Add to the file whoever was erased and is not in it; return how many there were."""
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+") as ledger:
        fcntl.flock(ledger, fcntl.LOCK_EX)
        there = codes()
        missing = [one for one in Erasure.objects.order_by("pk") if one.code not in there]
        if missing:
            lines = [_line_of(one) for one in missing]
            ledger.write("\n".join(["", *lines, ""]))  # after whatever broke off
            ledger.flush()
            os.fsync(ledger.fileno())
    file.chmod(0o600)
    return len(missing)


def _line_of(erasure: Erasure) -> str:
    return json.dumps({"code": erasure.code, "at": erasure.erased_at.isoformat()})


def not_replayed() -> set[str]:
    """Return who is in the file and, for this database, was never erased."""
    written = codes()
    return written - set(Erasure.objects.filter(code__in=written).values_list("code", flat=True))


def _file() -> Path:
    return Path(settings.ERASURE_LEDGER)
