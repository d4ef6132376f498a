"""The child that meets a stranger's picture, confined (``coprod.lib.confined``): no Django.

Writes the length of the small picture (four bytes), the small one, the large one. Ends with one of
``REASONS`` where there is no picture to make; whatever else ends it counts as broken.
"""

from __future__ import annotations

import io
import struct
import sys

# All that is ever needed is imported before the limits: afterwards no file opens any more.
from PIL import (  # noqa: F401 -- see above: the plug-ins are found by their names
    Image,
    ImageCms,
    ImageOps,
    JpegImagePlugin,
    MpoImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

Image.preinit()
FORMATS = ("JPEG", "PNG", "WEBP")
PIXELS = 25_000_000
SIDE = 12_000
LARGE = 640  # pixels on the longer side: a page, and 3 cm on paper
SMALL = 192  # a square: beside a name
QUALITY = 85
REASONS = {"format": 10, "pixels": 11, "frames": 12, "broken": 13}
WHITE = (255, 255, 255)
SHRINK_WELL = {"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr"}  # others lose colours: convert first
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


class Refused(Exception):  # noqa: N818 -- it is no fault of the program
    """There is no picture to make; the argument is one of ``REASONS``."""


def make(data: bytes) -> tuple[bytes, bytes]:
    """Return the small and the large picture of ``data``.

    Raises:
        Refused: it is not one still picture of a size that may be decoded.
    """
    try:
        picture = _opened(data)
        picture.draft(None, (2 * LARGE, 2 * LARGE))  # a JPEG is decoded no larger than needed
        picture.load()
    except (Refused, MemoryError):
        raise
    except Image.DecompressionBombError:
        raise Refused("pixels") from None
    except Exception:  # noqa: BLE001 -- decoders raise anything at all
        raise Refused("broken") from None
    if picture.mode in SHRINK_WELL:
        _shrink(picture)
    plain = _upright(picture, _plain(picture))
    _shrink(plain)
    return _file(ImageOps.fit(plain, (SMALL, SMALL))), _file(plain)


def _shrink(picture: Image.Image) -> None:
    """Make it fit into ``LARGE``, in place."""
    picture.thumbnail((LARGE, LARGE), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _opened(data: bytes) -> Image.Image:
    """Return the picture, not yet decoded, if it may be."""
    try:
        picture = Image.open(io.BytesIO(data), formats=FORMATS)
    except Image.UnidentifiedImageError:
        raise Refused("format") from None
    width, height = picture.size
    if width * height > PIXELS or max(width, height) > SIDE:
        raise Refused("pixels")
    # Two pictures in a JPEG are the photo and what a telephone keeps beside it: the first counts.
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise Refused("frames")
    return picture


def _plain(picture: Image.Image) -> Image.Image:
    """Return the same in sRGB with 8 bits, on white where one could see through."""
    if picture.mode.startswith(("I", "F")):
        scale = 1 / 256 if picture.mode.startswith("I") else 1
        picture_8 = picture.convert("I").point(lambda value: value * scale).convert("L")
        return picture_8.convert("RGB")
    seen = picture
    if "transparency" in picture.info or picture.mode in {"LA", "La", "PA", "RGBA", "RGBa"}:
        through = picture.convert("RGBA")
        seen = Image.new("RGB", through.size, WHITE)
        seen.paste(through, mask=through.getchannel("A"))
    elif picture.mode == "P":
        seen = picture.convert("RGB")
    return _in_srgb(seen, picture.info.get("icc_profile"))


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """Return ``picture`` in the colours of the web; without a good profile as it says it is."""
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            same = ImageCms.profileToProfile(picture, own, web, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError):
            same = None
        if same is not None:
            return same
    return picture.convert("RGB")


def _upright(picture: Image.Image, plain: Image.Image) -> Image.Image:
    """Return ``plain`` turned as ``picture`` says that it was held."""
    try:
        turn = UPRIGHT.get(picture.getexif().get(ORIENTATION, 1))
    except Exception:  # noqa: BLE001 -- broken notes about a picture do not make it unreadable
        turn = None
    return plain if turn is None else plain.transpose(turn)


def _file(picture: Image.Image) -> bytes:
    """Return a JPEG of the dots alone: a new picture takes nothing else along."""
    fresh = Image.new("RGB", picture.size, WHITE)
    fresh.paste(picture)
    out = io.BytesIO()
    fresh.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def main() -> int:
    """Read one picture, write two; return how it ended."""
    try:
        small, large = make(sys.stdin.buffer.read())
    except Refused as reason:
        return REASONS[str(reason)]
    sys.stdout.buffer.write(struct.pack(">I", len(small)) + small + large)
    return 0
