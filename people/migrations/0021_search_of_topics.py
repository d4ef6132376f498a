from django.db import migrations

from coprod.lib.search import TextIndex

TOPICS = TextIndex("people_topic", ("name",))
OWN_WORDS = TextIndex("people_persontopic", ("words",))


class Migration(migrations.Migration):
    dependencies = [("people", "0020_notice_asks")]

    operations = [
        migrations.RunPython(TOPICS.create, TOPICS.drop),
        migrations.RunPython(OWN_WORDS.create, OWN_WORDS.drop),
    ]
