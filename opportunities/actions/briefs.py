"""Writing briefs: drafts, and changes of what everybody already reads. Its moves: ``moves.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.crypto import get_random_string
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coprod.lib.lifecycle import NotAllowed
from opportunities import notices
from opportunities.actions.sign_ups import fill_free_places
from opportunities.completeness import MissingPart, missing_parts
from opportunities.editing import plain, value_of
from opportunities.lifecycle import LIVE_BRIEF, UNFINISHED
from opportunities.models import BriefChange, Opportunity
from people.audit import record
from people.models import Organisation, User

# What a person writes. Everything else (status, counters, dates of moves) is written by verbs.
EDITABLE = (
    "title",
    "team",
    "what",
    "experience",
    "commitment",
    "when",
    "how",
    "level",
    "from_the_start",
    "decisions_shared",
    "open_to_change",
    "can_change",
    "cannot_change",
    "who_decides",
    "scope",
    "activity_types",
    "places",
    "places_are_open",
    "places_given",
    "is_rolling",
    "closes_on",
    "starts_on",
    "ends_on",
    "min_age",
    "towns",
    "is_online",
    "is_borough_wide",
    "venue",
    "access",
    "pays",
    "gives_vouchers",
    "pays_expenses",
    "reward",
    "expenses",
    "lead_name",
    "lead_phone",
    "lead_email",
    "safeguarding_name",
    "safeguarding_phone",
)
# A copy is for another time: its dates and its closing are new.
_NOT_COPIED = frozenset({"title", "towns", "is_rolling", "closes_on", "starts_on", "ends_on"})
_TITLE_LIMIT = Opportunity._meta.get_field("title").max_length or 0
_SLUG_LIMIT = 120
# Addresses that stand beside the briefs.
_RESERVED = frozenset({"new"})


class EditedMeanwhile(Exception):  # noqa: N818 -- an answer to a person, not a fault of the program
    """Somebody else saved the brief first. ``current`` is the brief as they left it."""

    def __init__(self, current: Opportunity) -> None:
        super().__init__(gettext("Somebody else changed this brief while you were writing."))
        self.current = current


class Incomplete(NotAllowed):
    """The brief still needs ``parts`` before the verb is possible."""

    def __init__(self, parts: list[MissingPart]) -> None:
        super().__init__(gettext("Some parts are missing. Fill them in, then try again."))
        self.parts = parts


@transaction.atomic
def create_draft(
    *, organisation: Organisation, actor: User | None, title: str, **fields: Any
) -> Opportunity:
    """Begin a brief of ``organisation``, and return it; only the title is needed.

    Args:
        fields: any of ``EDITABLE``; ``towns`` is a list of rows.
    """
    brief = Opportunity(organisation=organisation, created_by=actor, slug=_free_slug(title))
    towns = _put(brief, {**fields, "title": title})
    brief.save()
    brief.towns.set(towns or [])
    record(verb="opportunity.created", target=brief, actor=actor, organisation=organisation)
    return brief


@transaction.atomic
def copy_brief(*, opportunity: Opportunity, actor: User | None) -> Opportunity:
    """Begin a new draft with the words of ``opportunity``, without its dates; return it."""
    names = [name for name in EDITABLE if name not in _NOT_COPIED]
    title = gettext("%(title)s (copy)") % {"title": opportunity.title[: _TITLE_LIMIT - 20]}
    return create_draft(
        organisation=opportunity.organisation,
        actor=actor,
        title=title,
        towns=list(opportunity.towns.all()),
        **{name: getattr(opportunity, name) for name in names},
    )


@transaction.atomic
def save_draft(
    *, opportunity: Opportunity, actor: User | None, version: int, fields: Mapping[str, Any]
) -> Opportunity:
    """Save a draft, finished or not, and return it with its new version.

    Args:
        version: the one that the writer began with.
        fields: any of ``EDITABLE``.

    Raises:
        EditedMeanwhile: somebody saved another version first.
        NotAllowed: it was sent for review, published or withdrawn meanwhile.
    """
    brief = _take(opportunity, version)
    if brief.status not in UNFINISHED:
        raise NotAllowed(
            _("This brief was sent for review. It can be changed once it is returned or published.")
        )
    _store(brief, fields)
    record(
        verb="opportunity.saved",
        target=brief,
        actor=actor,
        organisation=brief.organisation,
        version=brief.version,
    )
    return brief


@transaction.atomic
def edit_published(
    *,
    opportunity: Opportunity,
    actor: User | None,
    version: int,
    fields: Mapping[str, Any],
    what_changed: str,
    why: str,
) -> Opportunity:
    """Change a brief that everybody reads, say what and why, and tell those who came forward.

    More places: those who wait move up. Returns the brief with its new version.

    Args:
        version: the one that the writer began with.
        fields: any of ``EDITABLE``.
        what_changed: and ``why``: in words, shown on the brief's page.

    Raises:
        EditedMeanwhile: somebody saved another version first.
        Incomplete: a part would be missing after the change.
        NotAllowed: not published; nothing differs; fewer places than are taken.
    """
    brief = _take(opportunity, version)
    if brief.status not in LIVE_BRIEF:
        raise NotAllowed(_("Only a brief that people can read is changed this way."))
    _refuse_breaking_promises(brief, fields)
    before = _differences(brief, fields)
    if not before:
        raise NotAllowed(_("Nothing is different yet. Change the brief, then save."))
    more_places = _gives_more_places(brief, fields)
    _store(brief, fields, whole=True)
    words = {"what_changed": what_changed, "why": why}
    notices.brief_changed(brief, _keep_change(brief, actor, before, words))
    if more_places:
        fill_free_places(opportunity=brief, actor=actor)
    brief.refresh_from_db(fields=["places_taken"])
    return brief


def _keep_change(
    brief: Opportunity, actor: User | None, before: dict[str, Any], words: Mapping[str, str]
) -> BriefChange:
    record(
        verb="opportunity.changed",
        target=brief,
        actor=actor,
        organisation=brief.organisation,
        version=brief.version,
        fields=sorted(before),
    )
    return BriefChange.objects.create(
        opportunity=brief, version=brief.version, before=before, changed_by=actor, **words
    )


def _take(opportunity: Opportunity, version: int) -> Opportunity:
    """Claim the next version in one statement, which also holds the row to the end."""
    rows = Opportunity.objects.filter(pk=opportunity.pk)
    taken = rows.filter(version=version).update(version=F("version") + 1)
    current = rows.select_related("organisation", "team").get()
    if not taken:
        raise EditedMeanwhile(current)
    return current


def _put(brief: Opportunity, fields: Mapping[str, Any]) -> Iterable[Any] | None:
    """Set plain fields on the row, and return the towns, which are set after saving."""
    if unknown := set(fields) - set(EDITABLE):
        raise TypeError(f"a brief has no {', '.join(sorted(unknown))} to write")
    for name, value in fields.items():
        if name != "towns":
            setattr(brief, name, value)
    return fields.get("towns")


def _store(brief: Opportunity, fields: Mapping[str, Any], *, whole: bool = False) -> None:
    """Write the fields; ``whole``: no part may be missing then."""
    towns = _put(brief, fields)
    if towns is not None:
        brief.towns.set(towns)
    if whole and (parts := missing_parts(brief)):
        raise Incomplete(parts)
    # Named, so that the counters, moved by others at the same time, are left alone.
    brief.save(update_fields=[*(name for name in fields if name != "towns"), "updated_at"])


def _differences(brief: Opportunity, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the old values, fit for JSON, of the fields that would change."""
    old = {name: plain(value_of(brief, name)) for name in fields}
    return {name: old[name] for name in fields if old[name] != plain(fields[name])}


def _refuse_breaking_promises(brief: Opportunity, fields: Mapping[str, Any]) -> None:
    places = fields.get("places", brief.places)
    if places is not None and places < brief.places_taken:
        raise NotAllowed(
            gettext("%(taken)s people have a place already. Enter that number or more.")
            % {"taken": brief.places_taken}
        )
    given = fields.get("places_given", brief.places_given)
    if given != brief.places_given and brief.sign_ups.exists():
        raise NotAllowed(
            _("People have come forward already, so the way that places are given stays.")
        )


def _gives_more_places(brief: Opportunity, fields: Mapping[str, Any]) -> bool:
    if brief.places is None:
        return False
    places = fields.get("places", brief.places)
    return places is None or places > brief.places


def _free_slug(title: str) -> str:
    """Return the web name of a title; a second one of the same title gets four letters more."""
    base = slugify(title)[:_SLUG_LIMIT].strip("-") or "project"
    slug = base
    while slug in _RESERVED or Opportunity.objects.filter(slug=slug).exists():
        slug = f"{base}-{get_random_string(4, 'abcdefghjkmnpqrstuvwxyz23456789')}"
    return slug
