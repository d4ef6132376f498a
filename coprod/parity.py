"""Whatever residents do online, staff can type for them, and everybody can do it on paper.

``JOURNEYS`` says for each page where a resident writes something, which page of staff is its twin
and which sheet is its blank. ``tests/house/test_parity.py`` walks all addresses and fails for a
page that is neither here nor among ``NOT_ON_PAPER``, each of which gives its reason.

To add one: a line here, and its sheet in ``coprod.blanks``.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from people.models import TopicKind

from .blanks import (
    ADULT,
    AGE,
    AGREES,
    AUDIENCES,
    BREAK,
    CHOICES,
    COMPLAINT,
    COPY,
    DELETE,
    DETAILS,
    EQUALITY,
    HELPER,
    INVITED,
    JOIN,
    JOINING,
    LEAVE,
    LISTS_ON_PAPER,
    NEEDS,
    OBJECT,
    OUT,
    PARTNERS,
    PLACE,
    PROFILE,
    SHARES,
    STAYS,
    SUPPORT,
    TIME,
    WISH,
    YES,
    Sheet,
    Words,
)


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
