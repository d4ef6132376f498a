"""The worker’s round: asked once, reminded once, let go; each notice is owed once."""

import datetime as dt

import pytest
from django.conf import settings as conf
from django.utils import timezone

from charter.actions import Answer, answer, ask_due_check_backs, asking, respond
from charter.lifecycle import CheckBackStatus
from charter.models import CheckBack
from people.models import AuditEvent, Notice
from tests.factories import make_check_back, make_contribution, make_person, make_response

DONE = dt.date(2026, 3, 1)
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.usefixtures("host")


@pytest.fixture(autouse=True)
def days(settings):
    settings.CHECK_BACK_DAYS = 28
    settings.CHECK_BACK_REMINDER_DAYS = 7
    settings.CHECK_BACK_GIVE_UP_DAYS = 21


def claim(*people, kind="did", **fields):
    said = make_contribution(voices=people)
    written = timezone.make_aware(dt.datetime(2026, 3, 2, 12))
    days = {"done_on": DONE} if kind == "did" else {}
    return make_response(said, kind, **{"written_at": written, **days, **fields})


def states():
    return dict(CheckBack.objects.values_list("person__name", "status"))


def letters():
    return sorted(Notice.objects.values_list("person__name", "kind"))


def test_those_who_said_it_are_asked_28_days_later(officer):
    claim(make_person("Amina"), make_person("Bob"))
    make_person("Somebody else")
    assert ask_due_check_backs(DONE + 27 * DAY) == 0
    assert states() == {}
    assert ask_due_check_backs(DONE + 28 * DAY) == 2
    assert states() == {"Amina": "asked", "Bob": "asked"}
    assert letters() == [("Amina", "check_back_asked"), ("Bob", "check_back_asked")]
    asked = CheckBack.objects.first()
    assert (asked.due_on, asked.asked_on) == (DONE + 28 * DAY, DONE + 28 * DAY)
    assert AuditEvent.objects.filter(verb="check_back.asked", actor="").count() == 2


def test_nobody_is_asked_before_the_claim_was_written():
    """It was done in March and written down in June: people are asked in June."""
    claim(make_person("Amina"), written_at=timezone.make_aware(dt.datetime(2026, 6, 1, 12)))
    assert ask_due_check_backs(dt.date(2026, 5, 31)) == 0
    assert ask_due_check_backs(dt.date(2026, 6, 1)) == 1


@pytest.mark.parametrize("kind", ["will", "cannot", "wrong"])
def test_nobody_is_asked_where_nothing_was_done(kind):
    days = {"due_on": DONE} if kind == "will" else {}
    claim(make_person("Amina"), kind=kind, **days)
    assert ask_due_check_backs(DONE + 365 * DAY) == 0


def test_a_second_round_on_the_same_day_owes_nothing_more():
    claim(make_person("Amina"))
    for moved in (1, 0, 0):
        assert ask_due_check_backs(DONE + 28 * DAY) == moved
    assert letters() == [("Amina", "check_back_asked")]


def test_one_reminder_then_nobody_answered():
    claim(make_person("Amina"))
    asked = DONE + 28 * DAY
    calendar = {
        0: "asked",
        6: "asked",
        7: "reminded",
        14: "reminded",
        20: "reminded",
        21: "unanswered",
    }
    for later, state in calendar.items():
        ask_due_check_backs(asked + later * DAY)
        assert states() == {"Amina": state}, later
    assert ask_due_check_backs(asked + 300 * DAY) == 0
    assert letters() == [("Amina", "check_back_asked"), ("Amina", "check_back_reminder")]
    assert CheckBack.objects.get().reminded_on == asked + 7 * DAY


def test_whoever_answered_is_left_in_peace(resident):
    claim(resident.person)
    asked = DONE + 28 * DAY
    ask_due_check_backs(asked)
    answer(check_back=CheckBack.objects.get(), actor=resident, said=Answer("yes"))
    for later in (7, 21):
        assert ask_due_check_backs(asked + later * DAY) == 0
    assert [kind for _name, kind in letters()] == ["check_back_asked"]


def test_somebody_who_agreed_later_is_asked_then():
    claimed = claim(make_person("Amina"))
    ask_due_check_backs(DONE + 28 * DAY)
    claimed.contribution.voices.create(person=make_person("Bob"))
    assert ask_due_check_backs(DONE + 30 * DAY) == 1
    assert states() == {"Amina": "asked", "Bob": "asked"}
    assert dict(CheckBack.objects.values_list("person__name", "asked_on")) == {
        "Amina": DONE + 28 * DAY,
        "Bob": DONE + 30 * DAY,
    }


def test_an_answer_that_was_replaced_is_not_asked_about_any_more(officer):
    claimed = claim(make_person("Amina"))
    asked = DONE + 28 * DAY
    ask_due_check_backs(asked)
    respond(
        contribution=claimed.contribution,
        actor=officer,
        kind="cannot",
        text="It broke.",
        owner_name="Tom Reid",
    )
    ask_due_check_backs(asked + 7 * DAY)
    assert states() == {"Amina": "asked"}
    ask_due_check_backs(asked + 21 * DAY)
    assert states() == {"Amina": "unanswered"}
    assert [kind for _name, kind in letters()] == ["check_back_asked", "response_given"]


def test_each_person_is_asked_by_their_own_channel(host, resident):
    """Somebody with an e-mail and no account is not sent to a page that they cannot open."""
    by_letter = make_person("Ruth", email="", contact_by="letter")
    claim(resident.person, make_person("Nora No-Account"), by_letter)
    ask_due_check_backs(DONE + 28 * DAY)
    letters = {notice.person.first_name: notice for notice in Notice.objects.all()}
    assert {name: letter.status for name, letter in letters.items()} == {
        "Amina": "owed",
        "Nora": "owed",
        "Ruth": "task",
    }
    assert letters["Ruth"].organisation == host
    link = f"/my/check-backs/{CheckBack.objects.get(person=resident.person).pk}/"
    assert [name for name, letter in letters.items() if "/my/" in letter.text] == ["Amina"]
    assert [name for name, letter in letters.items() if "/my/" in letter.html] == ["Amina"]
    assert link in letters["Amina"].text
    ring = f"Ring us on {conf.HELP_PHONE} and tell us"
    assert {name for name, letter in letters.items() if ring in letter.text} == {"Nora", "Ruth"}
    assert [name for name, letter in letters.items() if ring in letter.html] == ["Nora"]
    assert "You told the project “" in letters["Nora"].text
    for letter in letters.values():
        assert "too heavy" in letter.text
        assert "heavy" not in letter.subject


def test_a_check_back_without_its_notice_is_never_left_behind(monkeypatch):
    """Where the letter cannot be written, the question is still to be put, and is put later."""
    claim(make_person("Amina"))

    def broken(_check_back):
        raise OSError("no template")

    with monkeypatch.context() as patched:
        patched.setitem(asking._LETTERS, "ask", broken)
        with pytest.raises(OSError, match="no template"):
            ask_due_check_backs(DONE + 28 * DAY)
    assert not CheckBack.objects.exclude(status=CheckBackStatus.DUE).exists()
    assert ask_due_check_backs(DONE + 28 * DAY) == 1


def test_the_second_of_two_workers_moves_nothing():
    """Both have read the same row before either moves it."""
    asked = make_check_back(status="due", asked_on=None)
    first, second = (CheckBack.objects.get(pk=asked.pk) for _ in range(2))
    assert asking._moved(first, "ask", DONE)
    assert not asking._moved(second, "ask", DONE)
    assert Notice.objects.count() == 1
