"""The one-page profile, with its picture."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from coprod.lib.forms import TextArea, helper, text_area
from coprod.lib.images import BYTES_LIMIT, NotAPicture, SafePicture, make_safe
from people import pictures
from people.actions import PROFILE_PARTS
from people.models import Profile
from people.queries import own_person

from .pool import name_field
from .typed import Typed

ACCEPT = "image/jpeg,image/png,image/webp"  # asked for these, an iPhone turns HEIC into JPEG itself


def _fits_the_page(text: str) -> None:
    if len(text.splitlines()) > Profile.PART_LINES:
        raise forms.ValidationError(
            _("Use at most %(n)s lines, so that it fits on the page") % {"n": Profile.PART_LINES}
        )


@dataclass(frozen=True)
class SentPicture:
    """What came of a picture that was sent: two safe files, or why there are none."""

    made: SafePicture | None = None
    problem: str = ""


def look_at_picture(request: HttpRequest) -> SentPicture | None:
    """Make the picture in this form safe; None where there is none, or nobody whose it could be."""
    file = request.FILES.get("photo") if request.method == "POST" else None
    person = own_person(request.user) if request.user.is_authenticated else None
    if file is None or person is None:
        return None
    if not pictures.may_send_another(person):
        words = _("You have sent %(n)s pictures today, as many as we take. Choose one tomorrow")
        return SentPicture(problem=str(words) % {"n": pictures.A_DAY})
    # One that was cut while it arrived has its length, and no bytes.
    data = b" " * (BYTES_LIMIT + 1) if file.size > BYTES_LIMIT else file.read()
    try:
        return SentPicture(made=make_safe(data))
    except NotAPicture as no:
        return SentPicture(problem=str(no))


def _photo_field() -> forms.FileField:
    return forms.FileField(
        label=_("Your picture"),
        required=False,
        allow_empty_file=True,  # the words for an empty one are where those for a broken one are
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        help_text=_(
            "It need not be your face: a drawing, a pet or a place you like is fine. JPEG, PNG or "
            "WebP, at most 10 MB. We keep a small copy, without the place and time that cameras "
            "write into a picture."
        ),
    )


def _photo_alt_field(profile: Profile) -> forms.CharField:
    return forms.CharField(
        label=_("What does your picture show?"),
        max_length=Profile._meta.get_field("photo_alt").max_length,
        required=False,
        help_text=_(
            "For people who cannot see it. Without your words we say "
            "“A picture chosen by %(name)s”."
        )
        % {"name": profile.person.name},
    )


class ProfileForm(forms.Form):
    """The six parts of the template, in its words and order; ``sent`` is the picture with them.

    A good picture is kept when other answers have to be put right first: ``photo_kept`` is the
    ticket by which it comes back. ``cleaned_data["photo"]`` is the name of a picture that is kept,
    or nothing where it stays as it is.
    """

    name = name_field(_("Name"))
    photo_kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, profile: Profile, sent: SentPicture | None = None, **kwargs: Any
    ) -> None:
        self.profile, self.sent = profile, sent
        shown = (*PROFILE_PARTS, "photo_alt")
        kwargs["initial"] = {part: getattr(profile, part) for part in shown}
        kwargs["initial"]["name"] = profile.person.name
        super().__init__(*args, **kwargs)
        self.fields["photo"] = _photo_field()
        self.fields["photo_alt"] = _photo_alt_field(profile)
        for part in PROFILE_PARTS:
            self.fields[part] = forms.CharField(
                label=Profile._meta.get_field(part).verbose_name,
                max_length=Profile.PART_LIMIT,
                required=False,
                widget=TextArea,
                error_messages={"max_length": _("Make this shorter, so that it fits on the page")},
            )
            self.fields[part].validators.append(_fits_the_page)
        self.helper = helper(
            "name",
            "photo",
            "photo_alt",
            *(text_area(part, rows=5) for part in PROFILE_PARTS),
            submit=_("Save my page"),
            link=("/my/profile/", _("Go back without saving")),
        )

    def clean_photo(self) -> str:
        """Keep the picture that was sent, or fetch the one that was kept before."""
        if self.sent is None:
            return self._kept_before()
        if self.sent.made is None:
            raise forms.ValidationError(self.sent.problem)
        try:
            return pictures.keep(self.sent.made)
        except pictures.NotKept as no:
            raise forms.ValidationError(str(no)) from no

    def _kept_before(self) -> str:
        ticket = self.cleaned_data.get("photo_kept", "")
        if not ticket:
            return ""
        name = pictures.redeem(ticket, self.profile.person)
        if not name:
            raise forms.ValidationError(_("Choose your picture again"))
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data.pop("photo_kept", None)
        if self.errors:
            self._let_the_picture_wait(data.get("photo", ""))
        return data

    def _let_the_picture_wait(self, name: str) -> None:
        self.data = self.data.copy()
        self.data["photo_kept"] = pictures.ticket(name, self.profile.person) if name else ""
        if name:
            self["photo"].help_text = _(
                "We have your picture. You need not choose it again: it is saved with the rest."
            )


class TypedProfileForm(Typed, ProfileForm):
    """The one-page profile, typed for its person: the template's own headings, in their words.

    Parts that staff may not read are not shown to them; what they leave empty there stays.
    """

    submit = _("Save their page")

    def __init__(
        self, *args: Any, profile: Profile, readable: Container[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, profile=profile, **kwargs)
        self.hidden = [part for part in PROFILE_PARTS if part not in readable]
        for name in ("photo", "photo_alt", "photo_kept"):
            del self.fields[name]
        for part in PROFILE_PARTS:
            self.fields[part].help_text = _("In their own words, as they say it.")
        for part in self.hidden:
            self.initial[part] = ""
            self.fields[part].help_text = _(
                "Only they read this. What you type replaces it; an empty box changes nothing."
            )
        self.lay_out("name", *(text_area(part, rows=5) for part in PROFILE_PARTS))

    def clean(self) -> dict[str, Any]:
        data = forms.Form.clean(self) or {}
        return {name: value for name, value in data.items() if value or name not in self.hidden}
