"""The last place, over the wire: the real web server, 500 browsers, 50 at once.

The control of this check stands beside the action: tests/opportunities/actions/test_race.py.
"""

from __future__ import annotations

import datetime as dt
import http.client
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from coprod import start
from opportunities.lifecycle import SignUpStatus as U
from opportunities.models import Opportunity
from people.models import Notice, Person, User
from tests.factories import make_opportunity, make_organisation
from tests.programs import ROOT, database_url, environment, free_port

pytestmark = pytest.mark.django_db(transaction=True)

BROWSERS, AT_ONCE, PLACES = 500, 50, 20
CSRF = "c" * 32
FACTS = urlencode(
    {
        "contact_by": "phone",
        "phone": "07700 900111",
        "old_enough": "yes",
        "csrfmiddlewaretoken": CSRF,
    }
)


@pytest.fixture
def server(transactional_db, tmp_path: Path) -> Iterator[int]:
    """The port of the web server that ``make run`` starts, on the test’s database."""
    port = free_port()
    run = [sys.executable, "-m", "gunicorn", "coprod.wsgi", *start._web_options(port)]
    values = {
        "COPROD_MODE": "test",
        "SECRET_KEY": settings.SECRET_KEY,
        "EQUALITY_KEY": settings.EQUALITY_KEY,
        "DATABASE_URL": database_url(),
    }
    log = (tmp_path / "web.log").open("w")
    web = subprocess.Popen(
        [*run, "--timeout", "120"],
        cwd=ROOT,
        env=environment(tmp_path, **values),
        stdout=log,
        stderr=log,
    )
    try:
        wait_for(port, web, tmp_path)
        yield port
    finally:
        web.terminate()
        web.wait(timeout=30)
        log.close()


def wait_for(port: int, web: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(200):
        if web.poll() is not None:
            break
        try:
            if ask(port, "GET", "/healthz")[0] == 200:
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail((folder / "web.log").read_text())


def ask(port: int, method: str, path: str, session: str = "") -> tuple[int, str]:
    """Return status and where it leads."""
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        wire.request(method, path, FACTS if method == "POST" else None, headers)
        answer = wire.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    finally:
        wire.close()


def browsers(number: int) -> list[str]:
    """Return the session keys of so many people, each signed in with an account."""
    users = User.objects.bulk_create(
        User(email=f"p{n}@example.org", name=f"Person {n}", password="!") for n in range(number)
    )
    Person.objects.bulk_create(Person(user=u, name=u.name, email=u.email) for u in users)
    store = SessionStore()
    later = timezone.now() + dt.timedelta(days=1)
    sessions = [
        Session(
            session_key=f"browser{user.pk:025d}",
            session_data=store.encode(
                {
                    SESSION_KEY: str(user.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: user.get_session_auth_hash(),
                }
            ),
            expire_date=later,
        )
        for user in users
    ]
    Session.objects.bulk_create(sessions)
    return [session.session_key for session in sessions]


def counted(brief: Opportunity) -> Counter[str]:
    return Counter(brief.sign_ups.values_list("status", flat=True))


def test_five_hundred_browsers_for_twenty_places(server):
    make_organisation(slug="example-council", is_host=True)
    brief = make_opportunity(places=PLACES)
    page = f"/opportunities/{brief.slug}/sign-up/"
    keys = browsers(BROWSERS)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda key: ask(server, "POST", page, key), keys))
    assert Counter(status for status, _place in answers) == {302: BROWSERS}
    assert all(re.fullmatch(r"/my/sign-ups/\d+/next/", place) for _status, place in answers)
    assert counted(brief) == {U.PLACE: PLACES, U.WAITING: BROWSERS - PLACES}
    numbers = brief.sign_ups.waiting().values_list("waiting_number", flat=True)
    assert list(numbers) == list(range(1, BROWSERS - PLACES + 1))
    assert Notice.objects.count() == BROWSERS
    brief.refresh_from_db()
    assert brief.places_taken == PLACES


def test_one_browser_ten_times_at_once(server):
    make_organisation(slug="example-council", is_host=True)
    brief = make_opportunity(places=PLACES)
    page = f"/opportunities/{brief.slug}/sign-up/"
    (key,) = browsers(1)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda key: ask(server, "POST", page, key), [key] * 10))
    assert Counter(status for status, _place in answers) == {302: 10}
    assert counted(brief) == {U.PLACE: 1}
    assert Notice.objects.count() == 1
