"""The doors of the whole house."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
]
