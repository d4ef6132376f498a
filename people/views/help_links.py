"""The one-use link by which somebody says yes or no to helping. Looking uses nothing up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from coprod.lib.lifecycle import NotAllowed
from people import actions, helper_links
from people.actions.relations import refuse_link
from people.forms.young import AgreeForm
from people.models import HelperLink, RelationKind

GONE = 410


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept_help(request: HttpRequest, token: str) -> HttpResponse:
    """Show what is asked to the account of that address, and take the yes or the no."""
    link = helper_links.find(token)
    if link is None:
        return render(request, "people/public/help_unknown.html", status=404)
    if not request.user.is_authenticated:
        # Whoever holds the link learns nothing about anybody before they sign in.
        return render(request, "people/public/help_sign_in.html", {"here": request.path})
    try:
        refuse_link(link, request.user)
        return _answer(request, link)
    except NotAllowed as refusal:
        return render(
            request, "people/public/help_closed.html", {"reason": str(refusal)}, status=GONE
        )


def _answer(request: HttpRequest, link: HelperLink) -> HttpResponse:
    relation = link.relation
    is_guardian = relation.kind == RelationKind.GUARDIAN
    if request.POST.get("do") == "no":
        actions.decline_help(link=link, user=request.user)
        messages.success(request, _("Thank you for telling us. Nothing more happens."))
        return redirect("home")
    form = AgreeForm(request.POST or None) if is_guardian else None
    said_yes = form.is_valid() if form else request.POST.get("do") == "yes"
    if said_yes:
        accept = actions.agree_by_link if is_guardian else actions.accept_help
        accept(link=link, user=request.user)
        messages.success(request, _("Thank you. Here is what you can do."))
        return redirect("people_i_help")
    context = {"relation": relation, "form": form, "is_guardian": is_guardian}
    return render(request, "people/public/accept_help.html", context)
