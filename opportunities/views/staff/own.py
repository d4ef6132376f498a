"""How every page of staff finds its brief."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from coprod.lib.access import require
from opportunities import rules
from opportunities.models import Opportunity
from opportunities.pages import with_all
from people.rules import is_staff_member


def own_brief(request: HttpRequest, slug: str) -> Opportunity:
    """Return the brief: 404 where nobody may know of it, 403 where it is another team’s work."""
    require(is_staff_member(request.user))
    rows = with_all(Opportunity.objects.visible_to(request.user))
    brief = get_object_or_404(rows, slug=slug)
    require(rules.can_follow(request.user, brief))
    return brief
