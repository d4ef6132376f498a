"""“What was done for me”: everything that somebody else typed for a person, theirs to read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from coprod.lib.paging import Key, page
from people.models import AuditEvent, Channel, Organisation, Role, User
from people.queries import own_person

PAGE = 25
NEWEST_FIRST = (Key("at", dt.datetime, descending=True), Key("pk", int, descending=True))
SOMETHING = _("Changed something of yours")
WORDS: dict[str, Any] = {
    "person.added": _("Wrote you down as somebody who would like to get involved"),
    "person.opened_to": _("Noted that you came forward to them"),
    "person.closed_to": _("Noted that they may no longer reach you"),
    "person.details_changed": _("Changed your name, or how we reach you"),
    "profile.changed": _("Wrote on your page"),
    "profile.picture_changed": _("Put a picture on your page"),
    "profile.picture_removed": _("Took your picture away"),
    "profile.shared": _("Shared your page"),
    "profile.unshared": _("Made your page private"),
    "profile.audiences_changed": _("Changed who may see your page"),
    "needs.added": _("Wrote down something that you need"),
    "needs.changed": _("Changed something that you need"),
    "needs.unchanged": _("Noted that your needs are as they were"),
    "needs.deleted": _("Deleted something that you need"),
    "needs.agreed": _("Noted that you agree that we keep your needs"),
    "needs.taken_back": _("Deleted your needs, as you took your yes back"),
    "relation.added": _("Wrote down who helps you"),
    "relation.ended": _("Ended somebody’s help"),
    "young.age_noted": _("Wrote down your date of birth"),
    "young.said_yes": _("Wrote down your yes"),
    "young.took_back_yes": _("Wrote down that you want to stop"),
    "agreement.asked": _("Asked a parent or guardian"),
    "agreement.given": _("Wrote down that an adult agrees"),
    "agreement.checked": _("Checked an adult’s agreement"),
    "agreement.refused": _("Wrote down that an adult does not agree"),
    "agreement.decides_alone": _("Wrote down why you may decide alone"),
    "sign_up.came_forward": _("Signed you up to a project"),
    "sign_up.changed": _("Changed what a project sees of you"),
    "sign_up.withdrawn": _("Took you out of a project"),
    "support.given": _("Wrote down what support you need for a project"),
    "support.taken_back": _("Deleted what support you need for a project"),
    "check_back.answered": _("Typed your answer: did it help?"),
    "check_back.stopped": _("Noted that we do not ask you again: did it help?"),
    "invitation.no_thanks": _("Noted that you said no thank you to an invitation"),
    "invitation.thought_again": _("Noted that you thought again about an invitation"),
}


@dataclass(frozen=True)
class Done:
    """One thing that was done for a person: what, when, how they had told us, and who did it."""

    what: Any
    at: dt.datetime
    channel: Any
    name: str
    role: Any
    organisation: str


@require_safe
def done_for_me(request: HttpRequest) -> HttpResponse:
    """List what others typed for me, newest first."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    events = AuditEvent.objects.filter(person=str(person.pk), on_behalf_of=str(person.pk))
    found = page(
        events.exclude(actor=str(request.user.pk)), NEWEST_FIRST, request.GET.get("page", ""), PAGE
    )
    context = {"page": found, "rows": done_for(found.rows)}
    return render(request, "coprod/resident/done_for_me.html", context)


def done_for(events: Iterable[AuditEvent]) -> list[Done]:
    """Return the lines of the log in words to the person."""
    listed = list(events)
    names = _names(User, {event.actor for event in listed})
    organisations = _names(Organisation, {event.organisation for event in listed})
    roles, channels = dict(Role.choices), dict(Channel.choices)
    return [
        Done(
            what=WORDS.get(event.verb, SOMETHING),
            at=event.at,
            channel=channels.get(event.channel, ""),
            name=names.get(event.actor, ""),
            role=roles.get(event.role, ""),
            organisation=organisations.get(event.organisation, ""),
        )
        for event in listed
    ]


def _names(model: type[User | Organisation], keys: set[str]) -> dict[str, str]:
    rows = model.objects.filter(pk__in=[key for key in keys if key])
    return {str(row.pk): row.name for row in rows}
