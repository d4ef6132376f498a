"""What somebody can do next with a brief: allowed to them, and possible now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from opportunities import rules
from opportunities.lifecycle import MOVES, Status
from opportunities.models import Opportunity


@dataclass(frozen=True)
class Step:
    """A verb of the life of a brief: its button, and the page that asks."""

    verb: str
    label: str | Promise
    page: str
    allowed: Callable[[Any, Opportunity], bool]
    is_main: bool = False


STEPS = (
    Step("submit", _("Send for review"), "opportunities:submit", rules.can_submit, is_main=True),
    Step("publish", _("Publish"), "opportunities:publish", rules.can_publish, is_main=True),
    Step("return", _("Return"), "opportunities:return_brief", rules.can_return),
    Step("reopen", _("Open to new people again"), "opportunities:reopen", rules.can_reopen),
    Step("close", _("Close to new people"), "opportunities:close", rules.can_close),
    Step("start", _("Start the project"), "opportunities:start", rules.can_start),
    Step("withdraw", _("Withdraw this brief"), "opportunities:withdraw_brief", rules.can_withdraw),
)
WHAT_NOW = {
    Status.DRAFT: _("Finish the brief, then send it for review."),
    Status.SUBMITTED: _(
        "A coordinator of your organisation reads it, then publishes or returns it."
    ),
    Status.RETURNED: _("Change what was asked for, then send it for review again."),
    Status.PUBLISHED: _("People can read it and come forward. Answer those who do."),
    Status.CLOSED: _("No new people can come forward. Start the project when it begins."),
    Status.IN_PROGRESS: _("Write down who took part and what people said, then answer them."),
    Status.COMPLETED: _("It is over. What was said and done stays for everybody to read."),
    Status.WITHDRAWN: _("It will not happen. Only your own organisation still sees it."),
}


def possible(user: Any, brief: Opportunity) -> list[Step]:
    """Return the steps that ``user`` may take with ``brief`` now, the likeliest first."""
    return [
        step
        for step in STEPS
        if brief.status in MOVES[step.verb].sources and step.allowed(user, brief)
    ]
