"""The administration of the charter: what stands around its promises.

The promises themselves are worded at /staff/charter/, where the old words are kept; versions come
from files (manage.py load_charter).
"""

from django.contrib import admin

from .models import Charter


@admin.register(Charter)
class CharterAdmin(admin.ModelAdmin):
    list_display = ("title", "version", "is_current", "review_due_on")
    readonly_fields = ("version", "is_current", "reviewed_on", "review_due_on")

    def has_add_permission(self, _request: object) -> bool:
        """Versions come from files."""
        return False

    def has_delete_permission(self, _request: object, _obj: object = None) -> bool:
        """Pledges hang on the promises of old versions."""
        return False
