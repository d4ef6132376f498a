"""What people ask about their data, for the doors."""

from __future__ import annotations

import datetime as dt

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from people import actions
from people.models import DataExport, User

NEVER = 999_999_999


def rights(users: dict[str, User | None]) -> dict[str, dict[str, dict[str, object]]]:
    """Return copies, objections and complaints: the resident's, the neighbour's, and none."""
    copies, objections = {}, {}
    for name, role in (("mine", "resident"), ("somebody’s", "neighbour")):
        person = users[role].person
        file = default_storage.save("exports/door.zip", ContentFile(b"zip"))
        week = timezone.now() + dt.timedelta(days=7)
        copies[name] = {
            "key": DataExport.objects.create(person=person, file=file, expires_at=week).key
        }
        made = actions.object_to(person=person, actor=None, to="other", words="Letters")
        objections[name] = {"pk": made.pk}
    complaint = actions.complain(words="Wrong", actor=None, name="Nora", phone="0121 496 0100")
    return {
        "copy": copies | {"never": {"key": "0" * 32}},
        "objection": objections | {"never": {"pk": NEVER}},
        "complaint": {"it": {"pk": complaint.pk}, "never": {"pk": NEVER}},
    }
