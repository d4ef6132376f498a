"""What a workbook says of itself: its sheets, its formats, its texts."""

from __future__ import annotations

import posixpath
import re

from .archive import Parts, Refused, local, parse
from .grid import column_of

MERGED = 2_000
DAYS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}  # formats of days that have no code
TIMES = {18, 19, 20, 21, 45, 46, 47}
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
ROW = re.compile(rb"<(?:\w+:)?row[ />]")
HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*\bhidden="(?:1|true)"')
END = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
MERGE = re.compile(
    rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"'
)
SOMETHING = re.compile(rb"<(?:\w+:)?(?:v|is)[ >]")


class Book:
    """What the workbook says of its sheets and of days."""

    def __init__(self, parts: Parts) -> None:
        self.sheets: list[tuple[str, str, bool]] = []  # name, part, whether it is shown
        self.since_1904 = False
        self._targets: dict[str, str] = {}
        if "xl/_rels/workbook.xml.rels" in parts.names:
            parts.parse("xl/_rels/workbook.xml.rels", self._relation)
        parts.parse("xl/workbook.xml", self._element)

    def _relation(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External" or kind == "externalLink":
            raise Refused("links")
        target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
        self._targets[attributes.get("Id", "")] = target

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "workbookPr":
            self.since_1904 = attributes.get("date1904") in {"1", "true"}
        elif kind == "sheet":
            named = {local(key): value for key, value in attributes.items()}
            part = self._targets.get(named.get("id", ""), "")
            shown = named.get("state", "visible") == "visible"
            self.sheets.append((named.get("name", "")[:100], part, shown))


class Styles:
    """Which formats of cells are days, times or numbers with zeros before them."""

    def __init__(self, parts: Parts) -> None:
        self.formats: list[str] = []  # day, time, zeros:11, or nothing, for each style
        self._codes: dict[str, str] = {}
        self._within = False
        if "xl/styles.xml" in parts.names:
            parse(parts.chunks("xl/styles.xml"), self._start, self._end)

    def of(self, style: str | None) -> str:
        """Return the format of the style with this number."""
        place = int(style) if style and style.isdecimal() and len(style) < 6 else 0
        return self.formats[place] if place < len(self.formats) else ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        kind = local(name)
        if kind == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif kind == "cellXfs":
            self._within = True
        elif kind == "xf" and self._within:
            self.formats.append(self._format(attributes.get("numFmtId", "0")))

    def _end(self, name: str) -> None:
        if local(name) == "cellXfs":
            self._within = False

    def _format(self, number: str) -> str:
        if number in self._codes:
            return of_code(self._codes[number])
        known = int(number) if number.isdecimal() and len(number) < 6 else 0
        return "day" if known in DAYS else "time" if known in TIMES else ""


def of_code(code: str) -> str:
    """Return what a format shows: "dd/mm/yy" a day, "00000000000" a number with its zeros."""
    bare = LITERAL.sub("", code).split(";")[0].lower()
    if re.fullmatch(r"[0 \-]+", bare):
        zeros = bare.count("0")
        return f"zeros:{zeros}" if zeros > 1 else ""
    if "general" in bare or "#" in bare or not re.search("[ymdhs]", bare):
        return ""
    return "day" if re.search("[yd]|mmm", bare) else "time"


class Strings:
    """The texts that cells refer to by their number, in ``all``."""

    def __init__(self, parts: Parts) -> None:
        self.all: list[str] = []
        self._pieces: list[str] = []
        self._inside = False
        self._readings = 0  # within <rPh>: how a word is pronounced
        if "xl/sharedStrings.xml" in parts.names:
            parse(parts.chunks("xl/sharedStrings.xml"), self._start, self._end, self._text)

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        kind = local(name)
        self._inside = self._inside or kind == "t"
        self._readings += kind == "rPh"

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind == "t":
            self._inside = False
        elif kind == "rPh":
            self._readings -= 1
        elif kind == "si":
            self.all.append("".join(self._pieces))
            self._pieces.clear()

    def _text(self, words: str) -> None:
        if self._inside and not self._readings:
            self._pieces.append(words)


def survey(parts: Parts, part: str) -> dict[str, object]:
    """Look over a sheet without reading it: about how many rows, what is merged or hidden."""
    merged: list[list[int]] = []
    rows, tail, ended = 0, b"", False
    hidden = False
    for place, chunk in enumerate(parts.chunks(part)):
        data = tail + chunk
        hidden = hidden or (place == 0 and bool(HIDDEN_COLUMN.search(data)))
        rows += 0 if ended else len(ROW.findall(chunk))
        finish = None if ended else END.search(data)
        if finish:
            ended, data = True, data[finish.end() :]
        if ended and len(merged) < MERGED:
            found = list(MERGE.finditer(data))
            merged += [merge_of(*one.groups()) for one in found]
            data = data[found[-1].end() :] if found else data
        tail = data[-400:]
    return {"rows": rows, "merged": merged[:MERGED], "hidden_columns": hidden}


def merge_of(left: bytes, top: bytes, right: bytes, bottom: bytes) -> list[int]:
    return [int(top), column_of(left.decode()), int(bottom), column_of(right.decode())]


def has_something(parts: Parts, part: str) -> bool:
    """Return whether a sheet has a cell with something in it."""
    if part not in parts.names:
        return False
    return any(SOMETHING.search(chunk) for chunk in parts.chunks(part))


def choose(parts: Parts, book: Book, wanted: str) -> tuple[str, str, list[str], list[str]]:
    """Return name and part of the sheet to read, the others shown, and those hidden."""
    full = [one for one in book.sheets if has_something(parts, one[1])]
    shown = [one for one in full if one[2]]
    if wanted:
        chosen = next((one for one in full if one[0] == wanted), None)
        if chosen is None:
            raise Refused("no-such-sheet")
    elif not shown:
        raise Refused("no-sheet")
    else:
        chosen = shown[0]
    others = [one[0] for one in shown if one is not chosen]
    hidden = [one[0] for one in full if not one[2] and one is not chosen]
    return chosen[0], chosen[1], others[:50], hidden[:50]
