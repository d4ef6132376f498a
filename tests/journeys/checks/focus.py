"""By keyboard: where Tab stops, and whether one sees where."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageChops
from playwright.sync_api import Page

STOPS = (Path(__file__).parent / "focus.js").read_text()
TO_THE_TOP = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    window.stopsMet.length = 0;
}"""
AROUND = 6  # pixels beside a control that belong to its focus
CONTRAST = 3
KEY = "stops"


def walked(page: Page, *, back: bool = False) -> list[str]:
    """Press Tab from the top to the end; each control is met once, in its order, uncovered."""
    found = page.evaluate(STOPS)
    setattr(page, KEY, found)
    page.evaluate(TO_THE_TOP)
    _tab(page, found["count"])
    met = page.evaluate("window.stopsMet")
    faults = found["faults"]
    faults += _compared(met, [str(number) for number in range(found["count"])], found["names"])
    if back and found["count"]:
        page.evaluate("window.stopsMet.length = 0")
        page.keyboard.down("Shift")
        _tab(page, found["count"] - 1)
        page.keyboard.up("Shift")
        expected = [str(number) for number in range(found["count"] - 1)][::-1]
        faults += _compared(page.evaluate("window.stopsMet"), expected, found["names"])
    return faults


def _tab(page: Page, times: int) -> None:
    """Hold the key Tab down, so that it comes this often: letting go in between asks no more."""
    for _time in range(times):
        page.keyboard.down("Tab")
    page.keyboard.up("Tab")


def _compared(met: list[str], expected: list[str], names: list[str]) -> list[str]:
    for number, (one, wanted) in enumerate(zip(met, expected, strict=False)):
        if one != wanted:
            there = names[int(one)] if one.isdigit() else one
            return [f"tab order: stop {number} is {there} and not {names[int(wanted)]}"]
    if len(met) < len(expected):
        return [f"tab order: Tab stays at {names[int(met[-1])] if met else 'the top'}"]
    return []


def unseen(page: Page, kinds_seen: set[str]) -> list[str]:
    """Photograph one control of each new kind with and without the focus, and compare.

    At least the area of a ring of 2 pixels has to change, and a line of 1 pixel around the control,
    or 4 below it, by a contrast of 3 to 1.
    """
    found = getattr(page, KEY)
    faults = []
    for number, kind in enumerate(found["kinds"]):
        if kind not in kinds_seen:
            kinds_seen.add(kind)
            if not _is_seen(page, number):
                faults.append(f"visible focus: cannot be seen: {found['names'][number]}")
    return faults


def _is_seen(page: Page, number: int) -> bool:
    box = page.evaluate(
        """number => {
            const one = document.querySelector(`[data-stop="${number}"]`);
            one.focus();
            if (one.getBoundingClientRect().height > innerHeight - 40) {
                one.scrollIntoView({block: "start"});
                scrollBy(0, -20);
            } else {
                // The focus itself may leave a control at the edge of the window, half seen.
                one.scrollIntoView({block: "center"});
            }
            const box = one.getBoundingClientRect();
            // What is seen of a box to tick is drawn beside it, and smaller than what is pressed.
            const label = one.matches("[type=radio], [type=checkbox]") && one.labels[0];
            const size = label && parseFloat(getComputedStyle(label, "::before").width);
            const [width, height] = size ? [size, size] : [box.width, box.height];
            return [box.left, box.top, box.width, box.height, width, height];
        }""",
        number,
    )
    left, top = max(box[0] - AROUND, 0), max(box[1] - AROUND, 0)
    width, height = box[2] + 2 * AROUND, min(box[3], 300) + 2 * AROUND
    clip = {"x": left, "y": top, "width": width, "height": height}
    with_focus = page.screenshot(clip=clip)
    page.evaluate("document.activeElement.blur()")
    return is_visible_change(with_focus, page.screenshot(clip=clip), box[4], min(box[5], 300))


def is_visible_change(one: bytes, other: bytes, width: float, height: float) -> bool:
    """Tell whether two photographs of a control differ enough to be seen."""
    pictures = [Image.open(io.BytesIO(data)).convert("RGB") for data in (one, other)]
    difference = ImageChops.difference(*pictures).convert("L").point(lambda value: value > 8)
    changed = sum(difference.histogram()[1:])
    strong = sum(
        count
        for count, pair in _pairs(pictures)
        if pair[0] != pair[1] and contrast(*pair) >= CONTRAST
    )
    return changed >= 4 * (width + height) * 0.9 and strong >= 2 * (width + height) * 0.9


def _pairs(pictures: list[Image.Image]) -> list[tuple[int, tuple]]:
    counted: dict[tuple, int] = {}
    for pair in zip(*(_dots(picture) for picture in pictures), strict=True):
        counted[pair] = counted.get(pair, 0) + 1
    return [(count, pair) for pair, count in counted.items()]


def _dots(picture: Image.Image) -> Iterator[tuple[int, ...]]:
    values = iter(picture.tobytes())
    return zip(values, values, values, strict=True)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the contrast of two colours, as WCAG 2 counts it: 1 to 21."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def _light(colour: tuple[int, ...]) -> float:
    parts = (value / 255 for value in colour)
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
