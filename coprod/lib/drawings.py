"""The drawings of the portal, as text of SVG: icons, the mark, the five steps, the table.

Everything is made of bubbles, circles and lines of two pixels. Teal (``gi-d-you``) is residents,
plum (``gi-d-org``) is organisations, marigold (``gi-d-both``) is what they decide together.
"""

from __future__ import annotations

import math

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# A grid of 24 pixels, lines of 2 pixels with round ends, in the colour of the words beside them.
ICONS = {
    "building": '<path d="M4 21V5l8-3 8 3v16M2 21h20M9 9h.01M15 9h.01M9 13h.01M15 13h.01'
    'M10 21v-4h4v4"/>',
    "bus": '<rect x="4" y="3" width="16" height="15" rx="3"/>'
    '<path d="M4 12h16M8 21v-3M16 21v-3M8 15h.01M16 15h.01"/>',
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="3"/>'
    '<path d="M3 10h18M8 2v5M16 2v5"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
    "cross": '<path d="M6 6l12 12M18 6 6 18"/>',
    "download": '<path d="M12 3v12M7 10l5 5 5-5M4 20h16"/>',
    "email": '<circle cx="12" cy="12" r="4"/>'
    '<path d="M16 8v5a2.5 2.5 0 0 0 5 0v-1a9 9 0 1 0-3.5 7"/>',
    "eye": '<path d="M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12Z"/>'
    '<circle cx="12" cy="12" r="3"/>',
    "flag": '<path d="M6 22V3M6 4h12l-3 4.5L18 13H6"/>',
    "hand": '<path d="M7 12V6a1.5 1.5 0 0 1 3 0v5V4a1.5 1.5 0 0 1 3 0v7-6a1.5 1.5 0 0 1 3 0v7-3'
    'a1.5 1.5 0 0 1 3 0v6c0 4-3 7-6.5 7S7 20 4.5 15.5C3.5 13.5 5.5 12.5 7 14Z"/>',
    "lock": '<rect x="5" y="11" width="14" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>',
    "message": '<path d="M3 20V7a3 3 0 0 1 3-3h12a3 3 0 0 1 3 3v7a3 3 0 0 1-3 3H7Z"/>'
    '<path d="M8 9h8M8 13h5"/>',
    "money": '<circle cx="12" cy="12" r="10"/>'
    '<path d="M15 8.5a3 3 0 0 0-5.5 1.5v3.5c0 1.5-.5 2.5-1.5 3h7M8.5 12.5h4.5"/>',
    "paper": '<rect x="3" y="5" width="18" height="14" rx="2"/><path d="m3 7 9 6 9-6"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/>'
    '<path d="M2 20c0-4 3-6 7-6s7 2 7 6M16 5a3.5 3.5 0 0 1 0 6.5'
    'M18.5 14.5c2.2.7 3.5 2.6 3.5 5.5"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-4.5 3.5-7 8-7s8 2.5 8 7"/>',
    "phone": '<path d="M5 3h4l2 5-2.5 2a12 12 0 0 0 5.5 5.5l2-2.5 5 2v4a2 2 0 0 1-2 2'
    'A17 17 0 0 1 3 5a2 2 0 0 1 2-2Z"/>',
    "place": '<path d="M12 22s7-6.5 7-12a7 7 0 1 0-14 0c0 5.5 7 12 7 12Z"/>'
    '<circle cx="12" cy="10" r="2.5"/>',
    "print": '<path d="M7 9V3h10v6M7 18H4v-7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v7h-3"/>'
    '<path d="M7 14h10v7H7z"/>',
    "search": '<circle cx="10.5" cy="10.5" r="7"/><path d="m16 16 5 5"/>',
    "tick": '<path d="m4 13 5 5L20 6"/>',
    "warning": '<path d="M12 3 2 20h20Z"/><path d="M12 10v4M12 17h.01"/>',
}

MARK = (
    '<path class="gi-d-you" d="M4 36V22a14 14 0 1 1 14 14Z"/>'
    '<path class="gi-d-org" d="M44 12v14a14 14 0 1 1-14-14Z"/>'
    '<path class="gi-d-both" d="M27.95 12.15A14 14 0 0 1 20.05 35.85 14 14 0 0 1 27.95 12.15Z"/>'
)

# Organisation, residents, what they share: the size of a bubble is power, the overlap is what is
# decided together.
_STEPS = (
    ("M69 2V22a20 20 0 1 1-20-20Z", "M3 41V33a8 8 0 1 1 8 8Z", ""),
    ("M66 3V22a19 19 0 1 1-19-19Z", "M4 41V30a11 11 0 1 1 11 11Z", ""),
    (
        "M65 4V22a18 18 0 1 1-18-18Z",
        "M7 41V27a14 14 0 1 1 14 14Z",
        "M29.9 16.2A14 14 0 0 1 33.3 33.7 18 18 0 0 1 29.9 16.2Z",
    ),
    (
        "M63.5 5V22.5a17.5 17.5 0 1 1-17.5-17.5Z",
        "M9 42V26a16 16 0 1 1 16 16Z",
        "M32.2 11.7A16 16 0 0 1 36.5 37.2 17.5 17.5 0 0 1 32.2 11.7Z",
    ),
    (
        "M60 5V22a17 17 0 1 1-17-17Z",
        "M12 43V26a17 17 0 1 1 17 17Z",
        "M31.8 9.2A17 17 0 0 1 40.2 38.8 17 17 0 0 1 31.8 9.2Z",
    ),
)

_ON_THE_TABLE = (
    '<g transform="translate(250 250) scale(.82) translate(-247 -258)">'
    '<g transform="rotate(-14 215 228)">'
    '<rect class="gi-d-paper" x="168" y="190" width="62" height="80" rx="4"/>'
    '<path class="gi-d-line" d="M180 208h38M180 222h38M180 236h26"/></g>'
    '<g transform="rotate(12 290 270)">'
    '<rect class="gi-d-paper" x="258" y="232" width="62" height="80" rx="4"/>'
    '<path class="gi-d-line" d="m270 262 8 8 16-18M270 294h38"/></g>'
    '<circle class="gi-d-paper" cx="292" cy="188" r="24"/>'
    '<circle class="gi-d-org" cx="292" cy="188" r="15"/>'
    '<path class="gi-d-line" d="M313 177c12-6 18 8 5 14"/>'
    '<g transform="rotate(-24 215 315)">'
    '<rect class="gi-d-you" x="196" y="286" width="36" height="58" rx="7"/>'
    '<rect class="gi-d-paper" x="202" y="294" width="24" height="38" rx="2"/></g></g>'
)
# Round the table, clockwise from the top; one seat is free.
_SEATS = ("org", "you", "free", "you", "org", "you", "org", "you")


def svg(box: str, inside: str, css: str = "") -> SafeString:
    """Return a drawing that screen readers pass over: the words beside it say the same."""
    name = format_html(' class="{}"', css) if css else ""
    return format_html(
        '<svg{} viewBox="{}" aria-hidden="true" focusable="false">{}</svg>',
        name,
        box,
        mark_safe(inside),  # noqa: S308 -- only the constants of this file come here
    )


def icon(name: str) -> SafeString:
    """Return the icon ``name``.

    Raises:
        KeyError: there is no such icon.
    """
    return svg("0 0 24 24", ICONS[name], "gi-icon")


def mark() -> SafeString:
    """Return the mark: two equal bubbles, and the part that they share."""
    return svg("2 6 44 36", MARK)


def step(number: int) -> SafeString:
    """Return the drawing of how much say step ``number`` (1 to 5) gives."""
    organisation, residents, both = _STEPS[number - 1]
    shapes = [("org", organisation), ("you", residents), ("both", both)]
    paths = "".join(f'<path class="gi-d-{who}" d="{d}"/>' for who, d in shapes if d)
    return svg("0 0 72 48", paths, "gi-step")


def seat(state: str) -> SafeString:
    """Return one place: ``free`` or ``taken``."""
    return svg("0 0 24 24", f'<path class="gi-seat-{state}" d="M2 22V12a10 10 0 1 1 10 10Z"/>')


def bubble(who: str) -> SafeString:
    """Return the small bubble of a key: ``you``, ``org`` or ``both``."""
    shapes = {
        "you": '<path class="gi-d-you" d="M2 22V12a10 10 0 1 1 10 10Z"/>',
        "org": '<path class="gi-d-org" d="M22 2v10A10 10 0 1 1 12 2Z"/>',
        "both": '<circle class="gi-d-both" cx="12" cy="12" r="10"/>',
    }
    return svg("0 0 24 24", shapes[who])


def clock(tenths: int) -> SafeString:
    """Return a clock face of which ``tenths`` (1 to 10) are filled: how much time it takes."""
    angle = 2 * math.pi * min(tenths, 9.99) / 10
    x, y = math.sin(angle), -math.cos(angle)
    large = 1 if tenths > 5 else 0
    wedge = f"M28 28V6A22 22 0 {large} 1 {28 + 22 * x:.1f} {28 + 22 * y:.1f}Z"
    hands = f"M28 10v18l{12.1 * x:.1f} {12.1 * y:.1f}"
    return svg(
        "0 0 56 56",
        f'<path class="gi-d-both" d="{wedge}"/><circle class="gi-d-line" cx="28" cy="28" r="24"/>'
        f'<path class="gi-d-line" d="{hands}"/>',
    )


def table(word: str = "") -> SafeString:
    """Return the table with its free seat; ``word`` stands on the seat ("You?")."""
    seats = "".join(_seat_at_table(22.5 + 45 * place, who) for place, who in enumerate(_SEATS))
    label = format_html(
        '<text x="396" y="318" text-anchor="middle" font-size="27" font-weight="700" '
        'class="gi-d-word">{}</text>',
        word,
    )
    board = '<circle class="gi-d-both" cx="250" cy="250" r="134"/>'
    return svg("48 48 404 404", board + seats + (label if word else "") + _ON_THE_TABLE)


def _seat_at_table(angle: float, who: str) -> str:
    return (
        f'<g transform="rotate({angle} 250 250) translate(250 92)">'
        f'<path class="gi-d-{who}" transform="rotate(-45)" d="M-42 42V0a42 42 0 1 1 42 42Z"/></g>'
    )
