"""Whoever is in the pool takes part already, and lets those look for them through whom they joined."""

from django.db import migrations
from django.db.models import F

CHUNK = 2000


def make_active(apps, schema_editor):
    person = apps.get_model("people", "Person")
    person.objects.update(
        status="active", status_since=F("joined_at"), welcomed_at=F("joined_at")
    )
    joined = person.objects.filter(joined_through__isnull=False)
    rows = joined.values_list("pk", "joined_through", "joined_at", "joined_channel")
    may_look = apps.get_model("people", "MayLookFor")
    known_to = apps.get_model("people", "KnownTo")
    may_look.objects.bulk_create(
        [
            may_look(person_id=pk, organisation_id=through, since=at, channel=channel)
            for pk, through, at, channel in rows.iterator(CHUNK)
        ],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )
    # What joining through somebody meant until now: from here on only these rows open a page.
    known_to.objects.bulk_create(
        [
            known_to(person_id=pk, organisation_id=through, since=at, reason="rang_or_wrote")
            for pk, through, at, _channel in rows.iterator(CHUNK)
        ],
        batch_size=CHUNK,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0014_pool_status")]

    operations = [migrations.RunPython(make_active, migrations.RunPython.noop)]
