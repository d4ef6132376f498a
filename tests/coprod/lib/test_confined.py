"""A program over a stranger's file can do nothing but read and answer."""

from __future__ import annotations

import textwrap
import time

import pytest

from coprod.lib.confined import Allowed, running

MIB = 1024 * 1024
TRIES = """
import os, socket, sys

def works(one):
    try:
        one()
    except (OSError, MemoryError):
        return False
    return True

TRIES = [
    lambda: open("/etc/hostname"), socket.socket, os.pipe, lambda: bytes(300 << 20),
    lambda: open(sys.argv[0]),
]

def main(*words):
    print([works(one) for one in TRIES], "SECRET_KEY" in os.environ, sys.stdin.read(), *words)
    return 7
"""


def program(tmp_path, text: str):
    file = tmp_path / "program.py"
    file.write_text(textwrap.dedent(text))
    return file


def answer(file, data=b"", *words, memory=256 * MIB, processor=10, clock=20.0):
    allowed = Allowed(memory, processor, clock)
    with running(file, data, *words, allowed=allowed) as child:
        return child.stdout.read(), child.wait()


def test_a_child_has_nothing_to_give_away(tmp_path, monkeypatch):
    """It opens no file and no connection, holds no more, knows no secret.

    Control: the same tries in a program that is not confined.
    """
    monkeypatch.setenv("SECRET_KEY", "ours")
    file = program(tmp_path, TRIES)
    said, code = answer(file, b"the file", "a", "word")
    assert said.decode().strip() == f"{[False] * 5} False the file a word"
    assert code == 7
    free = program(tmp_path, TRIES + "\nassert all(map(works, TRIES))\n")
    assert b"False" in answer(free)[0]


@pytest.mark.parametrize(
    "text",
    [
        "def main():\n  while True: pass\n",
        "import time\ndef main(): time.sleep(60)\n",
        "def main(): bytes(1 << 30)\n",
        "def main(): raise ValueError\n",
        "raise ValueError\n",
    ],
    ids=["busy", "asleep", "greedy", "faulty", "broken"],
)
def test_a_child_that_does_not_answer_ends(tmp_path, text):
    """Control: the exit code 7 of the test above."""
    began = time.monotonic()
    said, code = answer(program(tmp_path, text), b"x" * MIB, processor=1, clock=3.0)
    assert (said, code != 0) == (b"", True)
    assert time.monotonic() - began < 15


def test_a_child_of_whom_nobody_wants_more_is_ended(tmp_path):
    talker = program(tmp_path, "import sys\ndef main():\n  while True: print('x' * 9999)\n")
    with running(talker, b"", allowed=Allowed(256 * MIB, 30, 30.0)) as child:
        assert child.stdout.read(10) == b"x" * 10
    assert child.poll() is not None
