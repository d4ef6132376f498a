"""The feedback loop as pages show it: what was said, what the team says, what people say.

Verdicts are counted from three answers up; below that nobody, inside or outside, sees which they
were. What a “no” does is shown at once: it opens the matter again.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .lifecycle import CheckBackStatus, ResponseKind, Verdict
from .models import CheckBack, Contribution, Response, Voice
from .models.feedback import ContributionQuerySet

SHOWN_FROM = 3
_KINDS = {Verdict.YES: "you", Verdict.PARTLY: "part", Verdict.NO: "no"}


@dataclass(frozen=True)
class Tally:
    """How many people were asked about one response, and what they answered."""

    yes: int = 0
    partly: int = 0
    no: int = 0
    asked: int = 0
    unanswered: int = 0

    @property
    def total(self) -> int:
        """How many answered."""
        return self.yes + self.partly + self.no

    @property
    def is_shown(self) -> bool:
        """Whether the counts may be shown."""
        return self.total >= SHOWN_FROM

    @property
    def leans(self) -> str:
        """“yes”, “no” or “mixed”: what more than half of the answers say."""
        if self.yes * 2 > self.total:
            return "yes"
        return "no" if self.no * 2 > self.total else "mixed"

    @property
    def words(self) -> str:
        """What the answers say together, as a sentence."""
        everybody = {
            self.yes: _("Yes, for all who answered."),
            self.partly: _("Partly, for all who answered."),
            self.no: _("No, for all who answered."),
        }
        most = {"yes": _("Yes, for most."), "no": _("No, for most."), "mixed": _("For some.")}
        return everybody.get(self.total, most[self.leans])

    @property
    def bars(self) -> list[dict[str, object]]:
        """The answers as rows of a chart."""
        counts = {Verdict.YES: self.yes, Verdict.PARTLY: self.partly, Verdict.NO: self.no}
        return [
            {
                "label": verdict.label,
                "words": str(count),
                "share": round(100 * count / self.total),
                "kind": _KINDS[verdict],
            }
            for verdict, count in counts.items()
        ]


@dataclass(frozen=True)
class Loop:
    """One thing that people said, all the way round. ``earlier``: answers before the current."""

    contribution: Contribution
    day: dt.date
    has_voices: bool = False
    response: Response | None = None
    tally: Tally = Tally()
    opened_again_at: dt.datetime | None = None
    earlier: list[tuple[Response, Tally]] = field(default_factory=list)
    comments: list[CheckBack] = field(default_factory=list)

    @property
    def days_late(self) -> int:
        """By how many days the promise is late."""
        return self.response.days_late(self.day) if self.response else 0

    @property
    def days_waiting(self) -> int:
        """How many days ago it was said."""
        return (self.day - self.contribution.said_on).days

    @property
    def asks_on(self) -> dt.date | None:
        """When those who said it are asked whether it helped."""
        return self.response.asks_on(settings.CHECK_BACK_DAYS) if self.response else None

    @property
    def stage(self) -> str:
        """Where “did it help?” is: the name of the words that are shown."""
        if self.response is None or self.response.kind != ResponseKind.DID:
            return self.response.kind if self.response else "unanswered"
        if self.tally.total:
            return "counted" if self.tally.is_shown else "few"
        if self.tally.asked:
            return "nobody" if self.tally.unanswered == self.tally.asked else "asked"
        return "to_ask" if self.has_voices else "no_voices"

    @property
    def who_said_no(self) -> str:
        """Who opened it again; how many only where the counts are shown."""
        if not self.tally.is_shown:
            return _("Somebody who said it told us that it did not help.")
        return ngettext(
            "%(n)d person told us that it did not help.",
            "%(n)d people told us that it did not help.",
            self.tally.no,
        ) % {"n": self.tally.no}

    @property
    def says_no(self) -> bool:
        """Whether “no” is what is loudest: it is open again, and not a yes for most."""
        yes_for_most = self.tally.is_shown and self.tally.leans == "yes"
        return self.opened_again_at is not None and not yes_for_most

    @property
    def needs_response(self) -> bool:
        """Whether the team has to answer: for the first time, or again."""
        return self.response is None or self.opened_again_at is not None

    @property
    def who(self) -> str:
        """How many people said it; one or two are not told apart."""
        count = self.contribution.people_count
        if count < SHOWN_FROM:
            return _("One or two people")
        return _("%(count)d people") % {"count": count}


def loops(contributions: Iterable[Contribution], day: dt.date) -> list[Loop]:
    """Return each contribution with its answers and verdicts, in the same order."""
    listed = list(contributions)
    voiced = set(
        Voice.objects.filter(contribution__in=listed).values_list("contribution_id", flat=True)
    )
    answers = _answers_of(listed)
    comments = _comments_on(answers)
    return [
        _loop(one, day, answers[one.pk], comments, has_voices=one.pk in voiced) for one in listed
    ]


def _loop(
    contribution: Contribution,
    day: dt.date,
    answers: list[Response],
    comments: dict[int, list[CheckBack]],
    *,
    has_voices: bool,
) -> Loop:
    current: Any = next((one for one in answers if one.is_current), None)
    if current is None:
        return Loop(contribution, day, has_voices)
    return Loop(
        contribution=contribution,
        day=day,
        has_voices=has_voices,
        response=current,
        tally=_tally(current),
        opened_again_at=current.first_no_at,
        earlier=[(one, _tally(one)) for one in answers if not one.is_current],
        comments=comments[current.pk],
    )


def _tally(response: Any) -> Tally:
    """Return the counts that ``counted`` put on a response."""
    return Tally(
        yes=response.yes,
        partly=response.partly,
        no=response.no,
        asked=response.asked,
        unanswered=response.unanswered,
    )


def _answers_of(contributions: list[Contribution]) -> dict[int, list[Response]]:
    found = defaultdict(list)
    for response in counted(Response.objects.filter(contribution__in=contributions)):
        found[response.contribution_id].append(response)
    return found


def _comments_on(answers: dict[int, list[Response]]) -> dict[int, list[CheckBack]]:
    current = [one for listed in answers.values() for one in listed if one.is_current]
    found = defaultdict(list)
    for check_back in CheckBack.objects.shown().filter(response__in=current):
        found[check_back.response_id].append(check_back)
    return found


def counted(responses: QuerySet[Response]) -> QuerySet[Response]:
    """Return the responses with their counts, and when the first “no” came in."""
    by_verdict = {
        verdict.value: Count("check_backs", filter=Q(check_backs__verdict=verdict))
        for verdict in Verdict
    }
    return responses.annotate(
        **by_verdict,
        asked=Count("check_backs", filter=~Q(check_backs__status=CheckBackStatus.DUE)),
        unanswered=Count("check_backs", filter=Q(check_backs__status=CheckBackStatus.NOBODY)),
        first_no_at=Min("check_backs__answered_at", filter=Q(check_backs__verdict=Verdict.NO)),
    )


@dataclass(frozen=True)
class Summary:
    """What a list of contributions says in one sentence.

    ``helped`` adds up only verdicts that are shown one by one: a sum never gives away the rest.
    """

    said: int
    done: int
    promised: int
    late: int
    refused: int
    waiting: int
    helped: Tally

    @property
    def on_time(self) -> int:
        """How many promises are not late."""
        return self.promised - self.late


def summary(contributions: QuerySet[Contribution], day: dt.date) -> Summary:
    """Return the numbers of everything in ``contributions``, on whatever page it stands."""
    keys = contributions.order_by().values("pk")
    current = Response.objects.current().filter(contribution__in=keys)
    kinds = dict(current.order_by().values_list("kind").annotate(Count("pk")))
    said = keys.count()
    return Summary(
        said=said,
        done=kinds.get(ResponseKind.DID, 0),
        promised=kinds.get(ResponseKind.WILL, 0),
        late=current.late_on(day).count(),
        refused=kinds.get(ResponseKind.CANNOT, 0) + kinds.get(ResponseKind.WRONG, 0),
        waiting=said - sum(kinds.values()),
        helped=_helped(current),
    )


def _helped(current: QuerySet[Response]) -> Tally:
    shown = (
        counted(current.order_by())
        .annotate(answers=Count("check_backs", filter=~Q(check_backs__verdict="")))
        .filter(answers__gte=SHOWN_FROM)
    )
    sums = shown.aggregate(*(Sum(verdict.value) for verdict in Verdict))
    return Tally(**{verdict.value: sums[f"{verdict.value}__sum"] or 0 for verdict in Verdict})


# What a reader may ask for: the value in the address, its words, and what it means.
ANSWERS = {
    "done": gettext_lazy("The team says: done"),
    "no": gettext_lazy("Open again: it did not help"),
    "promised": gettext_lazy("Promised"),
    "late": gettext_lazy("Late"),
    "refused": gettext_lazy("The team cannot, or got it wrong"),
    "waiting": gettext_lazy("No answer yet"),
}


def answered_with(
    contributions: ContributionQuerySet, answer: str, day: dt.date
) -> ContributionQuerySet:
    """Return those of ``contributions`` whose answer is one of ``ANSWERS``."""
    if answer == "waiting":
        return contributions.without_response()
    if answer == "no":
        return contributions.opened_again()
    current = Response.objects.current()
    fitting = {
        "done": current.filter(kind=ResponseKind.DID),
        "promised": current.filter(kind=ResponseKind.WILL),
        "late": current.late_on(day),
        "refused": current.filter(kind__in=[ResponseKind.CANNOT, ResponseKind.WRONG]),
    }[answer]
    return contributions.filter(pk__in=fitting.order_by().values("contribution_id"))
