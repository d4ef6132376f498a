"""The fourth floor keeps figures of many people, and nothing of one (see coprod.lib.personal)."""

from coprod.lib.personal import Table

TABLES = (
    Table("reporting.Count", plain="made_at seconds rows newest years threshold public_threshold"),
    Table(
        "reporting.ReportCell",
        plain=(
            "count period organisation by value cross cross_value people_state people "
            "times_state times"
        ),
    ),
)
