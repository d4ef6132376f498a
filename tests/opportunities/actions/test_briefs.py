"""Writing briefs by their verbs: drafts, changes with reasons, and versions."""

from __future__ import annotations

import pytest

from coprod.lib.lifecycle import NotAllowed
from opportunities import actions
from opportunities.actions import EDITABLE, EditedMeanwhile, Incomplete
from opportunities.editing import value_of
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus, Status
from opportunities.models import BriefChange, Opportunity
from people.models import AuditEvent, Notice
from tests.factories import make_opportunity, make_sign_up, make_town

pytestmark = pytest.mark.usefixtures("host")


def draft(**fields) -> Opportunity:
    return make_opportunity(**({"status": Status.DRAFT, "published_at": None} | fields))


def change(brief: Opportunity, officer, version: int = 1, **fields) -> Opportunity:
    return actions.edit_published(
        opportunity=brief,
        actor=officer,
        version=version,
        fields=fields,
        what_changed="Something",
        why="Because",
    )


def last_verb() -> str:
    return AuditEvent.objects.order_by("pk").last().verb


# --- Drafts --------------------------------------------------------------------------------------
def test_create_draft_needs_only_a_title(host, officer):
    brief = actions.create_draft(organisation=host, actor=officer, title="Safer streets")
    assert (brief.slug, brief.status, brief.created_by) == ("safer-streets", Status.DRAFT, officer)
    assert last_verb() == "opportunity.created"


def test_create_draft_takes_every_part(host):
    towns = [make_town("Tipton")]
    brief = actions.create_draft(
        organisation=host, actor=None, title="Streets", what="Walk with us", towns=towns
    )
    assert (brief.what, list(brief.towns.all()), brief.created_by) == ("Walk with us", towns, None)


def test_create_draft_refuses_what_nobody_writes(host, officer):
    with pytest.raises(TypeError, match="status"):
        actions.create_draft(organisation=host, actor=officer, title="A", status="published")


@pytest.mark.parametrize(("title", "slug"), [("!!!", "project"), ("Über Straße", "uber-strae")])
def test_create_draft_finds_an_address_for_any_title(host, officer, title, slug):
    brief = actions.create_draft(organisation=host, actor=officer, title=title)
    assert brief.slug == slug


def test_create_draft_gives_each_its_own_address(host, officer):
    made = [
        actions.create_draft(organisation=host, actor=officer, title="x" * 120) for _ in range(3)
    ]
    assert len({brief.slug for brief in made}) == 3
    assert actions.create_draft(organisation=host, actor=officer, title="New").slug != "new"


def test_copy_brief_takes_the_words_and_leaves_the_life(officer):
    brief = make_opportunity(title="T" * 120, towns=[make_town("Tipton")], pays=True)
    make_sign_up(brief)
    copy = actions.copy_brief(opportunity=brief, actor=officer)
    same = [name for name in EDITABLE if value_of(copy, name) == value_of(brief, name)]
    assert set(EDITABLE) - set(same) == {"title", "closes_on", "starts_on", "ends_on"}
    assert copy.title.endswith("(copy)")
    assert (copy.status, copy.places_taken, copy.version) == (Status.DRAFT, 0, 1)


def test_save_draft_writes_and_counts_versions(officer):
    brief = draft()
    saved = actions.save_draft(
        opportunity=brief, actor=officer, version=1, fields={"what": "New", "towns": []}
    )
    assert (saved.what, saved.version, list(saved.towns.all())) == ("New", 2, [])
    assert last_verb() == "opportunity.saved"


def test_save_draft_refuses_an_old_version_and_gives_the_current_brief(officer):
    brief = draft(what="As it was")
    actions.save_draft(opportunity=brief, actor=officer, version=1, fields={"what": "Theirs"})
    with pytest.raises(EditedMeanwhile) as refused:
        actions.save_draft(opportunity=brief, actor=officer, version=1, fields={"what": "Mine"})
    assert refused.value.current.what == "Theirs"
    assert "while you were writing" in str(refused.value)
    brief.refresh_from_db()
    assert (brief.what, brief.version) == ("Theirs", 2)


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DRAFT, Status.RETURNED}))
def test_save_draft_is_for_drafts(officer, status):
    brief = make_opportunity(status=status)
    with pytest.raises(NotAllowed, match="sent for review"):
        actions.save_draft(opportunity=brief, actor=officer, version=1, fields={"what": "x"})
    brief.refresh_from_db()
    assert brief.version == 1


def test_save_draft_leaves_the_counters_alone(officer):
    """A place is given between reading and saving: the row in hand is stale."""
    brief = draft()
    Opportunity.objects.update(places_taken=2, last_waiting_number=7)
    actions.save_draft(opportunity=brief, actor=officer, version=1, fields={"what": "New"})
    brief.refresh_from_db()
    assert (brief.places_taken, brief.last_waiting_number) == (2, 7)


# --- Published -----------------------------------------------------------------------------------
def test_edit_published_keeps_what_was_there_before(officer):
    tipton, oldbury = make_town("Tipton"), make_town("Oldbury")
    brief = make_opportunity(towns=[tipton])
    day = brief.starts_on
    saved = change(
        brief, officer, towns=[oldbury], starts_on=brief.ends_on, pays=True, what=brief.what
    )
    kept = BriefChange.objects.get()
    assert kept.before == {"towns": ["Tipton"], "starts_on": day.isoformat(), "pays": False}
    assert (kept.version, saved.version, kept.changed_by) == (2, 2, officer)
    assert AuditEvent.objects.get(verb="opportunity.changed").detail == {
        "version": 2,
        "fields": ["pays", "starts_on", "towns"],
    }


def test_edit_published_refuses_an_old_version(officer):
    brief = make_opportunity()
    change(brief, officer, what="Theirs")
    with pytest.raises(EditedMeanwhile):
        change(brief, officer, what="Mine")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.COMPLETED, Status.WITHDRAWN])
def test_edit_published_is_for_what_people_read_and_is_not_over(officer, status):
    with pytest.raises(NotAllowed, match="Only a brief that people can read"):
        change(make_opportunity(status=status), officer, what="New")


@pytest.mark.parametrize(
    "fields",
    [
        {"what": " "},
        {"is_borough_wide": False},
        {"places": None},
        {"closes_on": None},
        {"is_borough_wide": False, "towns": []},
    ],
)
def test_edit_published_may_not_leave_a_gap(officer, fields):
    brief = make_opportunity()
    with pytest.raises(Incomplete):
        change(brief, officer, **fields)
    brief.refresh_from_db()
    assert (brief.version, BriefChange.objects.count()) == (1, 0)


def test_edit_published_refuses_no_difference(officer):
    brief = make_opportunity()
    with pytest.raises(NotAllowed, match="Nothing is different"):
        change(brief, officer, what=brief.what)


def test_edit_published_tells_those_who_are_in_and_nobody_else(officer, resident, other_resident):
    """The one who withdrew is there to be told by mistake."""
    brief = make_opportunity()
    make_sign_up(brief, resident.person)
    out = make_sign_up(brief, other_resident.person)
    actions.sign_ups.withdraw(sign_up=out, actor=other_resident)
    change(brief, officer, what="New")
    told = Notice.objects.filter(kind="brief_changed")
    assert [notice.person for notice in told] == [resident.person]
    assert "Because" in told[0].text
    assert brief.title not in told[0].subject


@pytest.mark.parametrize(
    ("places", "moved"),
    [({"places": 3}, 2), ({"places": 2}, 1), ({"places": None, "places_are_open": True}, 3)],
)
def test_edit_published_moves_the_waiting_list_up(officer, places, moved):
    brief = make_opportunity(places=1)
    rows = [make_sign_up(brief) for _ in range(4)]
    brief.refresh_from_db()
    saved = change(brief, officer, **places)
    for row in rows:
        row.refresh_from_db()
    assert [row.status for row in rows] == [SignUpStatus.PLACE] * (1 + moved) + [
        SignUpStatus.WAITING
    ] * (3 - moved)
    assert saved.places_taken == 1 + moved


def test_edit_published_with_fewer_places_moves_nobody(officer):
    brief = make_opportunity(places=3)
    make_sign_up(brief)
    assert change(brief, officer, places=2).places_taken == 1


def test_edit_published_from_open_to_a_number(officer):
    brief = make_opportunity(places=None)
    assert change(brief, officer, places=5, places_are_open=False).places == 5


def test_edit_published_refuses_fewer_places_than_are_taken(officer):
    brief = make_opportunity(places=2)
    make_sign_up(brief)
    make_sign_up(brief)
    with pytest.raises(NotAllowed, match="2 people have a place already"):
        change(brief, officer, places=1)


def test_edit_published_keeps_how_places_are_given_once_people_came(officer):
    brief = make_opportunity()
    assert change(brief, officer, places_given=PlacesGiven.WE_CHOOSE).places_given == "we_choose"
    make_sign_up(brief)
    with pytest.raises(NotAllowed, match="the way that places are given stays"):
        change(brief, officer, version=2, places_given=PlacesGiven.FIRST_COME)
