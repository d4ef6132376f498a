"""What is kept about people: declared for every field, beside its room, in ``<app>/personal.py``.

Export, erasing, retention and the table in the privacy notice are made from these declarations. A
rule of the house fails the build for a field without one. A new model takes a few lines::

    Table(
        "people.Need",
        title=_("What you need to take part"),
        of="person",                        # how the row is reached: a path to a person or account
        basis=Basis.EXPLICIT_CONSENT,
        keep=Keep.POOL,                     # and Erase.ROW, where nothing else is said
        special="subset value detail",
        activity="told_on audience",
        staff="told_by",                    # a member of staff who had to do with it
    )
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Field, Model, Q, QuerySet
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

# How a row says whose it is: a path to a person or account, a column of text by the key that it
# holds, or a condition.
Reach = str | Mapping[str, str] | Callable[["Subject"], Q]


class Kind(Enum):
    """What a field says about somebody, and the words for it."""

    IDENTITY = _("who you are")
    CONTACT = _("how to reach you")
    SPECIAL = _("health, support and equality")
    WORDS = _("what you wrote or what was written about you")
    ACTIVITY = _("what you did and chose, and when")
    PSEUDONYMOUS = _("a code in place of your name")
    GUARDED = _("what protects your account")
    TECHNICAL = _("technical facts")
    STAFF = _("who of the staff had to do with it")
    PLAIN = _("nothing about you")


class Basis(Enum):
    """Why the law lets us keep it."""

    PUBLIC_TASK = _("Our public task: to involve people in services (UK GDPR, Article 6(1)(e))")
    CONSENT = _("Your consent, which you can take back (Article 6(1)(a))")
    EXPLICIT_CONSENT = _("Your explicit consent, which you can take back (Article 9(2)(a))")
    EQUALITY = _("Equality monitoring (Article 9(2)(g); Data Protection Act 2018, Schedule 1, 8)")
    LEGAL_DUTY = _("A duty in law (Article 6(1)(c))")


class Keep(Enum):
    """For how long."""

    POOL = _("While you are in the pool. We ask after 12 quiet months, and delete after 24")
    ACCOUNT = _("As long as your account")
    CONSENT = _("Until you take your consent back, or leave")
    PROJECT = _("As long as the project’s own record")
    SESSION = _("Until you sign out, and two weeks at most")
    HOUR = _("One hour")
    DAY = _("One day")
    WEEK = _("One week")
    MONTH = _("30 days")
    SIX_YEARS = _("Six years")
    REFERENCE = _("As long as it is in use")


class Erase(Enum):
    """What becomes of a row when its person is erased."""

    ROW = _("Deleted")
    BLANK = _("Emptied: nothing in it leads to you any more")
    CUT = _("Kept without any link to you")
    KEEP = _("Kept, because the law says so")


@dataclass(frozen=True)
class Subject:
    """Somebody whose data is looked for: ``keys`` of their rows, by what they are keys of.

    ``people.person`` and ``people.user`` are primary keys, ``uuid`` and ``pseudonym`` are texts;
    ``email`` is in small letters. What somebody does not have is not there.
    """

    keys: Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """One model: whose it is, why it is kept and for how long, and of which kind each field is.

    ``title`` names it to people, and rows with the same title stand together. The fields are
    names with blanks between them, each in exactly one kind. ``blank`` gives what emptied fields
    become, ``because`` the reason for what stays.
    """

    model: str
    title: StrOrPromise = ""
    of: Reach = ""
    basis: Basis | None = None
    keep: Keep = Keep.REFERENCE
    erase: Erase = Erase.ROW
    because: StrOrPromise = ""
    blank: Mapping[str, Any] = field(default_factory=dict)
    identity: str = ""
    contact: str = ""
    special: str = ""
    words: str = ""
    activity: str = ""
    pseudonymous: str = ""
    guarded: str = ""
    technical: str = ""
    staff: str = ""
    plain: str = ""

    @property
    def kinds(self) -> dict[str, Kind]:
        """The kind of each declared field."""
        return {
            name: kind for kind in Kind for name in str(getattr(self, kind.name.lower())).split()
        }

    @property
    def model_class(self) -> type[Model]:
        """The model itself."""
        return apps.get_model(self.model)

    @property
    def is_personal(self) -> bool:
        """Whether its rows belong to people."""
        return bool(self.of)

    def rows_of(self, subject: Subject) -> QuerySet[Any]:
        """Return the rows that belong to ``subject``."""
        manager = self.model_class._base_manager  # noqa: SLF001 -- no row hides from its person
        condition = self._condition(subject)
        return manager.none() if condition is None else manager.filter(condition)

    def _condition(self, subject: Subject) -> Q | None:
        if callable(self.of):
            return self.of(subject)
        paths = {path: _leads_to(self.model_class, path) for path in _paths(self.of)}
        if isinstance(self.of, Mapping):
            paths = dict(self.of)
        known = [
            Q(**{path: subject.keys[key]}) for path, key in paths.items() if key in subject.keys
        ]
        return functools.reduce(lambda one, other: one | other, known) if known else None

    def own_fields(self) -> Iterator[tuple[Field, Kind]]:
        """Yield the fields that are shown to the person, in the order of the model."""
        kinds = self.kinds
        for one in self.model_class._meta.local_fields:
            kind = kinds.get(one.name, Kind.TECHNICAL)
            if kind not in {Kind.GUARDED, Kind.TECHNICAL}:
                yield one, kind


def _paths(of: Reach) -> list[str]:
    return of.split() if isinstance(of, str) else []


def _leads_to(model: type[Model], path: str) -> str:
    """Return the label of the model at the end of ``path``."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]  # paths are of relations
    return model._meta.label_lower


@functools.cache
def declared() -> dict[str, Table]:
    """Return every declaration by the label of its model, in the order of the rooms."""
    tables: dict[str, Table] = {}
    for app in apps.get_app_configs():
        if app.module is None or not module_has_submodule(app.module, "personal"):
            continue
        for table in import_module(f"{app.name}.personal").TABLES:
            tables[table.model.lower()] = table
    return tables


def personal_tables() -> list[Table]:
    """Return the declarations of what belongs to people."""
    return [table for table in declared().values() if table.is_personal]


def faults_of(model: type[Model], table: Table | None, owners: tuple[str, ...]) -> Iterator[str]:
    """Yield a sentence for everything that is not declared about ``model``.

    Args:
        owners: labels of the models whose rows are somebody: each relation to one of them is how a
            row is reached (``of``), or a member of staff (``staff``).
    """
    label = model._meta.label
    if table is None:
        yield f"{label}: no declaration. Add a Table to personal.py of its room."
        return
    names = {one.name for one in model._meta.local_fields if not one.primary_key}
    names |= {one.name for one in model._meta.local_fields if one.name in table.kinds}
    kinds = table.kinds
    for name in sorted(names - kinds.keys() - set(_paths(table.of))):
        yield f"{label}.{name}: say of which kind it is in personal.py."
    for name in sorted(kinds.keys() - names):
        yield f"{label}.{name}: declared, and there is no such field."
    yield from _unfinished(table)
    for one in model._meta.local_fields:
        if _label_of_related(one) in owners and not _is_reached(table, one.name):
            yield f"{label}.{one.name}: leads to somebody. Name it in “of”, or in “staff”."


def _label_of_related(one: Field) -> str:
    related = one.related_model
    return "" if related is None else related._meta.label_lower


def _is_reached(table: Table, name: str) -> bool:
    by_path = any(path.split("__")[0] == name for path in _paths(table.of))
    of_another_kind = callable(table.of) or "pk" in table.of
    return by_path or of_another_kind or table.kinds.get(name) is Kind.STAFF


def _unfinished(table: Table) -> Iterator[str]:
    listed = [name for kind in Kind for name in str(getattr(table, kind.name.lower())).split()]
    for name in sorted({name for name in listed if listed.count(name) > 1}):
        yield f"{table.model}.{name}: is of two kinds."
    about_people = set(table.kinds.values()) - {Kind.PLAIN, Kind.STAFF, Kind.TECHNICAL}
    if about_people and not table.is_personal and not table.because:
        yield f"{table.model}: says something about people; say whose it is (of), or because what."
    if table.is_personal and not (table.title and table.basis):
        yield f"{table.model}: give it a title that people understand, and its basis in law."
    if table.is_personal and table.erase is not Erase.ROW and not table.because:
        yield f"{table.model}: it stays when its person is erased; say because of what."
