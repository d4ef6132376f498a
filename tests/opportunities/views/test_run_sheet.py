"""What to arrange: counted, and by name only for those who agreed, on record."""

import datetime as dt

import pytest
from django.urls import reverse

from coprod.lib.days import today, working_days_before
from opportunities.actions import support
from opportunities.models import Opportunity
from opportunities.run_sheet import BOOK_AHEAD, too_late_to_book
from people.models import AuditEvent, Need
from tests.factories import make_need, make_opportunity, make_person, make_sign_up

FIRST = dt.date(2027, 3, 1)


@pytest.fixture
def brief(host):
    return make_opportunity(title="Clear letters", places=2, starts_on=FIRST, ends_on=None)


def ask(brief, name, *needs, text="", **facts):
    person = make_person(name)
    row = make_sign_up(brief, person)
    kept = [make_need(person, **need) for need in needs]
    support.give(sign_up=row, actor=None, text=text, needs=kept, consent=True, **facts)
    return row


PRINT = {"subset": "format", "value": "large_print", "points": 18}


def page(brief):
    return reverse("opportunities:run_sheet", args=[brief.slug])


def flat(shown):
    return " ".join(shown.text.split())


def test_needs_are_counted_for_those_with_a_place_and_names_stay_away(client_for, officer, brief):
    """Control: the names of the two who have a place are on the list of sign-ups."""
    ask(brief, "Nadia Named", {}, PRINT, text="canary-own-words", by_name=True)
    ask(brief, "Quiet Quinn", {})
    ask(brief, "Waiting Wes", {"subset": "access", "value": "parking"})
    staff = client_for(officer)
    shown = flat(staff.get(page(brief)))
    assert "<strong>2 ×</strong> BSL interpreter" in shown
    assert "<strong>1 ×</strong> Large print, 18 pt" in shown
    assert "1 person said something in words of their own" in shown
    hidden = ("Nadia", "Quinn", "Waiting Wes", "parking", "canary-own-words")
    assert [words in shown for words in hidden] == [False] * 5
    assert not AuditEvent.objects.filter(verb="support.opened").exists()
    named = flat(staff.post(page(brief)))
    assert [words in named for words in ("Nadia Named", "canary-own-words", "Quinn")] == [
        True,
        True,
        False,
    ]
    assert AuditEvent.objects.filter(verb="support.opened").count() == 1


def test_without_needs_it_says_to_ask_again(client_for, officer, other_officer, brief):
    make_sign_up(brief, make_person())
    assert "Nobody has asked for anything yet" in client_for(officer).get(page(brief)).text
    assert "Nobody, any more." in client_for(officer).post(page(brief)).text
    assert client_for(other_officer).get(page(brief)).status_code in {403, 404}


def test_it_warns_when_there_is_too_little_time_to_book(client_for, officer, brief):
    """Fifteen working days are enough, one less is not; a day that is over warns nobody."""
    enough = working_days_before(FIRST, BOOK_AHEAD)
    near = enough + dt.timedelta(days=1)
    assert not too_late_to_book(brief, near)
    ask(brief, "Nadia", {})
    found = [too_late_to_book(brief, day) for day in (enough, near, FIRST)]
    assert found == [False, True, True]
    assert not too_late_to_book(brief, FIRST + dt.timedelta(days=1))
    Opportunity.objects.update(starts_on=today())
    assert "Book now" in client_for(officer).get(page(brief)).text
    Need.objects.update(subset="practical", value="data")
    brief.starts_on = today()
    assert not too_late_to_book(brief)
    brief.starts_on = None
    assert not too_late_to_book(brief)
