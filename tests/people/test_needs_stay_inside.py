"""What somebody needs stands on no list, in no log, letter, address, session or index.

Unique words are put into every field that holds words, and everything is done with them that there
is to do. Controls: the words are on the pages where they belong, and the tables hold them in these
two columns; a word of the profile that was searched for is found by the same search of the rows.
"""

import logging

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from coprod.lib.days import add_months, today
from people import actions
from people.delivery import deliver_due
from people.models import Need
from tests.factories import make_need, make_opportunity, make_profile, make_sign_up

NEED, WORDS, NAMED = "canaryneed", "canarywords", "canaryname"
HOLDS = {("people_need", "detail"), ("opportunities_signupsupport", "text")}


def columns_with(word):
    """Return table and column of whatever holds ``word``, in every table that the database has."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT * FROM {name}")  # noqa: S608 -- a table of our own
            columns = [one[0] for one in cursor.description]
            for one in cursor.fetchall():
                found |= {
                    (table, column)
                    for column, cell in zip(columns, one, strict=True)
                    if word in str(cell)
                }
    return found


@pytest.fixture
def row(host, resident):
    person = resident.person
    make_profile(person, experience=f"I know {NAMED}")
    actions.share_profile(person=person, actor=resident)
    brief = make_opportunity(title="Clear letters", places=2)
    need = make_need(person, value="other", detail=NEED, reviewed_on=add_months(today(), -13))
    return make_sign_up(
        brief, person, needs=[need], support_text=WORDS, support_consent=True, support_by_name=True
    )


def test_needs_are_only_where_they_belong(
    row, resident, officer, coordinator, client_for, caplog, mailoutbox
):
    caplog.set_level(logging.DEBUG)
    person, slug = row.person, row.opportunity.slug
    mine, staff = client_for(resident), client_for(officer)
    shown = mine.get(reverse("people:my_needs")).text
    shown += staff.post(reverse("opportunities:support", args=[slug, row.pk])).text
    assert (NEED in shown, WORDS in shown) == (True, True)
    staff.post(reverse("people:needs_of", args=[person.uuid]))
    staff.post(reverse("opportunities:run_sheet", args=[slug]))
    change = reverse("people:change_need", args=[Need.objects.get().pk])
    answer = mine.post(change, {"value": "other", "detail": NEED, "audience": "coordinators"})
    mine.post(change, {"value": "other", "detail": NEED})  # refused: it stays in the page alone
    Need.objects.update(reviewed_on=add_months(today(), -13), review_due=add_months(today(), -1))
    actions.remind_of_needs()
    deliver_due()
    quiet = [staff.get(page).text for page in quiet_pages(row)]
    said = caplog.text + answer.url + "".join(str(one.message()) for one in mailoutbox)
    assert [word in text for text in (*quiet, said) for word in (NEED, WORDS)] == [False] * 18
    assert columns_with(NEED) | columns_with(WORDS) == HOLDS
    assert ("people_profile", "experience") in columns_with(NAMED)
    assert apps.get_model("people", "Need")._meta.db_table == "people_need"


def quiet_pages(row):
    slug, uuid = row.opportunity.slug, row.person.uuid
    return [
        reverse("people:people_list"),
        reverse("people:show_person", args=[uuid]),
        reverse("people:needs_of", args=[uuid]),
        reverse("opportunities:sign_ups", args=[slug]),
        reverse("opportunities:print_sign_ups", args=[slug]),
        reverse("opportunities:export_sign_ups", args=[slug]),
        reverse("opportunities:show_sign_up", args=[slug, row.pk]),
        reverse("opportunities:run_sheet", args=[slug]),
    ]
