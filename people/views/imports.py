"""Coordinators and administrators bring in the list of people that they have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.access import require
from coprod.lib.downloads import csv_file
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.once import prepared_by
from coprod.lib.paging import Key, page
from people.actions import imports as actions
from people.forms.imports import ColumnsForm, UploadForm, look_at_file, samples_of
from people.import_files import FileNotKept
from people.import_pages import (
    SHOWN,
    counts_of,
    row_for_page,
    rows_shown,
    rows_to_put_right,
)
from people.lifecycle import ImportStatus
from people.models import ImportRow, Person, PoolImport
from people.rules import can_import

PAGE = 50
BY_NUMBER = (Key("number", int),)
NEWEST_FIRST = (Key("pk", int, descending=True),)
BEING_WORKED_ON = (
    ImportStatus.CHECKING,
    ImportStatus.RUNNING,
    ImportStatus.STOPPING,
    ImportStatus.UNDOING,
)


def _import(request: HttpRequest, uuid: UUID) -> PoolImport:
    require(can_import(request.user))
    rows = PoolImport.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("organisation", "uploaded_by"), uuid=uuid)


@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """List the files that my organisation brought in, newest first."""
    require(can_import(request.user))
    rows = PoolImport.objects.visible_to(request.user).select_related("uploaded_by")
    found = page(rows, NEWEST_FIRST, request.GET.get("page", ""), PAGE)
    return render(request, "people/imports/imports.html", {"page": found})


@prepared_by(look_at_file)
def import_upload(request: HttpRequest) -> HttpResponse:
    """Send a file; what cannot be read is said beside the field."""
    require(can_import(request.user))
    typed = (request.POST, request.FILES) if request.method == "POST" else ()
    sent = request.prepared
    form = UploadForm(*typed, sent=sent)
    if form.is_valid():
        try:
            new = actions.begin_import(
                organisation=request.user.acting.organisation,
                actor=request.user,
                file_name=sent.name,
                data=sent.data,
                headings=sent.headings,
            )
            return redirect("people:import_columns", new.uuid)
        except FileNotKept as fault:
            form.add_error("file", str(fault))
    return render(request, "people/imports/import_upload.html", {"form": form})


def import_columns(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Say what each column is; it is remembered for the next file with such headings."""
    one = _import(request, uuid)
    if one.status not in {ImportStatus.MATCHING, ImportStatus.READY} or not one.file:
        return redirect("people:import_show", one.uuid)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        pool_import=one,
        samples=samples_of(one),
    )
    if form.is_valid():
        try:
            actions.match_columns(pool_import=one, fields=form.chosen_fields(), actor=request.user)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect("people:import_show", one.uuid)
    context = {"form": form, "import": one, "same": actions.same_file(one)}
    return render(request, "people/imports/import_columns.html", context)


@require_safe
def import_show(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show how far a file is: matched, looked through, to be decided about, brought in, undone."""
    one = _import(request, uuid)
    if one.status == ImportStatus.MATCHING and one.file:
        return redirect("people:import_columns", one.uuid)
    if one.status in BEING_WORKED_ON:
        return render(request, "people/imports/import_progress.html", {"import": one})
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWN else ""
    found = page(rows_shown(one, shown), BY_NUMBER, request.GET.get("page", ""), PAGE)
    context: dict[str, Any] = {
        "import": one,
        "counts": counts_of(one),
        "shown": shown,
        "page": found,
        "cursor": request.GET.get("page", ""),
        "rows": [row_for_page(row, one) for row in found.rows],
        "same": actions.same_file(one),
        "can_undo": actions.can_be_undone(one),
        "asking_waits": one.asking_from is not None and one.asking_from > timezone.now(),
    }
    return render(request, "people/imports/import_show.html", context)


@require_safe
def import_wrong_rows(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give back the refused and doubtful rows, with the reasons, to put right in a spreadsheet."""
    one = _import(request, uuid)
    if not one.file:
        messages.warning(request, _("What was in the rows is deleted already."))
        return redirect("people:import_show", one.uuid)
    head, rows = rows_to_put_right(one)
    return csv_file(_("rows to put right"), head, rows)


def _back(request: HttpRequest, one: PoolImport, number: int) -> HttpResponse:
    """Lead back to the row, on the page of rows where it stands."""
    query = {name: request.POST[name] for name in ("show", "page") if request.POST.get(name)}
    return redirect(
        reverse("people:import_show", args=[one.uuid], query=query, fragment=f"row-{number}")
    )


@require_POST
def decide_row(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Decide what becomes of a doubtful row."""
    one = _import(request, uuid)
    row = get_object_or_404(ImportRow.objects.filter(pool_import=one), number=number)
    try:
        actions.decide_row(row=row, decision=request.POST.get("decision", ""), actor=request.user)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return _back(request, one, number)


@require_POST
def undo_decision(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Take back what was decided about a row."""
    one = _import(request, uuid)
    row = get_object_or_404(ImportRow.objects.filter(pool_import=one), number=number)
    try:
        actions.undo_decision(row=row, actor=request.user)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return _back(request, one, number)


@require_POST
def confirm_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have it brought in, as the page showed it."""
    one = _import(request, uuid)
    try:
        actions.confirm_import(pool_import=one, actor=request.user)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:import_show", one.uuid)


@require_POST
def cancel_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop it: nobody has seen anything of it, and nothing of it stays."""
    one = _import(request, uuid)
    try:
        actions.cancel_import(pool_import=one, actor=request.user)
        messages.success(request, _("It is stopped. Nothing of this file is in the pool."))
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    return redirect("people:import_show", one.uuid)


def undo_import(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take everybody out again who came with a file, but for those who did something since."""
    one = _import(request, uuid)
    if request.method == "POST":
        try:
            actions.undo_import(pool_import=one, actor=request.user)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        return redirect("people:import_show", one.uuid)
    if not actions.can_be_undone(one):
        messages.warning(request, _("There is nothing of this file to undo, or it is too late."))
        return redirect("people:import_show", one.uuid)
    stay = actions.staying(one)
    people = Person.objects.visible_to(request.user).filter(pk__in=stay).order_by("name", "pk")
    context = {"import": one, "stay": len(stay), "people": people[:PAGE]}
    return render(request, "people/imports/undo_import.html", context)
