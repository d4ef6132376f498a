"""A row that is the same as somebody: decided by name, and nobody else gets its facts."""

from __future__ import annotations

import pytest
from django.urls import reverse

from coprod.lib.lifecycle import NotAllowed
from people.actions import add_person, imports
from people.lifecycle import PoolStatus
from people.models import ImportRow, Person, PoolImport

from .lists import MESSY, brought_in, checked, sheet

EMAIL = "amina@example.net"


@pytest.fixture
def bisi(host, coordinator):
    """Somebody active, of another name, who shares the phone of rows 4 and 5."""
    person = add_person(
        organisation=host,
        name="Bisi Vance",
        phone="07700 900003",
        contact_by="phone",
        actor=coordinator,
        channel="phone",
    )
    Person.objects.filter(pk=person.pk).update(status=PoolStatus.ACTIVE)
    assert person.email == ""
    return person


@pytest.fixture
def messy(bisi, host, coordinator) -> PoolImport:
    return checked(MESSY.read_bytes(), host, coordinator)


def row(messy: PoolImport, number: int) -> ImportRow:
    return messy.rows.get(number=number)


def decide(messy: PoolImport, coordinator, **decisions: str) -> PoolImport:
    for name, decision in decisions.items():
        one = row(messy, int(name.removeprefix("row_")))
        imports.decide_row(row=one, decision=decision, actor=coordinator)
    return imports.finish(imports.confirm_import(pool_import=messy, actor=coordinator))


def test_each_button_says_as_whom(messy, coordinator, client_for):
    page = client_for(coordinator).get(reverse("people:import_show", args=[messy.uuid]))
    choices = {
        one.row.number: [words for _value, words in one.choices] for one in page.context["rows"]
    }
    assert choices[5][:2] == ["It is Bisi Vance", "It is the person of row 4"]
    assert choices[4][0] == "It is Bisi Vance"
    assert "It is the person of row 4" not in choices[4]


def test_the_person_of_another_row_is_not_somebody_we_know(messy, bisi, coordinator, client_for):
    """Control: deciding for Bisi Vance by name, as the next test does, fills her e-mail in."""
    done = decide(messy, coordinator, row_4="create", row_5="merge_row")
    bisi.refresh_from_db()
    assert (bisi.email, bisi.address) == ("", "")
    amina = Person.objects.get(email=EMAIL)
    assert (amina.name, row(done, 4).person, row(done, 5).person) == ("Amina Example", amina, amina)
    page = client_for(coordinator).get(reverse("people:import_show", args=[done.uuid]))
    whom = {one.row.number: (one.created, one.joined, one.match) for one in page.context["rows"]}
    assert (whom[4], whom[5]) == ((amina, None, None), (None, amina, None))
    assert "Joined to:" in page.content.decode()


def test_who_is_decided_for_by_name_is_filled_in(messy, bisi, coordinator):
    done = decide(messy, coordinator, row_4="create", row_5="merge")
    bisi.refresh_from_db()
    assert (bisi.email, row(done, 5).person) == (EMAIL, bisi)


def test_somebody_of_another_name_is_not_filled_in_by_way_of_a_row(host, bisi, coordinator):
    """Row 2 was said to be Bisi, row 3 only to be row 2. Control: what row 2 says is there."""
    rows = (
        "Amina Example,,07700 900003,1 Example Road,",
        "Amina Example,amina@example.net,07700 900003,,",
    )
    new = checked(sheet(*rows), host, coordinator)
    done = decide(new, coordinator, row_2="merge", row_3="merge_row")
    bisi.refresh_from_db()
    assert [one.person for one in done.rows.order_by("number")] == [bisi, bisi]
    assert (bisi.address, bisi.email) == ("1 Example Road", "")


def test_a_row_that_was_left_out_leaves_the_other_a_person_of_its_own(messy, bisi, coordinator):
    done = decide(messy, coordinator, row_4="leave_out", row_5="merge_row")
    assert row(done, 5).person == Person.objects.get(name="Amina Example")


def test_without_a_decision_the_row_of_the_file_wins_and_names_must_agree(host, bisi, coordinator):
    """Even where a row points to somebody of another name. Control: the same name is joined."""
    rows = ("Rita Row,rita@example.org,,,", "Rita Row,rita@example.org,07700 900777,,")
    new = checked(sheet(*rows), host, coordinator)
    assert [one.verdict for one in new.rows.order_by("number")] == ["create", "merge"]
    new.rows.update(match=bisi)
    new.rows.filter(number=3).update(same_as_row=2)
    done = imports.finish(imports.confirm_import(pool_import=new, actor=coordinator))
    rita = Person.objects.get(name="Rita Row")
    assert ({one.person for one in done.rows.all()}, rita.phone) == ({rita}, "07700900777")
    bisi.refresh_from_db()
    assert bisi.email == ""
    # nobody of the file to join, and only somebody of another name known: a person of their own
    alone = checked(sheet("Nell New,nell@example.org,,,"), host, coordinator)
    alone.rows.update(match=bisi, verdict="merge")
    imports.finish(imports.confirm_import(pool_import=alone, actor=coordinator))
    bisi.refresh_from_db()
    assert (bisi.email, Person.objects.filter(name="Nell New").count()) == ("", 1)
    known = brought_in(sheet("Bisi Vance,bisi@example.org,07700 900003,,"), host, coordinator)
    bisi.refresh_from_db()
    assert (known.rows.get().person, bisi.email) == (bisi, "bisi@example.org")


def test_nobody_can_be_the_person_of_a_row_that_is_not_there(messy, coordinator):
    with pytest.raises(NotAllowed, match="No other row"):
        imports.decide_row(row=row(messy, 4), decision="merge_row", actor=coordinator)


def test_an_undone_import_is_not_undone_twice_and_its_page_counts_well(
    host, coordinator, client_for
):
    """Control: before it is undone, the same page asks; a refused row brings the download back."""
    desk = client_for(coordinator)
    done = brought_in(sheet("Nell New,nell@example.org,,,"), host, coordinator)
    undo, show = (
        reverse(f"people:{name}", args=[done.uuid]) for name in ("undo_import", "import_show")
    )
    assert desk.get(undo).status_code == 200
    page = desk.get(show).content.decode()
    assert "1 person came into the pool" in page
    assert "0 people whom we knew were filled in" in page
    assert "rows to put right" not in page
    done.rows.update(verdict="refuse")
    assert "rows to put right" in desk.get(show).content.decode()
    imports.undo_import(pool_import=done, actor=coordinator)
    imports.finish(done)
    answer = desk.get(undo, follow=True)
    assert answer.redirect_chain == [(show, 302)]
    assert "There is nothing of this file to undo" in answer.content.decode()
