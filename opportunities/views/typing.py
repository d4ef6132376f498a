"""What residents do about their sign-ups and answers, typed by staff for those who told them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from coprod.lib.lifecycle import NotAllowed
from opportunities import actions
from opportunities.actions import support as support_actions
from opportunities.forms.typed import (
    TypedChangeForm,
    TypedEqualityForm,
    TypedSupportForm,
    WithdrawForm,
)
from opportunities.models import SignUp
from opportunities.queries import written_profile
from opportunities.views.sign_ups import read_or_write, row_of
from people.rules import readable_parts
from people.twins import (
    channel_before,
    page,
    person_to_type_for,
    saved,
    typed_data,
    way,
)


def _way(request: HttpRequest, row: SignUp) -> dict[str, str]:
    back = reverse("opportunities:show_sign_up", args=[row.opportunity.slug, row.pk])
    return {"back": back, "channel": channel_before(request)}


def _done(
    request: HttpRequest, row: SignUp, act: Callable[..., Any], words: str, **facts: Any
) -> HttpResponse:
    """Do it, or say why it was not possible, and go back to the person’s sign-up."""
    try:
        act(sign_up=row, actor=request.user, **facts)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, words % {"name": row.person.name})
    return redirect("opportunities:show_sign_up", row.opportunity.slug, row.pk)


@read_or_write
def type_change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change what the team sees of somebody who told us, and how it reaches them."""
    row = row_of(request, slug, pk)
    profile = written_profile(row.person)
    form = TypedChangeForm(
        *typed_data(request)[:1],
        sign_up=row,
        profile=profile,
        readable=readable_parts(request.user, row.person, profile) if profile else (),
        **_way(request, row),
    )
    if form.is_valid():
        facts = {**form.facts(), "channel": form.cleaned_data["channel"]}
        return _done(request, row, actions.change, _("%(name)s: saved what they chose."), **facts)
    context = {"opportunity": row.opportunity, "sign_up": row, "form": form}
    return render(request, "opportunities/staff/type_change.html", context)


@read_or_write
def type_support(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write what support somebody needs who told us; what stood there is not shown."""
    row = row_of(request, slug, pk)
    form = TypedSupportForm(*typed_data(request)[:1], **_way(request, row))
    if form.is_valid():
        data = form.cleaned_data
        if data["none_needed"]:
            words = _("%(name)s: what they said about support is deleted.")
            return _done(request, row, support_actions.take_back, words, channel=data["channel"])
        words = _("%(name)s: the support they need is saved.")
        facts = {
            "text": data["support_text"],
            "consent": data["support_consent"],
            "channel": data["channel"],
        }
        return _done(request, row, support_actions.give, words, **facts)
    context = {"opportunity": row.opportunity, "sign_up": row, "form": form}
    return render(request, "opportunities/staff/type_support.html", context)


@read_or_write
def withdraw_for(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take out somebody who rang or wrote that they cannot take part."""
    row = row_of(request, slug, pk)
    form = WithdrawForm(*typed_data(request)[:1], **_way(request, row))
    if form.is_valid():
        done = _("%(name)s is out, and gets a message that says so.")
        return _done(request, row, actions.withdraw, done, **form.cleaned_data)
    context = {"opportunity": row.opportunity, "sign_up": row, "form": form}
    return render(request, "opportunities/staff/withdraw_for.html", context)


@read_or_write
def type_equality(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Type the equality answers that somebody gives; no page of staff ever shows them again.

    Nothing of it goes to the log: its time would join the pseudonym to the person.
    """
    person = person_to_type_for(request, uuid)
    form = TypedEqualityForm(*typed_data(request)[:1], **way(request, person))
    if form.is_valid():
        if form.cleaned_data["all_gone"]:
            actions.delete_equality(person=person)
        else:
            actions.add_to_equality(person=person, answers=form.given, kind=form.why)
        return saved(request, person, _("%(name)s: saved. Nobody here can look it up."))
    title = _("Equality questions, asked of %(name)s")
    return page(request, form, person, title, template="opportunities/staff/type_equality.html")
