"""Pictures as strangers send them: built here, byte by byte where Pillow would refuse to."""

from __future__ import annotations

import functools
import io
import struct
import zipfile
import zlib

from PIL import Image, ImageDraw, PngImagePlugin

HTML = b"<html><script>alert(1)</script></html>"
GPS = "Latitude-52.5186-canary"


def file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """Return ``picture`` as a file."""
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def drawn(mode: str = "RGB", size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Return a picture whose upper left quarter is red, on blue: one sees how it is turned."""
    picture = Image.new("RGB", size, (0, 0, 255))
    quarter = (0, 0, size[0] // 2 - 1, size[1] // 2 - 1)
    ImageDraw.Draw(picture).rectangle(quarter, fill=(255, 0, 0))
    return picture.convert(mode)


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return one part of a PNG, with its checksum."""
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png(width: int, height: int, packed: bytes = b"") -> bytes:
    """Return a PNG that says how large it will be; without ``packed`` it holds no dot."""
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", size) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def png_with(kind: bytes, data: bytes) -> bytes:
    """Return a good PNG with one more part after its header."""
    whole = file(drawn())
    return whole[:33] + chunk(kind, data) + whole[33:]


@functools.cache
def bomb(side: int) -> bytes:
    """Return a small PNG of ``side`` × ``side`` dots, all black: 500 MiB from 13,000 of them."""
    row = zlib.compressobj(9)
    zero, packed = bytes(1 + side * 3), b""
    for _line in range(side):
        packed += row.compress(zero)
    return png(side, side, packed + row.flush())


def compressed(kind: bytes, size: int) -> bytes:
    """Return a PNG with a text or a colour profile that unpacks to ``size`` zero bytes."""
    packer, packed = zlib.compressobj(9), b""
    for _part in range(size // 1_000_000):
        packed += packer.compress(bytes(1_000_000))
    return png_with(kind, b"name\x00\x00" + packed + packer.flush())


def moving(kind: str, frames: int = 3) -> bytes:
    """Return ``frames`` different pictures in one file."""
    rest = [Image.new("RGB", (60, 40), (n % 250, 9, 9)) for n in range(frames - 1)]
    return file(drawn(), kind, save_all=True, append_images=rest, duration=50)


def zipped() -> bytes:
    """Return a ZIP with a program in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("Applet.class", b"\xca\xfe\xba\xbe-canary")
    return out.getvalue()


def told(kind: str) -> bytes:
    """Return a picture with all the notes that its format takes: place, thumbnail, XMP, words."""
    exif = Image.Exif()
    exif[0x010E] = "description-canary"
    exif.get_ifd(0x8825)[29] = GPS
    options: dict[str, object] = {"exif": exif.tobytes()}
    if kind == "PNG":
        notes = PngImagePlugin.PngInfo()
        notes.add_text("Comment", "comment-canary")
        notes.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>xmp-canary</x:xmpmeta>")
        options["pnginfo"] = notes
    else:
        options["xmp"] = b"<x:xmpmeta>xmp-canary</x:xmpmeta>"
    if kind == "JPEG":
        options["comment"] = b"comment-canary <?php system('id'); ?>"
    whole = file(drawn(), kind, **options)
    return with_segments(whole) if kind == "JPEG" else whole


def with_segments(jpeg: bytes) -> bytes:
    """Return ``jpeg`` with a note of Photoshop (IPTC) and a thumbnail before its other parts."""
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x12\x1c\x02\x78\x00\x0biptc-canary\x00\x00"
    thumbnail = b"thumbnail-canary" + file(drawn(), "JPEG")
    parts = b""
    for marker, data in ((b"\xff\xed", iptc), (b"\xff\xe2", thumbnail)):
        parts += marker + struct.pack(">H", len(data) + 2) + data
    return jpeg[:2] + parts + jpeg[2:]


def turned(orientation: int) -> bytes:
    """Return the drawn picture as a camera stores it that was held in one of eight ways."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    undo = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    held = drawn() if undo is None else drawn().transpose(undo)
    return file(held, "JPEG", exif=exif.tobytes(), quality=95)


def telephone(*brands: bytes) -> bytes:
    """Return the beginning of a file as telephones write them now: HEIC or AVIF by its brands."""
    inside = b"ftyp" + brands[0] + b"\x00\x00\x00\x00" + b"".join(brands)
    return struct.pack(">I", len(inside) + 4) + inside + b"\x00" * 200
