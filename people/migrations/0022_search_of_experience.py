from django.db import migrations

from coprod.lib.search import TextIndex

EXPERIENCE = TextIndex("people_profile", ("experience",))


class Migration(migrations.Migration):
    dependencies = [("people", "0021_search_of_topics")]

    operations = [migrations.RunPython(EXPERIENCE.create, EXPERIENCE.drop)]
