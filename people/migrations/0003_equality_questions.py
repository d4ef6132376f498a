"""Brings the first wording of the equality questions; a later one comes by load_equality_questions."""

from django.db import migrations

from people.reference import load_equality_questions


def load(apps, schema_editor):
    load_equality_questions(model=apps.get_model("people", "EqualityQuestion"))


class Migration(migrations.Migration):
    dependencies = [("people", "0002_known_to_seed_and_address")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
