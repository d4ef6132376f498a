"""The cast and the stage: every test acts as somebody.

=================  ============================================================================
resident           an account with a ``.person`` in the pool, who lives in Tipton
other_resident     another one, who lives in Oldbury
stranger           a third one: never put this person into a test's project
officer            works for the host, ``example-council``
other_officer      works for the partner, ``example-hospital-trust``
coordinator, commissioner, administrator    work for the host
other_coordinator  works for the partner
=================  ============================================================================

Staff come with ``.acting`` set, so that rules and actions can be called without a request.
``client_for(user)`` is a browser with that user signed in; ``client`` is anonymous.
"""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client
from django.test.utils import override_settings
from pytest_django.plugin import blocking_manager_key

from coprod.lib import kept
from people.models import Membership, Organisation, Role, Town, User
from people.reference import load_equality_questions, load_topics
from tests import coverage_gate, factories, partners, prepared, run

LEDGERS = itertools.count()


@pytest.fixture(autouse=True)
def _empty_shelves() -> None:
    """A test’s database goes back to versions that it had before: forget what they said."""
    kept.pages.clear()
    kept.parts.clear()


@receiver(post_migrate)
def what_migrations_brought(sender: AppConfig, **_facts: object) -> None:
    """A test that empties every table takes away what migrations stored: it comes back."""
    if sender.name == "people":
        load_equality_questions()
        load_topics()


@pytest.fixture(scope="session", autouse=True)
def folder_of_pictures(tmp_path_factory) -> Iterator[None]:
    """What people send in a test is in a folder that goes away."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first, and refuse a test that is tried once although it asks the database."""
    items.sort(key=run.long_first)
    if asking := run.asking_twice(items):
        raise pytest.UsageError(f"These ask the database, but stand in run.ONCE: {asking}")


def pytest_collection_finish() -> None:
    """Look for rubbish less often, and never among what stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Leave out what the gate need not measure."""
    with coverage_gate.unmeasured(item):
        return (yield)


@pytest.fixture(scope="session")
def folder_of_ledgers(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("ledgers")


@pytest.fixture(autouse=True)
def own_ledger(folder_of_ledgers, settings) -> None:
    """Whoever is erased in a test was never erased for the others."""
    settings.ERASURE_LEDGER = folder_of_ledgers / f"{next(LEDGERS)}.jsonl"


@pytest.fixture(scope="session")
def shelf(tmp_path_factory) -> prepared.Shelf:
    """What the programs of this run made ready for one another."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    return prepared.Shelf(Path(os.environ.get("TEST_SHELF", shared / "shelf")))


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker, shelf
) -> Iterator[None]:
    """The database of this program, migrated by itself or by another one of the run."""
    with django_db_blocker.unblock():
        first_name = connection.settings_dict["NAME"]
        shelf.open()
    yield
    with django_db_blocker.unblock():
        connection.creation.destroy_test_db(first_name, verbosity=0)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """When all programs have ended, nothing of theirs stays on a server of databases."""
    is_last = "PYTEST_XDIST_WORKER" not in os.environ and not session.config.option.collectonly
    if connection.vendor == "postgresql" and is_last:
        with session.config.stash[blocking_manager_key].unblock():
            prepared.forget_all()


@pytest.fixture
def towns(db) -> list[Town]:
    return partners.make_towns()


@pytest.fixture
def host(db) -> Organisation:
    return partners.make_host()


@pytest.fixture
def trust(db) -> Organisation:
    return partners.make_trust()


@pytest.fixture
def resident(db) -> User:
    return factories.make_resident("Amina Resident", town=factories.make_town("Tipton"))


@pytest.fixture
def other_resident(db) -> User:
    return factories.make_resident("Bob Neighbour", town=factories.make_town("Oldbury"))


@pytest.fixture
def stranger(db) -> User:
    return factories.make_resident("Chris Stranger", town=factories.make_town("Smethwick"))


@pytest.fixture
def officer(host) -> User:
    return factories.make_staff(host, Role.OFFICER, "Dev Officer")


@pytest.fixture
def other_officer(trust) -> User:
    return factories.make_staff(trust, Role.OFFICER, "Eve Elsewhere")


@pytest.fixture
def coordinator(host) -> User:
    return factories.make_staff(host, Role.COORDINATOR, "Femi Coordinator")


@pytest.fixture
def other_coordinator(trust) -> User:
    return factories.make_staff(trust, Role.COORDINATOR, "Gwen Elsewhere")


@pytest.fixture
def commissioner(host) -> User:
    return factories.make_staff(host, Role.COMMISSIONER, "Harpreet Commissioner")


@pytest.fixture
def administrator(host) -> User:
    return factories.make_staff(host, Role.ADMINISTRATOR, "Iris Administrator")


@pytest.fixture
def client_for(db) -> Callable[[User], Client]:
    """``client_for(user)`` returns a new browser in which ``user`` is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def acting_as() -> Callable[..., User]:
    """``acting_as(user, membership)`` returns ``user`` as on a request under that role.

    Without ``membership`` it is their only one.
    """

    def act(user: User, membership: Membership | None = None) -> User:
        user.acting = membership or user.memberships.get()
        return user

    return act
