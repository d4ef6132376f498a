"""Staff and young people who came forward: why one of 13 to 15 may decide alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from coprod.lib.access import require
from coprod.lib.lifecycle import NotAllowed
from opportunities.actions.ages import about
from opportunities.forms.people import AloneForm
from opportunities.models import SignUp
from opportunities.views.sign_ups import arranged_brief
from people.actions import decide_alone
from people.young import standing_of


@require_http_methods(["GET", "HEAD", "POST"])
def decides_alone(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Write down why somebody of 13 to 15 understands this project and may decide alone."""
    brief = arranged_brief(request, slug)
    rows = SignUp.objects.arranged_by(request.user).filter(opportunity=brief)
    row = get_object_or_404(rows.select_related("person"), pk=pk)
    stands = standing_of(row.person, about(brief))
    require(stands is not None and stands.may_decide_alone)
    back = reverse("opportunities:show_sign_up", args=[brief.slug, row.pk])
    form = AloneForm(request.POST if request.method == "POST" else None, back=back)
    if form.is_valid():
        facts = form.cleaned_data | {"about": about(brief), "organisation": brief.organisation}
        try:
            decide_alone(person=row.person, actor=request.user, **facts)
        except NotAllowed as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("%(name)s: written down.") % {"name": row.person.name})
        return redirect(back)
    context = {"opportunity": brief, "sign_up": row, "form": form}
    return render(request, "opportunities/staff/decides_alone.html", context)
