"""A brief on paper: one sheet of A4, whatever a team fills in within reason."""

from __future__ import annotations

import pytest

from coprod.lib.days import today
from opportunities.models import QUESTIONS, Opportunity
from tests.journeys.test_profile_page import pages_of

pytestmark = pytest.mark.django_db(transaction=True)


def words_in(brief: Opportunity) -> int:
    return sum(len(getattr(brief, name)) for name in QUESTIONS)


def test_the_longest_open_briefs_of_the_borough_print_on_one_sheet(demonstration, page_at):
    """Control: the fullest of them with many more words takes more than one."""
    window = page_at(1280)
    opened = Opportunity.objects.open_on(today())
    longest = sorted(opened, key=words_in)[-8:]
    assert len(longest) == 8
    for brief in longest:
        window.goto(brief.get_absolute_url())
        assert pages_of(window.pdf(prefer_css_page_size=True)) == 1, brief
    fullest = longest[-1]
    Opportunity.objects.filter(pk=fullest.pk).update(experience=fullest.experience * 30)
    window.reload()
    assert pages_of(window.pdf(prefer_css_page_size=True)) > 1
