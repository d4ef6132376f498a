"""The doors of the whole house."""

from django.contrib import admin
from django.urls import include, path

from coprod import health, pages

urlpatterns = [
    path("contact/", pages.contact, name="contact"),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
