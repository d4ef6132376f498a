"""The forms of the second step, in our words. allauth checks what is written in them."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from people.second_step import use_once

NAME_LIMIT = 60


class _CodeForm(forms.Form):
    """A code is taken once, also where allauth takes the one before and the one after."""

    hint = _("Six figures from the app on your phone, or one of your recovery codes.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label = _("Your code")
        code.help_text = self.hint
        code.widget.attrs.pop("placeholder", None)
        code.error_messages["required"] = _("Write the code that the app shows")

    def clean_code(self) -> str:
        code = super().clean_code()
        if not use_once(self.user, "".join(code.split())):
            raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(_CodeForm, AuthenticateForm):
    """The second step of signing in."""


class SecondStepAgainForm(_CodeForm, ReauthenticateForm):
    """The same, before something important is changed."""


class AddAppForm(_CodeForm, ActivateTOTPForm):
    """The first code of a new app shows that it works."""

    hint = _("Six figures. The app shows new ones every half minute.")


class _NamedForm(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = self.fields["name"] = forms.CharField(
            label=_("What you call it"),
            help_text=_("So that you know later which one it is, like “my phone”."),
            max_length=NAME_LIMIT,
            required=self.fields["name"].required,
            initial=self.fields["name"].initial,
            error_messages={"required": _("Write what you call it")},
        )
        name.widget.attrs["autocomplete"] = "off"


class AddPasskeyForm(_NamedForm, AddWebAuthnForm):
    """A new passkey. Whether it can sign in by itself is the device's to say, not a question."""

    field_order = ["name", "credential"]
    passwordless = None


class RenamePasskeyForm(_NamedForm, EditWebAuthnForm):
    """Another name for a passkey."""
