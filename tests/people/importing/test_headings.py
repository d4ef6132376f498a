"""Columns: which is what, which is not brought in, and what nobody can map to something else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.importing import Field, chosen, suggest
from people.importing.headings import about_of, letter

SUGGESTED = {
    "Your full name *": Field.NAME,
    "SURNAME": Field.LAST_NAME,
    "First Name(s)": Field.FIRST_NAME,
    "Email address (home)": Field.EMAIL,
    "Mobile phone no.": Field.PHONE,
    "Tel. 2": Field.SECOND_PHONE,
    "Address line 1": Field.ADDRESS,
    "Post Code": Field.POSTCODE,
    "Preferred method of contact": Field.CONTACT_BY,
    "Areas of interest": Field.INTERESTS,
    "Lived experience": Field.EXPERIENCE,
    "When are you available?": Field.AVAILABILITY,
    "How did you hear about us?": Field.HEARD_FROM,
    "Next of kin": Field.EMERGENCY_CONTACT,
    "Advocate": Field.SUPPORTER,
    "Date joined": Field.ADDED_ON,
    "D.O.B.": Field.AGE,
    "Age band": Field.AGE,
    "Comments": Field.NOTES,
    "Council": Field.ORGANISATION,
    # Never brought in, whatever they are called.
    "Ethnic origin": Field.SENSITIVE,
    "Gender": Field.SENSITIVE,
    "Sexual orientation": Field.SENSITIVE,
    "Religion": Field.SENSITIVE,
    "Do you have a disability?": Field.SENSITIVE,
    "Medical conditions": Field.SENSITIVE,
    "Diagnosis": Field.SENSITIVE,
    "NHS number": Field.SENSITIVE,
    "In receipt of benefits": Field.SENSITIVE,
    "Bank sort code": Field.SENSITIVE,
    "NI number": Field.SENSITIVE,
    "DBS expiry": Field.SENSITIVE,
    "Dietary needs": Field.SENSITIVE,
    "Preferred language": Field.SENSITIVE,
    "Amount paid": Field.SENSITIVE,
    "GDPR form signed": Field.CONSENT,
    "Photo permission": Field.CONSENT,
    "On mailing list": Field.CONSENT,
    # Fields of the portal itself: XLS-30.
    "is_staff": Field.IGNORED,
    "organisation_id": Field.IGNORED,
    "id": Field.IGNORED,
    "uuid": Field.IGNORED,
    "user_id": Field.IGNORED,
    "Password": Field.IGNORED,
    "role": Field.IGNORED,
    "Favourite colour": Field.IGNORED,
}


@pytest.mark.parametrize("heading", SUGGESTED)
def test_a_heading_is_recognised_in_the_words_that_people_use(heading):
    assert suggest([heading]).fields == (SUGGESTED[heading],)


def said(columns) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for problem in columns.problems:
        found.setdefault(problem.code, []).append(problem.column)
    return found


def test_xls_28_a_file_without_names_is_not_enough():
    """Control: with a last name, or a first one, it is."""
    assert not suggest(["E-mail", "Tel", "Known as"]).is_enough
    assert "no-name-column" in said(suggest(["E-mail"]))
    for heading in ("Name", "Surname", "Forename"):
        columns = suggest([heading, "Tel"])
        assert (columns.is_enough, said(columns)) == (True, {})


def test_xls_29_columns_that_come_twice_are_named_with_their_letters():
    columns = suggest(["Name", "E-mail", "Tel", "Mobile", "e-mail", "Landline"])
    assert columns.fields == (
        Field.NAME,
        Field.EMAIL,
        Field.PHONE,
        Field.SECOND_PHONE,
        Field.IGNORED,
        Field.IGNORED,
    )
    assert said(columns) == {"heading-twice": ["E-mail"], "field-twice": ["e-mail", "Landline"]}
    assert "B, E" in columns.problems[0].message
    twice = suggest(["Name", "Interests", "Topics", "Notes", "Comments"])
    assert (twice.fields[1:3], said(twice)) == ((Field.INTERESTS,) * 2, {})


def test_xls_29_renamed_columns_are_remembered():
    last = {"who is it": "name", "E-mail": "email", "blah": "interests", "x": "no field"}
    columns = suggest(["Who is it?", "E-Mail", "Blah", "x"], remembered=last)
    assert columns.fields == (Field.NAME, Field.EMAIL, Field.INTERESTS, Field.IGNORED)


@pytest.mark.parametrize("heading", ["Ethnicity", "Photo consent", "is_staff", "organisation_id"])
@pytest.mark.parametrize("field", ["name", "interests", "email"])
def test_xls_30_nobody_maps_to_a_field_what_must_not_be_brought_in(heading, field):
    """Control: a column with an innocent heading can be anything."""
    never = {Field.SENSITIVE, Field.CONSENT, Field.IGNORED}
    assert chosen(["Full name", heading], ["name", field]).fields[1] in never
    assert suggest([heading], remembered={heading: field}).fields[0] in never
    assert chosen(["Shoe size"], [field]).fields == (field,)
    assert chosen(["Shoe size", heading], ["name", "sensitive"]).fields[1] == "sensitive"


def test_xls_30_columns_that_are_not_brought_in_are_named():
    columns = suggest(["Name", "is_staff", "Ethnicity", "GDPR ok"])
    assert said(columns) == {
        "ignored": ["is_staff"],
        "sensitive": ["Ethnicity"],
        "consent": ["GDPR ok"],
    }
    assert all(problem.column in problem.message for problem in columns.problems)


def test_what_a_human_chose_is_one_field_for_each_heading():
    for fields in (["name"], ["name", "shoe"]):
        with pytest.raises(ValueError, match=r"2 headings|shoe"):
            chosen(["A", "B"], fields)
    columns = chosen(["A", "B"], ["name", "name"])
    assert columns.fields == (Field.NAME, Field.IGNORED)


def test_what_a_private_column_is_about():
    headings = ("Ethnicity", "M/F", "LD / MH / OP / PD / carer?", "£ paid 24-25", "Bank form back?")
    assert [about_of(one) for one in headings] == ["ethnicity", "sex", "health", "money", "bank"]
    assert [about_of(one) for one in ("Support worker", "Name", "")] == ["", "", ""]
    assert [letter(place) for place in (0, 25, 26, 51, 52)] == ["A", "Z", "AA", "AZ", "BA"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=12))
def test_any_headings_get_one_field_each(headings):
    columns = suggest(headings)
    assert len(columns.fields) == len(headings)
    assert chosen(headings, columns.fields).fields == columns.fields
