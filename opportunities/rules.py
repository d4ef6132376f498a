"""Who may, on the second floor: one sentence each.

When something may happen stands in ``lifecycle``. Each rule has its twin on the queryset
(``visible_to``, ``arranged_by``, ``reviewed_by``), and a test proves that the twins agree.
"""

from __future__ import annotations

from typing import Any

from opportunities.lifecycle import PUBLIC, Status
from opportunities.models import Opportunity, SignUp
from people.models import ARRANGING_ROLES, REVIEWING_ROLES, Role
from people.rules import acting, has_role, is_own_page


# --- Briefs --------------------------------------------------------------------------------------
def can_see(user: Any, opportunity: Opportunity) -> bool:
    """Everybody reads what is public; staff read everything of the organisation they act for."""
    return can_follow(user, opportunity) or opportunity.status in PUBLIC


def can_follow(user: Any, opportunity: Opportunity) -> bool:
    """Staff of the organisation that asks, in any role, follow the work on its brief."""
    membership = acting(user)
    return membership is not None and membership.organisation_id == opportunity.organisation_id


def can_write(user: Any) -> bool:
    """An officer or a coordinator writes new briefs for the organisation they act for."""
    membership = acting(user)
    return membership is not None and membership.role in ARRANGING_ROLES


def can_edit(user: Any, opportunity: Opportunity) -> bool:
    """An officer or a coordinator of the organisation that asks changes its brief."""
    return has_role(user, opportunity.organisation_id, *ARRANGING_ROLES)


def can_submit(user: Any, opportunity: Opportunity) -> bool:
    """Whoever may change the brief sends it for review."""
    return can_edit(user, opportunity)


def can_publish(user: Any, opportunity: Opportunity) -> bool:
    """A coordinator of the organisation that asks, and of no other, publishes its brief."""
    return has_role(user, opportunity.organisation_id, *REVIEWING_ROLES)


def can_return(user: Any, opportunity: Opportunity) -> bool:
    """Whoever may publish the brief may send it back, too."""
    return can_publish(user, opportunity)


def can_close(user: Any, opportunity: Opportunity) -> bool:
    """Whoever may change the brief closes it to new people."""
    return can_edit(user, opportunity)


def can_reopen(user: Any, opportunity: Opportunity) -> bool:
    """Whoever may change the brief opens it again."""
    return can_edit(user, opportunity)


def can_start(user: Any, opportunity: Opportunity) -> bool:
    """Whoever may change the brief says that the project has started."""
    return can_edit(user, opportunity)


def can_withdraw(user: Any, opportunity: Opportunity) -> bool:
    """Whoever may change the brief withdraws it."""
    return can_edit(user, opportunity)


def can_copy(user: Any, opportunity: Opportunity) -> bool:
    """Whoever may change the brief makes a new draft from it."""
    return can_edit(user, opportunity)


# --- People who came forward -----------------------------------------------------------------
def can_arrange(user: Any, opportunity: Opportunity) -> bool:
    """An officer or a coordinator of the organisation that asks works with its people."""
    return has_role(user, opportunity.organisation_id, *ARRANGING_ROLES)


def can_read_support(user: Any, sign_up: SignUp) -> bool:
    """Whoever works with the people of a project reads the support that they agreed to tell."""
    return can_arrange(user, sign_up.opportunity)


# --- Looking for people ------------------------------------------------------------------------
def can_ask_for_people(user: Any, opportunity: Opportunity) -> bool:
    """Whoever works with the people of a project says whom it needs, and learns no names."""
    return can_arrange(user, opportunity)


def can_invite(user: Any, opportunity: Opportunity) -> bool:
    """A coordinator of the organisation that asks sees who fits, and invites."""
    return has_role(user, opportunity.organisation_id, Role.COORDINATOR)


# --- Among those who take part -----------------------------------------------------------------
def can_see_companions(user: Any, sign_up: SignUp) -> bool:
    """Whoever has a place sees what the others chose to show, until the project is over."""
    is_over = sign_up.opportunity.status == Status.COMPLETED
    return is_own_page(user, sign_up.person) and sign_up.holds_place and not is_over
