"""A coordinator looks for people of the pool."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from coprod.lib.access import require
from coprod.lib.paging import Key, page
from people.filters import PoolFilter
from people.finding import because, in_words, people_of
from people.load import Load, asked_of
from people.rules import can_find_people

PAGE = 25
BY_NAME = (Key("name", str), Key("pk", int))


@require_safe
def find_people(request: HttpRequest) -> HttpResponse:
    """Look for people by what they told us, where they let my organisation look for them.

    Shows names, towns and why somebody fits; how to reach them stands on their own page.
    """
    require(can_find_people(request.user))
    asked = PoolFilter(request.GET, request.user.acting.organisation)
    asked.count_choices()
    shown = page(people_of(asked.found), BY_NAME, request.GET.get("page", ""), PAGE)
    keys = [person.pk for person in shown.rows]
    told, loads = because(keys, asked.wanted), asked_of(keys)
    query = [(name, one) for name in asked.filters for one in request.GET.getlist(name) if one]
    context = {
        "filter": asked,
        "rows": [
            {
                "person": person,
                "because": in_words(told.get(person.pk, ())),
                # Where nothing that they told us has the words, their page has.
                "wrote": bool(asked.wanted.words) and person.pk not in told,
                "load": loads[person.pk].load,
            }
            for person in shown.rows
        ],
        "free": Load.FREE,
        "previous": _href(query, shown.previous),
        "following": _href(query, shown.following),
    }
    return render(request, "people/staff/find_people.html", context)


def _href(query: list[tuple[str, str]], cursor: str) -> str:
    return f"?{urlencode([*query, ('page', cursor)])}" if cursor else ""
