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
    while some := list(islice(verdicts, AT_ONCE)):
        yield from _with_those_elsewhere(some, elsewhere)


def _with_those_elsewhere(found: list[RowVerdict], elsewhere: Addresses) -> list[RowVerdict]:
    """Doubt who would be created, where a partner knows somebody like that."""
    new = [one for one in found if one.verdict == Verdict.CREATE and one.facts]
    facts = [one.facts for one in new if one.facts]
    people = list(elsewhere.find(**addresses_of(facts)))
    alike = {
        one.number for one, said in zip(new, facts, strict=True) if people and one_of(said, people)
    }
    return [known_elsewhere(one) if one.number in alike else one for one in found]


def known_elsewhere(verdict: RowVerdict) -> RowVerdict:
    """Return the verdict as a doubt: a partner, whose people we do not see, knows such a person."""
    message = _(
        "Another partner knows somebody of this name with the same e-mail or phone. "
        "Ask the person before you add them a second time."
    )
    problem = Problem(verdict.number, "", message, "known-elsewhere", Weight.DOUBT)
    return replace(verdict, verdict=Verdict.DOUBTFUL, problems=(*verdict.problems, problem))
