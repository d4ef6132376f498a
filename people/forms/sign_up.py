"""What sign-up asks beside the e-mail address.

Apart from the other forms: allauth builds its own sign-up form on this one, and loads it first.
"""

from django import forms
from django.utils.translation import gettext_lazy as _

NAME_LIMIT = 120


class SignUpNameForm(forms.Form):
    """A name; the person is made with the account (people.adapter)."""

    field_order = ["name", "email"]

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("What you want us to call you."),
        max_length=NAME_LIMIT,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name")},
    )

    def signup(self, request: object, user: object) -> None:
        """Called by allauth when account and person are there: nothing is left to do."""
