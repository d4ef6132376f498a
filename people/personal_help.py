"""What is kept about those who help, and about young people (see coprod.lib.personal)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from coprod.lib.personal import Basis, Keep, Table

HELP = _("Who helps whom")

HELP_TABLES = (
    Table(
        "people.Relation",
        title=HELP,
        of="person helper_user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        identity="name",
        contact="email phone address",
        words="evidence",
        activity="kind status scope authority evidence_on organisation channel made_at valid_from "
        "valid_to end_asked_at ended_at",
        technical="uuid",
        staff="evidence_by typed_by ended_by",
    ),
    Table(
        "people.HelperLink",
        title=HELP,
        of="relation__person relation__helper_user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        contact="email",
        activity="created_at expires_at used_at revoked_at",
        guarded="seed token_hash",
        technical="relation",
    ),
    Table(
        "people.YoungPerson",
        title=_("While you are under 18"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        identity="born_on",
        contact="ring_name ring_phone ring_is_my",
        activity="yes_at yes_wording yes_channel no_at asked_at_16 added_at",
        staff="yes_typed_by",
    ),
    Table(
        "people.Agreement",
        title=_("Who agreed that you take part"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        words="how_checked why_alone explained_by explained_how",
        activity="kind status about organisation asked_at given_at wording_version "
        "channel checked_on explained_on ask_again_on ended_at",
        technical="relation",
        staff="typed_by checked_by",
    ),
    Table(
        "people.ImpactAssessment",
        plain="organisation reference done_on done_by recorded_at",
        staff="recorded_by",
    ),
)
