"""What is kept about belonging to the pool: the part of people.personal about status and topics."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from coprod.lib.personal import Basis, Keep, Table

FOUND = _("What you may be found by, and by whom")
LABELS = _("Groups and labels that partners keep about you")
OFFERS = _("Support and training: what you wished for, and what was offered")

POOL_TABLES = (
    Table(
        "people.MayLookFor",
        title=FOUND,
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="organisation since channel",
    ),
    Table(
        "people.PersonTopic",
        title=FOUND,
        of="person",
        basis=Basis.EXPLICIT_CONSENT,
        keep=Keep.CONSENT,
        special="kind topic words",
        technical="consent",
    ),
    Table(
        "people.Availability",
        title=_("When you have time"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="days times notice_days projects_at_once invitations_a_month how_far",
        words="words",
    ),
    Table(
        "people.CohortMember",
        title=LABELS,
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="cohort since",
    ),
    Table(
        "people.PersonTag",
        title=LABELS,
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="tag since",
    ),
    Table(
        "people.SupportWish",
        title=OFFERS,
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        special="what",
        activity="kind wished_at channel",
    ),
    Table(
        "people.SupportOffer",
        title=OFFERS,
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        special="what",
        activity="organisation wish kind offered_on answer answered_at channel",
        staff="offered_by",
    ),
    Table("people.Topic", plain="kind name is_active"),
    Table("people.Cohort", plain="organisation name is_active"),
    Table("people.Tag", plain="organisation name is_active"),
)
