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
from .kinds import Audience, HeardFrom, PersonKind
from .merges import PersonMerge
from .needs import LARGE_PRINT, OTHER, POINTS, VALUES, Need, Subset, ToldBy, next_review
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
from .pool import PEOPLE_SEARCHED, Channel, Consent, ContactBy, KnownTo, Person
from .profiles import EXPERIENCE_SEARCHED, Profile
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
from .topics import (
    OWN_WORDS_SEARCHED,
    TOPICS_SEARCHED,
    Availability,
    Day,
    HowFar,
    PersonTopic,
    TimeOfDay,
    Topic,
    TopicKind,
)
from .versions import PublicChange, PublicVersion
from .young import Agreement, AgreementKind, ImpactAssessment, YoungPerson

# What is searched of this room: its indexes are looked after in one place.
SEARCHED = (PEOPLE_SEARCHED, TOPICS_SEARCHED, OWN_WORDS_SEARCHED, EXPERIENCE_SEARCHED)

__all__ = [
    "ARRANGING_ROLES",
    "BY_LAW",
    "CAN",
    "EXPERIENCE_SEARCHED",
    "IMPORTING_ROLES",
    "LARGE_PRINT",
    "OTHER",
    "OWN_WORDS_SEARCHED",
    "PEOPLE_SEARCHED",
    "POINTS",
    "PREFER_NOT_TO_SAY",
    "REVIEWING_ROLES",
    "SEARCHED",
    "TOPICS_SEARCHED",
    "VALUES",
    "Agreement",
    "AgreementKind",
    "AskAnswer",
    "AskStep",
    "Audience",
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
    "Need",
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
    "Subset",
    "SupportOffer",
    "SupportWish",
    "Tag",
    "Team",
    "TimeOfDay",
    "ToldBy",
    "Topic",
    "TopicKind",
    "Town",
    "User",
    "Verdict",
    "Ward",
    "YoungPerson",
    "next_review",
]
