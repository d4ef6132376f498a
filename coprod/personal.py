"""What the roof itself keeps about people (see coprod.lib.personal)."""

from django.utils.translation import gettext_lazy as _

from coprod.lib.personal import Basis, Keep, Table

TABLES = (
    Table(
        "coprod.SentForm",
        title=_("Forms that you sent or began"),
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.DAY,
        activity="leads_to sent_at",
        technical="key content",
    ),
    Table(
        "coprod.KeptForm",
        title=_("Forms that you sent or began"),
        of="user",
        basis=Basis.PUBLIC_TASK,
        keep=Keep.HOUR,
        activity="page goes_to kept_at",
        guarded="browser typed",
    ),
)
