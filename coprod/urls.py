"""The doors of the whole house."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from coprod import crawlers, done_for, health, helping, home, pages, sheets, well_known
from coprod.demo import views as demo

# One door to sign in, with one limit of tries: the administration has none of its own.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("", home.home, name="home"),
    path("my/", home.my, name="my"),
    path("my/done-for-me/", done_for.done_for_me, name="done_for_me"),
    path("my/people-i-help/", helping.people_i_help, name="people_i_help"),
    path("my/people-i-help/<uuid:uuid>/", helping.helped_person, name="helped_person"),
    path("my/people-i-help/<uuid:uuid>/stop/", helping.stop_helping, name="stop_helping"),
    path("my/people-i-help/<uuid:uuid>/agree/", helping.agree_again, name="agree_again"),
    path("my/people-i-help/<uuid:uuid>/open/", helping.help_choose, name="help_choose"),
    path(
        "my/people-i-help/<uuid:uuid>/sign-up/<slug:slug>/",
        helping.help_sign_up,
        name="help_sign_up",
    ),
    path(
        "my/people-i-help/<uuid:uuid>/withdraw/<int:pk>/",
        helping.help_withdraw,
        name="help_withdraw",
    ),
    path("my/people-i-help/<uuid:uuid>/details/", helping.help_details, name="help_details"),
    path("my/people-i-help/<uuid:uuid>/answer/<int:pk>/", helping.help_answer, name="help_answer"),
    path("staff/", home.staff_home, name="staff_home"),
    path("demo/", demo.demo, name="demo"),
    path("demo/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
    path("contact/", pages.contact, name="contact"),
    path("how-it-works/", pages.how_it_works, name="how_it_works"),
    path("glossary/", pages.glossary, name="glossary"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("concern/", pages.concern, name="concern"),
    path("sheets/", sheets.public_sheets, name="public_sheets"),
    path("sheets/<slug:slug>/", sheets.public_sheet, name="public_sheet"),
    path("staff/mark/<slug:mark>/", sheets.by_mark, name="by_mark"),
    path("staff/sheets/", sheets.staff_sheets, name="staff_sheets"),
    path("staff/sheets/<slug:slug>/", sheets.staff_sheet, name="staff_sheet"),
    path("staff/people/<uuid:uuid>/sheets/<slug:slug>/", sheets.sheet_for, name="sheet_for"),
    path("", include("opportunities.urls")),
    path("", include("people.urls")),
    path("", include("charter.urls")),
    path("", include("charter.reporting.urls")),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path(".well-known/change-password", well_known.change_password, name="change_password"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("robots.txt", well_known.robots_txt, name="robots_txt"),
    path("sitemap.xml", crawlers.sitemap, name="sitemap"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]

handler400 = "coprod.errors.bad_request"
handler403 = "coprod.errors.denied"
handler404 = "coprod.errors.not_found"
handler429 = "coprod.errors.too_often"  # asked for by allauth
handler500 = "coprod.errors.broken"
