"""What hands do at the doors of accounts: for every test that signs in as people do."""

from __future__ import annotations

import re
import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.models import User

PASSWORD = "three words of mine 7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def send(client: Client, page: str, *arguments: object, **data: object):
    """Send the form of a page that has no or these arguments in its address."""
    return client.post(reverse(page, args=arguments), data)


def code_in(letter) -> str:
    """Return the code in a letter, as it stands there."""
    (code,) = re.findall(r"^\d{4}-\d{4}$", letter.body, re.MULTILINE)
    return code


def sign_in_by_code(client: Client, email: str):
    """Ask for a code, read it, write it."""
    send(client, "account_login", login=email)
    return send(client, "account_confirm_login_code", code=code_in(mail.outbox[-1]))


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def give_app(user: User) -> Authenticator:
    """Give ``user`` an app with ``SECRET``, and recovery codes."""
    app = TOTP.activate(user, SECRET).instance
    RecoveryCodes.activate(user)
    return app


def app_shows(secret: str = SECRET, *, half_minutes: int = 0) -> str:
    """Return what the app shows now, or so many half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + half_minutes))
