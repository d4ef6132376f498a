"""Who: accounts, organisations, pool, profiles, consent, audit, notices."""

from .accounts import User
from .audit import AuditEvent
from .belonging import (
    Cohort,
    CohortMember,
    MayLookFor,
    OfferAnswer,
    OfferKind,
    PersonTag,
    SupportOffer,
    SupportWish,
    Tag,
)
from .changes import EmailChange
from .confirming import AskAnswer, AskStep, ConfirmationAsk
from .equality import PREFER_NOT_TO_SAY, EqualityAnswer, EqualityQuestion
from .imports import IMPORTING_ROLES, ColumnMatching, Decision, ImportRow, PoolImport, Verdict
from .kinds import HeardFrom, PersonKind
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
from .relations import BY_LAW, CAN, Authority, Can, HelperLink, Relation, RelationKind
from .rights import (
    DataComplaint,
    DataExport,
    Erasure,
    KnownDevice,
    Objection,
    RetentionNote,
    SeenNotice,
)
from .topics import Availability, Day, HowFar, PersonTopic, TimeOfDay, Topic, TopicKind
from .versions import PublicChange, PublicVersion
from .young import Agreement, AgreementKind, ImpactAssessment, YoungPerson

__all__ = [
    "ARRANGING_ROLES",
    "BY_LAW",
    "CAN",
    "IMPORTING_ROLES",
    "PEOPLE_SEARCHED",
    "PREFER_NOT_TO_SAY",
    "REVIEWING_ROLES",
    "Agreement",
    "AgreementKind",
    "AskAnswer",
    "AskStep",
    "AuditEvent",
    "Authority",
    "Availability",
    "Can",
    "Channel",
    "Cohort",
    "CohortMember",
    "ColumnMatching",
    "ConfirmationAsk",
    "Consent",
    "ContactBy",
    "DataComplaint",
    "DataExport",
    "Day",
    "Decision",
    "EmailChange",
    "EqualityAnswer",
    "EqualityQuestion",
    "Erasure",
    "HeardFrom",
    "Heartbeat",
    "HelperLink",
    "HowFar",
    "ImpactAssessment",
    "ImportRow",
    "Invitation",
    "KnownDevice",
    "KnownTo",
    "MayLookFor",
    "Membership",
    "Notice",
    "Objection",
    "OfferAnswer",
    "OfferKind",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Person",
    "PersonKind",
    "PersonMerge",
    "PersonTag",
    "PersonTopic",
    "PoolImport",
    "Profile",
    "PublicChange",
    "PublicVersion",
    "Relation",
    "RelationKind",
    "RetentionNote",
    "Role",
    "SeenNotice",
    "SupportOffer",
    "SupportWish",
    "Tag",
    "Team",
    "TimeOfDay",
    "Topic",
    "TopicKind",
    "Town",
    "User",
    "Verdict",
    "Ward",
    "YoungPerson",
]
