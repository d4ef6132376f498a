"""For search engines: where everything is that everybody may read."""

from __future__ import annotations

from xml.sax.saxutils import escape

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from opportunities.models import Opportunity

PAGES = (
    "home",
    "opportunities:index",
    "charter:you_said_we_did",
    "charter:charter",
    "how_it_works",
    "contact",
    "accessibility",
    "privacy",
    "glossary",
    "concern",
)
MOST = 50_000  # what the format allows in one file


@login_not_required
@require_safe
def sitemap(_request: HttpRequest) -> HttpResponse:
    """List the pages that everybody may read, with the day when a brief last changed."""
    rows = Opportunity.objects.public().order_by("-published_at", "-pk")
    briefs = rows.values_list("slug", "updated_at")[: MOST - len(PAGES)]
    places = [_place(reverse(name)) for name in PAGES]
    places += [
        _place(reverse("opportunities:detail", args=[slug]), changed.date().isoformat())
        for slug, changed in briefs.iterator(chunk_size=2000)
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    urlset = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    text = head + urlset + "\n".join(places) + "\n</urlset>\n"
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _place(path: str, changed: str = "") -> str:
    day = f"<lastmod>{changed}</lastmod>" if changed else ""
    return f"<url><loc>{escape(settings.SITE_URL + path)}</loc>{day}</url>"
