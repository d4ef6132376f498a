"""The day after the first start: nothing is there yet, and every page says what to do."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
EMPTY = {
    "": {
        "/": "Nothing closes soon.",
        "/opportunities/": "Nothing is open yet",
        "/you-said-we-did/": "Nobody has said anything yet",
        "/charter/": "The charter is not here yet",
    },
    "resident": {
        "/my/": "Hello Amina",
        "/my/sign-ups/": "You have not come forward to anything yet",
        "/my/profile/": "Only you can see this",
    },
    "officer": {
        "/staff/": "Nobody waits for you",
        "/staff/opportunities/": "You have no briefs yet",
        "/staff/people/": "Add somebody who rang or wrote",
        "/staff/tasks/": "Nobody",
    },
    "coordinator": {"/staff/comments/": "Nothing to read"},
    "commissioner": {
        "/reporting/who-has-been-involved/": "Nobody has been recorded as taking part yet"
    },
    "administrator": {"/staff/organisation/": "Iris Administrator"},
}


@pytest.mark.parametrize("who", EMPTY)
def test_an_empty_page_says_what_to_do(who, request, page_at, looks_right, transactional_db):
    user = request.getfixturevalue(who) if who else None
    visitor = Visitor(page_at(320, user=user), looks_right)
    for address, words in EMPTY[who].items():
        visitor.open(address)
        visitor.reads(words)
        expect(visitor.main.get_by_role("link").first).to_be_visible()
