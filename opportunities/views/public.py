"""What everybody can read: the list of opportunities, and one of them."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_safe

from coprod.lib.days import today
from coprod.lib.frames import frame
from coprod.lib.paging import Key, page
from coprod.lib.search import single_words, with_best
from opportunities.cards import cards
from opportunities.filters import Counts, OpportunityFilter, count
from opportunities.lifecycle import Status
from opportunities.models import SEARCHED, Opportunity
from opportunities.pages import brief_page, own_sign_up, with_all
from people.models import Town
from people.versions import public_page, public_version

PAGE_SIZE = 20
LIST = "opportunities/public/index.html"
DETAIL = "opportunities/public/detail.html"
# What the parts about its reader have to know of a brief.
FACTS = ("opportunity", "is_open", "waiting")
WORDS_TRIED = 4
CLOSING, NEWEST, STARTING, BEST = "closing", "newest", "starting", "best"
ORDERS = {
    BEST: [
        Key("best", int, descending=True),
        Key("published_at", dt.datetime, descending=True),
        Key("pk", int, descending=True),
    ],
    # Without a date comes last.
    CLOSING: [Key("closing", dt.date), Key("pk", int)],
    NEWEST: [Key("published_at", dt.datetime, descending=True), Key("pk", int, descending=True)],
    STARTING: [Key("starting", dt.date), Key("pk", int)],
}
ORDER_WORDS = {
    BEST: _lazy("Best match"),
    CLOSING: _lazy("Closing soonest"),
    NEWEST: _lazy("Newest"),
    STARTING: _lazy("Starting soonest"),
}


@login_not_required
@require_safe
@public_page
def index(request: HttpRequest) -> HttpResponse:
    """List what people can take part in: open now, unless they ask for the closed ones too."""
    query, make = request.GET, partial(_list, request.GET)
    shown = frame(public_version, query.urlencode(), LIST, make, path=request.path)
    return shown.filled(request)


def _list(query: QueryDict) -> dict[str, Any]:
    """Return what the list shows: to everybody the same."""
    chosen = OpportunityFilter(query, Opportunity.objects.public(), list(Town.objects.all()))
    counts = count(chosen)
    order = _order(query, chosen)
    shown = page(_rows(chosen, order), ORDERS[order], query.get("page", ""), PAGE_SIZE)
    chips = _chips(query, chosen)
    _say_counts(chosen, counts)
    return {
        "filter": chosen,
        "counts": counts,
        "cards": cards(shown.rows, today()),
        "previous": shown.previous and _address(query, page=shown.previous),
        "following": shown.following and _address(query, page=shown.following),
        "sort": query.get("sort") if query.get("sort") in ORDERS else "",
        "sorts": _sorts(query, chosen, order),
        "chips": chips,
        "ways_on": _ways_on(query, chosen, counts),
        "feed": _feed(query),
        "show_all": _address(query, show="all"),
    }


def _feed(query: QueryDict) -> str:
    """Return where programs follow this list, with its filters."""
    new = query.copy()
    for name in ("page", "sort"):
        new.pop(name, None)
    asked = f"?{new.urlencode()}" if new else ""
    return reverse("opportunities:feed") + asked


def _order(query: QueryDict, chosen: OpportunityFilter) -> str:
    """Return the order asked for; without a wish the best match where words are looked for."""
    wish = query.get("sort", "")
    known = wish in ORDERS and (wish != BEST or bool(chosen.chosen.get("q")))
    if known:
        return wish
    return BEST if chosen.chosen.get("q") else CLOSING


def _sorts(query: QueryDict, chosen: OpportunityFilter, order: str) -> list[dict[str, Any]]:
    """Return the orders to choose from, each with its address."""
    return [
        {"label": label, "href": _address(query, sort=name), "current": name == order}
        for name, label in ORDER_WORDS.items()
        if name != BEST or chosen.chosen.get("q")
    ]


def _rows(chosen: OpportunityFilter, order: str) -> QuerySet[Opportunity]:
    rows = chosen.in_order(ORDERS[order][0].name)
    if order == BEST:
        rows = with_best(rows, SEARCHED, chosen.chosen["q"])
    return rows.select_related("organisation", "team").prefetch_related("towns")


def _say_counts(chosen: OpportunityFilter, counts: Counts) -> None:
    """Write how many each choice would leave behind its words."""
    for name, of_choice in counts.choices.items():
        field = chosen.form.fields[name]
        field.choices = [(key, f"{label} ({of_choice[str(key)]})") for key, label in field.choices]


def _address(query: QueryDict, **changes: str) -> str:
    """Return this list's address with changes; a change starts again at the first page."""
    new = query.copy()
    new.pop("page", None)
    for name, value in changes.items():
        new[name] = value
    return f"?{new.urlencode()}"


def _without(query: QueryDict, name: str, value: str = "") -> str:
    """Return this list's address without a filter, or without one of its values."""
    new = query.copy()
    new.pop("page", None)
    kept = [one for one in new.getlist(name) if value and one != value]
    new.setlist(name, kept)
    return f"?{new.urlencode()}"


def _chips(query: QueryDict, chosen: OpportunityFilter) -> list[dict[str, str]]:
    """Return what is chosen, each with the address that takes it off."""
    found = []
    if words := chosen.chosen.get("q"):
        found.append({"label": f"“{words}”", "href": _without(query, "q")})
    for name in ("town", "level", "money"):
        labels = dict(chosen.form.fields[name].choices)
        found += [
            {"label": str(labels[value]), "href": _without(query, name, value)}
            for value in chosen.chosen.get(name, [])
        ]
    if chosen.chosen.get("show"):
        found.append({"label": _("Closed projects too"), "href": _without(query, "show")})
    return found


def _ways_on(query: QueryDict, chosen: OpportunityFilter, counts: Counts) -> list[dict[str, str]]:
    """Return up to three things to do where nothing was found, each with what it would find."""
    if counts.shown:
        return []
    words = {
        "q": _("Look without these words: %(n)s"),
        "town": _("Look in other places: %(n)s"),
        "level": _("Look at any amount of say: %(n)s"),
        "money": _("Look at those without this money, too: %(n)s"),
    }
    numbers = dict(counts.without)
    if chosen.chosen.get("q"):
        numbers["q"] = chosen.narrowed(without="q").count()
    ways = _word_by_word(query, chosen)
    ways += [
        {"label": label % {"n": numbers[name]}, "href": _without(query, name)}
        for name, label in words.items()
        if chosen.chosen.get(name) and numbers[name]
    ]
    if numbers["show"]:
        label = _("Look at those that are closed or over: %(n)s") % {"n": numbers["show"]}
        ways.append({"label": label, "href": _address(query, show="all")})
    return ways[:3]


def _word_by_word(query: QueryDict, chosen: OpportunityFilter) -> list[dict[str, str]]:
    """Return the words that find something by themselves, where all together find nothing."""
    words = single_words(chosen.chosen.get("q", ""))[:WORDS_TRIED]
    numbers = {word: chosen.number_with(word) for word in words} if len(words) > 1 else {}
    return [
        {
            "label": _("Look for “%(word)s” only: %(n)s") % {"word": word, "n": number},
            "href": _address(query, q=word),
        }
        for word, number in numbers.items()
        if number
    ]


@login_not_required
@require_safe
@public_page
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one brief: what is asked, how much say people have, and how to come forward."""
    make = partial(_public_brief, slug)
    shown = frame(public_version, slug, DETAIL, make, path=request.path, facts=FACTS)
    if shown is not None:
        own = own_sign_up(shown.facts["opportunity"], request.user)
        return shown.filled(request, own_sign_up=own)
    staffs = with_all(Opportunity.objects.of_organisation_of(request.user)).filter(slug=slug)
    brief = staffs.first()
    if brief is None:
        return _not_there(request, slug)
    return render(request, DETAIL, brief_page(brief, request.user))


def _public_brief(slug: str) -> dict[str, Any] | None:
    """Return what everybody reads of a brief; None where not everybody may."""
    brief = with_all(Opportunity.objects.public()).filter(slug=slug).first()
    return brief and brief_page(brief, AnonymousUser())


def _not_there(request: HttpRequest, slug: str) -> HttpResponse:
    """Say kindly that a project was withdrawn, where everybody could read it once."""
    was_public = Opportunity.objects.filter(
        slug=slug, status=Status.WITHDRAWN, published_at__isnull=False
    )
    if not was_public.exists():
        raise Http404
    return render(request, "opportunities/public/gone.html", status=404)
