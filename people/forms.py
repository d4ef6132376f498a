"""Input of the first floor."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignUpNameForm(forms.Form):
    """What sign-up asks beside the e-mail address: a name."""

    name = forms.CharField(label=_("Your name"), max_length=120)

    def signup(self, request: object, user: object) -> None:
        """Called by allauth when the account is made."""
