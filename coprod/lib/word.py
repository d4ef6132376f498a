"""Word files of our own words: real headings, and nothing of a text is taken for markup."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable

import docx
from django.http import HttpResponse
from django.utils.text import slugify
from docx.document import Document
from docx.enum.text import WD_BREAK
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# XML 1.0 knows no others below the blank; what is left over of two halves of a letter goes, too.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SIZE, MARGIN = 12, 2


def printable(text: str) -> str:
    """Return ``text`` without what no XML may hold."""
    return _NOT_XML.sub("", text)


def one_page(
    title: str,
    sections: Iterable[tuple[str, str]],
    *,
    language: str = "en-GB",
    picture: bytes = b"",
    picture_words: str = "",
) -> bytes:
    """Return a Word file: title, picture with its words, and a heading above each text.

    Args:
        sections: pairs of heading and text; the lines of a text stay lines.
        picture: a JPEG that we made; ``picture_words`` say what it shows.
    """
    document = docx.Document()
    _set_up(document, title, language)
    document.add_heading(printable(title), level=0)
    if picture:
        _add_picture(document, picture, printable(picture_words))
    for heading, text in sections:
        document.add_heading(printable(heading), level=1)
        _add_lines(document.add_paragraph(), printable(text))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: Document, title: str, language: str) -> None:
    facts = document.core_properties
    facts.title, facts.author, facts.comments, facts.language = printable(title), "", "", language
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Arial", Pt(SIZE)
    for name in ("Title", "Heading 1"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(qn(f"w:{kind}"), "Arial")
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(MARGIN)


def _add_picture(document: Document, picture: bytes, words: str) -> None:
    try:
        shape = document.add_picture(io.BytesIO(picture), width=Cm(3.5))
    except UnrecognizedImageError:  # a file that went bad on the disk: the words are still right
        return
    # What screen readers say of it.
    shape._inline.docPr.set("descr", words)  # noqa: SLF001 -- python-docx has no public way


def _add_lines(paragraph: object, text: str) -> None:
    for number, line in enumerate(text.splitlines()):
        run = paragraph.add_run()  # type: ignore[attr-defined]  # python-docx has no types
        if number:
            run.add_break(WD_BREAK.LINE)
        run.add_text(line)


def word_file(name: str, data: bytes) -> HttpResponse:
    """Return a download called ``name``.docx: letters, figures and hyphens of it alone."""
    response = HttpResponse(data, content_type=KIND)
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "page"}.docx"'
    response["Cache-Control"] = "private, no-store"
    return response
