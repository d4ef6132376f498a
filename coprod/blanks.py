"""The blanks that people fill in by pen: each is made from the form that it stands for.

``form`` makes the resident's form about nobody; the questions, the large print and the place in
the lists come from that. Which page each belongs to stands in ``coprod.parity``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coprod.lib import paper
from opportunities.forms.sharing import WRITTEN, SharingForm, SupportForm
from opportunities.forms.typed import CannotComeForm, InvitedForm
from people.equality import questions_in_use
from people.forms.audiences import AudiencesForm
from people.forms.belonging import BreakForm, JoiningForm, LeaveForm, PartnersForm, WishForm
from people.forms.confirming import ConfirmForm
from people.forms.equality import LEAVE_OUT, EqualityForm
from people.forms.helping import HelperForm
from people.forms.needs import NeedsSheetForm
from people.forms.pool import DetailsForm, JoinForm
from people.forms.profile import ProfileForm
from people.forms.rights import ChoicesForm, ComplaintForm, EraseForm, ObjectionForm
from people.forms.topics import AvailabilityForm, PlaceForm, TopicsForm
from people.forms.young import AgeForm, AgreeForm, GuardianForm, YesForm
from people.models import Person, Profile
from people.topics import LISTS

Words = Any
USUAL_LEAD = _("Fill in what you like. Leave out what you do not want to say.")


@dataclass(frozen=True)
class Sheet:
    """One blank to print.

    ``lead`` stands above it. ``asks_name``, ``asks_project``: the form itself does not.
    ``is_public``: people may want it before they have an account. ``is_sealed``: it goes back in a
    closed envelope. ``is_signed``: an adult signs it for a young person, who is named on it.
    ``leave_out`` and ``without`` are those of ``coprod.lib.paper.questions_of``.
    """

    slug: str
    title: Words
    form: Callable[[], forms.BaseForm]
    lead: Words = USUAL_LEAD
    asks_name: bool = True
    asks_project: bool = False
    is_public: bool = False
    is_sealed: bool = False
    is_signed: bool = False
    leave_out: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def sections(self) -> list[paper.Section]:
        """Return the questions to print."""
        return paper.questions_of(self.form(), leave_out=self.leave_out, without=self.without)


def _shares_form() -> forms.BaseForm:
    return SharingForm(person=None, profile=WRITTEN, readable=())


# --- The sheets ----------------------------------------------------------------------------------
JOIN = Sheet(
    "join",
    _("I would like to get involved"),
    JoinForm,
    lead=_("Tell us who you are and how we may reach you. One way is enough. No e-mail is needed."),
    asks_name=False,
    is_public=True,
)
PROFILE = Sheet(
    "profile",
    _("My one page profile"),
    lambda: ProfileForm(profile=Profile(person=Person())),
    lead=_(
        "These are your own words about you. Nobody reads them until you share them. "
        "You may send a picture with this sheet: it need not be your face."
    ),
    asks_name=False,
    is_public=True,
    leave_out=frozenset({"photo", "photo_alt"}),
)
DETAILS = Sheet(
    "details",
    _("My name and how to reach me"),
    lambda: DetailsForm(person=Person()),
    lead=_("Fill in what has changed."),
    asks_name=False,
)
EQUALITY = Sheet(
    "equality",
    _("Questions about equality"),
    lambda: EqualityForm(questions=questions_in_use(), answers={}),
    lead=_(
        "We ask everybody, so that we see who is left out. You need not answer. Your answers are "
        "kept apart from your name. Staff cannot look them up."
    ),
    is_public=True,
    is_sealed=True,
    without=frozenset({LEAVE_OUT}),
)
NEEDS = Sheet(
    "needs",
    _("What I need to take part"),
    NeedsSheetForm,
    lead=_("Tick what helps you. We never ask what you have. You can take it back at any time."),
)
AUDIENCES = Sheet(
    "who-may-see",
    _("Who may see my one page profile"),
    lambda: AudiencesForm(profile=Profile(person=Person())),
    lead=_("Choose for each part who may see it. You can change it at any time."),
)
HELPER = Sheet("who-helps", _("Somebody helps me"), HelperForm)
AGE = Sheet("under-18", _("I am under 18"), AgeForm)
YES = Sheet("my-yes", _("I want to take part (under 18)"), YesForm)
ADULT = Sheet("adult", _("Which grown-up agrees (under 16)"), GuardianForm)
AGREES = Sheet(
    "i-agree",
    _("I agree that a young person takes part"),
    AgreeForm,
    lead=_("For a parent, or whoever has parental responsibility. Read it, tick it and sign it."),
    is_signed=True,
)
SUPPORT = Sheet("support", _("The support I need for a project"), SupportForm, asks_project=True)
BREAK = Sheet(
    "break",
    _("I would like a break"),
    BreakForm,
    lead=_("You do not have to say why. You keep your places, and get no letters meanwhile."),
)
LEAVE = Sheet(
    "leave",
    _("I would like to leave"),
    LeaveForm,
    lead=_("Nobody asks why. All letters stop, and you are taken out of your projects."),
)
PARTNERS = Sheet(
    "partners",
    _("Which partners may look for me"),
    PartnersForm,
    lead=_("A partner that you do not tick cannot look for you. Everything stays open to you."),
)
JOINING = Sheet("joining", _("Who I am here for"), JoiningForm)
WISH = Sheet("wish", _("Support or training that I would like"), WishForm)
TIME = Sheet("time", _("When I have time"), AvailabilityForm)
PLACE = Sheet("place", _("Where I live, and how far I can go"), PlaceForm)
LISTS_ON_PAPER = {
    kind: Sheet(kind, said.title, partial(TopicsForm, kind=kind)) for kind, said in LISTS.items()
}
SHARES = Sheet(
    "what-they-see",
    _("What a project may see of me"),
    _shares_form,
    asks_project=True,
)
OUT = Sheet("withdraw", _("I can no longer take part"), CannotComeForm, asks_project=True)
INVITED = Sheet(
    "invited",
    _("My answer to an invitation"),
    InvitedForm,
    lead=_("You need no reason. Whatever you answer, nothing else changes for you."),
    asks_project=True,
)
CHOICES = Sheet(
    "choices",
    _("What you may use my information for"),
    ChoicesForm,
    lead=_("Tick what you agree to. Whether you tick a box makes no difference to anything else."),
)
COPY = Sheet(
    "copy",
    _("Give me a copy of everything you hold about me"),
    forms.Form,
    lead=_(
        "Write your name and how we reach you. You get it within a month, and it costs nothing."
    ),
    is_public=True,
)
OBJECT = Sheet(
    "object",
    _("I object to a use of my information"),
    ObjectionForm,
    lead=_("Tick what we should stop. You hear from us within a month."),
    is_public=True,
)
DELETE = Sheet(
    "delete",
    _("Delete what you hold about me"),
    EraseForm,
    lead=_("What the law tells us to keep stays without your name. It cannot be undone."),
    is_public=True,
)
COMPLAINT = Sheet(
    "complaint",
    _("I complain about what you do with my information"),
    ComplaintForm,
    lead=_("We tell you within five days that we have it, and answer within 30."),
    asks_name=False,
    is_public=True,
)

STAYS = Sheet(
    "stay",
    _("Do I stay on the list?"),
    lambda: ConfirmForm(person=Person()),
    lead=_("You came with a list that we had. You choose if you stay."),
    asks_name=False,
)
