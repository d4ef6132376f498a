"""Making the list of opportunities shorter: checked by forms, deaf to nonsense in an address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import django_filters
from django.conf import settings
from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Greatest
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.filtering import KnownFilter, WordsFilter
from coprod.lib.search import NEWEST, search
from opportunities.levels import Level
from opportunities.lifecycle import Status
from opportunities.models import SEARCHED, Opportunity, OpportunityQuerySet
from people.models import Town

ONLINE, EVERYWHERE = "online", "everywhere"
ALL = "all"
MONEY = {
    "paid": Q(pays=True) | Q(gives_vouchers=True),
    "expenses": Q(pays_expenses=True),
}


class OpportunityFilter(django_filters.FilterSet):
    """Words, place, how much say, money, and whether it takes new people.

    Without ``show=all`` only what is open now is listed.
    """

    q = WordsFilter(method="by_words", label=_("Words"))
    town = KnownFilter(method="by_place", label=_("Where"), choices=[])
    level = KnownFilter(method="by_level", label=_("How much say"), choices=Level.choices)
    money = KnownFilter(
        method="by_money",
        label=_("Money"),
        choices=[("paid", _("Paid, or a voucher")), ("expenses", _("Expenses paid"))],
    )
    show = KnownFilter(label=_("Closed projects"), choices=[(ALL, _("Show them too"))])

    class Meta:
        model = Opportunity
        fields: list[str] = []

    def __init__(self, data: Any, queryset: QuerySet[Opportunity], towns: Iterable[Town]) -> None:
        super().__init__(data, queryset)
        places = [
            (ONLINE, _("At home or online")),
            (EVERYWHERE, gettext("All of %(place)s") % {"place": settings.PLACE}),
        ]
        self.form.fields["town"].choices = places + [(town.slug, town.name) for town in towns]
        self.chosen: dict[str, Any] = self.form.cleaned_data if self.form.is_valid() else {}

    def narrowed(self, without: str = "") -> QuerySet[Opportunity]:
        """Return what all filters leave, or all of them but one."""
        queryset = self.queryset
        for name, one in self.filters.items():
            if name not in {without, "show"}:
                queryset = one.filter(queryset, self.chosen.get(name))
        if without == "show" or self.chosen.get("show"):
            return queryset
        return queryset.open_on(today())

    def in_order(self, first_key: str) -> QuerySet[Opportunity]:
        """Return what all filters leave, for a list that is ordered by ``first_key``.

        SQLite would look for what is open in the index of closing dates, and then sort all of it.
        A date that it does not know to be that column lets it read the index of the order instead.
        It looks into an index only for a column that equals something: “in” does, “is” does not.
        """
        if self.chosen.get("show"):
            return self.narrowed().filter(is_public__in=[True])
        if first_key == "closing":
            return self.narrowed()
        open_until = Greatest("closing", "closing")
        rows = self.narrowed(without="show").filter(status=Status.PUBLISHED)
        return rows.alias(open_until=open_until).filter(open_until__gte=today())

    @cached_property
    def found(self) -> list[int]:
        """The keys of what has the words, looked for once: what is open first, then the newest.

        At most ``NEWEST``, so that a word that is everywhere costs no more than another.
        """
        words = self.chosen.get("q", "")
        is_open = Case(When(OpportunityQuerySet.taking_people(today()), then=0), default=1)
        rows = search(self.queryset, SEARCHED, words).order_by(is_open, "-pk")
        return list(rows.values_list("pk", flat=True)[:NEWEST])

    def number_with(self, words: str) -> int:
        """Return how many have these words instead, with the other filters as they are."""
        return search(self.narrowed(without="q"), SEARCHED, words).count()

    @property
    def is_cut(self) -> bool:
        """Whether more may have the words than were looked at."""
        return bool(self.chosen.get("q")) and len(self.found) == NEWEST

    def by_words(self, queryset: QuerySet[Opportunity], _name: str, value: str) -> Any:
        return queryset.filter(pk__in=self.found) if value else queryset

    def by_place(self, queryset: QuerySet[Opportunity], _name: str, value: list[str]) -> Any:
        held_there = Opportunity.towns.through.objects.filter(town__slug__in=value)
        places = Q(pk__in=held_there.values("opportunity_id"))
        if ONLINE in value:
            places |= Q(is_online=True)
        if EVERYWHERE in value:
            places |= Q(is_borough_wide=True)
        return queryset.filter(places)

    def by_level(self, queryset: QuerySet[Opportunity], _name: str, value: list[str]) -> Any:
        return queryset.filter(level__in=value)

    def by_money(self, queryset: QuerySet[Opportunity], _name: str, value: list[str]) -> Any:
        for one in value:
            queryset = queryset.filter(MONEY[one])
        return queryset
