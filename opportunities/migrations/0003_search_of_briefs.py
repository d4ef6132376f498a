from django.db import migrations

from coprod.lib.search import TextIndex

BRIEFS = TextIndex(
    "opportunities_opportunity", ("title", "what", "experience", "commitment", "when", "how")
)


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0002_closing_and_starting")]

    operations = [migrations.RunPython(BRIEFS.create, BRIEFS.drop)]
