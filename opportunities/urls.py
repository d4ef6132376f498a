"""The doors of the second floor."""

from django.urls import path

from opportunities.views import public, staff

app_name = "opportunities"

urlpatterns = [
    # For everybody
    path("opportunities/", public.index, name="index"),
    path("opportunities/<slug:slug>/", public.detail, name="detail"),
    # For staff, about their own briefs
    path("staff/opportunities/", staff.manage, name="manage"),
    path("staff/opportunities/new/", staff.new, name="new"),
    path("staff/opportunities/<slug:slug>/", staff.project, name="project"),
    path("staff/opportunities/<slug:slug>/edit/", staff.edit, name="edit"),
    path("staff/opportunities/<slug:slug>/preview/", staff.preview, name="preview"),
    path("staff/opportunities/<slug:slug>/submit/", staff.submit, name="submit"),
    path("staff/opportunities/<slug:slug>/publish/", staff.publish, name="publish"),
    path("staff/opportunities/<slug:slug>/return/", staff.return_brief, name="return_brief"),
    path("staff/opportunities/<slug:slug>/close/", staff.close, name="close"),
    path("staff/opportunities/<slug:slug>/reopen/", staff.reopen, name="reopen"),
    path("staff/opportunities/<slug:slug>/start/", staff.start, name="start"),
    path("staff/opportunities/<slug:slug>/withdraw/", staff.withdraw_brief, name="withdraw_brief"),
    path("staff/opportunities/<slug:slug>/copy/", staff.copy_brief, name="copy_brief"),
]
