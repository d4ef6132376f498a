"""What the third floor keeps about people (see coprod.lib.personal)."""

from django.utils.translation import gettext_lazy as _

from coprod.lib.personal import Basis, Keep, Table

TABLES = (
    Table(
        "charter.Voice",
        title=_("That you said something, and whether it helped"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        activity="contribution agreed_at",
    ),
    Table(
        "charter.CheckBack",
        title=_("That you said something, and whether it helped"),
        of="person",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.POOL,
        words="comment",
        activity=(
            "response status due_on asked_on reminded_on verdict may_show_comment channel "
            "answered_at comment_read_at comment_fit_to_show not_shown_because"
        ),
        staff="typed_by comment_read_by",
    ),
    # --- The work itself: what was said, never who --------------------------------------
    Table(
        "charter.Contribution",
        plain="opportunity about what said_at said_on people_count channel recorded_at",
        staff="recorded_by",
    ),
    Table(
        "charter.Response",
        plain=(
            "contribution kind text done_on due_on first_due_on why_late meanwhile owner_name "
            "is_current written_at"
        ),
        staff="written_by",
    ),
    Table(
        "charter.Charter",
        plain=(
            "version title definition published_on reviewed_on review_due_on contributors "
            "is_current"
        ),
    ),
    Table("charter.Commitment", plain="charter slug kind position heading explanation"),
    Table(
        "charter.CommitmentChange",
        plain="commitment heading_before explanation_before why changed_at",
        staff="changed_by",
    ),
    Table("charter.Pledge", plain="opportunity commitment how"),
)
