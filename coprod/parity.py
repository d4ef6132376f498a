"""Whatever residents do online, staff can type for them, and everybody can do it on paper.

``JOURNEYS`` says for each page where a resident writes something, which page of staff is its twin
and which sheet is its blank. ``tests/house/test_parity.py`` walks all addresses and fails for a
page that is neither here nor among ``NOT_ON_PAPER``, each of which gives its reason.

To add one: a line here. ``form`` makes the resident's form about nobody; the sheet, its large print
and its place in the lists come from that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.db.models import TextChoices
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
from people.models import Person, Profile, TopicKind
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


@dataclass(frozen=True)
class Journey:
    """A page where residents write something: its address, its twin’s, and its sheet.

    ``sheet`` is a ``Sheet``, or the name of the address of one that is about a certain row (a
    project, a question). ``twin`` takes the person’s uuid where ``for_person`` holds; it is then
    offered there as ``label``, under the heading of its ``group``.
    """

    resident: str
    twin: str
    sheet: Sheet | str
    label: Words = ""
    group: str = ""

    @property
    def for_person(self) -> bool:
        """Whether the twin is reached from a person’s page."""
        return bool(self.label)


class Group(TextChoices):
    """The headings under which staff find what they can type for somebody."""

    PERSON = "person", _("Who they are")
    KNOWS = "knows", _("What they know, and when they have time")
    POOL = "pool", _("Being in the pool")
    DATA = "data", _("Their information")


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

JOURNEYS = (
    Journey("people:add_helper", "people:type_helper", HELPER, _("Who helps them"), Group.PERSON),
    Journey("people:my_age", "people:type_age", AGE, _("That they are under 18"), Group.PERSON),
    Journey("people:say_yes", "people:type_yes", YES),
    Journey("people:ask_guardian", "people:type_guardian", ADULT),
    Journey("people:accept_help", "people:type_agreement", AGREES),
    Journey("people:confirm_details", "people:type_confirmation", STAYS),
    Journey(
        "people:profile_edit",
        "people:type_profile",
        PROFILE,
        _("Their one page profile"),
        Group.PERSON,
    ),
    Journey(
        "people:details",
        "people:edit_person",
        DETAILS,
        _("Their name, and how we reach them"),
        Group.PERSON,
    ),
    Journey(
        "people:audiences",
        "people:type_audiences",
        AUDIENCES,
        _("Who may see their page"),
        Group.PERSON,
    ),
    Journey(
        "people:my_needs", "people:needs_of", NEEDS, _("What they need to take part"), Group.PERSON
    ),
    Journey("people:add_need", "people:type_need", NEEDS),
    Journey("people:change_need", "people:type_need_change", NEEDS),
    Journey("people:delete_need", "people:type_need_delete", NEEDS),
    Journey("people:keep_needs", "people:type_needs_unchanged", NEEDS),
    Journey("people:stop_needs", "people:type_needs_stop", NEEDS),
    Journey("people:share_profile", "people:type_audiences", AUDIENCES),
    Journey("people:stop_sharing_profile", "people:type_audiences", AUDIENCES),
    Journey(
        "opportunities:equality_edit",
        "opportunities:type_equality",
        EQUALITY,
        _("Equality questions"),
        Group.DATA,
    ),
    Journey("opportunities:equality_delete", "opportunities:type_equality", EQUALITY),
    Journey("people:my_data", "people:type_choices", CHOICES, _("What they agree to"), Group.DATA),
    Journey(
        "people:copy_data", "people:type_copy", COPY, _("A copy of everything for them"), Group.DATA
    ),
    Journey(
        "people:object_to", "people:type_objection", OBJECT, _("What they object to"), Group.DATA
    ),
    Journey(
        "people:delete_me",
        "people:type_erasure",
        DELETE,
        _("Delete everything about them"),
        Group.DATA,
    ),
    Journey("people:complain", "people:type_complaint", COMPLAINT),
    Journey("people:take_back_objection", "people:answer_objection", OBJECT),
    Journey("account_signup", "people:add_person", JOIN),
    Journey("people:start_page", "people:add_person", JOIN),
    Journey(
        "people:joining", "people:type_joining", JOINING, _("Who they are here for"), Group.POOL
    ),
    *(
        Journey(f"people:{page}", f"people:type_{page}", LISTS_ON_PAPER[kind], label, Group.KNOWS)
        for kind, page, label in (
            (TopicKind.INTEREST, "interests", _("What they are interested in")),
            (TopicKind.EXPERIENCE, "experience", _("What they have lived through")),
            (TopicKind.SKILL, "skills", _("What they are good at")),
            (TopicKind.LANGUAGE, "languages", _("The languages they use")),
        )
    ),
    Journey(
        "people:availability",
        "people:type_availability",
        TIME,
        _("When they have time"),
        Group.KNOWS,
    ),
    Journey(
        "people:place",
        "people:type_place",
        PLACE,
        _("Where they live, and how far they can go"),
        Group.KNOWS,
    ),
    Journey(
        "people:support",
        "people:type_support",
        WISH,
        _("Support or training that they would like"),
        Group.POOL,
    ),
    Journey(
        "people:partners",
        "people:type_partners",
        PARTNERS,
        _("Which partners may look for them"),
        Group.POOL,
    ),
    Journey(
        "people:take_break", "people:type_break", BREAK, _("They would like a break"), Group.POOL
    ),
    Journey("people:leave", "people:type_leave", LEAVE, _("They would like to leave"), Group.POOL),
    Journey("opportunities:sign_up", "opportunities:add_known", "opportunities:paper_form"),
    Journey("opportunities:change_sign_up", "opportunities:type_change", SHARES),
    Journey("opportunities:change_support", "opportunities:type_support", SUPPORT),
    Journey("opportunities:withdraw_sign_up", "opportunities:withdraw_for", OUT),
    Journey("opportunities:no_thanks", "opportunities:no_thanks_for", INVITED),
    Journey("opportunities:no_thanks_by_letter", "opportunities:no_thanks_for", INVITED),
    Journey("opportunities:think_again", "opportunities:sign_up_for", INVITED),
    Journey("charter:check_back", "charter:enter_answer", "charter:check_back_sheet"),
    Journey("charter:stop_asking", "charter:stop_asking_for", "charter:check_back_sheet"),
    Journey("charter:stop_asking_by_letter", "charter:stop_asking_for", "charter:check_back_sheet"),
)

# --- What has no sheet, and why ------------------------------------------------------------------
_ACCOUNT = "how an account is opened is for its owner alone: nobody signs in on paper"
_MACHINE = "it answers a program, and asks a person nothing"
_HELPER = "for a helper with an account; others ring, and staff type it for the person"
NOT_ON_PAPER: dict[str, str] = {
    "people:end_help": "one button: ring, and a coordinator presses it (people:end_help_for)",
    "people:send_help_link": "a link by e-mail; who has none is asked by staff",
    "people:take_back_yes": "one button: ring, and staff press it (people:type_no)",
    "stop_helping": _HELPER,
    "agree_again": _HELPER,
    "help_sign_up": _HELPER,
    "help_withdraw": _HELPER,
    "help_details": _HELPER,
    "help_answer": _HELPER,
    "people:come_back": "one button: ring, and staff press it (people:type_back)",
    "people:answer_offer": "yes or no: by phone, or on the letter itself (people:type_answer)",
    "people:drop_wish": "one button, to take back what was wished for: ring",
    "people:remove_picture": "a picture is taken down by telling us; its twin is on type_profile",
    "people:accept_invitation": "for staff: whoever holds the letter proves their address",
    "people:second_step_needed": "for staff, whose work is behind a second step",
    "people:time_left": _MACHINE,
    "opportunities:my_calendar": "a link for the calendar in a phone; paper has its dates in words",
    "opportunities:stop_calendar": "it ends that link",
    "demo_sign_in": "only in the demonstration",
    "mfa_login_webauthn": _MACHINE,
    "people:account": _ACCOUNT,
    "people:end_other_sessions": _ACCOUNT,
    "people:undo_email_change": _ACCOUNT,
    "usersessions_list": _ACCOUNT,
}
# Whole families of addresses, by their beginning.
NEVER_ON_PAPER = {"account_": _ACCOUNT, "mfa_": _ACCOUNT, "admin:": "for administrators"}


def sheets() -> list[Sheet]:
    """Return every sheet that can be printed about nobody, each once, in the order of the lists."""
    found = [JOIN, *(one.sheet for one in JOURNEYS if isinstance(one.sheet, Sheet))]
    return list({sheet.slug: sheet for sheet in found}.values())


def sheet_of(slug: str) -> Sheet | None:
    """Return the sheet at this address; None where there is none."""
    return next((sheet for sheet in sheets() if sheet.slug == slug), None)
