"""Who may, on the third floor: one sentence each."""

from __future__ import annotations

import datetime as dt
from typing import Any

from opportunities.models import Opportunity
from people.models import Role
from people.rules import acting, has_role, is_own_page

from .lifecycle import CheckBackStatus
from .models import CheckBack

# How long people may think again about their answer.
CORRECT_WITHIN = dt.timedelta(days=14)


def can_keep_promises(user: Any, opportunity: Opportunity) -> bool:
    """Officers and coordinators of an organisation look after its projects’ pledges and loop."""
    return has_role(user, opportunity.organisation_id, Role.OFFICER, Role.COORDINATOR)


def can_edit_charter(user: Any) -> bool:
    """A coordinator of the organisation that hosts the portal words the charter."""
    membership = acting(user)
    return (
        membership is not None
        and membership.role == Role.COORDINATOR
        and membership.organisation.is_host
    )


def is_own(user: Any, check_back: CheckBack) -> bool:
    """The question was put to this very person."""
    return is_own_page(user, check_back.person)


def can_answer(user: Any, check_back: CheckBack) -> bool:
    """People answer for themselves, once they were asked."""
    asked = check_back.status not in {CheckBackStatus.DUE, CheckBackStatus.ANSWERED}
    return asked and is_own(user, check_back)


def can_correct_answer(user: Any, check_back: CheckBack, now: dt.datetime) -> bool:
    """People may change their own answer for fourteen days; nobody else ever may."""
    return (
        is_own(user, check_back)
        and check_back.answered_at is not None
        and now <= check_back.answered_at + CORRECT_WITHIN
    )


def can_enter_answer(user: Any, check_back: CheckBack) -> bool:
    """Staff of the project type somebody else’s answer, who told it to them, and only once.

    Whoever has an account may ring, too: they see that it was typed, and can put it right.
    """
    asked = check_back.status not in {CheckBackStatus.DUE, CheckBackStatus.ANSWERED}
    own = is_own(user, check_back)
    return asked and not own and can_keep_promises(user, _project_of(check_back))


def can_stop_asking_for(user: Any, check_back: CheckBack) -> bool:
    """Staff of the project note that somebody does not want to be asked about this."""
    return not is_own(user, check_back) and can_keep_promises(user, _project_of(check_back))


def reads_comments(user: Any) -> bool:
    """Coordinators are the second persons who read comments."""
    membership = acting(user)
    return membership is not None and membership.role == Role.COORDINATOR


def can_read_comment(user: Any, check_back: CheckBack) -> bool:
    """A coordinator reads a comment on an answer that somebody else wrote and typed."""
    return has_role(
        user, _project_of(check_back).organisation_id, Role.COORDINATOR
    ) and user.pk not in {check_back.response.written_by_id, check_back.typed_by_id}


def _project_of(check_back: CheckBack) -> Opportunity:
    return check_back.response.contribution.opportunity
