"""The doors of the fourth floor."""

from django.urls import path

from charter.reporting.views import commissioner

app_name = "reporting"

urlpatterns = [
    path(
        "reporting/who-has-been-involved/",
        commissioner.who_has_been_involved,
        name="who_has_been_involved",
    ),
    path(
        "reporting/who-has-been-involved.csv",
        commissioner.who_has_been_involved_csv,
        name="who_has_been_involved_csv",
    ),
]
