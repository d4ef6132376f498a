"""What pages are made of: see templates/components/README.md for each component with an example.

Components take plain values and know no room. Whatever comes in is escaped, unless it is marked
safe by Django already.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from coprod.lib import controls, drawings, frames, wording

register = template.Library()

PHONE = re.compile(r"(\+?\d[\d ()]{8,16}\d)")
SEATS_DRAWN = 15  # more bubbles than this are noise

# --- Drawings --------------------------------------------------------------------------------
register.simple_tag(drawings.icon, name="icon")
register.simple_tag(drawings.mark, name="mark")
register.simple_tag(drawings.step, name="level_step")
register.simple_tag(drawings.clock, name="clock")
register.simple_tag(drawings.table, name="table_drawing")
register.simple_tag(drawings.bubble, name="small_bubble")

# --- Words -----------------------------------------------------------------------------------
register.filter("day_in_full", wording.day_in_full)
register.filter("day_short", wording.day_short)
register.filter("clock_time", wording.clock_time)
register.filter("moment", wording.moment)
register.filter("in_words", wording.in_words)
register.filter("in_fours", wording.in_fours)
register.filter("as_json", wording.as_json)
register.filter("device", wording.device)


# --- Small parts -----------------------------------------------------------------------------
@register.simple_tag
def tag(words: str, kind: str = "", icon: str = "") -> SafeString:
    """Say a state: words first. ``kind``: open, soon, late, org, draft, or nothing for plain."""
    css = f"gi-tag gi-tag--{kind}" if kind else "gi-tag"
    return format_html(
        '<span class="{}">{}{}</span>', css, drawings.icon(icon) if icon else "", words
    )


@register.simple_tag
def tel(number: str) -> SafeString:
    """Show a phone number that a phone rings when it is touched."""
    dialled = re.sub(r"[^\d+]", "", number)
    return format_html('<a class="govuk-link gi-nowrap" href="tel:{}">{}</a>', dialled, number)


@register.filter
def with_numbers(text: str) -> SafeString:
    """Show words in which every phone number can be rung by touching it."""
    parts = PHONE.split(str(text))
    return format_html_join(
        "", "{}", ((tel(one) if n % 2 else one,) for n, one in enumerate(parts))
    )


@register.simple_tag
def org(letters: str, name: str) -> SafeString:
    """Show an organisation: its letters on a tile, and its name in words."""
    return format_html(
        '<p class="gi-org"><span class="gi-org__logo" aria-hidden="true">{}</span>{}</p>',
        letters,
        name,
    )


@register.simple_tag
def seats(free: int, total: int) -> SafeString:
    """Say "2 of 4", then draw one bubble a place."""
    words = _("%(free)s of %(total)s") % {"free": free, "total": total}
    if total > SEATS_DRAWN:
        return format_html("{}", words)
    taken = max(total - free, 0)
    drawn = drawings.seat("taken") * taken + drawings.seat("free") * (total - taken)
    return format_html(
        '{} <span class="gi-seats" aria-hidden="true">{}</span>',
        words,
        mark_safe(drawn),  # noqa: S308 -- drawings only
    )


@register.simple_tag
def fact(picture: str | int, label: str, answer: str, keep_label: bool = False) -> SafeString:
    """One answer at a glance, inside ``<dl class="gi-facts">``.

    ``picture`` is the name of an icon, or the number of a step (1 to 5). On a phone the label is
    hidden from sight where the answer explains itself, unless ``keep_label``.
    """
    drawn = drawings.icon(picture) if isinstance(picture, str) else drawings.step(picture)
    plain = isinstance(picture, str) and not keep_label
    return format_html(
        '<div class="gi-fact{}"><dt>{}<span>{}</span></dt><dd>{}</dd></div>',
        " gi-fact--plain" if plain else "",
        drawn,
        label,
        answer,
    )


@register.inclusion_tag("components/row.html")
def row(
    title: str, href: str = "", verb: str = "", rest: str = "", soft: str = "", **more: Any
) -> dict[str, Any]:
    """One row of a queue, inside ``<ul class="gi-rows">``.

    ``verb`` is the button, ``rest`` the end of its name for screen readers ("Answer" + " Amina").
    Without ``verb`` the title itself is the link. More: ``primary``, ``tag``, ``kind``, ``icon``,
    ``level`` (of the heading: 3; 2 where the list stands right under the page's own).
    """
    return {"title": title, "href": href, "verb": verb, "rest": rest, "soft": soft, **more}


@register.inclusion_tag("components/spectrum.html")
def spectrum(levels: Iterable[Any], here: Any = None) -> dict[str, Any]:
    """Draw the five steps: each level has ``label`` and ``sentence``; ``here`` is one of them."""
    steps = [
        {
            "drawing": drawings.step(number),
            "number": number,
            "level": level,
            "here": here is not None and level == here,
        }
        for number, level in enumerate(levels, start=1)
    ]
    return {"steps": steps}


@register.inclusion_tag("components/bars.html")
def bars(
    rows: Iterable[Mapping[str, Any]],
    caption: str = "",
    kind: str = "",
    narrow: bool = False,
) -> dict[str, Any]:
    """Draw bars: each row has ``label``, ``words`` and ``share`` (0 to 100, or None: held back).

    ``kind``: "" for organisations' plum, ``you``, ``part`` or ``no``; a row may have its own.
    A bar that is held back is a stub of fixed length: its length tells nothing.
    """
    return {
        "rows": [{**one, "kind": one.get("kind", kind)} for one in rows],
        "caption": caption,
        "narrow": narrow,
    }


@register.inclusion_tag("components/pages.html")
def pages(previous: str = "", following: str = "") -> dict[str, str]:
    """Links to the page before and the page after; nothing where neither is."""
    return {"previous": previous or "", "following": following or ""}


@register.simple_tag
def back(href: str, words: str = "") -> SafeString:
    """The link to where somebody came from, above the page."""
    return format_html(
        '<nav aria-label="{}"><a href="{}" class="govuk-back-link">{}</a></nav>',
        _("Back"),
        href,
        words or _("Back"),
    )


@register.simple_tag(takes_context=True)
def personal(context: Context, name: str, **flags: bool) -> SafeString:
    """Include the template ``name``, which says something about whoever looks at the page.

    In a page that is kept for everybody it is a gap, filled for each request.
    """
    if context.get(frames.FRAMING):
        return frames.gap(name, flags)
    template = context.template.engine.get_template(name)
    with context.push(**flags):
        return template.render(context)


# --- Parts with something inside -------------------------------------------------------------
@register.simple_block_tag
def say(content: str) -> SafeString:
    """The sentence above a chart or a table: what it says."""
    return format_html('<p class="gi-say">{}</p>', content)


@register.simple_block_tag
def bubble(content: str, who: str, title: str = "", level: int = 3) -> SafeString:
    """Somebody speaks: ``you`` (residents), ``org`` (the team), ``both`` (decided), ``no``."""
    heading = format_html("<h{0}>{1}</h{0}>", level, title) if title else ""
    return format_html('<div class="gi-bubble gi-bubble--{}">{}{}</div>', who, heading, content)


@register.simple_block_tag
def pair(content: str) -> SafeString:
    """Two bubbles side by side."""
    return format_html('<div class="gi-pair">{}</div>', content)


@register.simple_block_tag
def nothing(content: str, title: str) -> SafeString:
    """An empty state: what was asked, then what to do now."""
    return _wrap("nothing", content, title=title, drawing=drawings.table())


@register.simple_block_tag
def preview(content: str, title: str, not_seen: Iterable[str] = ()) -> SafeString:
    """What others will see, and the list of what they will not see."""
    return _wrap("preview", content, title=title, not_seen=not_seen)


@register.simple_block_tag
def missing(content: str, title: str, parts: Iterable[tuple[str, str]] = ()) -> SafeString:
    """Missing parts as links: ``parts`` are pairs of an address ("#id_closes_on") and words."""
    return _wrap("missing", content, title=title, parts=parts)


def _wrap(name: str, content: str, **context: Any) -> SafeString:
    return render_to_string(f"components/{name}.html", {"content": content, **context})


# --- Forms -----------------------------------------------------------------------------------
@register.simple_tag
def control(field: Any, **options: Any) -> SafeString:
    """Draw one field of a form with its label, hint and error."""
    return controls.render(field, **options)


@register.simple_tag
def rename(field: Any, label: str, hint: str = "", to_do: str = "") -> str:
    """Give a field of somebody else's form our own words, before anything of it is shown.

    ``to_do`` is what the page asks for where the field was left empty, or holds no e-mail address.
    """
    if field:
        field.label = label
        field.help_text = hint
        field.to_do = to_do
    return ""


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """What to put right, above the page's heading: each a link to its field."""
    sent = [form for form in forms if form.is_bound]
    errors = [error for form in sent for error in controls.summary(form)]
    again = {one for form in sent for one in controls.to_write_again(form)} if errors else set()
    return {"errors": errors, "count": wording.in_words(len(errors)).capitalize(), "again": again}


@register.simple_tag(takes_context=True)
def title_prefix(context: Context) -> str:
    """Return "Error: " where a form of the page was sent back."""
    form = context.get("form")
    return _("Error: ") if form is not None and getattr(form, "errors", None) else ""


@register.simple_tag
def ticks(items: Iterable[str], icon: str = "tick") -> SafeString:
    """A list, each with an icon: ``tick``, ``cross`` or ``lock``."""
    drawn = drawings.icon(icon)
    lines = format_html_join("", "<li>{}<span>{}</span></li>", ((drawn, one) for one in items))
    return format_html('<ul class="gi-ticks govuk-list">{}</ul>', lines)
