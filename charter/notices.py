"""Who is told, on the third floor: those who said something, by the channel that they chose."""

from __future__ import annotations

from django.urls import reverse

from people.models import Notice
from people.outbox import owe

from .models import CheckBack, Response
from .stop_links import path_of


def check_back_asked(check_back: CheckBack) -> Notice:
    """Ask one person who said it: did it help?"""
    return _owe_about(check_back, "check_back_asked")


def check_back_reminder(check_back: CheckBack) -> Notice:
    """Ask the same person once more."""
    return _owe_about(check_back, "check_back_reminder")


def response_given(response: Response) -> list[Notice]:
    """Tell those who said it what the team answers."""
    contribution = response.contribution
    project = contribution.opportunity
    path = f"{reverse('charter:you_said_we_did')}?project={project.slug}"
    return [
        owe(
            person=voice.person,
            event=f"response:{response.pk}",
            kind="response_given",
            template="charter/response_given",
            context={"contribution": contribution, "response": response, "path": path},
            organisation=project.organisation,
        )
        for voice in contribution.voices.select_related("person")
    ]


def event_of(check_back: CheckBack) -> str:
    """Return the event under which a check-back’s notices are owed."""
    return f"check-back:{check_back.pk}"


def _owe_about(check_back: CheckBack, kind: str) -> Notice:
    response = check_back.response
    contribution = response.contribution
    return owe(
        person=check_back.person,
        event=event_of(check_back),
        kind=kind,
        template=f"charter/{kind}",
        context={
            "contribution": contribution,
            "response": response,
            "path": reverse("charter:check_back", args=[check_back.pk]),
        },
        organisation=contribution.opportunity.organisation,
        stop_path=path_of(check_back),
        asks=True,
    )
