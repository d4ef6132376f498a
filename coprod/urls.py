"""The doors of the whole house."""

from django.contrib import admin
from django.urls import include, path

from coprod import pages

urlpatterns = [
    path("contact/", pages.contact, name="contact"),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
