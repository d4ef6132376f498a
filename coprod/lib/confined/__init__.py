"""A stranger's file, opened in a program of its own: one that can do nothing but read and answer.

``running(program, data, …)`` starts it, with ``data`` on its standard input; its answer is read
from its standard output, and little of it believed. ``child.py`` is the other half.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL, PIPE

CHILD = Path(__file__).with_name("child.py")


@dataclass(frozen=True)
class Allowed:
    """What a child may use: bytes of memory, seconds of a processor, seconds on the clock."""

    memory: int
    processor: int
    clock: float

    @property
    def words(self) -> tuple[str, str]:
        """What it is told itself; the clock is the parent's."""
        return str(self.memory), str(self.processor)


@contextmanager
def running(
    program: Path, data: bytes, *arguments: str, allowed: Allowed
) -> Iterator[subprocess.Popen[bytes]]:
    """Run ``program`` over ``data``, in a child that is ended when the block is left.

    Args:
        arguments: passed on to its ``main``.
    """
    command = [sys.executable, "-I", str(CHILD), str(program), *allowed.words]
    # Without an environment: the secrets of the portal stand in ours.
    with subprocess.Popen(  # noqa: S603 -- our own program, with numbers and names
        [*command, *arguments], stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env={}, cwd="/"
    ) as child:
        assert child.stdin  # noqa: S101 -- for the type checker: it is a pipe
        too_long = threading.Timer(allowed.clock, child.kill)
        too_long.daemon = True
        too_long.start()
        try:
            with suppress(BrokenPipeError):  # it ended before it had read everything
                child.stdin.write(data)
                child.stdin.close()
            yield child
        finally:
            too_long.cancel()
            child.kill()
