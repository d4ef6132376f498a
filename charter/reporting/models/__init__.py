"""What may be shown of who took part."""

from .counts import Count, ReportCell

__all__ = ["Count", "ReportCell"]
