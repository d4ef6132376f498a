"""Who may see which part of a one-page profile: the person says, and it holds with the next click.

Each part is for the person alone, for the coordinators of those they came forward to, or for the
people of the projects for which they tick it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed
from people.audit import record
from people.models import Audience, Channel, Person, Profile, User
from people.rules import is_own_page
from people.young import needs_an_adult

from .pictures import locked_profile

UNDER_16 = _("People under 16 keep their page to themselves. It stays private.")


@transaction.atomic
def set_audiences(
    *,
    person: Person,
    actor: User | None,
    audiences: Mapping[str, str],
    channel: str = Channel.ONLINE,
) -> Profile:
    """Say who may see which part; parts that ``audiences`` does not name stay as they are.

    Args:
        audiences: {one of Profile.PARTS: Audience}.

    Raises:
        ValueError: there is no such part, or no such audience.
        NotAllowed: it opens a part, and the person is under 16.
    """
    profile = locked_profile(person)
    wanted = {part: profile.audience_of(part) for part in Profile.PARTS}
    for part, audience in audiences.items():
        if part not in wanted:
            raise ValueError(part)
        wanted[part] = Audience(audience)
    changed = [part for part in Profile.PARTS if wanted[part] != profile.audience_of(part)]
    if not changed:
        return profile
    opens = any(wanted[part] != Audience.ONLY_ME for part in changed)
    if opens and needs_an_adult(person):
        raise NotAllowed(UNDER_16)
    was_shared = profile.is_shared
    profile.audiences = {part: audience.value for part, audience in wanted.items()}
    shared = Audience.COORDINATORS in wanted.values()
    profile.shared_at = (profile.shared_at or timezone.now()) if shared else None
    profile.save(update_fields=["audiences", "shared_at", "updated_at"])
    record(
        verb=_verb(was_shared=was_shared, shared=shared),
        target=profile,
        actor=actor,
        person=person,
        on_behalf_of=None if actor is None or is_own_page(actor, person) else person,
        channel=channel,
        **_chosen(wanted, changed),
    )
    return profile


def _chosen(wanted: Mapping[str, Audience], changed: Iterable[str]) -> dict[str, Any]:
    return {part: wanted[part].value for part in changed}


@transaction.atomic
def show_to_projects(
    *, person: Person, actor: User | None, parts: Iterable[str], channel: str = Channel.ONLINE
) -> frozenset[str]:
    """Let projects see ``parts`` that were for the person alone; return which those were.

    For the rooms above, where somebody ticks a part for a project: they see to it that no other
    project sees it for an older tick.
    """
    wanted = frozenset(parts)
    if not wanted:
        return wanted
    profile = locked_profile(person)
    opened = wanted & profile.parts_for(Audience.ONLY_ME)
    if opened:
        to_projects = dict.fromkeys(opened, Audience.PROJECT)
        set_audiences(person=person, actor=actor, audiences=to_projects, channel=channel)
    return opened


def _verb(*, was_shared: bool, shared: bool) -> str:
    if was_shared == shared:
        return "profile.audiences_changed"
    return "profile.shared" if shared else "profile.unshared"


def share_profile(*, person: Person, actor: User | None, channel: str = Channel.ONLINE) -> Profile:
    """Let coordinators of those whom the person came forward to read all of it."""
    everything = dict.fromkeys(Profile.PARTS, Audience.COORDINATORS)
    return set_audiences(person=person, actor=actor, audiences=everything, channel=channel)


def stop_sharing_profile(
    *, person: Person, actor: User | None, channel: str = Channel.ONLINE
) -> Profile:
    """Make all of it private again, in every project too, with the next click of who reads it."""
    nothing = dict.fromkeys(Profile.PARTS, Audience.ONLY_ME)
    return set_audiences(person=person, actor=actor, audiences=nothing, channel=channel)
