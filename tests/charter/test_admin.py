"""What administrators may change about the charter, and what only its own doors may."""

import pytest
from django.urls import reverse

from charter.models import Charter
from people.models import User
from tests.factories import make_charter


@pytest.fixture
def admin_client(db, client):
    user = User.objects.create_superuser("root@example.org", "pw-for-tests")
    client.force_login(user)
    return client


def test_the_words_around_the_promises_are_changed_and_logged(admin_client):
    charter = make_charter()
    url = reverse("admin:charter_charter_change", args=[charter.pk])
    facts = {
        "title": "Our charter",
        "definition": "Together.",
        "published_on": "2024-09-01",
        "contributors": "[]",
        "version": "9",
        "is_current": "",
    }
    assert admin_client.post(url, facts).status_code == 302
    charter = Charter.objects.get()
    assert (charter.title, charter.version, charter.is_current) == ("Our charter", "2024-09", True)


def test_versions_neither_come_nor_go_here(admin_client):
    charter = make_charter()
    assert admin_client.get(reverse("admin:charter_charter_add")).status_code == 403
    delete = reverse("admin:charter_charter_delete", args=[charter.pk])
    assert admin_client.post(delete, {"post": "yes"}).status_code == 403
    assert Charter.objects.count() == 1
