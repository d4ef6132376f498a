"""Who may, about helping and young people: one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from coprod.lib.days import today

from .models import RelationKind, Role
from .models.relations import HELPED
from .rules import acting, can_write_for, is_own_page
from .young import needs_an_adult

if TYPE_CHECKING:
    from .models import Person, Relation


def coordinates(user: Any, person: Person) -> bool:
    """A coordinator looks after those whom they may see."""
    membership = acting(user)
    is_coordinator = membership is not None and membership.role == Role.COORDINATOR
    return is_coordinator and can_write_for(user, person)


def can_note_evidence(user: Any, person: Person) -> bool:
    """Which order or power was seen is noted by a coordinator."""
    return coordinates(user, person)


def can_check_agreement(user: Any, person: Person) -> bool:
    """Whether an adult has parental responsibility is checked by a coordinator."""
    return coordinates(user, person)


def can_end_at_once(user: Any, relation: Relation) -> bool:
    """The helper, the coordinator, the person: but for what a court gave, and a child’s parent."""
    if relation.helper_user_id == user.pk or coordinates(user, relation.person):
        return True
    if not is_own_page(user, relation.person) or relation.is_by_law:
        return False
    return relation.kind != RelationKind.GUARDIAN or not needs_an_adult(relation.person)


def helps(user: Any, relation: Relation) -> bool:
    """A helper helps from the first day to the last, while the person is in the pool."""
    mine = user.is_authenticated and relation.helper_user_id == user.pk
    return mine and relation.holds_on(today()) and relation.person.status in HELPED


def may_do(user: Any, relation: Relation, verb: str) -> bool:
    """A helper does what the person ticked (models.Can), and nothing else."""
    return helps(user, relation) and relation.may(verb)
