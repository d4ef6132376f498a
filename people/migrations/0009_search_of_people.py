from django.db import migrations, models

from coprod.lib.search import TextIndex

PEOPLE = TextIndex("people_person", ("name", "email"), numbers=("phone",), stems=False)


class Migration(migrations.Migration):
    dependencies = [("people", "0008_pictures")]

    operations = [
        migrations.AddIndex("person", models.Index(fields=["name", "id"], name="person_by_name")),
        migrations.RunPython(PEOPLE.create, PEOPLE.drop),
    ]
