"""The doors of the second floor."""

from django.urls import path

from opportunities.views import public, resident, staff

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
    # Residents
    path("opportunities/<slug:slug>/sign-up/", resident.sign_up, name="sign_up"),
    path("opportunities/<slug:slug>/paper-form/", resident.paper_form, name="paper_form"),
    path("my/sign-ups/", resident.my_sign_ups, name="my_sign_ups"),
    path("my/sign-ups/<int:pk>/", resident.my_sign_up, name="my_sign_up"),
    path("my/sign-ups/<int:pk>/next/", resident.came_forward, name="came_forward"),
    path("my/sign-ups/<int:pk>/change/", resident.change_sign_up, name="change_sign_up"),
    path("my/sign-ups/<int:pk>/support/", resident.change_support, name="change_support"),
    path("my/sign-ups/<int:pk>/withdraw/", resident.withdraw_sign_up, name="withdraw_sign_up"),
]
