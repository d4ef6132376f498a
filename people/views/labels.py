"""Groups and labels of my organisation: which there are, their names, whether they are in use."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paging import Key, page
from people import actions
from people.forms.welcoming import LabelForm
from people.models import Cohort, Tag
from people.rules import arranges

from .own import sent

PAGE = 50
BY_NAME = (Key("name", str), Key("pk", int))
# By the word in the address: the rows, the name of those who have one, and the page to change it.
KINDS = {
    "groups": (Cohort, "members", "people:change_group"),
    "labels": (Tag, "people", "people:change_label"),
}


@require_safe
def labels(request: HttpRequest, kind: str) -> HttpResponse:
    """List the groups, or the labels, that we keep: and how many have each."""
    require(arranges(request.user))
    model, having, change = KINDS[kind]
    rows = model.objects.visible_to(request.user).annotate(number=Count(having))
    found = page(rows, BY_NAME, request.GET.get("page", ""), PAGE)
    for row in found.rows:
        row.href = reverse(change, args=[row.pk])
    return render(request, "people/staff/labels.html", {"page": found, "kind": kind})


def change_label(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Give a group or a label another name, or let nobody new be put into it."""
    require(arranges(request.user))
    label = get_object_or_404(KINDS[kind][0].objects.visible_to(request.user), pk=pk)
    back = reverse(f"people:{kind}")
    initial = {"name": label.name, "is_active": label.is_active}
    form = LabelForm(*sent(request), back=back, initial=initial)
    if form.is_valid():
        try:
            actions.change_label(label=label, actor=request.user, **form.cleaned_data)
        except NotAllowed as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("“%(name)s” is saved.") % {"name": label.name})
            return redirect(back)
    context = {"form": form, "label": label, "back": back, "kind": kind}
    return render(request, "people/staff/change_label.html", context)
