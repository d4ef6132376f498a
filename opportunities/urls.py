"""The doors of the second floor."""

from django.urls import path

from opportunities.views import (
    adding,
    asking,
    attendance,
    calendars,
    companions,
    equality,
    feeds,
    merging,
    paper,
    public,
    resident,
    run_sheet,
    sign_ups,
    staff,
    typing,
    young,
)

app_name = "opportunities"

urlpatterns = [
    # For everybody
    path("opportunities/", public.index, name="index"),
    path("opportunities.atom", feeds.feed, name="feed"),
    path("opportunities/<slug:slug>/", public.detail, name="detail"),
    path("opportunities/<slug:slug>/calendar.ics", calendars.calendar, name="calendar"),
    path("calendar/<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
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
    path("opportunities/<slug:slug>/paper-form/", paper.paper_form, name="paper_form"),
    path("my/invitations/", asking.my_invitations, name="my_invitations"),
    path("my/invitations/<int:pk>/no-thanks/", asking.no_thanks, name="no_thanks"),
    path("my/invitations/<int:pk>/think-again/", asking.think_again, name="think_again"),
    path("no-thanks/<str:token>/", asking.no_thanks_by_letter, name="no_thanks_by_letter"),
    path("my/calendar/", calendars.my_calendar, name="my_calendar"),
    path("my/calendar/stop/", calendars.stop_calendar, name="stop_calendar"),
    path("my/sign-ups/", resident.my_sign_ups, name="my_sign_ups"),
    path("my/sign-ups/<int:pk>/", resident.my_sign_up, name="my_sign_up"),
    path("my/sign-ups/<int:pk>/next/", resident.came_forward, name="came_forward"),
    path("my/sign-ups/<int:pk>/people/", companions.companions, name="companions"),
    path("my/sign-ups/<int:pk>/change/", resident.change_sign_up, name="change_sign_up"),
    path("my/sign-ups/<int:pk>/support/", resident.change_support, name="change_support"),
    path("my/sign-ups/<int:pk>/withdraw/", resident.withdraw_sign_up, name="withdraw_sign_up"),
    # Equality questions: their answers reach what was counted here
    path("my/equality/", equality.equality, name="equality"),
    path("my/equality/edit/", equality.equality_edit, name="equality_edit"),
    path("my/equality/delete/", equality.equality_delete, name="equality_delete"),
    # For staff, who look for people
    path(
        "staff/opportunities/<slug:slug>/ask-for-people/",
        asking.ask_for_people,
        name="ask_for_people",
    ),
    path(
        "staff/people-requests/<int:pk>/take-back/",
        asking.take_back_request,
        name="take_back_request",
    ),
    path("staff/people-requests/<int:pk>/answer/", asking.answer_request, name="answer_request"),
    path("staff/opportunities/<slug:slug>/invite/", asking.invite_people, name="invite_people"),
    path("staff/opportunities/<slug:slug>/invitations/", asking.invitations, name="invitations"),
    path("staff/invitations/<int:pk>/no-thanks/", asking.no_thanks_for, name="no_thanks_for"),
    # For staff, about the people of their briefs
    # Two pages of one person: what they came forward to is settled here
    path("staff/people/<uuid:uuid>/merge/", merging.merge_find, name="merge_find"),
    path("staff/people/<uuid:uuid>/merge/<uuid:other>/", merging.merge_people, name="merge_people"),
    path("staff/people/<uuid:uuid>/merge/<int:pk>/undo/", merging.undo_merge, name="undo_merge"),
    path("staff/sign-ups/", sign_ups.find_sign_ups, name="find_sign_ups"),
    path("staff/opportunities/<slug:slug>/arrange/", run_sheet.run_sheet, name="run_sheet"),
    path("staff/opportunities/<slug:slug>/people/", sign_ups.sign_ups, name="sign_ups"),
    path(
        "staff/opportunities/<slug:slug>/people/print/",
        sign_ups.print_sign_ups,
        name="print_sign_ups",
    ),
    path(
        "staff/opportunities/<slug:slug>/people/export.csv",
        sign_ups.export_sign_ups,
        name="export_sign_ups",
    ),
    path("staff/opportunities/<slug:slug>/people/message/", sign_ups.message, name="message"),
    path("staff/opportunities/<slug:slug>/people/fill/", sign_ups.fill_places, name="fill_places"),
    path("staff/opportunities/<slug:slug>/people/add/", adding.add_sign_up, name="add_sign_up"),
    path(
        "staff/opportunities/<slug:slug>/people/add/new/", adding.add_newcomer, name="add_newcomer"
    ),
    path(
        "staff/opportunities/<slug:slug>/people/add/<uuid:uuid>/",
        adding.add_known,
        name="add_known",
    ),
    path(
        "staff/opportunities/<slug:slug>/people/<int:pk>/",
        sign_ups.show_sign_up,
        name="show_sign_up",
    ),
    path(
        "staff/opportunities/<slug:slug>/people/<int:pk>/support/", sign_ups.support, name="support"
    ),
    path(
        "staff/opportunities/<slug:slug>/people/<int:pk>/decides-alone/",
        young.decides_alone,
        name="decides_alone",
    ),
    path("staff/opportunities/<slug:slug>/people/<int:pk>/choose/", sign_ups.choose, name="choose"),
    path(
        "staff/opportunities/<slug:slug>/people/<int:pk>/decline/", sign_ups.decline, name="decline"
    ),
    path(
        "staff/opportunities/<slug:slug>/people/<int:pk>/undo/",
        sign_ups.undo_decision,
        name="undo_decision",
    ),
    path(
        "staff/opportunities/<slug:slug>/people/<int:pk>/withdraw/",
        typing.withdraw_for,
        name="withdraw_for",
    ),
    path(
        "staff/opportunities/<slug:slug>/people/<int:pk>/change/",
        typing.type_change,
        name="type_change",
    ),
    path(
        "staff/opportunities/<slug:slug>/people/<int:pk>/support/type/",
        typing.type_support,
        name="type_support",
    ),
    path("staff/people/<uuid:uuid>/sign-up/", adding.sign_up_for, name="sign_up_for"),
    path("staff/people/<uuid:uuid>/equality/", typing.type_equality, name="type_equality"),
    path("staff/opportunities/<slug:slug>/took-part/", attendance.took_part, name="took_part"),
    path(
        "staff/opportunities/<slug:slug>/took-part/day/",
        attendance.took_part_day,
        name="took_part_day",
    ),
    path("staff/opportunities/<slug:slug>/took-part/new/", attendance.turned_up, name="turned_up"),
    path(
        "staff/opportunities/<slug:slug>/took-part/<uuid:uuid>/",
        attendance.add_attendance,
        name="add_attendance",
    ),
]
