"""What an administrator writes about staff."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import helper, radios
from people.models import Membership, Organisation, Role, Team

from .pool import name_field

DUTIES = {
    Role.OFFICER: _("Writes briefs, answers people who come forward, says what was done."),
    Role.COORDINATOR: _("All that an officer does, and publishes briefs."),
    Role.COMMISSIONER: _("Sees who has been involved, in figures."),
    Role.FINANCE: _("Pays what was promised."),
    Role.ADMINISTRATOR: _("Looks after the staff of this organisation."),
}


class RoleForm(forms.Form):
    """A role in an organisation, and the team."""

    role = forms.ChoiceField(
        label=_("Role"),
        choices=Role,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role")},
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=_("No team")
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = organisation.teams.filter(is_active=True)


class ChangeRoleForm(RoleForm):
    """Another role for somebody who has one."""

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        kwargs["initial"] = {"role": membership.role, "team": membership.team_id}
        super().__init__(*args, organisation=membership.organisation, **kwargs)
        self.helper = helper(
            radios("role", hints=DUTIES),
            "team",
            submit=_("Change the role"),
            link=("/staff/organisation/", _("Go back without changing")),
        )


class InviteForm(RoleForm):
    """Whom to invite, and to what."""

    name = name_field(_("Name"))
    email = forms.EmailField(
        label=_("E-mail address at work"),
        help_text=_("The link works only for whoever reads this address."),
        error_messages={
            "required": _("Enter an e-mail address"),
            "invalid": _("Enter an e-mail address, like name@example.org"),
        },
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, organisation=organisation, **kwargs)
        for field in ("name", "email"):
            self.fields[field].widget.attrs["autocomplete"] = "off"
        self.helper = helper(
            "name",
            "email",
            radios("role", hints=DUTIES),
            "team",
            submit=_("Send the invitation"),
            link=("/staff/organisation/", _("Go back without sending")),
        )
