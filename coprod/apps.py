from django.apps import AppConfig


class CoprodConfig(AppConfig):
    name = "coprod"

    def ready(self) -> None:
        from coprod.lib.forms import speak_plainly

        speak_plainly()
