"""What a project may see: ticked for it, one at a time, and gone when the person says so."""

import pytest

from opportunities.actions import support
from opportunities.actions.sign_ups import change
from opportunities.models import SignUpNeed
from opportunities.queries import picked_needs, shared_parts, support_of
from people import actions
from people.models import Audience, AuditEvent, Need, Profile
from tests.factories import make_need, make_opportunity, make_profile, make_sign_up


@pytest.fixture
def person(host, resident):
    make_profile(resident.person)
    return resident.person


def parts_of(row):
    row.refresh_from_db()
    return [label for label, _words in shared_parts(row)]


def audience(person, part="experience"):
    return Profile.objects.get(person=person).audience_of(part)


def change_it(row, actor, **facts):
    reach = {"why": "", "contact_by": "phone", "contact_detail": "07700 900123"}
    return change(sign_up=row, actor=actor, **(reach | {"shares": []} | facts))


def test_a_tick_opens_a_private_part_to_this_project_and_to_no_older_one(person, resident):
    """Control: without the clearing of older ticks the first project sees the part again."""
    first = make_sign_up(make_opportunity(), person, shares=["experience"])
    assert (len(parts_of(first)), audience(person)) == (1, Audience.PROJECT)
    actions.set_audiences(person=person, actor=resident, audiences={"experience": "only_me"})
    assert parts_of(first) == []
    second = make_sign_up(make_opportunity(), person, shares=["experience"])
    assert [len(parts_of(second)), parts_of(first)] == [1, []]


def test_what_is_for_coordinators_stays_so_when_it_is_ticked(person, resident):
    actions.set_audiences(person=person, actor=resident, audiences={"experience": "coordinators"})
    row = make_sign_up(make_opportunity(), person, shares=["experience"])
    assert (len(parts_of(row)), audience(person)) == (1, Audience.COORDINATORS)


def test_the_others_see_nobody_without_a_name(person):
    row = make_sign_up(make_opportunity(), person, shows=["experience", "name", "nonsense"])
    alone = make_sign_up(make_opportunity(), person, shows=["how_to_help"])
    nothing = make_sign_up(make_opportunity(), person, shows=["nonsense"])
    assert [one.shows for one in (row, alone, nothing)] == [
        ["name", "experience"],
        ["name", "how_to_help"],
        [],
    ]


def test_needs_of_mine_and_my_own_words_are_one_support(person, resident):
    """Somebody else's need that is sent along is not taken."""
    mine = make_need(person)
    with_me = make_sign_up(make_opportunity(), person)
    support.give(sign_up=with_me, actor=resident, text="A lift", needs=[mine], consent=True)
    assert (support_of(with_me).text, picked_needs(with_me)) == ("A lift", [mine])


def test_somebody_elses_need_is_never_picked(person, resident, other_resident):
    theirs = make_need(other_resident.person)
    row = make_sign_up(make_opportunity(), person)
    support.give(sign_up=row, actor=resident, text="A lift", needs=[theirs], consent=True)
    assert picked_needs(row) == []


def test_a_need_put_away_or_deleted_is_known_to_no_project_at_once(person, resident):
    need = make_need(person, audience=Audience.ONLY_ME)
    row = make_sign_up(make_opportunity(), person, needs=[need], support_consent=True)
    need.refresh_from_db()
    assert (need.audience, picked_needs(row)) == (Audience.PROJECT, [need])
    Need.objects.update(audience=Audience.ONLY_ME)
    assert (picked_needs(row), support_of(row)) == ([], None)
    later = make_sign_up(make_opportunity(), person, needs=[need], support_consent=True)
    assert [picked_needs(later), picked_needs(row)] == [[need], []]
    actions.delete_all_needs(person=person, actor=resident)
    assert (picked_needs(later), SignUpNeed.objects.count()) == ([], 0)


def test_the_others_are_told_only_what_is_for_projects(person, resident):
    shown = make_need(person, audience=Audience.PROJECT)
    held = make_need(person, value="sttr", audience=Audience.COORDINATORS)
    keys = [shown.pk, held.pk]
    row = make_sign_up(
        make_opportunity(), person, needs=[shown, held], support_consent=True, group_needs=keys
    )
    assert [one.need for one in SignUpNeed.objects.of_group()] == [shown]
    assert row.shows == ["name"]
    kept = {"needs": [shown], "consent": True, "text": "x"}
    support.give(sign_up=row, actor=resident, **kept)
    assert [one.need for one in SignUpNeed.objects.of_group()] == [shown]
    change_it(row, resident, shows=["name"])  # nothing is said of needs
    assert SignUpNeed.objects.of_group().count() == 1
    change_it(row, resident, shows=["name"], group_needs=[])
    assert list(SignUpNeed.objects.of_group()) == []


def test_the_log_says_which_parts_and_never_which_needs(person, resident):
    need = make_need(person, value="other", detail="canary-need")
    make_sign_up(
        make_opportunity(), person, shares=["experience"], needs=[need], support_consent=True
    )
    logged = str(list(AuditEvent.objects.values()))
    assert ("experience" in logged, "canary-need" in logged) == (True, False)
