"""The administration: reference tables only, never a row about a person."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group

from .models import EqualityQuestion, Organisation, OrganisationName, Team, Topic, Town, Ward

# Packages bring these along: addresses, second factors and sessions of people, and groups that no
# rule of the house reads.
admin.site.unregister([Authenticator, EmailAddress, Group, UserSession])


class NameInline(admin.TabularInline):
    model = OrganisationName
    extra = 0


class TeamInline(admin.TabularInline):
    model = Team
    extra = 0


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "is_host", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (TeamInline, NameInline)


@admin.register(Town)
class TownAdmin(admin.ModelAdmin):
    list_display = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Ward)
class WardAdmin(admin.ModelAdmin):
    list_display = ("code", "name", "town", "valid_from", "valid_to")
    list_filter = ("town",)
    search_fields = ("code", "name")


@admin.register(EqualityQuestion)
class EqualityQuestionAdmin(admin.ModelAdmin):
    """Wording is loaded from a file with its version: here it is read."""

    list_display = ("position", "code", "version", "wording", "in_use")

    def has_add_permission(self, _request: object) -> bool:
        return False

    def has_change_permission(self, _request: object, _obj: object = None) -> bool:
        return False

    def has_delete_permission(self, _request: object, _obj: object = None) -> bool:
        return False


@admin.register(Topic)
class TopicAdmin(admin.ModelAdmin):
    """What people chose stays theirs: a line is taken out of use, not deleted."""

    list_display = ("name", "kind", "is_active")
    list_filter = ("kind", "is_active")
    search_fields = ("name",)

    def has_delete_permission(self, _request: object, _obj: object = None) -> bool:
        return False
