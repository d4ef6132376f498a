"""What a password may be."""

from __future__ import annotations

import pytest
from django.contrib.auth.password_validation import password_changed, validate_password
from django.core.exceptions import ValidationError

from people.models import User
from people.passwords import NotOneself, NotTooLong
from tests import factories


def refusals(password: str, user: User) -> set[str | None]:
    """Return the rules that refuse ``password``; {None} where none does."""
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return {one.code for one in refused.error_list}
    return {None}


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kettle7", "password_too_short"),
        ("x7" * 64 + "x", "password_too_long"),
        ("password123", "password_too_common"),
        ("Devonte-Officer", "password_is_own_name"),
        ("examplecouncil!", "password_is_own_name"),
        ("Example Council 1", "password_is_own_name"),
        ("dévonté.officer", "password_is_own_name"),
        ("kettle78", None),
        ("x7" * 64, None),
        ("three words together", None),
        ("🫖🧭🪴🛶🪁🧵🪀🫧", None),
        ("correct horse council", None),
    ],
)
def test_password_rules(host, password, code):
    staff = factories.make_staff(host, name="Devonte Officer")
    staff.email = "devonte@example.org"
    assert code in refusals(password, staff)


def test_rules_for_somebody_unknown_and_in_words(db):
    NotOneself().validate("anything at all")
    NotOneself().validate("kettle 78", User(name="", email="a@b.example"))
    assert "128" in NotTooLong().get_help_text()
    assert "organisation" in NotOneself().get_help_text()
    password_changed("x", None)


def test_letters_count_as_they_are_read_not_as_they_are_sent(resident):
    """One keyboard sends é as one letter, another as e and an accent."""
    resident.set_password("caf\u00e9 au lait 9")
    assert resident.check_password("cafe\u0301 au lait 9")
    assert not resident.check_password("cafe au lait 9")
    resident.set_password(None)
    assert not resident.has_usable_password()
