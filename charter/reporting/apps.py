from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "charter.reporting"
    label = "reporting"
