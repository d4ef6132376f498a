"""The doors of the second floor."""

from django.urls import path

from opportunities.views import public

app_name = "opportunities"

urlpatterns = [
    # For everybody
    path("opportunities/", public.index, name="index"),
    path("opportunities/<slug:slug>/", public.detail, name="detail"),
]
