"""How sign-up and sign-in meet the pool."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.utils import build_absolute_uri
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .actions import change_details, join_online
from .models import Person, User
from .queries import memberships_in_force

EMAIL_CHANGED = "account/email/email_changed"


class AccountAdapter(DefaultAccountAdapter):
    """allauth's behaviour, with our own words and our own doors after it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Ring us: we look into it with you."),
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. "
            "Leave the password empty, and we send you a code."
        ),
        "email_taken": _("There is an account with this address already. Sign in with it."),
        "enter_current_password": _("That is not the password that you have now."),
        "incorrect_code": _("That is not the code. Look at the newest e-mail from us."),
        "incorrect_password": _("That is not your password."),
        "rate_limited": _("That was very often. Wait a few minutes, or ring us."),
        "same_as_current": _("This is the address that we write to now. Write another one."),
        "too_many_login_attempts": _("That was tried very often. Wait a few minutes, or ring us."),
    }

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """Make the account and its person together, or neither."""
        with transaction.atomic():
            user = super().save_user(request, user, form, commit)
            join_online(user=user, name=form.cleaned_data["name"])
        return user

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to their work, or first choose for whom; residents to their page."""
        roles = memberships_in_force(request.user).count()
        if roles > 1:
            return reverse("people:choose_organisation")
        return resolve_url("staff_home" if roles else "my")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter of the account, which may lead to the sign-in page."""
        sign_in = build_absolute_uri(self.request, reverse("account_login"))
        super().send_mail(template_prefix, email, {"sign_in_url": sign_in, **context})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the account's owner that it changed; a proved new address is the person's too.

        allauth calls this whenever an address was changed, and nothing else that we may override.
        """
        person = Person.objects.filter(user=user).first()
        if template_prefix == EMAIL_CHANGED and person is not None and context:
            change_details(person=person, actor=user, email=context["to_email"])
        super().send_notification_mail(template_prefix, user, context, email)
