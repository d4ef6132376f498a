"""The list for programs that follow it."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from coprod.lib.calendars import one_line
from opportunities.cards import asking, summary
from opportunities.filters import OpportunityFilter
from opportunities.models import Opportunity
from people.models import Town

ENTRIES = 30


@login_not_required
@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Give the newest briefs as an Atom feed, made shorter by the same filters as the list."""
    chosen = OpportunityFilter(request.GET, Opportunity.objects.public(), list(Town.objects.all()))
    rows = chosen.narrowed().select_related("organisation", "team")
    made = _empty(request)
    for brief in rows.order_by("-published_at", "-pk")[:ENTRIES]:
        address = settings.SITE_URL + brief.get_absolute_url()
        made.add_item(
            title=one_line(brief.title),
            link=address,
            description=one_line(summary(brief.what)),
            author_name=one_line(asking(brief)),
            unique_id=address,
            pubdate=brief.published_at,
            updateddate=brief.updated_at,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    made.write(response, "utf-8")
    return response


def _empty(request: HttpRequest) -> Atom1Feed:
    query = request.GET.urlencode()
    query = f"?{query}" if query else ""
    return Atom1Feed(
        title=_("What you can do in %(place)s") % {"place": settings.PLACE},
        link=settings.SITE_URL + reverse("opportunities:index") + query,
        feed_url=settings.SITE_URL + reverse("opportunities:feed") + query,
        description=None,
        language=settings.LANGUAGE_CODE,
    )
