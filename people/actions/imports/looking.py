"""What would become of each row, as one organisation sees it: the dry run of page and command."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from django.utils.translation import gettext as _

from coprod.lib.days import today
from people.import_known import Addresses, KnownInPool, addresses_of, known_to, one_of
from people.importing import Columns, Problem, RowVerdict, Sheet, Verdict, Weight, assess
from people.models import Organisation, Person

AT_ONCE = 250  # rows for which those of partners are looked for in one go


def look_through(
    sheet: Sheet, columns: Columns, organisation: Organisation
) -> Iterator[RowVerdict]:
    """Return the verdict of each row of ``sheet`` for ``organisation``; writes nothing.

    Raises:
        NotASheet: a row further down cannot be read.
    """
    elsewhere = Addresses(Person.objects.exclude(pk__in=known_to(organisation).values("pk")))
    elsewhere.refresh()
    verdicts = assess(
        sheet,
        columns,
        KnownInPool(organisation),
        today=today(),
        organisation=(organisation.name, organisation.slug),
    )
    doubted: set[int | None] = set()
    while some := list(islice(verdicts, AT_ONCE)):
        yield from _with_those_elsewhere(some, elsewhere, doubted)


def _with_those_elsewhere(
    found: list[RowVerdict], elsewhere: Addresses, doubted: set[int | None]
) -> Iterator[RowVerdict]:
    """Doubt who would be created, where a partner knows somebody like that.

    Whoever is the same as somebody in ``doubted``, the rows before, is doubted as well: else the
    second row of a person would bring in whom the first one must not.
    """
    facts = [one.facts for one in found if one.facts and _makes_somebody(one)]
    people = list(elsewhere.find(**addresses_of(facts)))
    for one in found:
        verdict = one
        if one.facts and _makes_somebody(one):
            if one_of(one.facts, people):
                verdict = known_elsewhere(one)
            elif one.same_as_row in doubted:
                verdict = same_as_doubtful(one)
        if verdict is not one:
            doubted.add(one.number)
        yield verdict


def _makes_somebody(verdict: RowVerdict) -> bool:
    """Return whether the row is somebody whom we do not know: by itself, or with an earlier row."""
    joins_row = verdict.verdict == Verdict.MERGE and not verdict.same_as_person
    return verdict.verdict == Verdict.CREATE or joins_row


def known_elsewhere(verdict: RowVerdict) -> RowVerdict:
    """Return the verdict as a doubt: a partner, whose people we do not see, knows such a person."""
    message = _(
        "Another partner knows somebody of this name with the same e-mail or phone. "
        "Ask the person before you add them a second time."
    )
    return _doubted(verdict, message, "known-elsewhere")


def same_as_doubtful(verdict: RowVerdict) -> RowVerdict:
    """Return the verdict as a doubt: the row of the same person is one."""
    message = _("Row %(row)d is the same person as row %(other)d, which is doubtful.")
    words = {"row": verdict.number, "other": verdict.same_as_row}
    return _doubted(verdict, message % words, "same-as-doubtful")


def _doubted(verdict: RowVerdict, message: str, code: str) -> RowVerdict:
    problem = Problem(verdict.number, "", message, code, Weight.DOUBT)
    return replace(verdict, verdict=Verdict.DOUBTFUL, problems=(*verdict.problems, problem))
