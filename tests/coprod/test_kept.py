"""What somebody typed is never lost: after an error, and after their session was over.

Every form of the portal is tried (``every_form.CASES``). Controls: another person who signs in on
the same device, another browser of the same person, and a copy of the table, see nothing of it.
"""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from coprod import kept
from coprod.lib import filling, once
from coprod.models import KeptForm
from opportunities.models import Opportunity
from tests.coprod.every_form import CASES, Case
from tests.coprod.stored_rows import Rows, StoredRows
from tests.coprod.test_once import everything, filled_in, new_brief, opened, world
from tests.factories import make_profile
from tests.html_forms import Data, form_to

__all__ = ["everything", "world"]  # fixtures, used by their names
NEW = "/staff/opportunities/new/"
# Some pages are opened on purpose: each opening is kept for the person to see.
OPENINGS = "people.AuditEvent"
# No page can choose a file for somebody: that is for the browser alone.
CHOSEN_AGAIN = {"people:import_upload"}
# Whoever holds the letter answers it: nobody signs in, so nothing comes too late.
BY_LETTER = {"people:confirm_details"}
# Every answer fits: ticks, questions that may stay empty, and buttons alone.
NEVER_REFUSED = {
    "opportunities:equality_edit", "opportunities:took_part", "people:answer_offer",
    "people:availability", "people:decide_row", "people:my_data", "people:partners",
    "people:place",
}  # fmt: skip


def text(page: HttpResponse) -> str:
    return page.content.decode()


def typed_in(page: HttpResponse, case: Case) -> Data:
    """Return what the form on a page would send, but for its keys."""
    form = form_to(page.content, case.page, case.to)
    return plain(form.data, form.buttons)


def plain(data: Data, pressed: set[str]) -> Data:
    own = filling.OWN | pressed | {"do", "token"}
    return {name: values for name, values in data.items() if name not in own and any(values)}


# --- After an error --------------------------------------------------------------------------
def spoilt(client: Client, case: Case) -> list[tuple[Data, HttpResponse]]:
    """Send a form with each of its answers left out or far too long; return what was refused."""
    form = opened(client, case)
    data = filled_in(form, case)
    refused = []
    for name in case.typed:
        for wrong in ([], ["x" * 20_000]) if name in form.written else ([],):
            sent = data | {name: wrong}
            with transaction.atomic():
                answer = client.post(case.to, sent)
                transaction.set_rollback(True)  # some answers fit by chance
            if answer.status_code == 200:
                refused.append((plain(sent, form.buttons), answer))
    return refused


def test_every_form_that_comes_back_says_what_was_typed(world):
    forgot, never_refused = {}, set()
    for name, make in CASES.items():
        with transaction.atomic():
            case = make(world)
            client = Client()
            client.force_login(case.user)
            refused = spoilt(client, case)
            if case.typed and not refused:
                never_refused.add(name)
            for sent, answer in refused:
                shown = typed_in(answer, case)
                if shown != sent:
                    forgot[name] = (sent, shown)
            transaction.set_rollback(True)
    assert forgot == {}
    assert never_refused == NEVER_REFUSED


# --- After the session was over --------------------------------------------------------------
def sent_too_late(client: Client, case: Case) -> tuple[Data, HttpResponse]:
    """Fill a form in, let the session end, and send it."""
    form = opened(client, case)
    data = filled_in(form, case)
    client.session.delete()
    answer = client.post(case.to, data, headers={"referer": f"http://testserver{case.page}"})
    return plain(data, form.buttons), answer


def stored(everything: StoredRows) -> Rows:
    """Return every row of the portal, but for who opened what."""
    return {label: rows for label, rows in everything().items() if label != OPENINGS}


def test_every_form_that_comes_too_late_is_there_after_signing_in(world, everything, stranger):
    """Control: ``stranger`` signs in first on the same device; nothing is sent by itself."""
    lost, seen_by_others, changed, wrong_way = {}, set(), set(), {}
    for name, make in CASES.items():
        if name in BY_LETTER:
            continue
        with transaction.atomic():
            case = make(world)
            client = Client()
            client.force_login(case.user)
            sent, answer = sent_too_late(client, case)
            if not answer["Location"].startswith("/account/login/?next="):
                wrong_way[name] = answer["Location"]
            client.force_login(stranger)
            if b"Check it, and send it again" in client.get(case.page).content:
                seen_by_others.add(name)
            client.force_login(case.user)
            before = stored(everything)
            shown = client.get(case.page)
            if before != stored(everything):
                changed.add(name)
            if sent and typed_in(shown, case) != sent:
                lost[name] = (sent, typed_in(shown, case))
            transaction.set_rollback(True)
    assert wrong_way == {"people:accept_invitation": "/staff/"}  # its link is sign-in enough
    assert seen_by_others == set()
    assert changed == set()
    assert lost.keys() == {"opportunities:equality_edit"} | CHOSEN_AGAIN


# --- One form, more closely ------------------------------------------------------------------
TITLE = "Words that took an hour <b>& more</b>"


@pytest.fixture
def late(officer) -> Client:
    """A browser in which the officer's session ended while they wrote."""
    client = Client()
    client.force_login(officer)
    write_too_late(client)
    return client


def write_too_late(client: Client, title: str = TITLE) -> HttpResponse:
    data = new_brief(client, title)
    client.session.delete()
    return client.post(NEW, data, headers={"referer": f"http://testserver{NEW}"})


def title_on(page: HttpResponse) -> str:
    (title,) = form_to(page.content, NEW, NEW).data["title"]
    return title


def test_the_notice_stands_with_the_words_until_they_are_sent(late, officer):
    late.force_login(officer)
    for _ in range(2):  # a refresh loses nothing
        page = late.get(NEW)
        assert title_on(page) == TITLE
        said = [str(one) for one in page.context["messages"]]
        assert said[-1] == "We kept what you typed. Check it, and send it again."
    late.post(NEW, form_to(page.content, NEW, NEW).data)
    assert Opportunity.objects.get().title == TITLE
    assert title_on(late.get(NEW)) == ""
    assert KeptForm.objects.count() == 0


def test_the_sign_in_page_says_that_it_is_kept(late):
    assert "Please sign in again. We kept what you typed." in text(late.get("/account/login/"))


def test_nobody_else_reads_it(late, officer, other_officer):
    """Neither somebody else here, nor the same person elsewhere, nor a reader of the table."""
    late.force_login(other_officer)
    assert title_on(late.get(NEW)) == ""
    elsewhere = Client()
    elsewhere.force_login(officer)
    assert title_on(elsewhere.get(NEW)) == ""
    for key in (Fernet.generate_key().decode(), "no key"):
        elsewhere.cookies[kept.COOKIE] = key
        KeptForm.objects.update(browser=kept._browser(key))
        assert title_on(elsewhere.get(NEW)) == ""
    assert b"hour" not in bytes(KeptForm.objects.get().typed)
    KeptForm.objects.update(browser=kept._browser(late.cookies[kept.COOKIE].value))
    late.force_login(officer)
    assert title_on(late.get(NEW)) == TITLE  # control


def test_a_page_that_has_no_such_form_any_more_is_shown_as_it_is(late, officer):
    late.force_login(officer)
    KeptForm.objects.update(goes_to="/elsewhere/")
    assert title_on(late.get(NEW)) == ""
    officer.memberships.all().delete()
    assert late.get(NEW).status_code == 403


def test_it_is_gone_after_an_hour(late, officer):
    assert kept.forget_kept_forms() == 0
    with time_machine.travel(timezone.now() + KeptForm.LASTS + dt.timedelta(minutes=1)):
        late.force_login(officer)
        late.cookies[kept.COOKIE]["expires"] = ""
        assert title_on(late.get(NEW)) == ""
        assert kept.forget_kept_forms() == 1


def test_it_is_gone_when_the_person_signs_out(late, officer):
    late.force_login(officer)
    late.post("/account/logout/")
    assert KeptForm.objects.count() == 0
    assert late.cookies[kept.COOKIE].value == ""


def test_only_so_much_is_kept(officer):
    """Very long words are not, nor more than the newest forms; the way to sign in is the same."""
    client = Client()
    client.force_login(officer)
    answer = write_too_late(client, "x" * kept.LARGEST)
    assert answer["Location"] == f"/account/login/?next={NEW.replace('/', '%2F')}"
    assert KeptForm.objects.count() == 0
    for number in range(kept.AT_MOST + 1):
        KeptForm.objects.create(
            user=officer, browser="b", page=str(number), typed=b"", kept_at=timezone.now()
        )
    client.force_login(officer)
    write_too_late(client)
    assert KeptForm.objects.count() == kept.AT_MOST
    assert not KeptForm.objects.filter(page="0").exists()


def test_passwords_are_never_kept(officer):
    client = Client()
    client.force_login(officer)
    data = new_brief(client) | {"password": ["very secret"]}
    client.session.delete()
    client.post(NEW, data)
    row = KeptForm.objects.get()
    typed = Fernet(client.cookies[kept.COOKIE].value).decrypt(bytes(row.typed)).decode()
    assert "Clear letters" in typed
    assert "very secret" not in typed


def test_a_button_pressed_too_late_leads_back_to_its_page(client_for, resident):
    make_profile(resident.person)
    client = client_for(resident)
    form = form_to(client.get("/my/profile/").content, "/my/profile/", "/my/profile/share/")
    client.session.delete()
    referer = {"referer": "http://testserver/my/profile/"}
    answer = client.post("/my/profile/share/", form.data, headers=referer)
    assert answer["Location"] == "/account/login/?next=%2Fmy%2Fprofile%2F"
    assert KeptForm.objects.count() == 0
    answer = client.post("/my/profile/share/", form.data, headers={"referer": "http://evil.test/"})
    assert answer["Location"] == "/account/login/?next=%2Fmy%2Fprofile%2Fshare%2F"


def test_an_account_that_was_closed_keeps_nothing(client_for, officer):
    client = client_for(officer)
    data = new_brief(client)
    officer.is_active = False
    officer.save()
    client.post(NEW, data)
    assert KeptForm.objects.count() == 0


def test_other_words_with_a_used_token_are_kept_and_not_lost(client_for, officer):
    """They do not count by themselves: whoever went back to mend a slip has not asked for two."""
    client = client_for(officer)
    data = new_brief(client)
    client.post(NEW, data)
    answer = client.post(
        NEW, data | {"title": [TITLE]}, headers={"referer": f"http://testserver{NEW}"}
    )
    assert answer["Location"] == NEW
    assert Opportunity.objects.count() == 1
    again = client.get(NEW)
    assert title_on(again) == TITLE
    client.post(NEW, form_to(again.content, NEW, NEW).data)
    assert Opportunity.objects.count() == 2


# --- With an old key --------------------------------------------------------------------------
@pytest.fixture
def strict(officer) -> Client:
    """A browser in which the officer signed in once more, in another window."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    return client


def with_old_key(client: Client) -> Data:
    data = new_brief(client, TITLE)
    client.cookies[settings.CSRF_COOKIE_NAME] = "n" * 32
    return data


def test_a_form_with_an_old_key_is_shown_again(strict):
    answer = strict.post(NEW, with_old_key(strict), headers={"referer": f"http://testserver{NEW}"})
    assert answer["Location"] == NEW
    page = strict.get(NEW)
    assert title_on(page) == TITLE
    assert Opportunity.objects.count() == 0
    strict.post(NEW, form_to(page.content, NEW, NEW).data)
    assert Opportunity.objects.get().title == TITLE


def test_a_form_that_was_drawn_for_somebody_else_is_refused(strict, other_officer):
    data = with_old_key(strict)
    strict.force_login(other_officer)
    strict.cookies[settings.CSRF_COOKIE_NAME] = "n" * 32
    assert strict.post(NEW, data).status_code == 403
    assert KeptForm.objects.count() == 0


def test_another_sites_form_is_refused(strict):
    """It cannot know a token that was drawn for this account."""
    data = with_old_key(strict)
    for token in ("", "made up"):
        assert strict.post(NEW, data | {once.FIELD: [token]}).status_code == 403
    assert KeptForm.objects.count() == 0
