"""Writing a brief: new, half-finished, returned, or already read by everybody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from coprod.lib.access import require
from coprod.lib.controls import first_id
from coprod.lib.lifecycle import NotAllowed
from opportunities import actions, rules
from opportunities.actions import EDITABLE
from opportunities.completeness import MissingPart, missing_parts
from opportunities.editing import Merge, marks, merge
from opportunities.forms.briefs import BriefForm, PublishedBriefForm
from opportunities.lifecycle import LIVE_BRIEF, UNFINISHED
from opportunities.models import Opportunity
from opportunities.pages import with_all
from people.rules import is_staff_member

read_or_write = require_http_methods(["GET", "HEAD", "POST"])
PAGE = "opportunities/staff/edit.html"


@read_or_write
def new(request: HttpRequest) -> HttpResponse:
    """Begin a brief; only its title is needed."""
    require(rules.can_write(request.user))
    organisation = request.user.acting.organisation
    form = BriefForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        brief = actions.create_draft(
            organisation=organisation, actor=request.user, **form.written()
        )
        return _saved(request, brief)
    return render(request, "opportunities/staff/new.html", {"form": form})


@read_or_write
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on writing a brief, or change one that people read."""
    require(is_staff_member(request.user))
    rows = with_all(Opportunity.objects.visible_to(request.user))
    brief = get_object_or_404(rows, slug=slug)
    require(rules.can_edit(request.user, brief))
    if request.method == "POST":
        return _save(request, brief)
    if brief.status not in {*UNFINISHED, *LIVE_BRIEF}:
        messages.warning(request, _("This brief cannot be changed as it is now."))
        return redirect("opportunities:project", brief.slug)
    return _page(request, brief, _form(brief))


def _form(brief: Opportunity, *data: Any, **more: Any) -> BriefForm:
    """Return the editor that fits the state of the brief."""
    kind = PublishedBriefForm if brief.status in LIVE_BRIEF else BriefForm
    gaps = [part.field for part in missing_parts(brief)]
    return kind(*data, instance=brief, organisation=brief.organisation, missing=gaps, **more)


def _page(
    request: HttpRequest,
    brief: Opportunity,
    form: BriefForm,
    merged: Merge | None = None,
    *,
    version: str = "",
    began_with: str = "",
) -> HttpResponse:
    """Show the editor. ``version`` and ``began_with`` are what the writer began with."""
    saved = with_all(Opportunity.objects.filter(pk=brief.pk)).get() if form.is_bound else brief
    context = {
        "opportunity": saved,
        "form": form,
        "published": saved.status in LIVE_BRIEF,
        "version": version or saved.version,
        "began_with": began_with or marks(saved, EDITABLE),
        "merged": merged,
        "gaps": _links(missing_parts(saved), form),
        "may_send": saved.status in UNFINISHED and rules.can_submit(request.user, saved),
    }
    return render(request, PAGE, context)


def _links(parts: list[MissingPart], form: BriefForm) -> list[tuple[str, str]]:
    return [(f"#{first_id(form[part.field])}", str(part.label)) for part in parts]


def _save(request: HttpRequest, brief: Opportunity) -> HttpResponse:
    """Save what was written; whatever goes wrong, every word of it is kept on the page."""
    form = _form(brief, request.POST)
    began = {
        "version": request.POST.get("version", ""),
        "began_with": request.POST.get("began_with", ""),
    }
    if not form.is_valid():
        return _page(request, brief, form, **began)
    try:
        saved = _act(request, brief, form)
    except actions.EditedMeanwhile as meanwhile:
        return _both_texts(request, meanwhile.current, form)
    except actions.Incomplete as refusal:
        for part in refusal.parts:
            form.add_error(part.field, part.error)
        return _page(request, brief, form, **began)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return _page(request, brief, form, **began)
    return _saved(request, saved)


def _act(request: HttpRequest, brief: Opportunity, form: BriefForm) -> Opportunity:
    version = request.POST.get("version", "")
    begun = {
        "opportunity": brief,
        "actor": request.user,
        "version": int(version) if version.isascii() and version.isdigit() else 0,
        "fields": form.written(),
    }
    if isinstance(form, PublishedBriefForm):
        return actions.edit_published(**begun, **form.reasons())
    return actions.save_draft(**begun)


def _both_texts(request: HttpRequest, current: Opportunity, form: BriefForm) -> HttpResponse:
    """Show what somebody else saved and what I wrote, and let me go on from there."""
    merged = merge(form.fields, form.written(), current, request.POST.get("began_with", ""))
    reasons = form.reasons() if isinstance(form, PublishedBriefForm) else {}
    again = _form(current, initial={**merged.values, **reasons})
    return _page(request, current, again, merged)


def _saved(request: HttpRequest, brief: Opportunity) -> HttpResponse:
    """Lead on after saving: to review where that was asked, else back to the editor."""
    if brief.status in LIVE_BRIEF:
        messages.success(request, _("Saved. People who came forward get a message."))
        return redirect("opportunities:project", brief.slug)
    if "send" in request.POST and rules.can_submit(request.user, brief):
        return _send(request, brief)
    number = len(missing_parts(brief))
    gaps = ngettext("%(n)s part is missing.", "%(n)s parts are missing.", number) % {"n": number}
    whole = _("Nothing is missing: you can send it for review.")
    messages.success(request, _("Saved.") + " " + (gaps if number else whole))
    return redirect("opportunities:edit", brief.slug)


def _send(request: HttpRequest, brief: Opportunity) -> HttpResponse:
    try:
        actions.submit(opportunity=brief, actor=request.user)
    except NotAllowed as refusal:
        messages.error(request, _("Saved, but not sent.") + " " + str(refusal))
        return redirect("opportunities:edit", brief.slug)
    messages.success(request, _("Sent for review. The coordinators have a message."))
    return redirect("opportunities:project", brief.slug)
