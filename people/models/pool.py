"""The involvement pool: people, with or without an account or an e-mail."""

from __future__ import annotations

import re
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.search import TextIndex
from people.lifecycle import FINDABLE, PoolStatus

from .imports import PoolImport
from .kinds import HeardFrom, PersonKind
from .organisations import ARRANGING_ROLES, Organisation, Role
from .places import Town, Ward

# Found by the beginning of any word of the name, of the address, and of the number.
PEOPLE_SEARCHED = TextIndex("people_person", ("name", "email"), numbers=("phone",), stems=False)

_MARK = re.compile(r"p-?([0-9a-f]{8})", re.IGNORECASE)


class Channel(models.TextChoices):
    """How something reached us."""

    ONLINE = "online", _("Online")
    PHONE = "phone", _("By phone")
    PAPER = "paper", _("On paper")
    IN_PERSON = "in_person", _("In person")


class ContactBy(models.TextChoices):
    """How a person wants to be reached."""

    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone call")
    TEXT = "text", _("Text message")
    LETTER = "letter", _("Letter")


class PersonQuerySet(models.QuerySet["Person"]):
    """Who may see whom. ``people.rules.can_see_person`` is the twin for one row."""

    def visible_to(self, user: Any) -> PersonQuerySet:
        """Return whom ``user`` may see.

        The user's own row, those who came forward to the organisation that the user arranges for,
        and for its coordinators those who let it look for them; of these, those under 18 only
        where they joined through it: somebody welcomes them and checks what their parents say.
        """
        if not user.is_authenticated:
            return self.none()
        own = Q(user_id=user.pk)
        membership = getattr(user, "acting", None)
        if membership is None or membership.role not in ARRANGING_ROLES:
            return self.filter(own)
        seen = own | _came_forward_to(membership.organisation_id)
        if membership.role == Role.COORDINATOR:
            seen |= _let_its_coordinators_look(membership.organisation_id)
        return self.filter(seen)

    def of_coordinators_of(self, organisation: Organisation) -> PersonQuerySet:
        """Return whom the coordinators of ``organisation`` see: the pool that they look after."""
        key = organisation.pk
        return self.filter(_came_forward_to(key) | _let_its_coordinators_look(key))

    def came_forward_to(self, organisation: Organisation) -> PersonQuerySet:
        """Return those whose contact details ``organisation`` may use."""
        return self.filter(_came_forward_to(organisation.pk))

    def looked_for_by(self, organisation: Organisation) -> PersonQuerySet:
        """Return whom a search of ``organisation`` may find: those who let it, and are here now.

        Nobody under 18 is found, by anybody: they come forward themselves.
        """
        found = self.filter(_may_be_looked_for_by(organisation.pk), status__in=FINDABLE)
        return found.exclude(_is_young())

    def marked(self, mark: str) -> PersonQuerySet:
        """Return whose sheets bear this mark; nobody where it is none."""
        found = _MARK.fullmatch(mark.strip())
        if found is None:
            return self.none()
        first, last = (uuid.UUID(found[1] + end * 24) for end in "0f")
        return self.filter(uuid__gte=first, uuid__lte=last)


class PersonManager(models.Manager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made while it runs
    """Everybody but those of an import whose switch is off, and those who turned out to be another.

    ``Person.everybody`` has them all: for what looks after the rows, never for a page.
    """

    def get_queryset(self) -> PersonQuerySet:
        """Leave out who is not to be seen; without a join, so that rows can be locked."""
        hidden = PoolImport.objects.hidden().order_by().values("pk")
        return super().get_queryset().exclude(came_with__in=hidden).filter(merged_into__isnull=True)


def _came_forward_to(organisation_id: int) -> Q:
    return Q(Exists(KnownTo.objects.filter(person=OuterRef("pk"), organisation=organisation_id)))


def _may_be_looked_for_by(organisation_id: int) -> Q:
    # Through the relation: the model is further up, in a file that reads this one.
    let = Person.may_look.rel.related_model.objects
    return Q(Exists(let.filter(person=OuterRef("pk"), organisation=organisation_id)))


def _let_its_coordinators_look(organisation_id: int) -> Q:
    seen_all_the_same = Q(joined_through=organisation_id) | ~_is_young()
    return _may_be_looked_for_by(organisation_id) & seen_all_the_same


def _is_young() -> Q:
    young = Person.young.related.related_model.objects  # further up, as above
    return Q(Exists(young.under_18_on(today()).filter(person=OuterRef("pk"))))


class Person(models.Model):
    """A member of the involvement pool. May have no account and no e-mail; two may share one."""

    Status = PoolStatus
    REPRESENTS_LIMIT = 120
    HEARD_LIMIT = 200

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="person",
    )
    name = models.CharField(_("name"), max_length=120)
    email = models.EmailField(_("e-mail address"), blank=True)
    # A mail server said that there is no such address; put right with the next one.
    email_refused_at = models.DateTimeField(null=True, blank=True, editable=False)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    address = models.TextField(_("postal address"), max_length=300, blank=True)
    contact_by = models.CharField(
        _("how we may reach you"), max_length=6, choices=ContactBy, default=ContactBy.EMAIL
    )
    town = models.ForeignKey(
        Town, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    ward = models.ForeignKey(
        Ward, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    joined_through = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="people_joined"
    )
    joined_channel = models.CharField(
        _("how they joined"), max_length=9, choices=Channel, default=Channel.ONLINE
    )
    joined_at = models.DateTimeField(default=timezone.now)
    # The spreadsheet that brought them; they show once its switch is on.
    came_with = models.ForeignKey(
        PoolImport, null=True, blank=True, on_delete=models.PROTECT, related_name="people"
    )
    # The page that this one turned out to be, too; nobody sees this row any more.
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="merged_here"
    )
    status = models.CharField(
        max_length=13, choices=PoolStatus, default=PoolStatus.INTERESTED, editable=False
    )
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    welcomed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The first day after a break.
    paused_until = models.DateField(null=True, blank=True, editable=False)
    kind = models.CharField(max_length=14, choices=PersonKind, default=PersonKind.RESIDENT)
    represents = models.CharField(
        _("the organisation they speak for"), max_length=REPRESENTS_LIMIT, blank=True
    )
    heard_from = models.CharField(
        _("where they heard of us"), max_length=7, choices=HeardFrom, blank=True
    )
    heard_from_words = models.CharField(max_length=HEARD_LIMIT, blank=True)
    named_contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = PersonManager()
    everybody = PersonQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "people"
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["name", "id"], name="person_by_name"),
            models.Index(fields=["status", "status_since"], name="person_by_status"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=~Q(contact_by="email") | ~Q(email=""), name="person_email_by_email"
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(user__isnull=True),
                name="person_merged_has_no_account",
            ),
            models.CheckConstraint(
                condition=Q(status="paused", paused_until__isnull=False)
                | (~Q(status="paused") & Q(paused_until__isnull=True)),
                name="person_break_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(kind="resident", represents="")
                | (Q(kind="representative") & ~Q(represents="")),
                name="person_represents_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        """The first word of the name: for greetings."""
        return self.name.split()[0]

    @property
    def reference(self) -> str:
        """The mark on a sheet of paper by which a typist finds the person: P-3FA291BC."""
        return f"P-{self.uuid.hex[:8].upper()}"

    @property
    def initials(self) -> str:
        """The letters drawn in place of a picture: of the first and the last word."""
        words = self.name.split()
        return "".join(word[0].upper() for word in dict.fromkeys((words[0], words[-1])))


class KnownTo(models.Model):
    """That a person came forward to an organisation, and since when.

    Officers and coordinators of that organisation may then reach the person, and read the one-page
    profile while it is shared. Written by people.actions.open_to and close_to alone.
    """

    class Reason(models.TextChoices):
        CAME_FORWARD = "came_forward", _("Came forward to a project")
        RANG_OR_WROTE = "rang_or_wrote", _("Rang or wrote")
        IN_THEIR_LIST = "in_their_list", _("Stood in their list of people")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="known_to")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="knows")
    reason = models.CharField(max_length=14, choices=Reason)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "organisation"], name="known_to_once")
        ]

    def __str__(self) -> str:
        return f"known to {self.organisation_id}"


class Consent(models.Model):
    """What a person agreed to: for which purpose, in which words, when, and until when."""

    class Purpose(models.TextChoices):
        SUPPORT_NEEDS = "support_needs", _("Tell those who arrange it what support I need")
        PHOTO = "photo", _("Use my picture to show what co-production is")
        STORIES = "stories", _("Tell my story, in words that I agree to first")
        BULLETINS = "bulletins", _("Send me news that is not about a project of mine")
        MATCHING = "matching", _("Be found by what I have lived through")
        NEEDS = "needs", _("Keep what I need to take part")

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    about = models.CharField(max_length=80, help_text="what it is limited to, e.g. opportunity:12")
    wording_version = models.CharField(max_length=20)
    given_at = models.DateTimeField(default=timezone.now)
    channel = models.CharField(max_length=9, choices=Channel, default=Channel.ONLINE)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "purpose", "about"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.about}"
