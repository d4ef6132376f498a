"""Groups and labels: the list of them, a new name, and an end of their use."""

from __future__ import annotations

import pytest
from django.urls import reverse

from people.models import Cohort, Tag
from tests import factories
from tests.factories import make_person

MODELS = {"group": Cohort, "label": Tag}


@pytest.fixture
def desk(client_for, officer):
    return client_for(officer)


def have(label, *names: str) -> None:
    rows = label.members if isinstance(label, Cohort) else label.people
    for name in names:
        rows.create(person=make_person(name))


@pytest.mark.parametrize("kind", MODELS)
def test_the_list_has_each_of_ours_with_how_many_have_it(desk, host, trust, kind):
    ours = MODELS[kind].objects.create(organisation=host, name="Reads drafts")
    MODELS[kind].objects.create(organisation=host, name="Once", is_active=False)
    MODELS[kind].objects.create(organisation=trust, name="Of others")
    have(ours, "Ann", "Bea")
    shown = desk.get(reverse(f"people:{kind}s"))
    rows = [(one.name, one.number, one.is_active) for one in shown.context["page"].rows]
    assert rows == [("Once", 0, False), ("Reads drafts", 2, True)]
    page = shown.content.decode()
    assert ("2 people" in page, "Not in use" in page, "Of others" in page) == (True, True, False)


@pytest.mark.parametrize("kind", MODELS)
def test_an_empty_list_says_where_one_begins(desk, kind):
    assert "on the page of somebody" in desk.get(reverse(f"people:{kind}s")).content.decode()


def test_the_list_has_pages_and_asks_the_same_number_of_questions(
    desk, host, monkeypatch, django_assert_num_queries
):
    for number in range(3):
        Tag.objects.create(organisation=host, name=f"Label {number}")
    with django_assert_num_queries(4):
        desk.get(reverse("people:labels"))
    monkeypatch.setattr("people.views.labels.PAGE", 2)
    with django_assert_num_queries(4):
        first = desk.get(reverse("people:labels"))
    second = desk.get(reverse("people:labels"), {"page": first.context["page"].following})
    assert [one.name for one in second.context["page"].rows] == ["Label 2"]


@pytest.mark.parametrize("kind", MODELS)
def test_a_new_name_and_the_end_of_its_use_are_seen_where_it_is_given(desk, host, kind):
    """Control: before, it was offered under its old name."""
    label = MODELS[kind].objects.create(organisation=host, name="Reads drafts")
    person = make_person("Cat", joined_through=host)
    giving = reverse("people:set_labels", args=[person.uuid])
    page = reverse(f"people:change_{kind}", args=[label.pk])
    assert "Reads drafts" in desk.get(giving).content.decode()
    answer = desk.post(page, {"name": "  Reads long drafts ", "is_active": "True"}, follow=True)
    assert "“Reads long drafts” is saved." in answer.content.decode()
    assert "Reads long drafts" in desk.get(giving).content.decode()
    desk.post(page, {"name": "Reads long drafts", "is_active": "False"}, follow=True)
    assert "Reads long drafts" not in desk.get(giving).content.decode()
    assert "Not in use" in desk.get(reverse(f"people:{kind}s")).content.decode()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": "", "is_active": "True"}, "Enter a name"),
        ({"name": "drives", "is_active": "True"}, "There is one of this name already"),
        ({"name": "x" * 61, "is_active": "True"}, "60"),
        ({"name": "Walks"}, "Choose yes or no"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_what_was_typed_stays(desk, host, sent, words):
    Tag.objects.create(organisation=host, name="Drives")
    label = Tag.objects.create(organisation=host, name="Reads drafts")
    answer = desk.post(reverse("people:change_label", args=[label.pk]), sent)
    page = answer.content.decode()
    assert words in page
    assert f'value="{sent["name"]}"' in page or not sent["name"]
    label.refresh_from_db()
    assert (label.name, label.is_active) == ("Reads drafts", True)


@pytest.mark.parametrize("kind", MODELS)
def test_what_is_not_in_use_stays_with_who_has_it_until_it_is_taken_off(desk, host, kind):
    """Also when something else is saved. Control: without the tick it is gone."""
    label = MODELS[kind].objects.create(organisation=host, name="Reads drafts", is_active=False)
    have(label, "Cat")
    rows = label.members if kind == "group" else label.people
    person = rows.get().person
    person.joined_through = host
    person.save()
    factories.make_known(person, host)
    page = reverse("people:set_labels", args=[person.uuid])
    assert "Reads drafts (not in use)" in desk.get(page).content.decode()
    field = "cohorts" if kind == "group" else "tags"
    desk.post(page, {field: [str(label.pk)], "new_tag": "Drives"})
    assert (rows.count(), person.tags.filter(tag__name="Drives").count()) == (1, 1)
    desk.post(page, {})
    assert rows.count() == 0


def test_a_new_name_that_is_there_already_is_that_one(desk, host):
    there = Tag.objects.create(organisation=host, name="Drives")
    Tag.objects.create(organisation=host, name="Walks", is_active=False)
    person = make_person("Cat", joined_through=host)
    page = reverse("people:set_labels", args=[person.uuid])
    refused = desk.post(page, {"new_tag": "WALKS"}).content.decode()
    assert "“Walks” is not in use. Bring it back" in refused
    desk.post(page, {"new_tag": "drives"})
    assert list(person.tags.values_list("tag", flat=True)) == [there.pk]
    assert Tag.objects.count() == 2
