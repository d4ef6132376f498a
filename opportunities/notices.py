"""Who is told what on the second floor: one function for each event."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from opportunities.models import ProjectMessage, SignUp
from people.outbox import owe


def _about(sign_up: SignUp) -> dict[str, object]:
    link = f"{settings.SITE_URL}/my/sign-ups/{sign_up.pk}/"
    return {"sign_up": sign_up, "opportunity": sign_up.opportunity, "link": link}


def _tell(sign_up: SignUp, kind: str, **context: object) -> None:
    """Owe the person one message about their sign-up.

    A sign-up may come to the same state twice (withdrawn, then back): the time of the change is
    part of the event, so that the second time is told as well.
    """
    moment = timezone.now().isoformat(timespec="microseconds")
    owe(
        event=f"sign-up:{sign_up.pk}:{moment}",
        kind=kind,
        template=f"opportunities/{kind}",
        context={**_about(sign_up), **context},
        person=sign_up.person,
        organisation=sign_up.opportunity.organisation,
    )


def place_given(sign_up: SignUp) -> None:
    """Tell the person that they have a place."""
    _tell(sign_up, "place_given")


def on_waiting_list(sign_up: SignUp, position: int) -> None:
    """Tell the person their position on the waiting list."""
    _tell(sign_up, "on_waiting_list", position=position)


def heard(sign_up: SignUp) -> None:
    """Tell the person that we heard them, and when the team decides."""
    _tell(sign_up, "heard")


def moved_up(sign_up: SignUp) -> None:
    """Tell the person that a place came free and is theirs."""
    _tell(sign_up, "moved_up")


def chosen(sign_up: SignUp) -> None:
    """Tell the person that they were chosen."""
    _tell(sign_up, "chosen")


def not_this_time(sign_up: SignUp) -> None:
    """Tell the person the kind answer; the reason stays with the team."""
    _tell(sign_up, "not_this_time")


def decision_taken_back(sign_up: SignUp) -> None:
    """Tell the person that an answer no longer holds."""
    _tell(sign_up, "decision_taken_back")


def withdrawn(sign_up: SignUp) -> None:
    """Confirm that the person is out."""
    _tell(sign_up, "withdrawn")


def message(sign_up: SignUp, message: ProjectMessage) -> None:
    """Pass on what staff wrote to the people of a project: once for each message."""
    owe(
        event=f"project-message:{message.pk}",
        kind="project_message",
        template="opportunities/project_message",
        context={**_about(sign_up), "message": message},
        person=sign_up.person,
        organisation=sign_up.opportunity.organisation,
    )
