"""What is asked of young people and of the adults who agree: plainly, and only where needed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib.days import today
from coprod.lib.forms import GovDateField, TextArea, fieldset, helper, radios
from people.models import Agreement, Authority, YoungPerson
from people.models.kinds import GROWN_UP
from people.models.relations import PARENTAL
from people.young import ADULT_WORDS, YES_WORDS, age_on

from .helping import ReachHelper
from .pool import NUMBER
from .typed import About, Typed

BORN_ERRORS = {
    "required": _("Enter the date of birth, like 31 3 2013"),
    "year": _("Write the year with four numbers, like 2013"),
    "number": _("Write the date in numbers, like 31 3 2013"),
    "range": _("Only people under 18 tell us this. Check the year."),
}
RIGHTS = {
    Authority.PARENT: _("A parent, or somebody who has parental responsibility"),
    Authority.COUNCIL: _("The council looks after me: a social worker agrees"),
}
AN_ADULT_S_WAY = _("Enter an e-mail address or a phone number, so that we can ask them")


def born_field(label: Any) -> GovDateField:
    """Return the question for a date of birth."""
    return GovDateField(
        label=label,
        help_text=_("For example, 31 3 2013. We delete it when you are 18."),
        error_messages=BORN_ERRORS,
    )


class AgeForm(forms.Form):
    """I am under 18."""

    born_on = born_field(_("What is your date of birth?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "born_on", submit=_("Save my date of birth"), link=("/my/", _("Go back without saving"))
        )

    def clean_born_on(self) -> Any:
        """Take only a day on which somebody under 18 was born."""
        born = self.cleaned_data["born_on"]
        if born > today():
            raise forms.ValidationError(_("Check the date: it is still to come"))
        if age_on(born, today()) >= GROWN_UP:
            raise forms.ValidationError(_("Only people under 18 tell us this. Check the year."))
        return born


class YesForm(forms.Form):
    """The young person's own yes, and whom we ring."""

    yes = forms.BooleanField(
        label=YES_WORDS, error_messages={"required": _("Tick the box if you want to take part")}
    )
    ring_name = forms.CharField(
        label=_("Their name"),
        max_length=YoungPerson._meta.get_field("ring_name").max_length,
        required=False,
    )
    ring_phone = forms.CharField(
        label=_("Their phone number"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel"}),
    )
    ring_is_my = forms.CharField(
        label=_("Who are they to you?"),
        help_text=_("For example: my aunt, my foster carer."),
        max_length=YoungPerson._meta.get_field("ring_is_my").max_length,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("ring_name", "ring_phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # the browser knows one's own
        self.helper = helper(
            *self.parts(), submit=_("Yes, I want to"), link=("/my/age/", _("Not now"))
        )

    def parts(self) -> list[Any]:
        """Return the layout that the form and its twin have in common."""
        ring = fieldset(
            _("Whom do we ring if you are ill or hurt?"),
            "ring_name",
            "ring_phone",
            "ring_is_my",
            hint=_("You can leave this empty."),
        )
        return ["yes", ring]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        name, phone = data.get("ring_name"), data.get("ring_phone")
        if phone and not NUMBER.match(phone):
            self.add_error("ring_phone", _("Enter a phone number, like 0121 496 0123"))
        elif name and not phone:
            self.add_error("ring_phone", _("Enter their phone number too, or leave both empty"))
        elif phone and not name:
            self.add_error("ring_name", _("Enter their name too, or leave both empty"))
        return data

    def facts(self) -> dict[str, Any]:
        """Return what ``say_yes`` takes."""
        names = ("ring_name", "ring_phone", "ring_is_my")
        return {name: self.cleaned_data[name] for name in names}


class GuardianForm(ReachHelper):
    """Whom we ask for an adult's agreement."""

    authority = forms.ChoiceField(
        label=_("Who has to agree?"),
        choices=[(one, RIGHTS[one]) for one in PARENTAL],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who has to agree")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["authority", "name", "email", "phone"])
        self.fields["email"].help_text = _("We send them a link that works once.")
        self.helper = helper(
            radios("authority"),
            "name",
            "email",
            "phone",
            submit=_("Ask them"),
            link=("/my/age/", _("Go back without asking")),
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not (data.get("email") or data.get("phone") or self.errors):
            self.add_error("email", AN_ADULT_S_WAY)
        return data

    def facts(self) -> dict[str, Any]:
        """Return what ``ask_guardian`` takes."""
        names = ("authority", "name", "email", "phone")
        return {name: self.cleaned_data[name] for name in names}


class AgreeForm(forms.Form):
    """What an adult with parental responsibility agrees to: by link, and on paper."""

    agree = forms.BooleanField(
        label=ADULT_WORDS, error_messages={"required": _("Tick the box if you agree")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("agree", submit=_("I agree"))


# --- Typed by staff ------------------------------------------------------------------------------
class TypedAgeForm(Typed, AgeForm):
    """The date of birth of somebody under 18, who told us."""

    about_them = {
        "born_on": About(
            _("What is their date of birth?"),
            _("For example, 31 3 2013. Only of people under 18. It is deleted when they are 18."),
        )
    }


class TypedYesForm(Typed, YesForm):
    """The young person's own yes, read out to them."""

    about_them = {
        "yes": About(None, _("Read this to the young person, and hear it from them.")),
        "ring_is_my": About(_("Who are they to the young person?")),
    }
    submit = _("They said yes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out(*self.parts())

    def parts(self) -> list[Any]:
        """Speak of somebody else in the legend as well."""
        names = ("ring_name", "ring_phone", "ring_is_my")
        hint = _("This can stay empty.")
        return ["yes", fieldset(_("Whom do we ring if they are ill or hurt?"), *names, hint=hint)]


class TypedGuardianForm(Typed, GuardianForm):
    """Whom we ask, as the young person or the adult told us."""

    about_them = {
        "name": About(_("What is the adult’s name?")),
        "email": About(_("The adult’s e-mail address")),
        "phone": About(_("The adult’s phone number")),
    }
    submit = _("Save whom we ask")


class TypedAgreeForm(Typed, AgreeForm):
    """An adult's agreement, heard or read from their sheet."""

    about_them = {"agree": About(None, _("Read this to the adult, or see it signed."))}
    submit = _("They agree")


class CheckForm(forms.Form):
    """How a coordinator made sure that the adult may agree."""

    how_checked = forms.CharField(
        label=_("How did you check that they have parental responsibility?"),
        help_text=_(
            "For example: spoke to the school, saw the birth certificate, the social worker "
            "confirmed it. Keep no copy."
        ),
        max_length=Agreement.WORDS,
        widget=TextArea,
        error_messages={"required": _("Write down how you checked it")},
    )
    checked_on = GovDateField(
        label=_("When did you check it?"), error_messages={"required": _("Enter the day")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["checked_on"].initial = today()
        self.helper = helper(submit=_("The agreement holds"))

    def clean_checked_on(self) -> Any:
        """Nobody checks tomorrow."""
        day = self.cleaned_data["checked_on"]
        if day > today():
            raise forms.ValidationError(_("Check the date: it is still to come"))
        return day


class ImpactAssessmentForm(forms.Form):
    """Which data-protection impact assessment was done before under-18s are invited."""

    reference = forms.CharField(
        label=_("Reference"),
        max_length=80,
        error_messages={"required": _("Enter the reference")},
    )
    done_on = GovDateField(
        label=_("When was it signed off?"), error_messages={"required": _("Enter the day")}
    )
    done_by = forms.CharField(
        label=_("By whom?"),
        max_length=120,
        error_messages={"required": _("Enter who signed it off")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(submit=_("Save this assessment"))

    def clean_done_on(self) -> Any:
        """Nothing is signed off tomorrow."""
        day = self.cleaned_data["done_on"]
        if day > today():
            raise forms.ValidationError(_("Check the date: it is still to come"))
        return day
