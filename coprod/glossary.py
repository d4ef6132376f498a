"""The words of the field, explained in other words. Kept in the order of the alphabet."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from opportunities.levels import Level


class Term(NamedTuple):
    """A word and what it means; ``step`` is its place in the drawn spectrum, or 0."""

    word: str | Promise
    meaning: str | Promise
    step: int = 0

    @property
    def slug(self) -> str:
        """Its place on the page: ``/glossary/#check-back``."""
        return slugify(str(self.word))


_WORDS = (
    Term(_("Access need"), _("What must be right for you to take part. For example: large print.")),
    Term(_("Brief"), _("One page about a project: what it is, who it needs, when, how to join.")),
    Term(_("Charter"), _("The promise that all partners made about working with residents.")),
    Term(
        _("Check-back"),
        _("We ask those who said something: did it help? They answer. Staff cannot change it."),
    ),
    Term(_("Co-decision making"), _("Choosing together what is done, and where the money goes.")),
    Term(_("Co-delivery"), _("Residents and staff do the work side by side.")),
    Term(_("Co-design"), _("Planning something together, from the first drawing.")),
    Term(_("Co-evaluation"), _("Finding out together whether it worked.")),
    Term(_("Commissioner"), _("Somebody who plans and buys services, such as home care.")),
    Term(_("Commitment"), _("One thing that the charter promises.")),
    Term(
        _("Coordinator"),
        _("Somebody who checks each brief before it opens, and looks after the list of people."),
    ),
    Term(
        _("Equality questions"),
        _("Questions about you that show who is not heard yet. You can leave each one out."),
    ),
    Term(
        _("Expenses"),
        _("What taking part costs you, paid back. For example the bus, or a sitter."),
    ),
    Term(_("Experience-led organisation"), _("A group run by people who have lived it.")),
    Term(_("Expert by experience"), _("Somebody who knows a service because they live with it.")),
    Term(_("Involvement pool"), _("Everybody who told us that they might like to take part.")),
    Term(_("Lived experience"), _("What you know because it happened to you, or near you.")),
    Term(_("Notice"), _("A letter, call, text or e-mail that we owe you.")),
    Term(
        _("One-page profile"),
        _("A page about you. Nobody sees it until you share it."),
    ),
    Term(_("Opportunity"), _("Something that you can take part in.")),
    Term(_("Pledge"), _("How one project keeps one promise of the charter.")),
    Term(_("Reward"), _("A payment or voucher for your time. You may always say no to it.")),
    Term(
        _("Safeguarding"),
        _("Keeping people safe from harm. Each project names the person who looks after this."),
    ),
    Term(
        _("Supporter"),
        _("Somebody who helps you take part, speaks with you, or gets your letters."),
    ),
    Term(_("Verdict"), _("What people answer when we ask: did it help? Yes, partly, or no.")),
    Term(_("Waiting list"), _("You are next when a place gets free. The list keeps its order.")),
    Term(
        _("You said, we did"),
        _("What people told us, beside what was done about it, and whether it helped."),
    ),
)
_LEVELS = tuple(Term(level.label, level.sentence, level.step) for level in Level)

TERMS = tuple(sorted((*_WORDS, *_LEVELS), key=lambda term: str(term.word).lower()))
