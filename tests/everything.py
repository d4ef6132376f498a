"""Somebody who has a row in every table that people have rows in, with a mark in every text.

``fill`` walks the declarations (coprod.lib.personal), so a table of tomorrow is in it by itself. A
model whose constraints need more than one value of each field gets a line in ``MAKERS``.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from charter.lifecycle import CheckBackStatus
from coprod.lib.images import SafePicture
from coprod.lib.personal import Kind, Table, personal_tables
from people.audit import record
from people.models import Person, Profile
from people.pictures import keep
from people.pseudonyms import pseudonym_of
from people.queries import profile_of
from people.subjects import subject_of
from tests import factories

# Small letters and figures alone: an index of words keeps it as it is.
MARK = "zqmark"
TEXTS = (models.CharField, models.TextField, models.JSONField)
ABOUT = {Kind.IDENTITY, Kind.CONTACT, Kind.SPECIAL, Kind.WORDS}
# Days that follow others in every constraint.
LATER = re.compile("due|until|expires|valid_to|ends|_by$")
_numbers = itertools.count(1)


def somebody() -> Person:
    """Return a resident with an account, and a row in every personal table."""
    user = factories.make_resident("Zora Everywhere", phone="0121 496 0999")
    brief = factories.make_opportunity(places=5)
    factories.make_sign_up(brief, user.person, support_text="A quiet room", support_consent=True)
    factories.answer_equality(user.person, religion="none")
    factories.make_participation(brief, int(pseudonym_of(user.person), 16))
    picture = keep(SafePicture(small=MARK.encode(), large=MARK.encode()))
    profile_of(user.person)
    Profile.objects.filter(person=user.person).update(photo=picture, photo_alt="Me")
    session = SessionStore()
    session["_auth_user_id"], session["typed"] = str(user.pk), MARK
    session.save()
    record(verb="person.seen", target=user.person, actor=user, person=user.person, said=MARK)
    fill(user.person)
    return user.person


def fill(person: Person) -> None:
    """Give the person a row in every table, and write the mark into every text about them."""
    for table in personal_tables():
        if not table.rows_of(subject_of(person)).exists():
            MAKERS.get(table.model.lower(), make)(table, person)
    for table in personal_tables():
        mark(table, person)
    person.refresh_from_db()


def make(table: Table, whose: Person, **given: Any) -> models.Model:
    """Return a new row of ``table`` for the person: the least that its columns take."""
    model = table.model_class
    of = table.of if isinstance(table.of, str) else ""
    first = {path.split("__")[0] for path in of.split()[:1]}
    values = {
        one.name: _value(one, whose)
        for one in model._meta.local_fields
        if one.name not in given and (one.name in first or _is_needed(one))
    }
    return model._base_manager.create(**(values | given))


def _is_needed(one: models.Field) -> bool:
    if one.primary_key and not isinstance(one, models.CharField):
        return False
    if one.blank and isinstance(one, TEXTS):
        return False
    return not (one.null or one.has_default() or getattr(one, "auto_now", False) or one.generated)


def _value(one: models.Field, person: Person) -> Any:
    if one.related_model is not None:
        return _related(one.related_model, person)
    if one.choices:
        return next(value for value, _words in one.flatchoices if value)
    number = next(_numbers)
    later = dt.timedelta(days=40 if LATER.search(one.name) else 0)
    values: dict[type, Any] = {
        models.DateTimeField: timezone.now() + later,
        models.DateField: timezone.localdate() + later,
        models.IntegerField: number % 30_000,
        models.BooleanField: False,
        models.BinaryField: b"typed",
        models.FileField: _file(number),
        models.GenericIPAddressField: "127.0.0.1",
        models.JSONField: {},
        models.EmailField: f"row-{number}@example.org",
        models.CharField: f"row-{number}"[: one.max_length or None],
        models.TextField: f"row-{number}",
    }
    for kind, value in values.items():
        if isinstance(one, kind):
            return value
    raise AssertionError(f"{one}: tests/everything.py knows no value for it")


def _file(number: int) -> str:
    return f"exports/row-{number}.zip"


def _related(model: type[models.Model], person: Person) -> models.Model:
    label = model._meta.label_lower
    own = {"people.person": person, "people.user": person.user}
    if label in own:
        return own[label]
    there = model._base_manager.first()
    return there or make(Table(label), person)


def mark(table: Table, person: Person) -> None:
    """Write the mark into every text of the rows that says something about the person."""
    for row in table.rows_of(subject_of(person)):
        for one, kind in table.own_fields():
            if kind in ABOUT and isinstance(one, TEXTS) and _is_free(one):
                _write(row, one)


def _is_free(one: models.Field) -> bool:
    return not (one.choices or one.unique or isinstance(one, (models.FileField, models.SlugField)))


def _write(row: models.Model, one: models.Field) -> None:
    """Write the mark; what a constraint refuses is no place for words."""
    value: Any = f"{MARK} {one.name}"
    if isinstance(one, models.EmailField):
        value = f"{MARK}-{one.name}-{row.pk}@example.org"
    if isinstance(one, models.JSONField):
        value = {"said": MARK}
    if one.max_length and len(str(value)) > one.max_length:
        return
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{one.name: value})
    except IntegrityError:
        return


def _check_back(table: Table, person: Person) -> models.Model:
    response = factories.make_response(factories.make_contribution(factories.make_opportunity()))
    return make(
        table, person, response=response, status=CheckBackStatus.DUE, due_on=timezone.localdate()
    )


def _copy(table: Table, person: Person) -> models.Model:
    name = default_storage.save("exports/copy.zip", ContentFile(MARK.encode()))
    later = timezone.now() + dt.timedelta(days=7)
    return make(table, person, file=name, expires_at=later)


def _row(table: Table, person: Person) -> models.Model:
    file = default_storage.save("imports/pool.csv", ContentFile(MARK.encode()))
    brought = make(Table("people.PoolImport"), person, file=file, rows_total=1, rows_done=1)
    return make(table, person, pool_import=brought, person=person)


def _topic(table: Table, person: Person) -> models.Model:
    return make(table, person, kind="interest", words="Buses")


def _alone(table: Table, person: Person) -> models.Model:
    return make(table, person, kind="alone", about="opportunity:1")


def _confirmation(table: Table, person: Person) -> models.Model:
    return make(table, person, email_address=person.user.emailaddress_set.get())


def _former_role(table: Table, person: Person) -> models.Model:
    year_ago = timezone.localdate() - dt.timedelta(days=365)
    return make(table, person, valid_from=year_ago, valid_to=year_ago)


def _merge(table: Table, person: Person) -> models.Model:
    gone = factories.make_person("Zora Twice")
    Person.everybody.filter(pk=gone.pk).update(merged_into=person)
    return make(table, person, kept=person, gone=gone, before={"phone": MARK})


def _none(*_of_residents: Any) -> None:
    """Administrators alone have these."""


MAKERS: dict[str, Callable[..., Any]] = {
    "charter.checkback": _check_back,
    "people.dataexport": _copy,
    "people.personmerge": _merge,
    "people.membership": _former_role,
    "people.importrow": _row,
    "people.persontopic": _topic,
    "people.agreement": _alone,
    "account.emailconfirmation": _confirmation,
    "people.user_groups": _none,
    "people.user_user_permissions": _none,
    "admin.logentry": _none,
}
