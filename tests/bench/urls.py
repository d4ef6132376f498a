"""The portal's doors, and three of the bench's own, which are nowhere else."""

from django.urls import include, path

from tests.bench import pages

urlpatterns = [
    path("bench/nothing/", pages.nothing),
    path("bench/take/<int:brief>/", pages.take),
    path("bench/sign-up/<int:brief>/<int:person>/", pages.come_forward),
    path("", include("coprod.urls")),
]
handler400 = "coprod.errors.bad_request"
handler403 = "coprod.errors.denied"
handler404 = "coprod.errors.not_found"
handler500 = "coprod.errors.broken"
