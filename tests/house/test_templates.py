"""Templates compile, carry no inline script or style, and every visible text can be translated."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template

from tests.house.tree import ROOT, text_of, tracked_files

# Text that is the same in every language: allowed outside of a translation, with its reason.
SAME_IN_EVERY_LANGUAGE = {
    "CSV": "the name of a file format",
    "svg": "the name of a file format",
}
# E-mail programs know no outside style sheets, and no policy of ours applies there.
STYLE_ALLOWED_UNDER = ("templates/emails/",)

COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", re.DOTALL)
TEMPLATE_CODE = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
NOT_TEXT = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")
ELEMENT = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>", re.DOTALL)
SPOKEN_ATTRIBUTE = re.compile(r"\s(?:aria-label|alt|title|placeholder|data-label)=\"([^\"]*)\"")
WORD = re.compile(r"[^\W\d_]{2,}")
INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)"),
    "inline style": re.compile(r"<style\b|<[^>]*\sstyle\s*="),
    "inline event handler": re.compile(r"<[^>]*\son[a-z]+\s*="),
    "javascript address": re.compile(r"=[\"']\s*javascript:"),
}
UNESCAPED = re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off|{%\s*filter\s+safe")
REASON = re.compile(r"{#\s*\S.{9,}#}")


def templates() -> list[Path]:
    inside = (file for file in tracked_files() if file.relative_to(ROOT).parts[0] == "templates")
    return [file for file in inside if file.suffix != ".md"]


def pages() -> list[Path]:
    return [file for file in templates() if file.suffix in {".html", ".svg"}]


def inline_code(text: str, *, styles: bool = False) -> list[str]:
    """Return the kinds of inline code in ``text``; ``styles`` are allowed in e-mails."""
    bare = TEMPLATE_CODE.sub("", COMMENT.sub("", text))
    found = [kind for kind, pattern in INLINE.items() if pattern.search(bare)]
    return [kind for kind in found if not (styles and kind == "inline style")]


def unescaped_without_reason(text: str) -> list[str]:
    """Return the lines that switch escaping off and do not say why in a comment beside it."""
    lines = text.splitlines()
    return [line.strip() for line in lines if UNESCAPED.search(line) and not REASON.search(line)]


def untranslated(text: str) -> list[str]:
    """Return the visible pieces of ``text`` that no translator would see."""
    for ignored in (COMMENT, TRANSLATED, NOT_TEXT):
        text = ignored.sub(" ", text)
    text = ENTITY.sub(" ", TEMPLATE_CODE.sub(" ", text))
    pieces = [*ELEMENT.sub("\n", text).splitlines(), *SPOKEN_ATTRIBUTE.findall(text)]
    words = (" ".join(piece.split()) for piece in pieces)
    return [one for one in words if WORD.search(one) and one not in SAME_IN_EVERY_LANGUAGE]


def named(faults: dict[Path, list[str]]) -> dict[str, list[str]]:
    return {str(file.relative_to(ROOT)): found for file, found in faults.items() if found}


def test_every_template_compiles():
    start = Path(engines["django"].dirs[0])
    for file in templates():
        get_template(str(file.relative_to(start)))


def test_no_template_carries_inline_code():
    faults = {}
    for file in pages():
        in_mail = str(file.relative_to(ROOT)).startswith(STYLE_ALLOWED_UNDER)
        faults[file] = inline_code(file.read_text(), styles=in_mail)
    assert named(faults) == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("<script>go()</script>", "inline script"),
        ("<script nonce='x'>go()</script>", "inline script"),
        ("<p class='a' style='color:red'>", "inline style"),
        ("<style>p{}</style>", "inline style"),
        ("<a\n onclick='go()'>", "inline event handler"),
        ("<a href='javascript:go()'>", "javascript address"),
    ],
)
def test_inline_code_is_found(text, kind):
    assert inline_code(text) == [kind]


def test_outside_scripts_are_fine():
    assert inline_code("<script type='module' src='{% static 'a.js' %}'></script>") == []
    assert inline_code("<p>The one=two, and {{ person.on }}</p>") == []


def test_escaping_is_off_only_with_a_reason():
    assert named({file: unescaped_without_reason(text_of(file)) for file in pages()}) == {}


def test_escaping_off_without_a_reason_is_found():
    assert unescaped_without_reason("{{ a|safe }}") == ["{{ a|safe }}"]
    assert unescaped_without_reason("{{ a|safe }} {# cleaned by coprod.lib.text #}") == []


def test_every_visible_text_can_be_translated():
    assert named({file: untranslated(file.read_text()) for file in templates()}) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ("<p>{% translate 'Hello' %}</p>", []),
        ("{% blocktranslate trimmed %}Hello <b>you</b>{% endblocktranslate %} bye", ["bye"]),
        ('<nav aria-label="Main">', ["Main"]),
        ('<nav aria-label="{% translate "Main" %}" class="main">', []),
        ("<p>{{ name }} &middot; 12 &gt; 7</p>", []),
        ("{# for the reader #}<a href='x'>{{ a }}</a>", []),
    ],
)
def test_text_outside_a_translation_is_found(text, found):
    assert untranslated(text) == found


def test_templates_are_written_alike():
    files = [str(file) for file in pages()]
    djade = Path(sys.executable).parent / "djade"
    run = [djade, "--check", "--target-version", "5.2", *files]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert not files or done.returncode == 0, f"run: djade --target-version 5.2 FILE\n{done.stdout}"
