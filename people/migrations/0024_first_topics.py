"""Brings the first lists to choose from; administrators keep them from then on."""

from django.db import migrations

from people.reference import load_topics


def load(apps, schema_editor):
    load_topics(model=apps.get_model("people", "Topic"))


class Migration(migrations.Migration):
    dependencies = [("people", "0023_letters_wait")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
