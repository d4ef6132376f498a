"""A form counts once, however often it is sent: every form of the portal, twice in a row.

Control: with the claim of the token switched off, the forms that have nothing else to protect them
count twice (``COUNTS_TWICE_WITHOUT``). Ten at once stand in ``test_once_at_once``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coprod import once
from coprod.lib import once as tokens
from coprod.models import SentForm
from opportunities.models import Opportunity
from people.models import User
from tests.coprod.every_form import CASES, Case, build
from tests.coprod.stored_rows import StoredRows
from tests.factories import make_opportunity
from tests.house.doors.addresses import Door, doors
from tests.html_forms import Data, HtmlForm, form_to

# What stands in an address for its arguments; "none" for all others.
NOBODY = "00000000-0000-4000-8000-000000000000"
SAMPLES = {"pk": 999_999, "number": 999_999, "uuid": NOBODY, "other": NOBODY}
# Addresses that take no POST of their own: pages to read, and forms that search by GET.
READ_ONLY = {
    "home", "my", "staff_home", "demo", "contact", "how_it_works", "glossary", "privacy",
    "accessibility", "concern", "healthz", "readyz", "sitemap", "robots_txt", "security_txt",
    "favicon", "change_password",
    "opportunities:index", "opportunities:detail", "opportunities:manage", "opportunities:project",
    "opportunities:feed", "opportunities:calendar", "opportunities:calendar_feed",
    "opportunities:find_sign_ups", "opportunities:my_invitations", "opportunities:invitations",
    "people:find_people",
    "opportunities:preview", "opportunities:paper_form", "opportunities:my_sign_ups",
    "opportunities:my_sign_up", "opportunities:came_forward", "opportunities:equality",
    "opportunities:sign_ups", "opportunities:print_sign_ups", "opportunities:export_sign_ups",
    "opportunities:add_sign_up", "opportunities:show_sign_up",
    "people:picture", "people:profile", "people:people_list", "people:show_person", "people:tasks",
    "people:task_letter", "people:staff_list",
    "charter:charter", "charter:you_said_we_did", "charter:check_back_thanks", "charter:feedback",
    "charter:comments",
    "reporting:who_has_been_involved", "reporting:who_has_been_involved_csv",
    "by_mark", "public_sheet", "public_sheets", "sheet_for", "staff_sheet", "staff_sheets",
    "charter:check_back_sheet", "opportunities:companions", "opportunities:merge_find",
    "opportunities:sign_up_for", "people:complaint_sent", "people:data_requests",
    "people:download_copy", "people:erased", "people:import_show", "people:import_wrong_rows",
    "people:imports", "people:my_needs", "people:my_page", "people:openings", "people:person_word",
    "people:profile_word", "people:to_welcome", "people:unconfirmed",
    "people:groups", "people:labels",
    "done_for_me", "help_choose", "helped_person", "people_i_help", "people:agreements",
    "people:my_helpers", "people:person_helpers", "people:young_person",
}  # fmt: skip
# Signing in: nobody is known yet who could be held to a token.
SIGNS_IN = {"demo_sign_in"}
# Pressed by mail programs, without a form; the second time changes nothing.
BY_MAIL = {"charter:stop_asking_by_letter", "opportunities:no_thanks_by_letter"}
# They keep count for themselves: signing in with all that belongs to it, and the administration.
APART = ("account_", "mfa_", "usersessions_", "admin:")
# Shows what it was asked for; each showing is a reading, and each reading is kept.
SHOWS = {
    "opportunities:run_sheet", "opportunities:support", "people:needs_of", "people:type_copy",
}  # fmt: skip
# Whoever sends it a second time is nobody any more, and is led to where one signs in.
ENDS_THE_ACCOUNT = {"people:delete_me"}
# Changes nothing of the portal's: the choice of a day, or of a role for this visit.
ONLY_LEADS = {"opportunities:took_part_day", "people:choose_organisation"}
COUNTS_TWICE_WITHOUT = {
    "charter:add_contribution", "charter:check_back", "charter:correct_contribution",
    "charter:respond", "charter:stop_asking",
    "opportunities:add_newcomer", "opportunities:change_sign_up", "opportunities:change_support",
    "opportunities:copy_brief", "opportunities:new", "opportunities:turned_up",
    "people:invite_staff", "people:profile_edit",
}  # fmt: skip


@pytest.fixture
def world(request, host, trust) -> SimpleNamespace:
    names = "resident other_resident officer coordinator commissioner administrator"
    return build(host, trust, **{one: request.getfixturevalue(one) for one in names.split()})


def opened(client: Client, case: Case) -> HtmlForm:
    """Open the page of a form, and return it as it stands there."""
    page = client.get(case.page)
    assert page.status_code == 200, (case.page, page.status_code, page.get("Location"))
    form = form_to(page.content, case.page, case.to)
    assert form.data.get(tokens.FIELD), f"{case.page} draws a form without its token"
    return form


def filled_in(form: HtmlForm, case: Case) -> Data:
    """Fill the form in."""
    return form.data | {
        name: value if isinstance(value, list) else [str(value)]
        for name, value in case.typed.items()
    }


@pytest.fixture
def everything(world) -> Iterator[StoredRows]:
    """``everything()`` returns every row of the portal, but for tokens and sessions."""
    with StoredRows().listening() as rows:
        yield rows


def send_twice(case: Case, everything: StoredRows) -> tuple[bool, bool, list[str]]:
    """Return whether the first sending changed anything, whether the second did, and where to."""
    client = Client()
    client.force_login(case.user)
    data = filled_in(opened(client, case), case)
    before = everything()
    first = client.post(case.to, data)
    between = everything()
    for file in (one for value in data.values() for one in value if hasattr(one, "seek")):
        file.seek(0)  # as a browser sends it: whole, each time
    second = client.post(case.to, data)
    places = [one.get("Location", str(one.status_code)) for one in (first, second)]
    return before != between, between != everything(), places


def sent_twice(
    world: SimpleNamespace, everything: StoredRows, names: Iterable[str]
) -> dict[str, tuple[bool, bool, list[str]]]:
    """Send these forms twice, each in a world as it was."""
    found = {}
    for name in names:
        with transaction.atomic():
            found[name] = send_twice(CASES[name](world), everything)
            transaction.set_rollback(True)
    return found


def sample(door: Door) -> str:
    return reverse(door.name, kwargs={one: SAMPLES.get(one, "none") for one in door.arguments})


def is_apart(door: Door) -> bool:
    return door.name.startswith(APART) or sample(door).startswith(once.APART)


def test_every_address_that_takes_post_has_its_line():
    known = CASES.keys() | READ_ONLY | SIGNS_IN | BY_MAIL
    names = {door.name for door in doors() if not is_apart(door)}
    assert names - known == set(), "add it to CASES in every_form.py, or to READ_ONLY"
    assert known - names == set(), "it is gone: take its line away"


def test_what_is_read_only_writes_nothing_on_post(world, everything, client_for):
    """Pages that answer POST as they answer GET are harmless only while they write nothing.

    Control: a row that is written is seen.
    """
    clients = [client_for(world.officer), client_for(world.other_resident)]
    before = everything()
    read_only = [door for door in doors() if door.name in READ_ONLY]
    codes = {client.post(sample(one)).status_code for one in read_only for client in clients}
    assert codes <= {200, 302, 403, 404, 405}
    assert before == everything()
    Opportunity.objects.filter(pk=world.draft.pk).update(title="Another title")
    assert before != everything()


def test_every_form_sent_twice_counts_once(world, everything):
    """Control: the next test."""
    found = sent_twice(world, everything, CASES)
    did_nothing = {name for name, (first, _second, _to) in found.items() if not first}
    assert did_nothing == ONLY_LEADS
    assert {name for name, (_first, second, _to) in found.items() if second} == SHOWS
    elsewhere = {name: to for name, (_f, _s, to) in found.items() if to[0] != to[1]}
    assert set(elsewhere) == ENDS_THE_ACCOUNT
    refused = {n: to for n, (_f, _s, to) in found.items() if n not in SHOWS and to[0] == "200"}
    assert refused == {}


def test_control_without_the_claim_forms_count_twice(world, everything, monkeypatch):
    monkeypatch.setattr(once, "key_of", lambda _request: "")
    found = sent_twice(world, everything, COUNTS_TWICE_WITHOUT)
    assert {name for name, (_f, second, _to) in found.items() if second} == COUNTS_TWICE_WITHOUT


# --- One form, more closely ------------------------------------------------------------------
NEW_BRIEF = "/staff/opportunities/new/"


@pytest.fixture
def signed_in(client_for, officer) -> Client:
    return client_for(officer)


def new_brief(client: Client, title: str = "Clear letters") -> Data:
    """Open the page to begin a brief, and fill it in."""
    form = form_to(client.get(NEW_BRIEF).content, NEW_BRIEF, NEW_BRIEF)
    return form.data | {"title": [title]}


def test_the_second_sending_leads_to_the_same_place_and_says_so(signed_in):
    data = new_brief(signed_in)
    first = signed_in.post(NEW_BRIEF, data)
    second = signed_in.post(NEW_BRIEF, data)
    assert first["Location"] == second["Location"]
    said = [str(one) for one in signed_in.get(first["Location"]).context["messages"]]
    assert len(said) == 1
    assert said[0].startswith("Saved. ")
    signed_in.post(NEW_BRIEF, data)
    said = [str(one) for one in signed_in.get(first["Location"]).context["messages"]]
    assert said == ["We had this from you already. It counts once."]
    assert Opportunity.objects.count() == 1


def test_a_form_that_came_back_keeps_its_token_and_can_be_sent(signed_in):
    data = new_brief(signed_in)
    refused = signed_in.post(NEW_BRIEF, data | {"title": [""]})
    again = form_to(refused.content, NEW_BRIEF, NEW_BRIEF).data
    assert again[tokens.FIELD] == data[tokens.FIELD]
    assert SentForm.objects.count() == 0
    assert signed_in.post(NEW_BRIEF, data).status_code == 302
    assert Opportunity.objects.count() == SentForm.objects.count() == 1


def test_without_a_token_or_with_a_wrong_one_a_form_works_as_it_is(
    signed_in, other_officer, client_for
):
    """Made up, too old, or drawn for somebody else: none stops a form, and none is remembered."""
    data = new_brief(signed_in)
    (somebody_elses,) = new_brief(client_for(other_officer))[tokens.FIELD]
    with time_machine.travel(timezone.now() - tokens.LASTS - dt.timedelta(days=1)):
        too_old = tokens.new(User.objects.get(email__startswith="dev").pk)
    for token in ("", "made up", somebody_elses, too_old):
        for _ in range(2):
            answer = signed_in.post(NEW_BRIEF, data | {tokens.FIELD: [token]})
            assert answer.status_code == 302
    assert Opportunity.objects.count() == 8
    assert SentForm.objects.count() == 0


def test_one_token_counts_once_for_each_address(signed_in, coordinator, host):
    """Two forms of a page that came back share its token."""
    brief = make_opportunity(host)
    data = new_brief(signed_in)
    signed_in.post(NEW_BRIEF, data)
    signed_in.post(reverse("opportunities:copy_brief", args=[brief.slug]), data)
    assert Opportunity.objects.count() == 3


def test_what_breaks_half_way_leaves_nothing_and_can_be_sent_again(signed_in, monkeypatch):
    """Neither effect nor token, after a fault of ours and after the end of the process."""
    data = new_brief(signed_in)
    settle = once._settle

    def killed(*_facts: object) -> None:
        assert Opportunity.objects.count() == SentForm.objects.count() == 1
        raise SystemExit

    monkeypatch.setattr(once, "_settle", killed)
    with pytest.raises(SystemExit):
        signed_in.post(NEW_BRIEF, data)
    assert Opportunity.objects.count() == SentForm.objects.count() == 0
    monkeypatch.setattr(once, "_settle", settle)
    signed_in.raise_request_exception = False
    monkeypatch.setattr("opportunities.views.staff.editor._saved", lambda *_facts: 1 / 0)
    assert signed_in.post(NEW_BRIEF, data).status_code == 500
    assert Opportunity.objects.count() == SentForm.objects.count() == 0
    monkeypatch.undo()
    assert signed_in.post(NEW_BRIEF, data).status_code == 302
    assert Opportunity.objects.count() == SentForm.objects.count() == 1


def test_tokens_are_forgotten_once_no_page_can_send_them(signed_in):
    signed_in.post(NEW_BRIEF, new_brief(signed_in))
    assert once.forget_sent_forms() == 0
    SentForm.objects.update(sent_at=timezone.now() - tokens.LASTS - dt.timedelta(minutes=1))
    assert once.forget_sent_forms() == 1


def test_a_form_of_the_sign_in_pages_is_left_to_them(signed_in):
    signed_in.post(reverse("account_logout"), new_brief(signed_in))
    assert SentForm.objects.count() == 0
    page = signed_in.get(reverse("account_login")).content.decode()
    assert "csrfmiddlewaretoken" in page
    assert f'name="{tokens.FIELD}"' not in page
