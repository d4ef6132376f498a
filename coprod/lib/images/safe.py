"""The parent's half: looks at a few bytes, runs the child, and believes little of what it says."""

from __future__ import annotations

import logging
import struct
import threading
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from coprod.lib.confined import Allowed, running

logger = logging.getLogger(__name__)

BYTES_LIMIT = 10 * 1024 * 1024
OUTPUT_LIMIT = 4 * 1024 * 1024
CHILD = Path(__file__).with_name("decode.py")
REASONS = {10: "format", 11: "pixels", 12: "frames", 13: "broken"}
_JPEG_BEGINS, _JPEG_ENDS = b"\xff\xd8\xff", b"\xff\xd9"
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")

_WORDS = {
    "empty": _("This file is empty. Choose another picture"),
    "large": _("This file is too large. Choose a picture of at most 10 MB"),
    "heic": _(
        "This is a HEIC picture, which we cannot show. Save it as JPEG and choose that file. "
        "On an iPhone, open Settings, then Camera, then Formats, choose “Most Compatible”, and "
        "take the picture again. Or open the picture, choose Share, then Options, then "
        "“Most Compatible”, and save it to Files"
    ),
    "avif": _(
        "This is an AVIF picture, which we cannot show. Save it as JPEG and choose that file: "
        "open the picture, choose “Save as” or “Export”, then JPEG"
    ),
    "format": _("Choose a picture in JPEG, PNG or WebP format. We cannot read this file"),
    "pixels": _(
        "This picture is too large to open. Make it smaller than 25 megapixels, with no side "
        "longer than 12,000 pixels"
    ),
    "frames": _("This picture moves. Choose one that stands still"),
    "broken": _(
        "We could not read this picture: a part of it is missing or broken. Open it, save it "
        "again as JPEG, and choose that file"
    ),
    "busy": _("Many people are sending pictures. Wait a minute, and choose yours again"),
}


class NotAPicture(Exception):  # noqa: N818 -- it is no fault of the program
    """It cannot be used. ``code`` says why; as a text it is fit for the screen."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        return str(_WORDS[self.code])


@dataclass(frozen=True)
class SafePicture:
    """Two JPEG files of our own making."""

    small: bytes
    large: bytes


@dataclass(frozen=True)
class Limits:
    """What a child may use: bytes of memory, seconds of a processor, seconds on the clock."""

    memory: int = 512 * 1024 * 1024
    processor: int = 10
    clock: float = 20.0


LIMITS = Limits()
# Two children at a time in each web process: their memory is twice 512 MiB at the most.
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 15.0


def make_safe(data: bytes, limits: Limits = LIMITS) -> SafePicture:
    """Return the picture in ``data`` as two new files.

    Raises:
        NotAPicture: it is none that we take, or it does not decode within ``limits``.
    """
    code = refusal(data)
    if not code:
        try:
            return _unpacked(_decoded(data, limits))
        except NotAPicture as no:
            code = no.code
    logger.info("a picture was refused: %s", code)
    raise NotAPicture(code)


def refusal(data: bytes) -> str:
    """Return why ``data`` is not even given to a decoder; nothing where it is."""
    if not data:
        return "empty"
    if len(data) > BYTES_LIMIT:
        return "large"
    if data[4:8] == b"ftyp":
        return _of_a_telephone(data[8:64])
    jpeg, png = data.startswith(_JPEG_BEGINS), data.startswith(b"\x89PNG\r\n\x1a\n")
    webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    return "" if jpeg or png or webp else "format"


def _of_a_telephone(brands: bytes) -> str:
    if b"avif" in brands or b"avis" in brands:
        return "avif"
    return "heic" if any(brand in brands for brand in _HEIC) else "format"


def _decoded(data: bytes, limits: Limits) -> bytes:
    """Return what the child wrote."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise NotAPicture("busy")
    try:
        code, written = _ask_the_child(data, limits)
    finally:
        _AT_ONCE.release()
    if code != 0:
        raise NotAPicture(REASONS.get(code, "broken"))
    return written


def _ask_the_child(data: bytes, limits: Limits) -> tuple[int, bytes]:
    """Run the child and return how it ended and what it wrote, no more than it should."""
    allowed = Allowed(limits.memory, limits.processor, limits.clock)
    with running(CHILD, data, allowed=allowed) as child:
        assert child.stdout  # noqa: S101 -- for the type checker: it is a pipe
        written = child.stdout.read(OUTPUT_LIMIT + 1)
        if len(written) > OUTPUT_LIMIT:
            child.kill()
        return child.wait(), written


def _unpacked(written: bytes) -> SafePicture:
    """Return the two files; a child that a stranger took over may have written anything."""
    if len(written) < 4:
        raise NotAPicture("broken")
    (length,) = struct.unpack(">I", written[:4])
    made = SafePicture(small=written[4 : 4 + length], large=written[4 + length :])
    for file in (made.small, made.large):
        if not (file.startswith(_JPEG_BEGINS) and file.endswith(_JPEG_ENDS)):
            raise NotAPicture("broken")
    return made
