"""What the first floor keeps about people, and what its accounts need (see coprod.lib.personal)."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coprod.lib.personal import Basis, Erase, Keep, Subject, Table

from .models.imports import Decision, Verdict
from .personal_help import HELP_TABLES
from .personal_pool import POOL_TABLES

ACCOUNT = _("Your account, and where you are signed in")
LOG = _("The log of what was done")
RIGHTS = _("What you asked about your data")
MEMBER = _("You in the involvement pool")


def _letters(subject: Subject) -> Q:
    """Letters to the person, to their account, and to an address that is theirs alone."""
    condition = Q(person=subject.keys["people.person"])
    if "people.user" in subject.keys:
        condition |= Q(user=subject.keys["people.user"])
    return condition


def _imported(subject: Subject) -> Q:
    """Rows that became this person, or are joined to them; not those that only look alike."""
    key = subject.keys["people.person"]
    same = Q(verdict=Verdict.MERGE) | Q(decision=Decision.MERGE)
    return Q(person=key) | Q(second_person=key) | Q(same, match=key)


TABLES = (
    Table(
        "people.Person",
        title=MEMBER,
        of={"pk": "people.person"},
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        identity="name town ward kind represents",
        contact="email phone address contact_by",
        words="heard_from_words",
        activity="joined_through joined_channel joined_at email_refused_at came_with "
        "status status_since welcomed_at paused_until heard_from",
        technical="uuid user merged_into",
        staff="named_contact",
    ),
    *POOL_TABLES,
    Table(
        "people.Profile",
        title=_("Your one-page profile"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        identity="photo photo_alt",
        words="important_to_me experience how_to_help best_contact",
        activity="shared_at updated_at audiences",
    ),
    Table(
        "people.Need",
        title=_("What you need to take part"),
        of="person",
        basis=Basis.EXPLICIT_CONSENT,
        keep=Keep.CONSENT,
        special="subset value points detail",
        activity="told_by told_channel told_on is_flagged audience reviewed_on review_due",
        technical="consent",
        staff="typed_by",
    ),
    Table(
        "people.KnownTo",
        title=_("Who knows you"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="organisation reason since",
    ),
    Table(
        "people.Consent",
        title=_("What you agreed to"),
        of="person",
        basis=Basis.CONSENT,
        keep=Keep.POOL,
        activity="purpose about wording_version given_at channel withdrawn_at",
        staff="typed_by",
    ),
    Table(
        "people.Notice",
        title=_("Messages to you"),
        of=_letters,
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        contact="address contact_by contact_detail",
        words="subject text html",
        activity="event kind organisation status created_at settled_at",
        guarded="stop_path",
        technical="person user is_own_way asked_for message_id priority attempts try_after asks",
        staff="settled_by",
    ),
    Table(
        "people.EqualityAnswer",
        title=_("Your answers to the equality questions"),
        of={"pseudonym": "pseudonym"},
        basis=Basis.EQUALITY,
        keep=Keep.POOL,
        special="question code value",
        activity="answered_on",
        pseudonymous="pseudonym",
    ),
    Table(
        "people.AuditEvent",
        title=LOG,
        of={
            "person": "people.person.text",
            "on_behalf_of": "people.person.text",
            "actor": "people.user.text",
        },
        basis=Basis.PUBLIC_TASK,
        keep=Keep.PROJECT,
        erase=Erase.BLANK,
        because=_(
            "We must be able to show that what we do with data is right (UK GDPR, Article 5(2)). "
            "A line then says what was done and when, not to whom"
        ),
        activity="at verb organisation target_type channel detail role",
        technical="target person on_behalf_of actor",
    ),
    # --- Brought in from a spreadsheet -----------------------------------------------------------
    Table(
        "people.PoolImport",
        staff="uploaded_by confirmed_by",
        technical="uuid organisation uploaded_at file sha256 columns remarks result known_up_to "
        "status problem rows_total rows_done confirmed_at visible_at asking_from ended_at "
        "forgotten_at lease leased_until",
        plain="file_name headings",
    ),
    Table(
        "people.ImportRow",
        title=_("The row of a spreadsheet that brought you here"),
        of=_imported,
        basis=Basis.PUBLIC_TASK,
        keep=Keep.MONTH,
        erase=Erase.BLANK,
        because=_("Only a code stays, so that an old spreadsheet does not bring you back"),
        blank={
            "facts": {},
            "second": {},
            "cells": {},
            "problems": [],
            "left_out": [],
            "before": {},
        },
        identity="facts second cells",
        words="problems left_out before",
        activity="pool_import number verdict decision decided_at",
        pseudonymous="key",
        technical="same_as_row is_done is_filled match person second_person",
        staff="decided_by",
    ),
    Table("people.ColumnMatching", technical="organisation fingerprint columns updated_at"),
    Table(
        "people.ConfirmationAsk",
        title=_("Whether you want to be here"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="organisation step asked_at step_at expires_at answer answered_at channel",
        guarded="seed token_hash",
        staff="typed_by",
    ),
    Table(
        "people.PersonMerge",
        title=_("Two pages of yours that became one"),
        of="kept gone",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.MONTH,
        contact="before after",
        activity="organisation merged_at undone_at",
        technical="moved",
        staff="merged_by",
    ),
    # --- What people ask of their data -----------------------------------------------------------
    Table(
        "people.DataExport",
        title=RIGHTS,
        of="person",
        basis=Basis.LEGAL_DUTY,
        keep=Keep.WEEK,
        activity="made_at expires_at",
        guarded="key file",
    ),
    Table(
        "people.Objection",
        title=RIGHTS,
        of="person",
        basis=Basis.LEGAL_DUTY,
        keep=Keep.POOL,
        words="words answer",
        activity="to made_at channel due_on answered_at taken_back_at",
        staff="typed_by answered_by",
    ),
    Table(
        "people.DataComplaint",
        title=RIGHTS,
        of="person",
        basis=Basis.LEGAL_DUTY,
        keep=Keep.SIX_YEARS,
        erase=Erase.BLANK,
        because=_(
            "We must be able to show that each complaint was answered in time (Data (Use and "
            "Access) Act 2025, section 103). Its dates stay; who complained, and of what, goes"
        ),
        blank={"person": None, "name": "", "reach": "", "words": "", "answer": ""},
        identity="name",
        contact="reach",
        words="words answer",
        activity="channel made_at acknowledge_by acknowledged_at answer_by answered_at",
        staff="typed_by answered_by",
    ),
    Table(
        "people.RetentionNote",
        title=RIGHTS,
        of="person",
        basis=Basis.LEGAL_DUTY,
        keep=Keep.POOL,
        activity="rule due_on warned_30_at warned_7_at",
    ),
    Table(
        "people.SeenNotice",
        title=RIGHTS,
        of="user",
        basis=Basis.LEGAL_DUTY,
        keep=Keep.ACCOUNT,
        activity="version seen_at",
    ),
    Table(
        "people.KnownDevice",
        title=ACCOUNT,
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.ACCOUNT,
        activity="first_seen_at last_seen_on",
        guarded="token_hash",
    ),
    Table(
        "people.Erasure",
        because=_("A keyed hash: it says that somebody was erased, and not who"),
        keep=Keep.SIX_YEARS,
        pseudonymous="code",
        plain="erased_at is_replayed is_scrubbed",
    ),
    *HELP_TABLES,
    # --- Accounts --------------------------------------------------------------------------------
    Table(
        "people.User",
        title=ACCOUNT,
        of={"pk": "people.user"},
        basis=Basis.PUBLIC_TASK,
        keep=Keep.ACCOUNT,
        identity="name",
        contact="email",
        activity="last_login date_joined is_active",
        guarded="password session_seed",
        technical="is_staff is_superuser",
    ),
    Table(
        "people.EmailChange",
        title=ACCOUNT,
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.ACCOUNT,
        contact="old new",
        activity="changed_at undone_at",
    ),
    Table(
        "account.EmailAddress",
        title=ACCOUNT,
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.ACCOUNT,
        contact="email",
        activity="verified primary",
    ),
    Table(
        "account.EmailConfirmation",
        title=ACCOUNT,
        of="email_address__user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.ACCOUNT,
        activity="created sent",
        guarded="key",
        technical="email_address",
    ),
    Table(
        "mfa.Authenticator",
        title=ACCOUNT,
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.ACCOUNT,
        activity="type created_at last_used_at",
        guarded="data",
    ),
    Table(
        "usersessions.UserSession",
        title=ACCOUNT,
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.SESSION,
        activity="created_at last_seen_at ip user_agent",
        guarded="session_key",
        technical="data",
    ),
    Table(
        "people.Membership",
        title=_("Your roles, if you are staff"),
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.ACCOUNT,
        activity="organisation team role valid_from valid_to",
    ),
    Table(
        "people.User_groups", title=ACCOUNT, of="user", basis=Basis.PUBLIC_TASK, activity="group"
    ),
    Table(
        "people.User_user_permissions",
        title=ACCOUNT,
        of="user",
        basis=Basis.PUBLIC_TASK,
        activity="permission",
    ),
    Table(
        "admin.LogEntry",
        title=LOG,
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.ACCOUNT,
        activity="action_time object_repr action_flag change_message",
        technical="content_type object_id",
    ),
    # A session says whose it is only inside: people.actions.erasing looks into each.
    Table(
        "sessions.Session",
        because=_("It is found by looking inside, and goes with the account"),
        keep=Keep.SESSION,
        guarded="session_key session_data",
        technical="expire_date",
    ),
    Table(
        "people.Invitation",
        because=_("Staff are invited before they have an account"),
        keep=Keep.ACCOUNT,
        identity="name",
        contact="email",
        guarded="seed token_hash",
        plain="organisation team role created_at expires_at used_at revoked_at",
        staff="invited_by",
    ),
    # --- Nothing about anybody -------------------------------------------------------------------
    Table(
        "people.Organisation",
        plain="name slug letters kind is_host phone email valid_from valid_to",
    ),
    Table("people.OrganisationName", plain="organisation name valid_from valid_to"),
    Table("people.Team", plain="organisation name is_active"),
    Table("people.Town", plain="name slug"),
    Table("people.Ward", plain="code name town valid_from valid_to"),
    Table(
        "people.EqualityQuestion",
        plain="code version position wording hint source options asked_if in_use",
    ),
    Table("people.Heartbeat", plain="name seen_at"),
    Table("people.PublicChange"),
    Table("people.PublicVersion", plain="folded"),
    Table("auth.Permission", plain="name content_type codename"),
    Table("auth.Group", plain="name"),
    Table("auth.Group_permissions", plain="group permission"),
    Table("contenttypes.ContentType", plain="app_label model"),
)
