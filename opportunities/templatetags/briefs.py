"""Plain text that people typed, as paragraphs and lists. Nothing in it is ever HTML."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import groupby
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from opportunities.cards import Card

register = template.Library()
_NO_MARKUP = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_DASHES = ("- ", "* ", "• ")


@register.simple_tag
def card_of(card: Card, heading_level: int = 2) -> SafeString:
    """Draw a card of a list. It is kept by every word it says, so it is never out of date."""
    return _drawn(card, heading_level, get_language())


@lru_cache(maxsize=2000)
def _drawn(card: Card, heading_level: int, _language: str) -> SafeString:
    shown = {"card": card, "heading_level": heading_level}
    return render_to_string("opportunities/public/card.html", shown)


@register.simple_tag
def linked_data(facts: dict[str, Any] | None) -> SafeString:
    """Return facts for search engines as a block of data. It cannot end early, and nothing runs."""
    if not facts:
        return mark_safe("")
    text = json.dumps(facts, ensure_ascii=False).translate(_NO_MARKUP)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 -- no sign of HTML is left in it


@register.filter
def answer(text: str) -> SafeString:
    """Return paragraphs; lines that begin with a dash become a list."""
    parts = []
    for is_list, group in groupby(_lines(text), key=lambda line: line.startswith(_DASHES)):
        lines = list(group)
        parts.append(_list(lines) if is_list else linebreaks("\n".join(lines), autoescape=True))
    joined = "".join(parts).replace("<p>", '<p class="govuk-body">')
    return mark_safe(joined)  # noqa: S308 -- every part is escaped above


@register.filter
def points(text: str) -> list[str]:
    """Return the lines of a text, one thing a line, without dashes and empty ones."""
    bare = (line.strip().lstrip("-*•").strip() for line in _lines(text))
    return [line for line in bare if line]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in str(text).strip().splitlines()]


def _list(lines: list[str]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((line[2:].strip(),) for line in lines))
    return format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', items)
