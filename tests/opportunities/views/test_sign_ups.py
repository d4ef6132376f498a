"""Staff and the people who came forward to their projects."""

import json

import pytest
from django.urls import reverse

from coprod.lib.days import today
from opportunities.actions.decisions import choose, decline
from opportunities.actions.sign_ups import withdraw
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import SignUpStatus as U
from opportunities.models import Opportunity, ProjectMessage, SignUp
from people.models import AuditEvent, Channel, ContactBy, Notice
from tests.factories import make_opportunity, make_person, make_profile, make_sign_up

SECRET = "I cannot hear well on my left"


@pytest.fixture
def brief(host):
    return make_opportunity(title="Clear letters", places=1)


@pytest.fixture
def choosing(host):
    return make_opportunity(places=1, places_given=PlacesGiven.WE_CHOOSE)


@pytest.fixture
def signed_in(client_for, officer):
    return client_for(officer)


@pytest.fixture
def row(brief, resident):
    make_profile(resident.person)
    return make_sign_up(
        brief,
        resident.person,
        why="Because",
        support_text=SECRET,
        support_consent=True,
        contact_by=ContactBy.PHONE,
        contact_detail="07700 900111",
    )


def address(name, of, *more):
    return reverse(f"opportunities:{name}", args=[of.slug, *more])


def of(name, row):
    return address(name, row.opportunity, row.pk)


def text(response):
    return response.content.decode()


PAGES = ("sign_ups", "print_sign_ups", "export_sign_ups", "message", "add_sign_up", "took_part")
PERSON_PAGES = ("show_sign_up", "support", "choose", "decline", "withdraw_for")


@pytest.mark.parametrize("name", [*PAGES, *PERSON_PAGES])
def test_who_may_open_which_page(name, row, request, client_for):
    """The other organisation’s officer has the same role: only the organisation differs."""
    args = [row.pk] if name in PERSON_PAGES else []
    page = address(name, row.opportunity, *args)
    answers = {
        who: client_for(request.getfixturevalue(who)).get(page).status_code
        for who in (
            "officer",
            "coordinator",
            "commissioner",
            "administrator",
            "other_officer",
            "resident",
            "stranger",
        )
    }
    assert answers == {
        "officer": 200,
        "coordinator": 200,
        "commissioner": 403,
        "administrator": 403,
        "other_officer": 403,
        "resident": 403,
        "stranger": 403,
    }


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_a_sign_up_to_another_brief_is_not_found_here(name, row, host, signed_in):
    elsewhere = make_opportunity()
    assert signed_in.get(address(name, elsewhere, row.pk)).status_code == 404


def test_a_draft_of_another_organisation_is_not_found(trust, signed_in):
    draft = make_opportunity(trust, status="draft")
    assert signed_in.get(address("sign_ups", draft)).status_code == 404


# --- The list ------------------------------------------------------------------------------------
def test_sign_ups_begins_with_what_to_do(signed_in, brief):
    shown = text(signed_in.get(address("sign_ups", brief)))
    assert "Nobody has come forward yet" in shown
    assert "Print the paper form" in shown


@pytest.mark.parametrize("number", [1, 3])
def test_sign_ups_asks_the_same_questions_for_one_and_for_three(
    signed_in, brief, django_assert_num_queries, number
):
    for _ in range(number):
        make_sign_up(brief)
    with django_assert_num_queries(9):
        shown = text(signed_in.get(address("sign_ups", brief)))
    assert shown.count("Came forward:") == number


def test_sign_ups_counts_and_shows_by_status(signed_in, brief):
    names = ("Ann", "Bob", "Cy", "Di Withdrawn")
    rows = [make_sign_up(brief, make_person(name)) for name in names]
    withdraw(sign_up=rows[3], actor=None)
    shown = signed_in.get(address("sign_ups", brief))
    assert [(tab["label"], tab["number"]) for tab in shown.context["tabs"]] == [
        ("Everybody still in", 3),
        ("Has a place", 1),
        ("On the waiting list", 2),
        ("Withdrawn", 1),
    ]
    assert "Di Withdrawn" not in text(shown)
    waiting = signed_in.get(address("sign_ups", brief) + "?status=waiting")
    assert [one.person.name for one in waiting.context["page"].rows] == ["Bob", "Cy"]
    assert "Waiting list: number 2" in text(waiting)
    assert "Di Withdrawn" in text(signed_in.get(address("sign_ups", brief) + "?status=withdrawn"))


def test_sign_ups_searches_and_helps_where_nobody_fits(signed_in, brief):
    for name in ("Ann Cole", "Bob Dee"):
        make_sign_up(brief, make_person(name))
    found = signed_in.get(address("sign_ups", brief) + "?q=dee")
    assert [one.person.name for one in found.context["page"].rows] == ["Bob Dee"]
    assert "Nobody here fits this" in text(signed_in.get(address("sign_ups", brief) + "?q=zzz"))


def test_sign_ups_has_pages_in_order(signed_in, brief, monkeypatch):
    monkeypatch.setattr("opportunities.views.sign_ups.PAGE_SIZE", 1)
    for name in ("Ann", "Bob", "Cy"):
        make_sign_up(brief, make_person(name))
    first = signed_in.get(address("sign_ups", brief) + "?status=waiting")
    assert [one.person.name for one in first.context["page"].rows] == ["Bob"]
    following = first.context["page"].following
    second = signed_in.get(address("sign_ups", brief) + f"?status=waiting&page={following}")
    assert [one.person.name for one in second.context["page"].rows] == ["Cy"]


@pytest.mark.parametrize("name", ["sign_ups", "print_sign_ups", "export_sign_ups"])
def test_lists_never_say_what_support_somebody_needs(name, signed_in, row):
    """Proved by the page of support, which says it; the name shows that the person is there."""
    page = text(signed_in.get(address(name, row.opportunity)))
    assert "Amina Resident" in page
    assert SECRET not in page
    assert SECRET in text(signed_in.post(of("support", row)))


def test_free_places_are_offered_to_those_who_wait(signed_in, brief):
    for name in ("Ann", "Bob"):
        make_sign_up(brief, make_person(name))
    Opportunity.objects.filter(pk=brief.pk).update(places=2)
    assert "Places are free while people wait" in text(signed_in.get(address("sign_ups", brief)))
    shown = text(signed_in.post(address("fill_places", brief), follow=True))
    assert "1 person moved up." in shown
    assert "Places are free while people wait" not in shown
    assert list(brief.sign_ups.values_list("status", flat=True)) == [U.PLACE, U.PLACE]


# --- Paper and spreadsheet -----------------------------------------------------------------------
def test_print_sign_ups_has_places_first_then_the_list_in_order(signed_in, brief):
    rows = [make_sign_up(brief, make_person(name)) for name in ("Ann", "Bob", "Cy")]
    withdraw(sign_up=rows[0], actor=None)
    make_sign_up(brief, rows[0].person)
    shown = signed_in.get(address("print_sign_ups", brief))
    assert [one.person.name for one in shown.context["rows"]] == ["Bob", "Cy", "Ann"]
    assert "Waiting list: number 2" in text(shown)
    event = AuditEvent.objects.get(verb="sign_ups.printed")
    assert event.detail == {"people": 3}


def test_export_sign_ups_opens_safely(signed_in, brief, officer):
    evil = make_person('=HYPERLINK("http://evil")')
    make_sign_up(brief, evil, contact_by=ContactBy.PHONE, contact_detail="+44 7700 900111")
    make_sign_up(brief, make_person("Siobhán O’Neil"))
    answer = signed_in.get(address("export_sign_ups", brief))
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    name = f"{brief.slug}-people-{today().isoformat()}.csv"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    lines = answer.content.decode("utf-8-sig").split("\r\n")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert lines[0].startswith("Name,Where they stand")
    assert lines[1].startswith('"\'=HYPERLINK(""http://evil"")",Has a place,,')
    assert lines[1].endswith(",Online,Phone call,'+44 7700 900111")
    assert lines[2].startswith("Siobhán O’Neil,On the waiting list,1,")
    assert lines[3:] == [""]
    event = AuditEvent.objects.get(verb="sign_ups.exported")
    assert (event.actor, event.detail) == (str(officer.pk), {"people": 2})


# --- One person ----------------------------------------------------------------------------------
def test_show_sign_up_shows_only_what_is_shared_and_is_recorded(signed_in, row, resident):
    shown = text(signed_in.get(of("show_sign_up", row)))
    assert "What Amina Resident brings" in shown
    assert "How to help Amina Resident" not in shown
    assert "Because" in shown
    assert SECRET not in shown
    event = AuditEvent.objects.get(verb="sign_up.opened")
    assert (event.person, event.target, event.role) == (
        str(resident.person.pk),
        str(row.pk),
        "officer",
    )


def test_show_sign_up_tells_the_person(signed_in, row, resident, client_for):
    signed_in.get(of("show_sign_up", row))
    own = client_for(resident).get(reverse("opportunities:my_sign_up", args=[row.pk]))
    everything = client_for(resident).get(reverse("people:openings"))
    for page in (own, everything):
        shown = " ".join(text(page).split())
        assert "Dev Officer" in shown
        assert "Officer, Example Council." in shown
        assert "Opened what you shared with a project." in shown


def test_show_sign_up_of_somebody_who_left_shows_nothing_shared(signed_in, row):
    """Proved by the page before, which shows all of it."""
    words = ("What Amina Resident brings", "Because", "07700 900111")
    before = text(signed_in.get(of("show_sign_up", row)))
    withdraw(sign_up=row, actor=None)
    after = text(signed_in.get(of("show_sign_up", row)))
    assert [word in before for word in words] == [True] * 3
    assert [word in after for word in words] == [False] * 3


def test_show_sign_up_without_anything_shared_says_so(signed_in, brief):
    row = make_sign_up(brief, make_person("Ann"), channel=Channel.PAPER)
    shown = text(signed_in.get(of("show_sign_up", row)))
    assert "Ann shares nothing of the profile" in shown
    assert "They asked for none" in shown


def test_support_is_read_by_a_button_and_every_reading_counts(signed_in, row):
    before = text(signed_in.get(of("support", row)))
    assert SECRET not in before
    assert AuditEvent.objects.filter(verb="support.opened").count() == 0
    for _ in range(2):
        assert SECRET in text(signed_in.post(of("support", row)))
    assert AuditEvent.objects.filter(verb="support.opened").count() == 2


def test_support_that_was_taken_back_is_gone(signed_in, row):
    withdraw(sign_up=row, actor=None)
    assert "they took it back" in text(signed_in.post(of("support", row)))


def test_support_is_closed_to_other_roles(row, commissioner, other_officer, client_for):
    answers = [
        client_for(who).post(of("support", row)).status_code
        for who in (commissioner, other_officer)
    ]
    assert answers == [403, 403]


# --- Answers -------------------------------------------------------------------------------------
def test_choose_gives_the_place(signed_in, choosing):
    row = make_sign_up(choosing, make_person("Ann"))
    assert "1 of 1 places are left" in text(signed_in.get(of("choose", row)))
    shown = text(signed_in.post(of("choose", row), {"answer": "Welcome"}, follow=True))
    assert "Ann has a place, and is told." in shown
    assert "Welcome" in shown
    row.refresh_from_db()
    assert row.status == U.CHOSEN


def test_choose_one_too_many_says_why_not(signed_in, choosing, officer):
    rows = [make_sign_up(choosing) for _ in range(2)]
    choose(sign_up=rows[0], actor=officer)
    shown = text(signed_in.post(of("choose", rows[1]), {}, follow=True))
    assert "All places are taken" in shown


def test_decline_asks_for_a_reason_and_begins_with_a_kind_answer(signed_in, choosing):
    row = make_sign_up(choosing, make_person("Ann"))
    assert "Thank you for coming forward" in text(signed_in.get(of("decline", row)))
    assert "Write down the reason" in text(signed_in.post(of("decline", row), {"answer": "Sorry"}))
    facts = {"reason": "Lives elsewhere", "answer": "Sorry"}
    shown = text(signed_in.post(of("decline", row), facts, follow=True))
    assert "Ann has your answer." in shown
    assert "Lives elsewhere" in shown
    row.refresh_from_db()
    assert row.status == U.NOT_THIS_TIME


def test_undo_decision_before_the_start_only(signed_in, choosing, officer):
    row = make_sign_up(choosing)
    decline(sign_up=row, actor=officer, reason="r", answer="a")
    assert "Take this answer back" in text(signed_in.get(of("show_sign_up", row)))
    signed_in.post(of("undo_decision", row))
    row.refresh_from_db()
    assert row.status == U.HEARD
    choose(sign_up=row, actor=officer)
    Opportunity.objects.filter(pk=choosing.pk).update(starts_on=today())
    assert "Take this answer back" not in text(signed_in.get(of("show_sign_up", row)))
    assert "can no longer be taken back" in text(
        signed_in.post(of("undo_decision", row), follow=True)
    )


def test_withdraw_for_somebody_who_rang_keeps_how(signed_in, row, officer):
    assert "Choose how they told you" in text(signed_in.post(of("withdraw_for", row), {}))
    signed_in.post(of("withdraw_for", row), {"channel": "phone"})
    row.refresh_from_db()
    event = AuditEvent.objects.get(verb="sign_up.withdrawn")
    assert row.status == U.WITHDRAWN
    assert (event.actor, event.on_behalf_of, event.channel) == (
        str(officer.pk),
        str(row.person.pk),
        "phone",
    )


# --- A message -----------------------------------------------------------------------------------
@pytest.fixture
def words():
    return {"statuses": ["place"], "subject": "Bring a cup", "body": "We make tea.", "token": "t1"}


def test_message_is_shown_with_its_numbers_before_it_goes(signed_in, brief, words):
    make_sign_up(brief, make_person(email="", contact_by=ContactBy.LETTER))
    make_sign_up(brief)
    assert "Has a place (1)" in text(signed_in.get(address("message", brief)))
    shown = text(signed_in.post(address("message", brief), words))
    assert "Send this to 1 person?" in shown
    assert "1 of them gets no e-mail" in shown
    assert "We make tea." in shown
    assert ProjectMessage.objects.count() == 0
    again = text(signed_in.post(address("message", brief), words | {"do": "change"}))
    assert "See it before it goes" in again
    assert "We make tea." in again


def test_message_goes_once_however_often_it_is_sent(signed_in, brief, words, officer):
    make_sign_up(brief)
    for _ in range(2):
        shown = signed_in.post(address("message", brief), words | {"do": "send"}, follow=True)
    assert "Your message goes to 1 person." in text(shown)
    sent = ProjectMessage.objects.get()
    assert (sent.subject, sent.sent_by) == ("Bring a cup", officer)
    assert Notice.objects.filter(kind="project_message").count() == 1


def test_message_needs_words_and_people(signed_in, brief, words):
    make_sign_up(brief)
    shown = text(signed_in.post(address("message", brief), {"token": "t"}))
    for message in ("Choose who gets it", "Write what it is about", "Write your message"):
        assert message in shown


def test_message_to_people_who_left_meanwhile_says_so(signed_in, brief, words):
    """The form was shown while somebody had a place; the status still has a name."""
    row = make_sign_up(brief)
    make_sign_up(brief)
    page = address("message", brief)
    signed_in.post(page, words)
    withdraw(sign_up=row, actor=None)
    withdraw(sign_up=SignUp.objects.get(status=U.PLACE), actor=None)
    assert "Select a valid choice" in text(signed_in.post(page, words | {"do": "send"}))


def test_nothing_private_is_in_the_log(signed_in, row, words):
    """Proved by the name of the detail that is there."""
    signed_in.get(of("show_sign_up", row))
    signed_in.post(of("support", row))
    signed_in.post(address("message", row.opportunity), words | {"do": "send"})
    logged = json.dumps(list(AuditEvent.objects.values("detail", "verb", "target")))
    assert "support.opened" in logged
    for private in (SECRET, "Amina", "07700", "We make tea"):
        assert private not in logged
