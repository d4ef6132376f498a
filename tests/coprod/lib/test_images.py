"""Pictures from strangers: what comes out is ours, upright, small, and says nothing more."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pytest
from PIL import Image, ImageCms, ImageDraw

from coprod.lib import images
from coprod.lib.images import decode, safe
from tests.coprod.lib import hostile
from tests.coprod.lib.hostile import drawn, file

RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
# Anything that a camera, a program or a stranger wrote beside the dots.
TELL_TALE = (b"canary", b"Exif", b"ns.adobe", b"xmpmeta", b"8BIM", b"ICC_PROFILE", b"Photoshop")
TELL_TALE += (b"<?php", b"<script", b"PK\x03\x04")


def large(data: bytes) -> Image.Image:
    """Return the large picture that a stranger's becomes, through the child."""
    return Image.open(io.BytesIO(images.make_safe(data).large))


def near(one: tuple[int, ...], other: tuple[int, ...], by: int = 30) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def corners(picture: Image.Image) -> list[tuple[int, ...]]:
    width, height = picture.size
    places = ((4, 4), (width - 5, 4), (4, height - 5), (width - 5, height - 5))
    return [picture.getpixel(place) for place in places]


# --- What is refused ---------------------------------------------------------------------------
REFUSED = {
    "13,000 × 13,000 dots in a small PNG": (lambda: hostile.bomb(13_000), "pixels"),
    "1 × 400,000 dots": (lambda: file(Image.new("1", (1, 400_000))), "pixels"),
    "50,000 × 50,000 dots, header only": (lambda: hostile.png(50_000, 50_000), "pixels"),
    "just over 25 megapixels": (lambda: hostile.png(5_000, 5_001), "pixels"),
    "text that unpacks to 200 MB": (lambda: hostile.compressed(b"zTXt", 200_000_000), "broken"),
    "colours that unpack to 200 MB": (lambda: hostile.compressed(b"iCCP", 200_000_000), "broken"),
    "GIF that moves": (lambda: hostile.moving("GIF", 60), "format"),
    "PNG that moves": (lambda: hostile.moving("PNG"), "frames"),
    "WebP that moves": (lambda: hostile.moving("WEBP", 60), "frames"),
    "SVG": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "format"),
    "HTML": (lambda: hostile.HTML, "format"),
    "PDF": (lambda: file(drawn(), "PDF"), "format"),
    "PHP": (lambda: b"<?php system($_GET['c']); ?>", "format"),
    "EXE": (lambda: b"MZ" + bytes(400), "format"),
    "TIFF": (lambda: file(drawn(), "TIFF"), "format"),
    "BMP": (lambda: file(drawn(), "BMP"), "format"),
    "ICO": (lambda: file(drawn(), "ICO"), "format"),
    "EPS": (lambda: file(drawn(), "EPS"), "format"),
    "JPEG 2000": (lambda: file(drawn(), "JPEG2000"), "format"),
    "PSD": (lambda: b"8BPS\x00\x01" + bytes(60), "format"),
    "FITS": (lambda: b"SIMPLE  =                    T" + bytes(60), "format"),
    "WMF": (lambda: b"\xd7\xcd\xc6\x9a" + bytes(60), "format"),
    "a font": (lambda: b"\x00\x01\x00\x00\x00\x0c" + bytes(60), "format"),
    "HEIC of a telephone": (lambda: hostile.telephone(b"heic", b"mif1"), "heic"),
    "HEIF": (lambda: hostile.telephone(b"mif1", b"msf1"), "heic"),
    "AVIF": (lambda: file(drawn(), "AVIF"), "avif"),
    "a film": (lambda: hostile.telephone(b"isom", b"mp42"), "format"),
    "half a JPEG": (lambda: file(drawn(size=(600, 400)), "JPEG")[:900], "broken"),
    "half a PNG": (lambda: file(drawn(size=(600, 400)))[:200], "broken"),
    "half a WebP": (lambda: file(drawn(size=(600, 400)), "WEBP")[:60], "broken"),
    "a JPEG in name only": (lambda: b"\xff\xd8\xff" + hostile.HTML, "format"),
    "a WebP in name only": (lambda: b"RIFF\x00\x00\x00\x00WEBP" + bytes(90), "format"),
    "nothing": (lambda: b"", "empty"),
    "one byte": (lambda: b"\xff", "format"),
    "one byte too many": (lambda: b"\xff\xd8\xff" + bytes(images.BYTES_LIMIT), "large"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_words_that_say_what_to_do(name, caplog):
    """Control: without Pillow's ``formats`` or our limits, most of these open."""
    caplog.set_level("INFO")
    make, code = REFUSED[name]
    began = time.monotonic()
    with pytest.raises(images.NotAPicture) as no:
        images.make_safe(make())
    assert no.value.code == code
    assert len(str(no.value)) > 20
    assert caplog.messages == [f"a picture was refused: {code}"]
    assert time.monotonic() - began < 15  # the test builds some of them slowly


def test_words_for_a_telephone_say_how_to_save_as_jpeg():
    heic, avif = str(images.NotAPicture("heic")), str(images.NotAPicture("avif"))
    assert "Save it as JPEG" in heic
    assert "Settings, then Camera, then Formats" in heic
    assert "Save it as JPEG" in avif


def test_a_bomb_is_refused_before_it_is_decoded():
    """Its memory is counted in the child. Control: the same child, decoding all of it."""
    assert memory_of("refuse") < memory_of("nothing") + 50
    assert memory_of("decode") > memory_of("nothing") + 100


def memory_of(what: str) -> int:
    """Return the most MiB that a program held that does ``what`` with the bomb."""
    program = (
        "import sys; from PIL import Image; Image.preinit(); import io\n"
        f"sys.path[:0] = [{str(safe.CHILD.parent)!r}]; import decode\n"
        "data = sys.stdin.buffer.read()\n"
        "Image.MAX_IMAGE_PIXELS = None\n"
        "if sys.argv[1] == 'decode': Image.open(io.BytesIO(data)).load()\n"
        "if sys.argv[1] == 'refuse':\n"
        "    try: decode.make(data)\n"
        "    except decode.Refused as no: assert str(no) == 'pixels'\n"
        # Not ru_maxrss: that remembers how large its parent was.
        "status = dict(line.split(':', 1) for line in open('/proc/self/status'))\n"
        "print(int(status['VmHWM'].split()[0]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, what],
        input=hostile.bomb(7000),
        capture_output=True,
        check=True,
        env={},
    )
    return int(done.stdout)


# --- What is taken ------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_two_new_files_in_two_sizes(kind):
    made = images.make_safe(file(drawn(size=(1500, 1000)), kind))
    sizes = [Image.open(io.BytesIO(one)).size for one in (made.small, made.large)]
    assert sizes == [(192, 192), (640, 427)]
    assert all(Image.open(io.BytesIO(one)).format == "JPEG" for one in (made.small, made.large))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_but_the_dots_comes_out(kind):
    """Proved by what goes in: each note that the format takes is really there before."""
    before = hostile.told(kind)
    assert before.count(b"canary") >= {"JPEG": 6, "PNG": 4, "WEBP": 3}[kind]
    made = images.make_safe(before)
    for one in (made.small, made.large):
        assert [word for word in TELL_TALE if word in one] == []
        picture = Image.open(io.BytesIO(one))
        picture.load()
        assert picture.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert not picture.getexif()
        assert [marker for marker, _data in picture.applist] == ["APP0"]


@pytest.mark.parametrize("tail", [hostile.HTML, hostile.zipped()])
def test_nothing_hangs_behind_the_picture(tail):
    """Control: Pillow finds no fault in the file with the tail."""
    before = file(drawn(), "JPEG") + tail
    Image.open(io.BytesIO(before)).verify()
    made = images.make_safe(before)
    for one in (made.small, made.large):
        assert one.endswith(b"\xff\xd9")
        assert tail[:12] not in one


@pytest.mark.parametrize("orientation", range(1, 9))
def test_upright(orientation):
    """The red quarter is at the upper left, however the camera was held."""
    picture = large(hostile.turned(orientation))
    assert picture.size == (60, 40)
    assert [near(*pair) for pair in zip(corners(picture), (RED, *[BLUE] * 3), strict=True)] == (
        [True] * 4
    )


MODES = {
    "RGB": lambda: file(drawn()),
    "CMYK": lambda: file(drawn("CMYK"), "JPEG", quality=95),
    "palette": lambda: file(drawn("P")),
    "see-through": lambda: file(drawn("RGBA"), "WEBP", lossless=True),
}


@pytest.mark.parametrize("mode", MODES)
def test_colours_stay(mode):
    picture = large(MODES[mode]())
    assert picture.mode == "RGB"
    assert near(corners(picture)[0], RED)
    assert near(corners(picture)[3], BLUE)


@pytest.mark.parametrize("kind", ["LA", "RGBA", "P"])
def test_what_one_could_see_through_is_white(kind):
    through = Image.new("RGBA", (40, 40), (0, 0, 0, 0)).convert(kind)
    options = {"transparency": through.getpixel((0, 0))} if kind == "P" else {}
    assert near(large(file(through, **options)).getpixel((20, 20)), WHITE, by=3)


@pytest.mark.parametrize(("mode", "grey", "expected"), [("I;16", 128 * 256, 128), ("L", 128, 128)])
def test_greys_of_any_depth(mode, grey, expected):
    picture = large(file(Image.new(mode, (40, 40), grey)))
    assert near(picture.getpixel((20, 20)), (expected,) * 3, by=3)


def test_colours_of_another_space_are_brought_into_srgb():
    """In the other space red and blue have changed names. Control: the same dots without it."""
    ours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = ours.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    dots = Image.new("RGB", (40, 40), (200, 40, 20))
    assert near(large(file(dots, icc_profile=other)).getpixel((20, 20)), (20, 40, 200), by=8)
    assert near(large(file(dots)).getpixel((20, 20)), (200, 40, 20), by=8)


def test_a_broken_profile_is_passed_over():
    picture = large(file(Image.new("RGB", (40, 40), RED), icc_profile=b"no profile at all"))
    assert near(picture.getpixel((20, 20)), RED)


def test_the_photo_of_two_in_one_file():
    """Telephones keep a second picture beside the photo."""
    both = file(drawn(), "MPO", save_all=True, append_images=[Image.new("RGB", (9, 9))])
    assert Image.open(io.BytesIO(both)).n_frames == 2
    assert large(both).size == (60, 40)


def test_the_largest_that_is_taken_is_taken_in_time():
    picture = Image.new("RGBA", (5000, 5000), (1, 2, 3, 255))
    ImageDraw.Draw(picture).ellipse((0, 0, 5000, 5000), fill=RED)
    whole = file(picture, compress_level=1)
    began = time.monotonic()
    assert large(whole).size == (640, 640)
    assert time.monotonic() - began < 10  # under a second on a machine with nothing else to do


# --- The child ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "limits",
    [
        images.Limits(memory=40 * 1024 * 1024),
        images.Limits(processor=0),
        images.Limits(clock=0.01),
    ],
)
def test_a_child_that_needs_too_much_dies_alone(limits):
    """Control: the same picture with the usual limits."""
    whole = file(drawn(size=(2500, 2500)))
    with pytest.raises(images.NotAPicture) as no:
        images.make_safe(whole, limits)
    assert no.value.code == "broken"
    assert large(whole).size == (640, 640)


@pytest.mark.parametrize(
    "written",
    [
        b"",
        b"\x00\x00",
        b"\x00\x00\x00\x04abcd" + hostile.HTML,
        b"\x00\x00\x00\x06\xff\xd8\xff\xe0\xff\xd9" + hostile.HTML,
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(written):
    with pytest.raises(images.NotAPicture):
        safe._unpacked(written)


def test_a_child_that_never_stops_talking_is_stopped(monkeypatch, tmp_path):
    talker = tmp_path / "talker.py"
    talker.write_text("import sys\ndef main():\n while True: sys.stdout.write('x' * 65536)\n")
    monkeypatch.setattr(safe, "CHILD", talker)
    with pytest.raises(images.NotAPicture):
        images.make_safe(file(drawn()))


def test_when_all_children_are_busy_somebody_waits_a_little(monkeypatch):
    monkeypatch.setattr(safe, "_PATIENCE", 0.01)
    with safe._AT_ONCE, safe._AT_ONCE, pytest.raises(images.NotAPicture) as no:
        images.make_safe(file(drawn()))
    assert no.value.code == "busy"
    assert large(file(drawn())).size == (60, 40)


def test_the_same_in_this_process(monkeypatch):
    """What the child does, where coverage sees it."""
    for name, (make, code) in REFUSED.items():
        if code in {"pixels", "frames", "broken"} and "13,000" not in name:
            with pytest.raises(decode.Refused, match=code):
                decode.make(make())
    taken = [hostile.turned(6), *(make() for make in MODES.values())]
    taken += [file(Image.new(mode, (9, 9))) for mode in ("I;16", "LA", "1")]
    same = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    taken.append(file(drawn(), icc_profile=same))
    taken.append(file(drawn(), icc_profile=b"no profile at all"))
    assert all(small and large for small, large in map(decode.make, taken))
    assert [through_main(monkeypatch, one) for one in (file(drawn()), hostile.HTML)] == [0, 10]


def through_main(monkeypatch, data: bytes) -> int:
    """Return how the program ends that is given ``data``."""

    class Stream:
        def __init__(self, data: bytes = b"") -> None:
            self.buffer = io.BytesIO(data)

    monkeypatch.setattr(sys, "stdin", Stream(data))
    monkeypatch.setattr(sys, "stdout", Stream())
    return decode.main()
