"""What every page knows: the place, the help lines, and the links of the header."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def portal(_request: HttpRequest) -> dict[str, object]:
    """Return the context of the base templates."""
    return {
        "place": settings.PLACE,
        "help": {
            "phone": settings.HELP_PHONE,
            "text": settings.HELP_TEXT,
            "email": settings.HELP_EMAIL,
            "post": settings.HELP_POST,
            "hours": settings.HELP_HOURS,
        },
        "demonstration": settings.DEMONSTRATION,
    }
