"""Who: accounts, organisations, pool, profiles, consent, audit, notices."""

from .accounts import User
from .audit import AuditEvent
from .changes import EmailChange
from .equality import PREFER_NOT_TO_SAY, EqualityAnswer, EqualityQuestion
from .organisations import (
    ARRANGING_ROLES,
    REVIEWING_ROLES,
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationName,
    Role,
    Team,
)
from .outbox import Heartbeat, Notice
from .places import Town, Ward
from .pool import PEOPLE_SEARCHED, Channel, Consent, ContactBy, KnownTo, Person, Profile
from .versions import PublicChange, PublicVersion

__all__ = [
    "ARRANGING_ROLES",
    "PEOPLE_SEARCHED",
    "PREFER_NOT_TO_SAY",
    "REVIEWING_ROLES",
    "AuditEvent",
    "Channel",
    "Consent",
    "ContactBy",
    "EmailChange",
    "EqualityAnswer",
    "EqualityQuestion",
    "Heartbeat",
    "Invitation",
    "KnownTo",
    "Membership",
    "Notice",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Person",
    "Profile",
    "PublicChange",
    "PublicVersion",
    "Role",
    "Team",
    "Town",
    "User",
    "Ward",
]
