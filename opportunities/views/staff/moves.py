"""Each move of a brief: its page asks once, and its button does it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from coprod.lib.paging import Key
from opportunities import actions, rules
from opportunities.completeness import missing_parts
from opportunities.forms.briefs import ReasonForm
from opportunities.models import Opportunity
from opportunities.views.staff.own import own_brief

PAGE_SIZE = 20
ORDER = [
    Key("updated_at", dt.datetime, descending=True),
    Key("pk", int, descending=True),
]
read_or_write = require_http_methods(["GET", "HEAD", "POST"])
Action = Callable[..., Opportunity]


@read_or_write
def copy_brief(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a new draft with the words of this brief."""
    brief = own_brief(request, slug)
    require(rules.can_copy(request.user, brief))
    if request.method == "POST":
        copy = actions.copy_brief(opportunity=brief, actor=request.user)
        messages.success(request, _("This is your copy. Its dates are empty."))
        return redirect("opportunities:edit", copy.slug)
    return render(request, "opportunities/staff/copy_brief.html", {"opportunity": brief})


def _move(
    request: HttpRequest, brief: Opportunity, act: Action, done: str, form: ReasonForm | None = None
) -> HttpResponse | None:
    """Do it on POST and lead on; None where the page is still to ask. Sent twice, it says so."""
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return None
    said = form.cleaned_data if form is not None else {}
    try:
        act(opportunity=brief, actor=request.user, **said)
    except actions.Incomplete as refusal:
        messages.error(request, str(refusal))
        return redirect("opportunities:edit", brief.slug)
    except NotAllowed as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("opportunities:project", brief.slug)


def _project_url(brief: Opportunity) -> str:
    return reverse("opportunities:project", args=[brief.slug])


@read_or_write
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the brief for review."""
    brief = own_brief(request, slug)
    require(rules.can_submit(request.user, brief))
    done = _("Sent for review. The coordinators have a message.")
    context = {"opportunity": brief, "gaps": missing_parts(brief)}
    answer = _move(request, brief, actions.submit, done)
    return answer or render(request, "opportunities/staff/submit.html", context)


@read_or_write
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Let everybody read the brief and come forward."""
    brief = own_brief(request, slug)
    require(rules.can_publish(request.user, brief))
    answer = _move(request, brief, actions.publish, _("Published. Everybody can read it now."))
    return answer or render(request, "opportunities/staff/publish.html", {"opportunity": brief})


@read_or_write
def return_brief(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the brief back to its writer with a reason."""
    brief = own_brief(request, slug)
    require(rules.can_return(request.user, brief))
    form = ReasonForm(
        *([request.POST] if request.method == "POST" else []),
        submit=_("Return"),
        label=_("What should be different?"),
        hint=_("The writer reads this. Say what to change, and what is good already."),
        back=_project_url(brief),
    )
    answer = _move(request, brief, actions.return_brief, _("Returned to its writer."), form)
    context = {"opportunity": brief, "form": form}
    return answer or render(request, "opportunities/staff/return_brief.html", context)


@read_or_write
def close(request: HttpRequest, slug: str) -> HttpResponse:
    """Take no more new people."""
    brief = own_brief(request, slug)
    require(rules.can_close(request.user, brief))
    answer = _move(request, brief, actions.close, _("Closed to new people."))
    return answer or render(request, "opportunities/staff/close.html", {"opportunity": brief})


@read_or_write
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Take new people again."""
    brief = own_brief(request, slug)
    require(rules.can_reopen(request.user, brief))
    answer = _move(request, brief, actions.reopen, _("Open to new people again."))
    return answer or render(request, "opportunities/staff/reopen.html", {"opportunity": brief})


@read_or_write
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the project is in progress."""
    brief = own_brief(request, slug)
    require(rules.can_start(request.user, brief))
    answer = _move(request, brief, actions.start, _("The project is in progress."))
    return answer or render(request, "opportunities/staff/start.html", {"opportunity": brief})


@read_or_write
def withdraw_brief(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the brief back, with a reason, and tell those who came forward."""
    brief = own_brief(request, slug)
    require(rules.can_withdraw(request.user, brief))
    form = ReasonForm(
        *([request.POST] if request.method == "POST" else []),
        submit=_("Withdraw this brief"),
        label=_("Why will it not happen?"),
        hint=_("People who came forward read this. Be open with them."),
        back=_project_url(brief),
    )
    done = _("Withdrawn. Everybody who came forward gets a message.")
    answer = _move(request, brief, actions.withdraw_brief, done, form)
    context = {"opportunity": brief, "form": form, "came": brief.sign_ups.live().count()}
    return answer or render(request, "opportunities/staff/withdraw_brief.html", context)
