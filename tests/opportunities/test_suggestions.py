"""What a person may like, and why; nothing is hidden from anybody."""

from __future__ import annotations

import pytest
from django.urls import reverse

from opportunities.suggestions import MOST, suggestions
from people.models import PersonTopic, TopicKind
from tests import factories as make

pytestmark = pytest.mark.django_db


def _titles(person):
    return [one.opportunity.title for one in suggestions(person)]


def test_suggestions_say_why_and_leave_out_what_is_answered(client_for, host, resident):
    person = resident.person
    make.choose_topic(person, make.make_topic(TopicKind.EXPERIENCE, "Respite care"))
    PersonTopic.objects.create(person=person, kind=TopicKind.INTEREST, words="Buses")
    own = make.make_opportunity(host, title="Buses at night")
    make.make_opportunity(host, title="Closed buses", status="closed")
    other = make.make_opportunity(host, title="Breaks", what="What respite care do carers need?")
    found = suggestions(person)
    assert [(one.opportunity, one.because) for one in found] == [
        (other, "know about: Respite care"),
        (own, "are interested in: Buses"),
    ]
    page = client_for(resident).get(reverse("my")).text
    assert "You said that you know about: Respite care." in page
    make.make_sign_up(own, person)
    assert _titles(person) == ["Breaks"]


def test_suggestions_are_few(host, resident):
    PersonTopic.objects.create(person=resident.person, kind=TopicKind.SKILL, words="Buses")
    for n in range(MOST + 2):
        make.make_opportunity(host, title=f"Buses {n}")
    assert len(_titles(resident.person)) == MOST


def test_nobody_who_told_us_nothing_is_suggested_anything(
    resident, host, django_assert_num_queries
):
    make.make_opportunity(host)
    with django_assert_num_queries(1):
        assert suggestions(resident.person) == []
