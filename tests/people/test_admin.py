"""The administration holds reference tables, and opens to superusers alone."""

import pytest
from django.contrib import admin
from django.urls import reverse

from people.models import EqualityQuestion, User
from people.reference import load_equality_questions
from tests import factories

TABLES = ["organisation", "town", "ward", "equalityquestion", "topic"]


@pytest.fixture
def root(db, client):
    client.force_login(User.objects.create_superuser("root@example.org", "a long password"))
    return client


def test_only_reference_tables_are_there():
    """Also none of a package: addresses, groups and second factors belong to people."""
    tables = {model._meta.model_name for model in admin.site._registry}
    assert tables == {*TABLES, "charter"}


@pytest.mark.parametrize("table", TABLES)
def test_each_table_opens(root, table):
    factories.make_organisation()
    factories.make_town()
    load_equality_questions()
    assert root.get(reverse(f"admin:people_{table}_changelist")).status_code == 200


def test_an_organisation_is_edited_with_its_teams_and_former_names(root):
    organisation = factories.make_organisation()
    page = root.get(reverse("admin:people_organisation_change", args=[organisation.pk]))
    assert "former_names-TOTAL_FORMS" in page.content.decode()
    assert "teams-TOTAL_FORMS" in page.content.decode()


def test_the_wording_of_equality_questions_is_read_only(root):
    load_equality_questions()
    question = EqualityQuestion.objects.first()
    assert root.get(reverse("admin:people_equalityquestion_add")).status_code == 403
    address = reverse("admin:people_equalityquestion_change", args=[question.pk])
    assert root.post(address, {"wording": "x"}).status_code == 403
    assert (
        root.post(reverse("admin:people_equalityquestion_delete", args=[question.pk])).status_code
        == 403
    )


def test_staff_of_an_organisation_do_not_get_in(client_for, administrator):
    answer = client_for(administrator).get(reverse("admin:index"))
    assert (answer.status_code, answer.url) == (302, "/admin/login/?next=/admin/")
