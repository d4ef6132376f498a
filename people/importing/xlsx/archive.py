"""The zip that a workbook is, and the XML within it; nothing of it is believed."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

CHUNK = 1 << 16
# Confined, no file opens any more: the letters of names in a zip, and those of XML, are needed now.
for letters in ("cp437", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"):
    codecs.lookup(letters)
FAMILY = re.compile(r"(?:application/vnd\.oasis\.opendocument\.)(spreadsheet|text|presentation)")
PARTS = (  # a member whose name fits tells what else a zip is
    (r"xl/vbaproject\.bin", "xlsm"),
    (r"xl/workbook\.bin", "xlsb"),
    (r"word/document\.xml", "word"),
    (r"ppt/presentation\.xml", "slides"),
    (r"(.*/)?index\.zip|.*\.iwa", "numbers"),
    (r"xl/externallinks/.*", "links"),
)


class Refused(Exception):  # noqa: N818 -- it is no fault of the program
    """It is not read; the argument says why."""


class Parts:
    """The members of the zip, unpacked no further than allowed."""

    def __init__(self, data: bytes, members: int, unpacked: int) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(data))
        self.left = unpacked
        infos = self.zip.infolist()
        if len(infos) > members:
            raise Refused("members")
        if sum(info.file_size for info in infos) > unpacked:
            raise Refused("bomb")
        if any(info.flag_bits & 1 for info in infos):
            raise Refused("password")
        self.names = {info.filename.lstrip("/"): info for info in infos}

    def chunks(self, name: str) -> Iterator[bytes]:
        """Return a member piece by piece."""
        if name not in self.names:
            raise Refused("broken")
        with self.zip.open(self.names[name]) as member:
            while chunk := member.read(CHUNK):
                self.left -= len(chunk)
                if self.left < 0:
                    raise Refused("bomb")
                yield chunk

    def parse(self, name: str, start: Callable[[str, dict[str, str]], None]) -> None:
        """Go through the elements of a small part."""
        parse(self.chunks(name), start)


def parse(
    chunks: Iterator[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through XML, without ever following what it refers to."""
    for _step in steps(chunks, start, end, text):
        pass


def steps(
    chunks: Iterator[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Go through XML, and stop after each piece."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = unsafe
    parser.EntityDeclHandler = unsafe
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    for chunk in chunks:
        parser.Parse(chunk)
        yield
    parser.Parse(b"", True)  # noqa: FBT003 -- its name is isfinal, and has to be given by place
    yield


def unsafe(*_what: object) -> None:
    raise Refused("unsafe-xml")


def local(name: str) -> str:
    """Return the name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def look_at_members(parts: Parts) -> None:
    """Refuse what is no plain workbook."""
    names = [name.lower() for name in parts.names]
    if "mimetype" in names:
        written = b"".join(parts.chunks("mimetype"))[:200].decode("ascii", "replace")
        kind = FAMILY.match(written)
        raise Refused({"spreadsheet": "ods", "text": "word"}.get(kind[1] if kind else "", "packed"))
    for pattern, code in PARTS:
        if any(re.fullmatch(pattern, name) for name in names):
            raise Refused(code)
    if "xl/workbook.xml" not in parts.names:
        raise Refused("packed")
    if "[Content_Types].xml" in parts.names:
        types = b"".join(parts.chunks("[Content_Types].xml"))
        if b"macroEnabled" in types:
            raise Refused("xlsm")
