"""What staff alone write: who is there for somebody, groups and labels, an offer and its answer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import TextArea, checkboxes, helper, radios, text_area
from coprod.lib.many import ManyRows
from people.models import (
    Cohort,
    OfferAnswer,
    OfferKind,
    Organisation,
    Person,
    SupportOffer,
    SupportWish,
    Tag,
    User,
)
from people.models.belonging import Label

from .typed import About, Typed


class ContactForm(forms.Form):
    """Who of us is there for this person."""

    contact = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who is there for them?"),
        help_text=_("They are told the name, and how to reach this colleague."),
        error_messages={"required": _("Choose who is there for them")},
    )

    def __init__(self, *args: Any, staff: Any, submit: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].queryset = staff
        self.helper = helper("contact", submit=submit, link=(back, _("Go back without saving")))


class LabelsForm(forms.Form):
    """Groups and labels of one organisation."""

    cohorts = ManyRows(
        Cohort.objects.none(),
        label=_("Groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_cohort = forms.CharField(
        label=_("A new group"),
        help_text=_("For example: Community advisors of 2026."),
        max_length=Label.NAME_LIMIT,
        required=False,
    )
    tags = ManyRows(
        Tag.objects.none(), label=_("Labels"), required=False, widget=forms.CheckboxSelectMultiple
    )
    new_tag = forms.CharField(
        label=_("A new label"),
        help_text=_("For example: Likes to read drafts. Never about health."),
        max_length=Label.NAME_LIMIT,
        required=False,
    )

    def __init__(
        self, *args: Any, organisation: Organisation, person: Person, back: str, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "cohorts": Cohort.objects.filter(organisation=organisation, members__person=person),
            "tags": Tag.objects.filter(organisation=organisation, people__person=person),
        }
        super().__init__(*args, **kwargs)
        for name, having in (("cohorts", "members"), ("tags", "people")):
            field, ours = self.fields[name], Q(is_active=True) | Q(**{f"{having}__person": person})
            rows = field.queryset.model.objects.filter(ours, organisation=organisation)
            field.queryset = rows.distinct()
            field.label_from_instance = _in_use_or_not
        self._organisation = organisation
        listed = [name for name in ("cohorts", "tags") if self.fields[name].queryset.exists()]
        self.helper = helper(
            *(checkboxes("cohorts", small=True),) * ("cohorts" in listed),
            "new_cohort",
            *(checkboxes("tags", small=True),) * ("tags" in listed),
            "new_tag",
            submit=_("Save"),
            link=(back, _("Go back without saving")),
        )

    def clean_new_cohort(self) -> str:
        """Refuse a name that is there and not in use."""
        return self._in_use(Cohort, self.cleaned_data["new_cohort"])

    def clean_new_tag(self) -> str:
        """Refuse a name that is there and not in use."""
        return self._in_use(Tag, self.cleaned_data["new_tag"])

    def _in_use(self, model: type[Cohort | Tag], name: str) -> str:
        there = model.objects.filter(organisation=self._organisation, name__iexact=name).first()
        if there is not None and not there.is_active:
            raise forms.ValidationError(
                _("“%(name)s” is not in use. Bring it back under “Our groups and labels” first"),
                params={"name": there.name},
            )
        return name


class LabelForm(forms.Form):
    """The name of a group or a label, and whether it is in use."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Everybody who has it can read it. Never about health."),
        max_length=Label.NAME_LIMIT,
        error_messages={"required": _("Enter a name")},
    )
    is_active = forms.TypedChoiceField(
        label=_("Is it in use?"),
        help_text=_("Who has it keeps it. When it is not in use, nobody new is given it."),
        choices=[("True", _("Yes")), ("False", _("No"))],
        coerce=lambda word: word == "True",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )

    def __init__(self, *args: Any, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(
            "name",
            radios("is_active", inline=True),
            submit=_("Save"),
            link=(back, _("Go back without saving")),
        )


def _in_use_or_not(label: Cohort | Tag) -> str:
    return label.name if label.is_active else _("%s (not in use)") % label.name


class OfferForm(forms.Form):
    """Support or training that we offer somebody."""

    wish = forms.ModelChoiceField(
        SupportWish.objects.none(),
        label=_("Is it for something they wished for?"),
        required=False,
        empty_label=_("No, it is our idea"),
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(
        label=_("What do you offer?"),
        choices=OfferKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose support or training")},
    )
    what = forms.CharField(
        label=_("What is it?"),
        help_text=_("Say what it is, when, and that it costs nothing."),
        max_length=SupportOffer.WHAT_LIMIT,
        widget=TextArea,
        error_messages={"required": _("Enter what you offer")},
    )

    def __init__(self, *args: Any, person: Person, back: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["wish"].queryset = person.wishes.all()
        self.fields["wish"].label_from_instance = lambda wish: wish.what
        if not self.fields["wish"].queryset.exists():
            del self.fields["wish"]
        wish = [radios("wish")] if "wish" in self.fields else []
        self.helper = helper(
            *wish,
            radios("kind", inline=True),
            text_area("what", rows=3),
            submit=_("Make the offer"),
            link=(back, _("Go back without saving")),
        )


class AnswerForm(forms.Form):
    """Yes or no to an offer."""

    answer = forms.ChoiceField(
        label=_("Would you like it?"),
        choices=OfferAnswer,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(radios("answer", inline=True), submit=_("Send my answer"))


class TypedAnswerForm(Typed, AnswerForm):
    """The answer of somebody who told us."""

    about_them = {"answer": About(_("Would they like it?"))}
