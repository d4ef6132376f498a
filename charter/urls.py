"""Doors of the third floor."""

from django.urls import path

from .views import public, resident
from .views.staff import answers, feedback, promises

app_name = "charter"

urlpatterns = [
    path("charter/", public.charter, name="charter"),
    path("you-said-we-did/", public.you_said_we_did, name="you_said_we_did"),
    path("my/check-backs/<int:pk>/", resident.check_back, name="check_back"),
    path("my/check-backs/<int:pk>/thanks/", resident.check_back_thanks, name="check_back_thanks"),
    path("my/check-backs/<int:pk>/stop/", resident.stop_asking, name="stop_asking"),
    path(
        "check-backs/stop/<str:token>/", public.stop_asking_by_letter, name="stop_asking_by_letter"
    ),
    path("staff/opportunities/<slug:slug>/pledges/", promises.pledges, name="pledges"),
    path("staff/opportunities/<slug:slug>/feedback/", feedback.feedback, name="feedback"),
    path(
        "staff/opportunities/<slug:slug>/feedback/add/",
        feedback.add_contribution,
        name="add_contribution",
    ),
    path("staff/opportunities/<slug:slug>/complete/", feedback.complete, name="complete"),
    path(
        "staff/contributions/<int:pk>/correct/",
        feedback.correct_contribution,
        name="correct_contribution",
    ),
    path("staff/contributions/<int:pk>/respond/", feedback.respond, name="respond"),
    path("staff/check-backs/<int:pk>/answer/", answers.enter_answer, name="enter_answer"),
    path("staff/check-backs/<int:pk>/stop/", answers.stop_asking_for, name="stop_asking_for"),
    path("staff/check-backs/<int:pk>/sheet/", answers.check_back_sheet, name="check_back_sheet"),
    path("staff/comments/", answers.comments, name="comments"),
    path("staff/comments/<int:pk>/", answers.read_comment, name="read_comment"),
    path("staff/charter/", promises.edit_charter, name="edit_charter"),
    path("staff/charter/<slug:slug>/", promises.edit_commitment, name="edit_commitment"),
]
