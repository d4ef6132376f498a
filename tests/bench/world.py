"""A borough to measure in: ``python -m tests.bench.world PEOPLE BRIEFS`` fills an empty database.

Prints, as JSON, the addresses to ask for and the sessions of those who ask.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import re
import sys
from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace
from typing import Any

import django

FOLLOWING = re.compile(r'<a [^>]*href="([^"]+)"[^>]*rel="next"|rel="next"[^>]*href="([^"]+)"')
LIST = "/opportunities/"
WORDS = ("carers", "bus", "letters", "swimming", "walking group", "dementia", "heating", "stroke")


def main(people: int, briefs: int) -> None:
    """Fill the database, and print what the bench has to know."""
    django.setup()
    from django.core.management import call_command

    with contextlib.redirect_stdout(sys.stderr):
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        call_command("load_demo", people=people, opportunities=briefs, verbosity=0)
        _tidy()
    json.dump({"pages": _pages(), "races": _races()}, sys.stdout)


def _tidy() -> None:
    """Let the database know its tables, as it does by itself after a day or two."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _pages() -> dict[str, dict[str, Any]]:
    from opportunities.models import Opportunity

    resident, officer, coordinator, commissioner = map(
        _session, ("resident", "officer", "coordinator", "commissioner")
    )
    brief = Opportunity.objects.get(slug="help-choose-who-runs-our-home-care").get_absolute_url()
    wanted = Opportunity.objects.order_by("-last_waiting_number").first()
    report = "/reporting/who-has-been-involved/"
    return {
        "list": _page(LIST),
        "list-signed-in": _page(LIST, session=resident),
        "detail": _page(brief),
        "detail-signed-in": _page(brief, session=resident),
        "my": _page("/my/", session=resident),
        "staff-sign-ups": _page(f"/staff/opportunities/{wanted.slug}/people/", session=officer),
        "report": _page(report, session=commissioner),
        "find-people": _page(*_looking(), session=coordinator),
        "search": _page(*(f"{LIST}?q={words.replace(' ', '+')}" for words in WORDS)),
        "list-deepest": _page(_deepest()),
    }


def _looking() -> Iterator[str]:
    """Yield what coordinators ask the pool: questions that fill a page in both boroughs."""
    from people.models import Topic, Town

    here, town = "/staff/people/find/", Town.objects.order_by("-pk").first()
    yield here
    yield f"{here}?q=walking"
    yield f"{here}?q=stroke"
    yield f"{here}?town={town.pk}"
    for topic in Topic.objects.filter(kind="experience").order_by("pk")[:2]:
        yield f"{here}?experience={topic.pk}"


def _page(*paths: str, session: str = "") -> dict[str, Any]:
    return {"paths": paths, "session": session}


def _session(persona: str) -> str:
    """Return the key of a new session of somebody of the demonstration, both steps taken."""
    from allauth.account.internal.flows.login import record_authentication
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from coprod.demo.organisations import persona_email
    from coprod.lib import session_time
    from people.models import User
    from people.second_step import METHOD

    user = User.objects.get(email=persona_email(persona))
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session_time.begin(store)
    if user.memberships.exists():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
        record_authentication(SimpleNamespace(session=store), user, METHOD)
    store.set_expiry(dt.timedelta(days=1))
    store.create()
    return store.session_key


def _deepest() -> str:
    """Return the address of the list’s last page, by turning every page."""
    from django.test import Client

    client, path = Client(headers={"host": "localhost"}), LIST
    while True:
        page = client.get(path).content.decode()
        found = FOLLOWING.search(page)
        if found is None:
            return path
        path = LIST + unescape(found[1] or found[2])


def _races() -> list[dict[str, Any]]:
    """Return briefs with twenty places that nobody has taken, and five hundred people each."""
    from opportunities.levels import PlacesGiven
    from opportunities.lifecycle import Status
    from opportunities.models import Opportunity
    from people.models import Person

    people = list(Person.objects.order_by("-pk").values_list("pk", flat=True)[:500])
    pattern = Opportunity.objects.filter(status=Status.PUBLISHED, is_rolling=True).first()
    races = []
    for number in range(10):
        pattern.pk, pattern.slug = None, f"race-{number}"
        pattern.places, pattern.places_taken, pattern.last_waiting_number = 20, 0, 0
        pattern.places_are_open, pattern.places_given = False, PlacesGiven.FIRST_COME
        pattern.min_age = 18
        pattern.starts_on = pattern.ends_on = None
        pattern._state.adding = True
        pattern.save()
        races.append({"brief": pattern.pk, "people": people})
    return races


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
