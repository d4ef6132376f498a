"""How sign-up and sign-in meet the pool."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.password_reset_by_code import (
    PASSWORD_RESET_VERIFICATION_SESSION_KEY,
)
from allauth.account.internal.stagekit import clear_login
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import PermissionDenied
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from coprod.lib import session_time
from coprod.lib.letters import BY_A_PROGRAM, MailIsDown

from . import second_step
from .actions import join_online, note_email_change, note_second_step
from .devices import note_device
from .email_links import token_of_change
from .models import User
from .privacy import tell_once
from .queries import memberships_in_force
from .rules import needs_second_step

logger = logging.getLogger(__name__)
EMAIL_CHANGED = "account/email/email_changed"
# allauth's letters about the second step, and what the log calls what happened.
SECOND_STEP_ADDED = {
    "mfa/email/totp_activated": "app_added",
    "mfa/email/webauthn_added": "passkey_added",
}
SECOND_STEP_CHANGED = SECOND_STEP_ADDED | {
    "mfa/email/totp_deactivated": "app_removed",
    "mfa/email/webauthn_removed": "passkey_removed",
    "mfa/email/recovery_codes_generated": "codes_made",
}


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

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and start the clock of the session."""
        super().login(request, user)
        session_time.begin(request.session)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Staff go to their work, or first choose for whom; residents to their page."""
        roles = memberships_in_force(request.user).count()
        if roles > 1:
            return reverse("people:choose_organisation")
        return resolve_url("staff_home" if roles else "my")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Where there is a second step, nothing less shows that it is you."""
        methods = super().get_reauthentication_methods(user)
        stronger = [one for one in methods if one["id"].startswith("mfa_")]
        words = {"mfa_reauthenticate": gettext("Use a code")}
        return [
            {**one, "description": words.get(one["id"], gettext("Use a passkey"))}
            if one in stronger
            else one
            for one in stronger or methods
        ]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a letter of the account, which may lead to the sign-in page."""
        sign_in = f"{settings.SITE_URL}{reverse('account_login')}"  # whatever host was asked
        try:
            super().send_mail(template_prefix, email, {"sign_in_url": sign_in, **context})
        except (SMTPException, OSError) as error:
            logger.warning("a letter of the account was not sent: %s", type(error).__name__)
            raise MailIsDown from error

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        """Return a letter of the account. It does not wait in the outbox, and not for long."""
        letter = super().render_mail(*args, **kwargs)
        letter.extra_headers.update(BY_A_PROGRAM)
        letter.connection = get_connection(timeout=settings.EMAIL_TIMEOUT_IN_A_REQUEST)
        return letter

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
        if template_prefix in SECOND_STEP_CHANGED:
            note_second_step(user=user, what=SECOND_STEP_CHANGED[template_prefix])
        if template_prefix in SECOND_STEP_ADDED:
            # Whoever has just made it has just shown it: this session need not ask for it again.
            record_authentication(self.request, user, second_step.METHOD, reauthenticated=True)
        if template_prefix == EMAIL_CHANGED and context:
            context = context | {"undo_url": self._change_email(user, context)}
        super().send_notification_mail(template_prefix, user, context, email)

    def _change_email(self, user: User, context: dict[str, Any]) -> str:
        """Note the new address, end the other sessions, and return the link that undoes it."""
        change = note_email_change(user=user, old=context["from_email"], new=context["to_email"])
        if self.request.user == user:
            update_session_auth_hash(self.request, change.user)
            UserSession.objects.create_from_request(self.request)
        path = reverse("people:undo_email_change", args=[token_of_change(change)])
        return f"{settings.SITE_URL}{path}"

    def pre_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse | None:
        """Refuse a code that went to an address which is no longer the account's."""
        if facts["email"] and facts["email"].lower() != user.email:
            clear_login(request)
            return redirect("account_login")
        return super().pre_login(request, user, **facts)

    def post_login(self, request: HttpRequest, user: User, **facts: Any) -> HttpResponse:
        """Know the browser again, and tell once of a new privacy notice."""
        response = super().post_login(request, user, **facts)
        note_device(request, user, response)
        if (version := tell_once(user)) is not None:
            words = gettext("Our privacy notice has changed: %(change)s It is below each page.")
            messages.info(request, words % {"change": version.change})
        return response

    def set_password(self, user: User, password: str) -> None:
        """Refuse a reset by a code that went to an address which is no longer the account's.

        Raises:
            PermissionDenied: the address was changed since.
        """
        reset = self.request.session.get(PASSWORD_RESET_VERIFICATION_SESSION_KEY)
        if reset and reset.get("email", "").lower() != user.email:
            raise PermissionDenied
        super().set_password(user, password)


class SecondStepAdapter(DefaultMFAAdapter):
    """How allauth keeps, draws and gives up a second step."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "Your work needs a second step, and this is your only one. It stays."
        ),
        "incorrect_code": _("That is not right, or was used already. Try the next code."),
        "unverified_email": _("Show us first that your e-mail address is yours."),
    }

    def encrypt(self, text: str) -> str:
        """Return what is stored of a secret."""
        return second_step.encrypt(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret of what is stored."""
        return second_step.decrypt(encrypted_text)

    def get_totp_issuer(self) -> str:
        """Return what the app calls us."""
        return gettext("Get involved in %s") % settings.PLACE

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the square for the camera."""
        return second_step.drawn(url)

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 -- allauth's name for it
        """Return a name that differs from those before."""
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("My passkey") if number == 1 else gettext("Passkey %d") % number

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Refuse to give up the last one while a role needs it."""
        others = Authenticator.objects.filter(
            user=authenticator.user_id, type__in=second_step.KINDS
        ).exclude(pk=authenticator.pk)
        in_force = memberships_in_force(authenticator.user)
        return others.exists() or not any(map(needs_second_step, in_force))
