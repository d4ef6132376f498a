"""Pictures that people of the demonstration chose: drawn here, and nobody's face."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from coprod.lib.images import make_safe
from people import pictures
from people.models import Person

SIDE = 640
SKY, SUN, TEAL, PLUM, SAND, LEAF = "#cfe6e4", "#f2b134", "#1d6f72", "#5c1f55", "#f4ead9", "#4f8a5b"


def _allotment(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, SIDE, SIDE), fill=SKY)
    draw.ellipse((420, 70, 560, 210), fill=SUN)
    draw.rectangle((0, 420, SIDE, SIDE), fill=LEAF)
    for x in range(70, 640, 125):
        draw.line((x, 560, x, 380), fill=TEAL, width=14)
        draw.ellipse((x - 45, 330, x + 45, 420), fill=PLUM if x % 2 else SUN)


def _tea(draw: ImageDraw.ImageDraw) -> None:
    draw.rectangle((0, 0, SIDE, SIDE), fill=SAND)
    draw.ellipse((400, 300, 540, 440), outline=PLUM, width=30)
    draw.pieslice((130, 120, 470, 560), 0, 180, fill=PLUM)
    draw.rectangle((130, 290, 470, 345), fill=PLUM)
    draw.ellipse((130, 255, 470, 325), fill=SUN)
    draw.ellipse((90, 540, 510, 590), fill=TEAL)


DRAWN = (
    (_allotment, "A drawing of flowers on an allotment, under the sun"),
    (_tea, "A drawing of a cup of tea"),
)


def give(people: list[Person]) -> None:
    """Give the first people a picture each, in the way that everybody's comes in."""
    for person, (drawing, words) in zip(people, DRAWN, strict=False):
        canvas = Image.new("RGB", (SIDE, SIDE))
        drawing(ImageDraw.Draw(canvas))
        sent = BytesIO()
        canvas.save(sent, "PNG")
        profile = person.profile
        profile.photo, profile.photo_alt = pictures.keep(make_safe(sent.getvalue())), words
        profile.save(update_fields=["photo", "photo_alt"])
