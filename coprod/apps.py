from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoprodConfig(AppConfig):
    name = "coprod"

    def ready(self) -> None:
        from coprod.lib.forms import speak_plainly
        from coprod.lib.text import clean_every_field
        from coprod.watched import watch_all

        speak_plainly()
        clean_every_field()
        post_migrate.connect(watch_all, sender=self)
