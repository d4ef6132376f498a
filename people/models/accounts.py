"""Who may sign in."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from .organisations import Membership


def _one_writing(text: str | None) -> str | None:
    return text and unicodedata.normalize("NFC", text)


class UserManager(BaseUserManager["User"]):
    """Makes users whose e-mail is stored in small letters."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Return a new user; without a password they sign in by a code sent to the e-mail."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password) if password else user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str, **fields: object) -> User:
        """Return a user who may open the administration of reference tables."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user with this e-mail, whatever its case."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: an e-mail address and a way to prove it. Who the person is, is a Person."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_staff = models.BooleanField(_("may open the administration"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)
    # Part of every session's key: a new one ends them all, known to us or not.
    session_seed = models.CharField(max_length=32, blank=True, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    # Set on each request by coprod.middleware.ActingMiddleware: the membership a member of staff
    # acts under now. None for residents.
    acting: Membership | None = None

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")), name="user_email_small_letters"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def set_password(self, raw_password: str | None) -> None:
        """Keep a password as one writing of its letters: keyboards differ in how they send é."""
        super().set_password(_one_writing(raw_password))

    def check_password(self, raw_password: str) -> bool:
        """Return whether this is the password, however its letters were sent."""
        return super().check_password(_one_writing(raw_password))

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session holds to stay open: it ends with another password or another seed."""
        text = f"{self.password}{self.session_seed}"
        return salted_hmac("people.User.session", text, secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)
