"""Who is told what on the second floor: one function for each event."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.lib.days import today
from coprod.lib.wording import day_in_full
from opportunities.invitation_links import path_of
from opportunities.lifecycle import LIVE
from opportunities.models import (
    BriefChange,
    Opportunity,
    PeopleRequest,
    ProjectInvitation,
    ProjectMessage,
    SignUp,
)
from people.finding import in_words
from people.models import (
    ARRANGING_ROLES,
    REVIEWING_ROLES,
    AuditEvent,
    Membership,
    Notice,
    PersonTopic,
    User,
)
from people.outbox import owe


# --- Sign-ups ------------------------------------------------------------------------------------
def _about(sign_up: SignUp) -> dict[str, object]:
    link = settings.SITE_URL + reverse("opportunities:my_sign_up", args=[sign_up.pk])
    return {"sign_up": sign_up, "opportunity": sign_up.opportunity, "link": link}


def practical(brief: Opportunity) -> str:
    """Return which project it is, when and where: what a guardian may read."""
    where = brief.venue or (_("Online") if brief.is_online else "")
    when = day_in_full(brief.starts_on) if brief.starts_on else ""
    ring = f"{brief.lead_name}: {brief.lead_phone}" if brief.lead_phone else ""
    return "\n".join(str(line) for line in (brief.title, when, where, ring) if line)


def _reach(sign_up: SignUp) -> dict[str, Any]:
    """Return to whom it goes, in the way that they chose for this project."""
    return {
        "person": sign_up.person,
        "contact_by": sign_up.contact_by,
        "contact_detail": sign_up.contact_detail,
    }


# They answer what the person did just now, so they go out in a break too.
_ASKED_FOR = frozenset({"place_given", "held", "on_waiting_list", "heard", "withdrawn"})


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
        organisation=sign_up.opportunity.organisation,
        asked_for=kind in _ASKED_FOR,
        practical=practical(sign_up.opportunity),
        **_reach(sign_up),
    )


def place_given(sign_up: SignUp) -> None:
    """Tell the person that they have a place."""
    _tell(sign_up, "place_given")


def on_waiting_list(sign_up: SignUp, position: int) -> None:
    """Tell the person their position on the waiting list."""
    _tell(sign_up, "on_waiting_list", position=position)


def held(sign_up: SignUp) -> None:
    """Tell the person that we wait for an agreement, and that they hold no place meanwhile."""
    _tell(sign_up, "held")


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
        priority=Notice.Priority.TO_MANY,
        practical=practical(sign_up.opportunity),
        organisation=sign_up.opportunity.organisation,
        **_reach(sign_up),
    )


# --- Looking for people --------------------------------------------------------------------------
def people_wanted(asked: PeopleRequest, actor: User) -> None:
    """Tell the coordinators of the organisation that somebody looks for people."""
    brief = asked.opportunity
    for user in _reviewers(brief):
        if user != actor:
            owe(
                event=f"people-request:{asked.pk}",
                kind="people_wanted",
                template="opportunities/people_wanted",
                context={
                    "opportunity": brief,
                    "asked": asked,
                    "link": settings.SITE_URL
                    + reverse("opportunities:invite_people", args=[brief.slug])
                    + f"?request={asked.pk}",
                },
                user=user,
                organisation=brief.organisation,
            )


def invited(invitation: ProjectInvitation) -> None:
    """Invite the person, saying why them."""
    _invite(invitation, "invited")


def invited_reminder(invitation: ProjectInvitation) -> None:
    """Ask the person once more."""
    _invite(invitation, "invited_reminder")


def _invite(invitation: ProjectInvitation, kind: str) -> None:
    brief = invitation.opportunity
    told = PersonTopic.objects.filter(
        person=invitation.person, topic__in=invitation.because.all()
    ).select_related("topic")
    path = path_of(invitation)
    owe(
        person=invitation.person,
        event=f"project-invitation:{invitation.pk}",
        kind=kind,
        template=f"opportunities/{kind}",
        context={
            "opportunity": brief,
            "invitation": invitation,
            "because": in_words(told),
            "link": settings.SITE_URL + brief.get_absolute_url(),
            "no_thanks_link": settings.SITE_URL + path,
        },
        organisation=brief.organisation,
        stop_path=path,
        asks=True,
    )


# --- Briefs --------------------------------------------------------------------------------------
def _tell_staff(brief: Opportunity, user: User, kind: str, path: str) -> None:
    owe(
        event=f"opportunity:{brief.pk}:{brief.submitted_at:%Y-%m-%dT%H:%M:%S.%f}",
        kind=kind,
        template=f"opportunities/{kind}",
        context={"opportunity": brief, "link": settings.SITE_URL + path},
        user=user,
        organisation=brief.organisation,
    )


def _tell_people(brief: Opportunity, change: BriefChange, kind: str, path: str) -> None:
    """Owe a message to everybody who came forward and is still in."""
    for sign_up in brief.sign_ups.filter(status__in=LIVE).select_related("person"):
        owe(
            event=f"opportunity:{brief.pk}:{change.version}",
            kind=kind,
            template=f"opportunities/{kind}",
            context={
                "opportunity": brief,
                "change": change,
                "link": settings.SITE_URL + path,
            },
            organisation=brief.organisation,
            practical=practical(brief),
            **_reach(sign_up),
        )


def _writers(brief: Opportunity, actor: User | None) -> QuerySet[User]:
    """Return who wrote in the brief and still arranges its organisation's projects, but ``actor``.

    The log knows them: whoever began it, saved it, or sent it for review.
    """
    wrote = AuditEvent.objects.filter(
        verb__in=_WRITING, target_type=brief._meta.label_lower, target=str(brief.pk)
    ).exclude(actor="")
    keys = {int(key) for key in wrote.values_list("actor", flat=True).distinct()}
    still = Membership.objects.in_force_on(today()).filter(
        organisation=brief.organisation, role__in=ARRANGING_ROLES
    )
    users = User.objects.filter(pk__in=keys | {brief.created_by_id}, is_active=True)
    return users.filter(pk__in=still.values("user")).exclude(pk=actor.pk if actor else None)


def _reviewers(brief: Opportunity) -> QuerySet[User]:
    memberships = Membership.objects.in_force_on(today()).filter(
        organisation=brief.organisation, role__in=REVIEWING_ROLES
    )
    return User.objects.filter(pk__in=memberships.values("user"), is_active=True)


def brief_submitted(brief: Opportunity, actor: User | None) -> None:
    """Tell the coordinators of the organisation that a brief waits for them."""
    for user in _reviewers(brief):
        if user != actor:
            _tell_staff(brief, user, "brief_submitted", reverse(_PROJECT, args=[brief.slug]))


def brief_returned(brief: Opportunity, actor: User | None) -> None:
    """Tell those who wrote it why the brief came back."""
    for writer in _writers(brief, actor):
        _tell_staff(brief, writer, "brief_returned", reverse(_EDIT, args=[brief.slug]))


def brief_published(brief: Opportunity, actor: User | None) -> None:
    """Tell those who wrote it that everybody can read the brief now."""
    for writer in _writers(brief, actor):
        _tell_staff(brief, writer, "brief_published", brief.get_absolute_url())


def brief_changed(brief: Opportunity, change: BriefChange) -> None:
    """Tell everybody who came forward what changed, and why."""
    _tell_people(brief, change, "brief_changed", brief.get_absolute_url())


def brief_withdrawn(brief: Opportunity, change: BriefChange) -> None:
    """Tell everybody who came forward that the project will not happen, and why."""
    _tell_people(brief, change, "brief_withdrawn", reverse("opportunities:index"))


_WRITING = ("opportunity.created", "opportunity.saved", "opportunity.submitted")
_PROJECT, _EDIT = "opportunities:project", "opportunities:edit"
