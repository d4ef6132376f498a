"""What the second floor keeps about people (see coprod.lib.personal)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.personal import Basis, Erase, Keep, Table

FORWARD = _("What you came forward to")

TABLES = (
    Table(
        "opportunities.SignUp",
        title=FORWARD,
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        contact="contact_by contact_detail",
        words="why decision_reason answer",
        activity=(
            "opportunity status waiting_number shares shows channel came_forward_at decided_at "
            "withdrawn_at"
        ),
        staff="typed_by decided_by",
    ),
    Table(
        "opportunities.SignUpSupport",
        title=_("The support you asked for"),
        of="sign_up__person",
        basis=Basis.EXPLICIT_CONSENT,
        keep=Keep.CONSENT,
        special="text",
        activity="by_name",
        technical="sign_up consent",
    ),
    Table(
        "opportunities.SignUpNeed",
        title=_("The support you asked for"),
        of="support__sign_up__person",
        basis=Basis.EXPLICIT_CONSENT,
        keep=Keep.CONSENT,
        special="need",
        activity="for_group",
        technical="support",
    ),
    Table(
        "opportunities.Attendance",
        title=_("Where you took part"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="opportunity took_part_on recorded_at",
        staff="recorded_by",
    ),
    Table(
        "opportunities.Participation",
        title=_("The figures that you are counted in"),
        of={"pseudonym": "pseudonym"},
        basis=Basis.EQUALITY,
        keep=Keep.PROJECT,
        erase=Erase.CUT,
        because=_(
            "Public bodies must show whom they involve (Equality Act 2010, section 149). The row "
            "keeps no answer about you and a code that nobody can trace"
        ),
        blank={"age_band": "", "ethnic_group": "", "disabled": "", "changed_at": timezone.now},
        special="age_band ethnic_group disabled",
        activity="organisation opportunity level town took_part_on changed_at",
        pseudonymous="pseudonym",
    ),
    Table(
        "opportunities.ProjectInvitation",
        title=_("What you were invited to"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        words="message override_reason",
        activity="opportunity request status invited_at answered_at channel reminded_at",
        staff="invited_by typed_by",
    ),
    Table(
        "opportunities.ProjectInvitation_because",
        title=_("Why you were invited"),
        of="projectinvitation__person",
        basis=Basis.EXPLICIT_CONSENT,
        keep=Keep.POOL,
        special="topic",
        technical="projectinvitation",
    ),
    Table("opportunities.PeopleRequest_topics", plain="peoplerequest topic"),
    Table("opportunities.PeopleRequest_towns", plain="peoplerequest town"),
    Table(
        "opportunities.PeopleRequest",
        plain="opportunity number days words status asked_at settled_at",
        staff="asked_by settled_by",
    ),
    Table(
        "opportunities.CalendarLink",
        title=_("Your calendar address"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="made_at",
        guarded="seed token_hash",
    ),
    # --- The work itself: nothing about residents ------------------------------------------------
    Table(
        "opportunities.Opportunity",
        plain=(
            "title slug organisation team lead_name lead_phone lead_email safeguarding_name "
            "safeguarding_phone what experience commitment when how level from_the_start "
            "decisions_shared open_to_change scope activity_types can_change cannot_change "
            "who_decides places places_are_open places_taken last_waiting_number places_given "
            "is_rolling closes_on closing starts_on starting ends_on min_age is_online "
            "is_borough_wide venue access pays gives_vouchers pays_expenses reward expenses status "
            "is_public version return_reason created_at updated_at submitted_at published_at "
            "completed_at"
        ),
        staff="created_by",
    ),
    Table("opportunities.Opportunity_towns", plain="opportunity town"),
    Table(
        "opportunities.BriefChange",
        plain="opportunity version what_changed why before changed_at",
        staff="changed_by",
    ),
    Table(
        "opportunities.ProjectMessage",
        plain="opportunity subject body statuses sent_to sent_at token",
        staff="sent_by",
    ),
)
