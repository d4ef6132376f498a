"""Every field says what it is: no table is left out of export, erasing and the privacy notice."""

from __future__ import annotations

from dataclasses import replace

from django.apps import apps
from django.db import models

from coprod.lib.personal import declared, faults_of

OWNERS = ("people.person", "people.user")


def tables() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def faults(declarations) -> list[str]:
    return [
        fault
        for model in tables()
        for fault in faults_of(model, declarations.get(model._meta.label_lower), OWNERS)
    ]


def test_every_field_of_every_model_is_declared():
    assert faults(declared()) == []


def test_no_declaration_is_of_a_model_that_is_gone():
    assert set(declared()) - {model._meta.label_lower for model in tables()} == set()


def test_what_is_forgotten_is_found():
    """Control: no declaration, a field without a kind, a way to somebody that is not said."""
    table = declared()["people.profile"]
    for crooked, fault in [
        (None, "people.Profile: no declaration. Add a Table to personal.py of its room."),
        (
            replace(table, words="important_to_me experience how_to_help"),
            "people.Profile.best_contact: say of which kind it is in personal.py.",
        ),
        (
            replace(table, plain="colour"),
            "people.Profile.colour: declared, and there is no such field.",
        ),
        (
            replace(table, of="", because="we forgot", plain="person"),
            "people.Profile.person: leads to somebody. Name it in “of”, or in “staff”.",
        ),
        (
            replace(table, title=""),
            "people.Profile: give it a title that people understand, and its basis in law.",
        ),
        (replace(table, plain="photo"), "people.Profile.photo: is of two kinds."),
    ]:
        assert faults(declared() | {"people.profile": crooked}) == [fault]
