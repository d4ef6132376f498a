"""Who: accounts, organisations, pool, profiles, consent, audit, notices."""

from .accounts import User
from .audit import AuditEvent
from .changes import EmailChange
from .confirming import AskAnswer, AskStep, ConfirmationAsk
from .equality import PREFER_NOT_TO_SAY, EqualityAnswer, EqualityQuestion
from .imports import IMPORTING_ROLES, ColumnMatching, Decision, ImportRow, PoolImport, Verdict
from .merges import PersonMerge
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
from .rights import (
    DataComplaint,
    DataExport,
    Erasure,
    KnownDevice,
    Objection,
    RetentionNote,
    SeenNotice,
)
from .versions import PublicChange, PublicVersion

__all__ = [
    "ARRANGING_ROLES",
    "IMPORTING_ROLES",
    "PEOPLE_SEARCHED",
    "PREFER_NOT_TO_SAY",
    "REVIEWING_ROLES",
    "AskAnswer",
    "AskStep",
    "AuditEvent",
    "Channel",
    "ColumnMatching",
    "ConfirmationAsk",
    "Consent",
    "ContactBy",
    "DataComplaint",
    "DataExport",
    "Decision",
    "EmailChange",
    "EqualityAnswer",
    "EqualityQuestion",
    "Erasure",
    "Heartbeat",
    "ImportRow",
    "Invitation",
    "KnownDevice",
    "KnownTo",
    "Membership",
    "Notice",
    "Objection",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Person",
    "PersonMerge",
    "PoolImport",
    "Profile",
    "PublicChange",
    "PublicVersion",
    "RetentionNote",
    "Role",
    "SeenNotice",
    "Team",
    "Town",
    "User",
    "Verdict",
    "Ward",
]
