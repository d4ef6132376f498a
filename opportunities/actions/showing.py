"""What a project may see of a person’s page and needs: ticked for it, one project at a time.

What was for the person alone is opened to projects by a tick, and only to this one: an older tick
elsewhere goes, so that nothing comes to light again that somebody had put away.
"""

from __future__ import annotations

from collections.abc import Iterable

from opportunities.models import NAME, SHAREABLE, SignUp, SignUpNeed
from people.actions import show_needs_to_projects, show_to_projects
from people.models import Audience, Need, User
from people.young import needs_an_adult


def known_parts(asked: Iterable[str]) -> list[str]:
    """Return those of ``asked`` that are parts of a profile, in their order."""
    wanted = set(asked)
    return [part for part in SHAREABLE if part in wanted]


def choose_parts(
    row: SignUp, *, shares: Iterable[str], shows: Iterable[str], actor: User | None, channel: str
) -> None:
    """Set what the team and the others see of the profile; the caller saves the row.

    The others see nobody without a name: who shows them anything shows the name. Under 16 the page
    stays private, whatever is ticked.
    """
    shares, shows = set(shares), set(shows)
    if (shares or shows) and needs_an_adult(row.person):
        shares = shows = set()
    row.shares = known_parts(shares)
    row.shows = [NAME, *known_parts(shows)] if shows & {NAME, *SHAREABLE} else []
    ticked = {*row.shares, *row.shows} - {NAME}
    opened = show_to_projects(person=row.person, actor=actor, parts=ticked, channel=channel)
    if not opened:
        return
    for other in SignUp.objects.filter(person=row.person_id).exclude(pk=row.pk):
        other.shares = [part for part in other.shares if part not in opened]
        other.shows = [part for part in other.shows if part not in opened]
        other.save(update_fields=["shares", "shows"])


def open_needs(row: SignUp, needs: Iterable[Need]) -> list[Need]:
    """Let this project know ``needs`` of its person; return those that are theirs."""
    asked = [need.pk for need in needs]
    opened = show_needs_to_projects(person=row.person, needs=Need.objects.filter(pk__in=asked))
    older = SignUpNeed.objects.filter(need__in=opened).exclude(support__sign_up=row)
    older.delete()
    return list(Need.objects.agreed().filter(person=row.person_id, pk__in=asked))


def tell_group(row: SignUp, keys: Iterable[int]) -> None:
    """Let the other people know those picked needs whose keys these are, and no others.

    Who tells them a need shows them the name.
    """
    picked = SignUpNeed.objects.filter(support__sign_up=row)
    picked.update(for_group=False)
    told = picked.filter(need__in=list(keys), need__audience=Audience.PROJECT)
    if told.update(for_group=True) and NAME not in row.shows:
        row.shows = [NAME, *row.shows]
        row.save(update_fields=["shows"])
