"""The doors of the first floor."""

from django.urls import path

from .views import (
    account,
    agreements,
    audiences,
    belonging,
    belonging_typed,
    confirming,
    finding,
    help_links,
    helping,
    imports,
    needs,
    organisation,
    public,
    resident,
    staff,
    topics,
    typed_needs,
    typing,
    typing_help,
    welcoming,
    young,
)

app_name = "people"
# Being in the pool: the pages of its people.
OWN = [
    path("my/page/", belonging.my_page, name="my_page"),
    path("my/break/", belonging.take_break, name="take_break"),
    path("my/back/", belonging.come_back, name="come_back"),
    path("my/leave/", belonging.leave, name="leave"),
    path("my/partners/", belonging.partners, name="partners"),
    path("my/joining/", belonging.joining, name="joining"),
    path("my/support/", belonging.support, name="support"),
    path("my/wishes/<int:pk>/drop/", belonging.drop_wish, name="drop_wish"),
    path("my/offers/<int:pk>/", belonging.answer_offer, name="answer_offer"),
    path("my/interests/", topics.interests, name="interests"),
    path("my/experience/", topics.experience, name="experience"),
    path("my/skills/", topics.skills, name="skills"),
    path("my/languages/", topics.languages, name="languages"),
    path("my/availability/", topics.availability, name="availability"),
    path("my/place/", topics.place, name="place"),
]
# At staff/people/<uuid>/…: the twins have the tails of the pages that they stand for.
ABOUT_SOMEBODY = {
    "break/": belonging_typed.type_break,
    "back/": belonging_typed.type_back,
    "leave/": belonging_typed.type_leave,
    "partners/": belonging_typed.type_partners,
    "joining/": belonging_typed.type_joining,
    "support/": belonging_typed.type_support,
    "offers/<int:pk>/": belonging_typed.type_answer,
    "interests/": belonging_typed.type_interests,
    "experience/": belonging_typed.type_experience,
    "skills/": belonging_typed.type_skills,
    "languages/": belonging_typed.type_languages,
    "availability/": belonging_typed.type_availability,
    "place/": belonging_typed.type_place,
    "welcome/": welcoming.welcome_person,
    "contact/": welcoming.name_contact,
    "labels/": welcoming.set_labels,
    "offer/": welcoming.make_offer,
    "death/": welcoming.record_death,
    "death/undo/": welcoming.correct_death,
}
urlpatterns = [
    path("invitation/stay/<str:token>/", confirming.confirm_details, name="confirm_details"),
    # Who helps, and young people
    path("help/<str:token>/", help_links.accept_help, name="accept_help"),
    # A person's own page
    path("my/helpers/", helping.my_helpers, name="my_helpers"),
    path("my/helpers/add/", helping.add_helper, name="add_helper"),
    path("my/helpers/<uuid:uuid>/end/", helping.end_help, name="end_help"),
    path("my/helpers/<uuid:uuid>/link/", helping.send_help_link, name="send_help_link"),
    path("my/age/", young.my_age, name="my_age"),
    path("my/age/yes/", young.say_yes, name="say_yes"),
    path("my/age/no/", young.take_back_yes, name="take_back_yes"),
    path("my/age/adult/", young.ask_guardian, name="ask_guardian"),
    # Officers and coordinators
    path("staff/people/<uuid:uuid>/helpers/", typing_help.person_helpers, name="person_helpers"),
    path("staff/people/<uuid:uuid>/helpers/add/", typing_help.type_helper, name="type_helper"),
    path(
        "staff/people/<uuid:uuid>/helpers/<int:pk>/end/",
        typing_help.end_help_for,
        name="end_help_for",
    ),
    path("staff/people/<uuid:uuid>/young/", typing_help.young_person, name="young_person"),
    path("staff/people/<uuid:uuid>/young/age/", typing_help.type_age, name="type_age"),
    path("staff/people/<uuid:uuid>/young/yes/", typing_help.type_yes, name="type_yes"),
    path("staff/people/<uuid:uuid>/young/no/", typing_help.type_no, name="type_no"),
    path("staff/people/<uuid:uuid>/young/adult/", typing_help.type_guardian, name="type_guardian"),
    path("staff/agreements/", agreements.agreements, name="agreements"),
    path("staff/agreements/<int:pk>/", agreements.check_agreement, name="check_agreement"),
    path("staff/agreements/<int:pk>/given/", agreements.type_agreement, name="type_agreement"),
    path("staff/agreements/<int:pk>/no/", agreements.refuse_agreement, name="refuse_agreement"),
    path("staff/impact-assessments/", agreements.impact_assessments, name="impact_assessments"),
    # Invitations of staff
    path("invitation/<str:token>/", public.accept_invitation, name="accept_invitation"),
    # Everybody's account
    path("account/", account.account, name="account"),
    path("account/sessions/end-others/", account.end_other_sessions, name="end_other_sessions"),
    path("account/time-left/", account.time_left, name="time_left"),
    path("account/again/", account.sign_in_again, name="sign_in_again"),
    path("account/undo/<str:token>/", account.undo_email_change, name="undo_email_change"),
    path("account/second-step/", account.second_step_needed, name="second_step_needed"),
    path("pictures/<slug:key>/<slug:size>/", public.picture, name="picture"),
    # A person's own page
    path("my/start/", resident.start_page, name="start_page"),
    path("my/profile/", resident.profile, name="profile"),
    path("my/profile/edit/", resident.profile_edit, name="profile_edit"),
    path("my/profile/picture/remove/", resident.remove_picture, name="remove_picture"),
    path("my/profile/share/", resident.share_profile, name="share_profile"),
    path("my/profile/stop-sharing/", resident.stop_sharing_profile, name="stop_sharing_profile"),
    path("my/profile/who/", audiences.audiences, name="audiences"),
    path("my/openings/", audiences.openings, name="openings"),
    path("my/needs/", needs.my_needs, name="my_needs"),
    path("my/needs/add/<slug:subset>/", needs.add_need, name="add_need"),
    path("my/needs/unchanged/", needs.keep_needs, name="keep_needs"),
    path("my/needs/stop/", needs.stop_needs, name="stop_needs"),
    path("my/needs/<int:pk>/", needs.change_need, name="change_need"),
    path("my/needs/<int:pk>/delete/", needs.delete_need, name="delete_need"),
    path("my/details/", resident.details, name="details"),
    # Officers and coordinators
    path("staff/people/", staff.people_list, name="people_list"),
    path("staff/people/new/", staff.add_person, name="add_person"),
    # Coordinators and administrators: a list of people is brought in
    path("staff/people/import/", imports.imports, name="imports"),
    path("staff/people/import/new/", imports.import_upload, name="import_upload"),
    path("staff/people/import/<uuid:uuid>/", imports.import_show, name="import_show"),
    path("staff/people/import/<uuid:uuid>/columns/", imports.import_columns, name="import_columns"),
    path(
        "staff/people/import/<uuid:uuid>/rows.csv",
        imports.import_wrong_rows,
        name="import_wrong_rows",
    ),
    path(
        "staff/people/import/<uuid:uuid>/rows/<int:number>/decide/",
        imports.decide_row,
        name="decide_row",
    ),
    path(
        "staff/people/import/<uuid:uuid>/rows/<int:number>/undo/",
        imports.undo_decision,
        name="undo_decision",
    ),
    path("staff/people/import/<uuid:uuid>/confirm/", imports.confirm_import, name="confirm_import"),
    path("staff/people/import/<uuid:uuid>/cancel/", imports.cancel_import, name="cancel_import"),
    path("staff/people/import/<uuid:uuid>/ask/", confirming.ask_now, name="ask_now"),
    path("staff/people/unconfirmed/", confirming.unconfirmed, name="unconfirmed"),
    path("staff/people/<uuid:uuid>/keep/", confirming.keep_silent, name="keep_silent"),
    path(
        "staff/people/<uuid:uuid>/stays/",
        confirming.type_confirmation,
        name="type_confirmation",
    ),
    path("staff/people/import/<uuid:uuid>/undo/", imports.undo_import, name="undo_import"),
    path("staff/people/find/", finding.find_people, name="find_people"),
    path("staff/people/<uuid:uuid>/", staff.show_person, name="show_person"),
    path("staff/people/<uuid:uuid>/edit/", typing.edit_person, name="edit_person"),
    path("staff/people/<uuid:uuid>/profile/", typing.type_profile, name="type_profile"),
    path("staff/people/<uuid:uuid>/who/", audiences.type_audiences, name="type_audiences"),
    path("staff/people/<uuid:uuid>/needs/", typed_needs.needs_of, name="needs_of"),
    path(
        "staff/people/<uuid:uuid>/needs/add/<slug:subset>/", typed_needs.type_need, name="type_need"
    ),
    path(
        "staff/people/<uuid:uuid>/needs/unchanged/",
        typed_needs.type_needs_unchanged,
        name="type_needs_unchanged",
    ),
    path(
        "staff/people/<uuid:uuid>/needs/stop/",
        typed_needs.type_needs_stop,
        name="type_needs_stop",
    ),
    path(
        "staff/people/<uuid:uuid>/needs/<int:pk>/",
        typed_needs.type_need_change,
        name="type_need_change",
    ),
    path(
        "staff/people/<uuid:uuid>/needs/<int:pk>/delete/",
        typed_needs.type_need_delete,
        name="type_need_delete",
    ),
    *OWN,
    path("staff/welcome/", welcoming.to_welcome, name="to_welcome"),
    *(
        path(f"staff/people/<uuid:uuid>/{tail}", view, name=view.__name__)
        for tail, view in ABOUT_SOMEBODY.items()
    ),
    path("staff/tasks/", staff.tasks, name="tasks"),
    path("staff/tasks/<int:pk>/done/", staff.finish_task, name="finish_task"),
    path("staff/tasks/<int:pk>/undo/", staff.reopen_task, name="reopen_task"),
    path("staff/tasks/<int:pk>/letter/", staff.task_letter, name="task_letter"),
    # Administrators
    path("staff/organisation/", organisation.staff_list, name="staff_list"),
    path("staff/organisation/invite/", organisation.invite_staff, name="invite_staff"),
    path(
        "staff/organisation/invitations/<int:pk>/resend/",
        organisation.resend_invitation,
        name="resend_invitation",
    ),
    path(
        "staff/organisation/invitations/<int:pk>/revoke/",
        organisation.revoke_invitation,
        name="revoke_invitation",
    ),
    path("staff/organisation/roles/<int:pk>/change/", organisation.change_role, name="change_role"),
    path("staff/organisation/roles/<int:pk>/end/", organisation.end_role, name="end_role"),
    path(
        "staff/organisation/roles/<int:pk>/second-step/",
        organisation.remove_second_step,
        name="remove_second_step",
    ),
    # Whoever has more than one role
    path(
        "staff/choose-organisation/", organisation.choose_organisation, name="choose_organisation"
    ),
]
