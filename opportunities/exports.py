"""The list of a project's people, as the rows of a file (``coprod.lib.downloads``)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext as _

from opportunities.models import SignUp


def people_rows(sign_ups: Iterable[SignUp]) -> tuple[list[object], list[list[object]]]:
    """Return heading and rows of the people of one project.

    Names and how to reach them. Never support, the profile or anything about equality.
    """
    heading: list[object] = [
        _("Name"),
        _("Where they stand"),
        _("Number on the waiting list"),
        _("Came forward"),
        _("How"),
        _("Reach them by"),
        _("Number or address"),
    ]
    return heading, [
        [
            row.person.name,
            row.get_status_display(),
            row.position if row.is_waiting else "",
            timezone.localtime(row.came_forward_at).strftime("%Y-%m-%d %H:%M"),
            row.get_channel_display(),
            row.get_contact_by_display() if row.is_live else "",
            row.contact_detail if row.is_live else "",
        ]
        for row in sign_ups
    ]
