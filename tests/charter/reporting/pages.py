"""Who has been involved, as its page and its spreadsheet say it."""

from __future__ import annotations

import csv
import io

from tests.coprod.markup import find_all, strictly

PAGE = "/reporting/who-has-been-involved/"
CSV = "/reporting/who-has-been-involved.csv"


def read(client, **asked):
    """Return the page as a document."""
    response = client.get(PAGE, asked)
    assert response.status_code == 200
    return strictly(response.content)


def text(element) -> str:
    return " ".join("".join(element.itertext()).split())


def table(document) -> list[list[str]]:
    return [
        [text(cell) for cell in row if cell.tag in {"th", "td"}] for row in find_all(document, "tr")
    ]


def spreadsheet(client, **asked) -> list[list[str]]:
    response = client.get(CSV, asked)
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
