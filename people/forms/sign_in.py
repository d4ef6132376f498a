"""Sign-in: by a code, or by a password for those who set one."""

from allauth.account.forms import LoginForm
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):
    """An e-mail address; a password only for those who have one. Without it a code is sent."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Your e-mail address")
        self.fields["login"].error_messages["required"] = _("Enter your e-mail address")

    def _setup_password_field(self) -> None:
        password = self.fields["password"]
        password.required = False
        password.label = _("Password, if you have set one")
        password.help_text = _("Leave this empty, and we send you a code by e-mail.")
