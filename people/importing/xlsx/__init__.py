"""The child that meets a stranger's workbook. No Django, nothing of the portal: a file of its own.

Reads an .xlsx from standard input and writes lines of JSON: first what it is, then one list for
each row with something in it, at last that this was all; or why it is refused (a code of
``kinds.py``). XML with a document type is refused: nothing in it is ever looked up. What the
directory of the zip says is checked before anything is unpacked, and counted again while it is.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator

# By path alone: confined.child loads this folder without the portal around it.
from .archive import Parts, Refused, look_at_members, steps
from .book import Book, Strings, Styles, choose, survey
from .grid import Grid


def answers(data: bytes, sheet: str, members: int, unpacked: int) -> Iterator[object]:
    """Return what is written, line by line."""
    parts = Parts(data, members, unpacked)
    look_at_members(parts)
    book = Book(parts)
    name, part, others, hidden = choose(parts, book, sheet)
    seen = survey(parts, part)
    yield {"sheet": name, "others": others, "hidden_sheets": hidden, **seen}
    parts.left = unpacked  # it was gone through to look; from here on it counts anew
    grid = Grid(Strings(parts).all, Styles(parts), since_1904=book.since_1904)
    for _step in steps(parts.chunks(part), grid.start, grid.end, grid.text):
        yield from grid.ready
        grid.ready = []
    yield {"end": True}


def main(sheet: str, members: str, unpacked: str) -> int:
    """Answer for the file on standard input; the exit code is 0 also where it is refused."""
    out = sys.stdout
    try:
        for answer in answers(sys.stdin.buffer.read(), sheet, int(members), int(unpacked)):
            out.write(json.dumps(answer) + "\n")
    except Refused as reason:
        out.write(json.dumps({"refused": str(reason)}) + "\n")
    except MemoryError:
        out.write(json.dumps({"refused": "too-heavy"}) + "\n")
    except BrokenPipeError:
        return 1
    except Exception:  # noqa: BLE001 -- a broken zip or XML raises anything at all
        out.write(json.dumps({"refused": "broken"}) + "\n")
    out.flush()
    return 0
