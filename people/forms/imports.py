"""A spreadsheet is sent, and each of its columns is said to be something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import helper
from coprod.lib.uploads import LIMIT
from people.import_files import path_of
from people.importing import Field, NotASheet, chosen, read
from people.models import PoolImport
from people.rules import can_import

SAMPLES = 3  # cells shown of each column
NOT_BROUGHT_IN = frozenset({Field.SENSITIVE, Field.CONSENT})


@dataclass(frozen=True)
class SentFile:
    """What came of a file that was sent: its bytes and headings, or why there are none."""

    name: str = ""
    data: bytes = b""
    headings: tuple[str, ...] = ()
    problem: str = ""


def look_at_file(request: HttpRequest) -> SentFile | None:
    """Read the headings of the file in this form; None where there is none, or nobody may."""
    file = request.FILES.get("file") if request.method == "POST" else None
    if file is None or not can_import(request.user):
        return None
    if file.size > LIMIT:
        return SentFile(problem=str(_("This file is larger than 10 MB. Save it in parts")))
    data = file.read()
    try:
        sheet = read(data, file.name or "")
    except NotASheet as no:
        return SentFile(problem=str(no))
    sheet.close()
    return SentFile(name=file.name or "", data=data, headings=sheet.headings)


class UploadForm(forms.Form):
    """The file. What is in it was looked at before the form is."""

    file = forms.FileField(
        label=_("The spreadsheet"),
        allow_empty_file=True,  # the words for an empty one are where those for a broken one are
        max_length=1_000,
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
        help_text=_(
            "CSV or Excel (.xlsx), at most 10 MB and 20,000 rows, with the headings in one row. "
            "Nothing is written before you have seen, row by row, what would happen."
        ),
        error_messages={"required": _("Choose the spreadsheet")},
    )

    def __init__(self, *args: Any, sent: SentFile | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._sent = sent
        self.helper = helper(
            "file",
            submit=_("Read the file"),
            link=("/staff/people/import/", _("Go back without sending")),
        )

    def clean_file(self) -> Any:
        """Say beside the field why the file cannot be read."""
        if self._sent is None or self._sent.problem:
            raise forms.ValidationError(self._sent.problem if self._sent else _("Choose the file"))
        return self.cleaned_data["file"]


def samples_of(pool_import: PoolImport) -> list[list[str]]:
    """Return some cells of each column that is not sensitive, as they stand in the file."""
    samples: list[list[str]] = [[] for _heading in pool_import.headings]
    try:
        sheet = read(path_of(pool_import.file), pool_import.file_name)
        for row in islice(sheet.rows, SAMPLES):
            for column, cell in enumerate(row.cells):
                if cell.strip():
                    samples[column].append(Truncator(cell.strip()).chars(30))
        sheet.close()
    except NotASheet:  # the dry run says it
        return samples
    return samples


class ColumnsForm(forms.Form):
    """One question for each column: what is it? What must stay out is not asked about."""

    def __init__(
        self,
        *args: Any,
        pool_import: PoolImport,
        samples: Sequence[Sequence[str]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._import = pool_import
        fixed = chosen(pool_import.headings, [Field.NAME for _one in pool_import.headings]).fields
        self.left_out: list[str] = []
        for number, heading in enumerate(pool_import.headings):
            if fixed[number] in NOT_BROUGHT_IN or not heading.strip():
                self.left_out.append(heading)
            else:
                shown = list(samples[number]) if number < len(samples) else []
                self.fields[f"column_{number}"] = _question(
                    heading, pool_import.columns[number], shown
                )
        self.left_out = [heading for heading in self.left_out if heading.strip()]
        self.helper = helper(
            submit=_("Look through the rows"),
            link=("/staff/people/import/", _("Later")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors:
            found = chosen(self._import.headings, self.chosen_fields())
            if not found.is_enough:
                raise forms.ValidationError(_("Choose which column holds the name"))
        return data

    def chosen_fields(self) -> list[str]:
        """Return a field for each heading, in their order."""
        return [
            self.cleaned_data.get(f"column_{number}", Field.IGNORED.value)
            for number in range(len(self._import.headings))
        ]


def _question(heading: str, suggested: str, samples: Sequence[str]) -> forms.ChoiceField:
    hint = _("For example: %s") % "; ".join(samples) if samples else ""
    sensitive = suggested in NOT_BROUGHT_IN
    return forms.ChoiceField(
        label=heading,
        choices=Field.choices,
        initial=suggested,
        help_text="" if sensitive else hint,
    )
