"""Which tables hold what everybody can read: the version of public pages moves with each change.

tests/coprod/test_kept_pages.py reads the public pages, and fails for a table that is not here.
"""

from __future__ import annotations

from charter.models import (
    Charter,
    CheckBack,
    Commitment,
    CommitmentChange,
    Contribution,
    Pledge,
    Response,
    Voice,
)
from opportunities.models import BriefChange, Opportunity, Participation, SignUp
from people.models import Organisation, OrganisationName, Team, Town
from people.versions import watch

WATCHED = (
    *(Organisation, OrganisationName, Team, Town),
    *(Opportunity, Opportunity.towns.through, BriefChange, SignUp),
    *(Charter, Commitment, CommitmentChange, Pledge),
    *(Contribution, Voice, Response, CheckBack),
    Participation,  # whether the figures are older than what they count
)
TABLES = tuple(model._meta.db_table for model in WATCHED)


def watch_all(using: str, **_more: object) -> None:
    """Let the database watch every table: after each migration, because SQLite may forget it."""
    watch(TABLES, using)
