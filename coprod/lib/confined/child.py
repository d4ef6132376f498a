"""The child that meets a stranger's file. Run as a program: a file of its own, no Django.

    python -I child.py PROGRAM MEMORY_BYTES CPU_SECONDS [ARGUMENT…] < file > answer

Loads the file PROGRAM with all that it imports, gives up what it does not need, and ends with what
its ``main(*arguments)`` returns.
"""

from __future__ import annotations

import importlib.util
import resource
import sys
from types import ModuleType


def confine(memory: int, seconds: int) -> None:
    """Give up, for good: more memory and time than these, files, sockets, children."""
    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),  # the answer goes through a pipe
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 3),  # those that are open: in, out, errors
    )
    for what, most in limits:
        resource.setrlimit(what, (most, most))


def load(path: str) -> ModuleType:
    """Return the program at ``path``, with everything that it imports."""
    spec = importlib.util.spec_from_file_location("program", path)
    if spec is None or spec.loader is None:
        raise ImportError(path)
    program = importlib.util.module_from_spec(spec)
    sys.modules["program"] = program  # where its dataclasses look for their names
    spec.loader.exec_module(program)
    return program


def main(path: str, memory: str, seconds: str, *arguments: str) -> int:
    """Run the program at ``path``, confined."""
    program = load(path)
    confine(int(memory), int(seconds))
    return int(program.main(*arguments))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
