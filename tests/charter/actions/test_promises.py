"""Reviews, wording and pledges."""

import datetime as dt

import pytest

from charter.actions import PledgedMeanwhile, edit_commitment, mark_reviewed, save_pledges
from charter.models import CommitmentChange
from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from opportunities.editing import mark
from people.models import AuditEvent
from tests.factories import make_charter, make_opportunity


@pytest.fixture
def charter(host):
    return make_charter()


def test_a_review_sets_the_next_date_by_the_setting(charter, coordinator, settings):
    settings.CHARTER_REVIEW_MONTHS = 6
    day = dt.date(2026, 8, 31)
    reviewed = mark_reviewed(charter=charter, actor=coordinator, reviewed_on=day)
    assert (reviewed.reviewed_on, reviewed.review_due_on) == (day, dt.date(2027, 2, 28))
    event = AuditEvent.objects.get(verb="charter.reviewed")
    assert (event.actor, event.detail) == (str(coordinator.pk), {"was_due": "2025-06-30"})


def test_a_charter_is_overdue_the_day_after_it_was_due(charter):
    assert not charter.is_review_overdue(dt.date(2025, 6, 30))
    assert charter.is_review_overdue(dt.date(2025, 7, 1))
    assert charter.days_overdue(dt.date(2025, 6, 30)) == 0
    assert charter.days_overdue(dt.date(2025, 7, 3)) == 3


def test_the_same_review_is_not_noted_twice(charter, coordinator):
    day = dt.date(2026, 8, 31)
    mark_reviewed(charter=charter, actor=coordinator, reviewed_on=day)
    for earlier in (day, day - dt.timedelta(days=1)):
        with pytest.raises(NotAllowed):
            mark_reviewed(charter=charter, actor=coordinator, reviewed_on=earlier)
    charter.refresh_from_db()
    assert charter.reviewed_on == day


def reword(commitment, actor, **fields):
    facts = {
        "heading": "Being honest",
        "explanation": "We say it.",
        "why": "Shorter.",
        "changes_seen": commitment.changes.count(),
    }
    return edit_commitment(commitment=commitment, actor=actor, **(facts | fields))


def test_old_words_are_kept(charter, coordinator):
    honest = charter.commitments.get(slug="honest")
    before = (honest.heading, honest.explanation)
    reworded = reword(honest, coordinator)
    assert (reworded.heading, reworded.explanation) == ("Being honest", "We say it.")
    change = CommitmentChange.objects.get()
    assert (change.heading_before, change.explanation_before) == before
    assert (change.why, change.changed_by) == ("Shorter.", coordinator)
    assert AuditEvent.objects.get(verb="commitment.reworded").detail == {"slug": "honest"}


def test_the_second_of_two_editors_overwrites_nothing(charter, coordinator):
    honest = charter.commitments.get(slug="honest")
    reword(honest, coordinator, changes_seen=0)
    with pytest.raises(NotAllowed, match="Somebody else"):
        reword(honest, coordinator, heading="Mine", changes_seen=0)
    honest.refresh_from_db()
    assert honest.heading == "Being honest"


def test_the_same_words_are_no_change(charter, coordinator):
    honest = charter.commitments.get(slug="honest")
    reword(honest, coordinator, heading=honest.heading, explanation=honest.explanation)
    assert not CommitmentChange.objects.exists()


def test_pledges_are_written_changed_and_taken_back(charter, officer):
    project = make_opportunity()
    honest, inclusive, embrace = (
        charter.commitments.get(slug=slug) for slug in ("honest", "inclusive", "embrace")
    )
    save = {"opportunity": project, "actor": officer}
    assert save_pledges(**save, hows={honest: "We say no.", inclusive: "Ramps.", embrace: ""}) == [
        "honest",
        "inclusive",
    ]
    assert save_pledges(**save, hows={honest: "We say why.", inclusive: "", embrace: ""}) == [
        "honest",
        "inclusive",
    ]
    assert list(project.pledges.values_list("commitment__slug", "how")) == [
        ("honest", "We say why.")
    ]
    assert save_pledges(**save, hows={honest: "We say why."}) == []
    events = AuditEvent.objects.filter(verb="pledges.saved")
    assert events.count() == 2
    assert events.first().organisation == str(project.organisation_id)


def test_pledges_of_another_project_are_left_alone(charter, officer):
    one, other = make_opportunity(), make_opportunity()
    honest = charter.commitments.get(slug="honest")
    for project in (one, other):
        save_pledges(opportunity=project, actor=officer, hows={honest: project.title})
    save_pledges(opportunity=one, actor=officer, hows={honest: ""})
    assert other.pledges.get().how == other.title


def test_what_only_somebody_else_changed_stays(charter, officer):
    """Control: without the marks the last writer takes everything."""
    project = make_opportunity()
    honest, inclusive, _embrace = some(charter)
    save = {"opportunity": project, "actor": officer}
    began = {"honest": mark(""), "inclusive": mark("")}
    save_pledges(**save, hows={honest: "Theirs."}, began_with=began)
    assert save_pledges(**save, hows={honest: "", inclusive: "Mine."}, began_with=began) == [
        "inclusive"
    ]
    assert dict(project.pledges.values_list("commitment__slug", "how")) == {
        "honest": "Theirs.",
        "inclusive": "Mine.",
    }
    save_pledges(**save, hows={honest: "", inclusive: "Mine."})
    assert list(project.pledges.values_list("how", flat=True)) == ["Mine."]


def test_what_both_changed_is_refused_with_their_words(charter, officer):
    project = make_opportunity()
    honest, inclusive, _embrace = some(charter)
    save = {"opportunity": project, "actor": officer, "began_with": {"honest": mark("")}}
    save_pledges(**save, hows={honest: "Theirs."})
    assert save_pledges(**save, hows={honest: "Theirs."}) == []
    with pytest.raises(PledgedMeanwhile) as refused:
        save_pledges(**save, hows={honest: "Mine.", inclusive: "Mine."})
    assert refused.value.theirs == {honest: "Theirs."}
    assert list(project.pledges.values_list("how", flat=True)) == ["Theirs."]


def some(charter):
    return [charter.commitments.get(slug=slug) for slug in ("honest", "inclusive", "embrace")]


def test_a_review_that_is_still_to_come_is_not_noted(charter, coordinator):
    with pytest.raises(NotAllowed, match="Choose today or a day before today"):
        mark_reviewed(
            charter=charter, actor=coordinator, reviewed_on=today() + dt.timedelta(days=1)
        )
