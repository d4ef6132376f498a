"""Places where a test may kill the process, to see what is left: ``FAILPOINT=name``.

Only ``COPROD_MODE=test`` takes the setting; every other mode refuses to start with it.
"""

from __future__ import annotations

import os
import signal

from django.conf import settings


def failpoint(name: str) -> None:
    """End this process as ``kill -9`` does, if a test asked for it here."""
    if name == settings.FAILPOINT:
        os.kill(os.getpid(), signal.SIGKILL)
