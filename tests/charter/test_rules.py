"""Who may, rule by rule and role by role; each rule agrees with its twin on the queryset."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from charter import rules
from charter.models import CheckBack
from tests.factories import make_check_back, make_opportunity, make_person, make_response

CAST = (
    *("resident", "other_resident", "officer", "coordinator", "commissioner", "administrator"),
    *("other_officer", "other_coordinator"),
)
DAY = dt.timedelta(days=1)


@pytest.fixture
def cast(request):
    """Everybody by name, and somebody who is not signed in."""
    return {name: request.getfixturevalue(name) for name in CAST} | {"nobody": AnonymousUser()}


def allowed(cast, rule):
    return {name for name, user in cast.items() if rule(user)}


def test_officers_and_coordinators_keep_promises_of_their_own_projects(cast):
    project = make_opportunity()
    assert allowed(cast, lambda user: rules.can_keep_promises(user, project)) == {
        "officer",
        "coordinator",
    }


def test_the_host_s_coordinator_words_the_charter(cast):
    assert allowed(cast, rules.can_edit_charter) == {"coordinator"}


def test_only_the_person_answers_once_asked(cast):
    asked = make_check_back(person=cast["resident"].person)
    assert allowed(cast, lambda user: rules.can_answer(user, asked)) == {"resident"}
    due = make_check_back(person=cast["resident"].person, status="due", asked_on=None)
    assert allowed(cast, lambda user: rules.can_answer(user, due)) == set()
    done = make_check_back(person=cast["resident"].person, verdict="no")
    assert allowed(cast, lambda user: rules.can_answer(user, done)) == set()


def test_only_the_person_changes_an_answer_and_only_for_fourteen_days(cast):
    done = make_check_back(person=cast["resident"].person, verdict="no")
    asked = make_check_back(person=cast["resident"].person)

    def who_may(check_back, later):
        now = timezone.now() + later
        return allowed(cast, lambda user: rules.can_correct_answer(user, check_back, now))

    assert who_may(done, 13 * DAY) == {"resident"}
    assert who_may(done, 15 * DAY) == set()
    assert who_may(asked, DAY) == set()


def test_staff_type_the_answer_of_somebody_who_cannot_answer_online(cast):
    by_phone = make_person(email="", contact_by="phone")
    asked = make_check_back(person=by_phone)
    assert allowed(cast, lambda user: rules.can_enter_answer(user, asked)) == {
        "officer",
        "coordinator",
    }


@pytest.mark.parametrize(
    ("who", "status", "may"),
    [
        ("no account, e-mail", {}, True),
        ("account, phone", {}, True),
        ("account, e-mail", {}, True),
        ("no account, e-mail", {"verdict": "no"}, False),
        ("no account, e-mail", {"status": "due", "asked_on": None}, False),
        ("no account, e-mail", {"status": "unanswered"}, True),
    ],
)
def test_staff_type_for_everybody_who_was_asked_and_never_over_an_answer(
    officer, resident, who, status, may
):
    person = resident.person if who.startswith("account") else make_person()
    person.contact_by = "phone" if who.endswith("phone") else "email"
    person.save()
    asked = make_check_back(person=person, **status)
    assert rules.can_enter_answer(officer, asked) is may
    offline = CheckBack.objects.asked_offline().filter(pk=asked.pk).exists()
    assert offline is (who != "account, e-mail")


def test_a_coordinator_reads_comments_and_is_somebody_else_than_writer_and_typist(cast):
    words = {"verdict": "no", "comment": "It shuts.", "may_show_comment": True}
    by_officer = make_check_back(make_response(written_by=cast["officer"]), **words)
    by_coordinator = make_check_back(make_response(written_by=cast["coordinator"]), **words)
    typed = make_check_back(
        make_response(written_by=cast["officer"]),
        typed_by=cast["coordinator"],
        channel="phone",
        **words,
    )
    assert allowed(cast, rules.reads_comments) == {"coordinator", "other_coordinator"}
    assert allowed(cast, lambda user: rules.can_read_comment(user, by_officer)) == {"coordinator"}
    assert allowed(cast, lambda user: rules.can_read_comment(user, by_coordinator)) == set()
    assert allowed(cast, lambda user: rules.can_read_comment(user, typed)) == set()


def test_the_list_of_comments_is_the_rule_s_twin(cast):
    """Over every user and every comment that waits: in the list exactly where the rule says so."""
    words = {"verdict": "no", "comment": "It shuts.", "may_show_comment": True}
    writers = (None, cast["officer"], cast["coordinator"])
    made = [
        make_check_back(make_response(written_by=writer), typed_by=typist, **words)
        for writer in writers
        for typist in writers
    ]
    for user in cast.values():
        listed = set(CheckBack.objects.comments_for(getattr(user, "acting", None)))
        assert listed == {one for one in made if rules.can_read_comment(user, one)}
