"""A decision "the same person" says as whom: somebody we know, or the person of another row."""

from django.db import migrations, models


def say_whom(apps, schema_editor):
    """Name the other row where nobody known was meant; ask again where it could be either."""
    rows = apps.get_model("people", "ImportRow").objects.filter(decision="merge")
    rows.filter(match__isnull=True).update(decision="merge_row")
    either = rows.filter(match__isnull=False, same_as_row__isnull=False, is_done=False)
    either.update(decision="", decided_by=None, decided_at=None)


def say_the_same(apps, schema_editor):
    """Go back to one word for both."""
    rows = apps.get_model("people", "ImportRow").objects
    rows.filter(decision="merge_row").update(decision="merge")


class Migration(migrations.Migration):
    dependencies = [("people", "0025_known_from_a_list")]

    operations = [
        migrations.AlterField(
            model_name="importrow",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("create", "One new person"),
                    ("create_two", "Two new people"),
                    ("merge", "Somebody we know"),
                    ("merge_row", "The person of another row"),
                    ("leave_out", "Leave out"),
                ],
                max_length=10,
            ),
        ),
        migrations.RunPython(say_whom, say_the_same),
    ]
