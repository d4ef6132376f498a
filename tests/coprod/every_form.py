"""Every form of the portal that is sent by POST: who sends it, from which page, with which words.

``CASES`` has a line for each address that takes POST; ``test_once`` fails for one that has none.
What a line does not fill in stands in the page already, as in a browser.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from coprod.lib.days import today
from coprod.lib.images import SafePicture
from opportunities.actions import ask_for_people, make_calendar_link, say_no_thanks
from opportunities.actions import invite as invite_people
from opportunities.actions.decisions import choose
from opportunities.levels import PlacesGiven
from opportunities.models import Opportunity
from people.actions import complain, invite, object_to, pass_on
from people.invitations import token_of
from people.models import Notice, Organisation, RetentionNote, Role
from people.pictures import keep
from tests import factories as make
from tests.coprod import help_forms, import_forms
from tests.coprod.pool_forms import LINES, build_pool
from tests.people.signing_in import give_app


@dataclass(frozen=True)
class Case:
    """One sending: ``user`` opens ``page``, and sends its form to ``to`` with ``typed`` in it."""

    user: Any
    page: str
    to: str
    typed: dict[str, Any] = field(default_factory=dict)


def day(name: str, value: dt.date) -> dict[str, str]:
    """Return the three boxes of a date."""
    return {f"{name}_{part}": str(getattr(value, part)) for part in ("day", "month", "year")}


def build(host: Organisation, trust: Organisation, **cast: Any) -> SimpleNamespace:
    """Return a small world in which every form can be sent with success."""
    world = SimpleNamespace(host=host, trust=trust, **cast)
    _briefs(world)
    _people(world)
    _staff(world)
    _promises(world)
    build_pool(world)
    help_forms.build_help(world)
    import_forms.build_imports(world)
    return world


def _briefs(world: SimpleNamespace) -> None:
    for status in ("draft", "submitted", "published", "closed"):
        fields: dict[str, Any] = {"status": status, "title": f"A {status} brief"}
        if status in {"draft", "submitted"}:
            fields["published_at"] = None
        setattr(world, status, make.make_opportunity(world.host, **fields))
    world.begun = make.make_opportunity(world.host)
    make.let_look(world.other_resident.person, world.host)
    make.let_look(world.resident.person, world.host)
    facts = {"actor": world.coordinator, "because": {}}
    (world.invitation_to,) = invite_people(
        opportunity=world.begun, people=[world.resident.person], **facts
    )
    (refused,) = invite_people(opportunity=world.published, people=[world.resident.person], **facts)
    world.no_thanks = say_no_thanks(invitation=refused, actor=None)
    world.wanted = ask_for_people(opportunity=world.published, actor=world.officer, number=2)
    world.full = make.make_opportunity(world.host, places=1)
    world.choosing = make.make_opportunity(world.host, places_given=PlacesGiven.WE_CHOOSE)


def _people(world: SimpleNamespace) -> None:
    person = world.other_resident.person
    picture = keep(SafePicture(small=b"small", large=b"large"))
    make.make_profile(person, shared_at=timezone.now(), photo=picture)
    make.make_profile(world.resident.person)
    make.answer_equality(person, sex="female")
    world.known = make.make_person(
        "Kim Known", joined_through=world.host, contact_by="phone", phone="07700 900125", email=""
    )
    world.erasable = make.make_person(
        "Ed Erasable", joined_through=world.host, contact_by="phone", phone="07700 900126", email=""
    )
    RetentionNote.objects.create(person=world.known, rule="quiet_12", due_on=today())
    world.objection = object_to(
        person=world.resident.person, actor=world.resident, to="other", words="Letters"
    )
    world.complaint = complain(words="Wrong", actor=None, name="Nora", phone="0121 496 0100")
    world.subset = "access"
    world.need, world.told = make.make_need(person), make.make_need(world.known)
    support = {"support_text": "A loop", "support_consent": True, "support_by_name": True}
    make_calendar_link(person=world.resident.person, actor=world.resident)
    world.row = make.make_sign_up(world.published, person, why="Because", **support)
    make.make_sign_up(world.begun, person)
    begun = Opportunity.objects.filter(pk=world.begun.pk)
    begun.update(status="in_progress", starts_on=today(), closes_on=today())
    world.heard = make.make_sign_up(world.choosing, person)
    world.chosen = make.make_sign_up(world.choosing)
    choose(sign_up=world.chosen, actor=world.officer, answer="")
    for _ in range(2):
        make.make_sign_up(world.full)
    Opportunity.objects.filter(pk=world.full.pk).update(places=2)
    for name in ("task", "done"):
        asked = make.make_person(contact_by="phone", phone="0121 496 0777", email="")
        make.make_sign_up(world.choosing, asked)
        setattr(world, name, Notice.objects.get(person=asked))
    pass_on(notice=world.done, actor=world.officer)


def _staff(world: SimpleNamespace) -> None:
    world.colleague = make.make_staff(world.host, Role.OFFICER, "Cara Colleague").acting
    give_app(world.colleague.user)
    world.other_role = make.make_membership(world.commissioner, world.trust, Role.COMMISSIONER)
    world.invited = make.make_user("Ida Invited", email="ida@example.org")
    facts = {"organisation": world.host, "role": Role.OFFICER, "actor": world.administrator}
    world.invitation = invite(name="Ida Invited", email="ida@example.org", **facts)
    world.link = token_of(world.invitation.seed)


def _promises(world: SimpleNamespace) -> None:
    make.make_charter()
    world.commitment = "honest"
    person = world.other_resident.person
    world.said = make.make_contribution(world.begun, voices=(person,))
    world.unasked = make.make_contribution(world.begun, said_on=today())
    answered = make.make_opportunity(world.host, status="in_progress", starts_on=today())
    response = make.make_response(make.make_contribution(answered))
    world.answered = answered
    world.asked = make.make_check_back(response, person)
    offline = make.make_person("Ann Offline", email="", contact_by="phone", phone="0121 496 0778")
    world.to_ring = make.make_check_back(response, offline)
    facts = {"comment": "It shuts.", "may_show_comment": True, "verdict": "yes"}
    world.comment = make.make_check_back(make.make_response(), **facts)


# --- The forms -------------------------------------------------------------------------------
Make = Callable[[SimpleNamespace], Case]
CASES: dict[str, Make] = {}
OWN = {
    "why": "She heard of it on the bus",
    "contact_by": "letter",
    "address": "1 Example Road, B70 0XX",
    "old_enough": "yes",
}
KNOWN = OWN | {"channel": "phone"}


def _add(name: str, who: str, *of: str, page: str = "", typed: Any = None, **query: str) -> None:
    """Add a line: ``of`` are the attributes of the world that the address names."""

    def case(world: SimpleNamespace) -> Case:
        there = {"query": query} if query else {}
        arguments = [attrgetter(one)(world) for one in of]
        to = reverse(name, args=arguments, **there)
        stands = reverse(page, args=arguments[: ARGUMENTS.get(page, 0)], **there) if page else to
        words = typed(world) if callable(typed) else (typed or {})
        return Case(attrgetter(who)(world), stands, to, words)

    CASES[name] = case


ARGUMENTS = {
    "people:show_person": 1,
    "charter:check_back": 1,
    "people:answer_complaint": 1,
    "opportunities:took_part": 1,
    "opportunities:show_sign_up": 2,
    "opportunities:sign_ups": 1,
    "people:person_helpers": 1,
    "people:young_person": 1,
    "people:check_agreement": 1,
    "helped_person": 1,
    "people:import_show": 1,
    "opportunities:merge_find": 1,
}

for name, who, of, more in LINES + help_forms.LINES + import_forms.LINES:
    _add(name, who, *of, **more)

# A resident
_add("people:start_page", "administrator")
_add("people:profile_edit", "resident", typed={"important_to_me": "My garden"})
_add("people:remove_picture", "other_resident", page="people:profile_edit")
_add("people:share_profile", "resident", page="people:profile")
_add("people:stop_sharing_profile", "other_resident", page="people:profile")
_add("people:my_data", "resident", typed={"purposes": ["photo"]})
_add("people:copy_data", "resident")
_add("people:object_to", "resident", typed={"to": "being_found"})
_add("people:take_back_objection", "resident", "objection.pk", page="people:my_data")
_add("people:delete_me", "other_resident", typed={"sure": "on"})
_add(
    "people:complain",
    "resident",
    typed={"words": "A letter went astray.", "name": "Amina", "phone": "0121 496 0123"},
)
_add(
    "people:type_choices",
    "officer",
    "known.uuid",
    typed={"channel": "phone", "purposes": ["photo"]},
)
_add(
    "people:type_objection",
    "officer",
    "known.uuid",
    typed={"channel": "phone", "to": "being_found"},
)
_add("people:type_erasure", "officer", "erasable.uuid", typed={"channel": "paper", "sure": "on"})
_add(
    "people:type_complaint",
    "officer",
    typed={"channel": "phone", "words": "Lost", "name": "Nora", "phone": "0121 496 0123"},
)
_add("people:type_stay", "officer", "known.uuid", page="people:show_person")
_add("people:answer_complaint", "coordinator", "complaint.pk", typed={"answer": "Sorry."})
_add(
    "people:acknowledge_complaint",
    "coordinator",
    "complaint.pk",
    page="people:answer_complaint",
)
_add("people:answer_objection", "coordinator", "objection.pk", typed={"answer": "It has."})
_add("people:details", "resident", typed={"name": "Amina New"})
_add("people:audiences", "resident", typed={"experience": "coordinators"})
NEED = {"value": "step_free", "audience": "only_me", "consent": "on"}
_add("people:add_need", "resident", "subset", typed=NEED)
_add("people:change_need", "other_resident", "need.pk", typed={"detail": "From Tipton"})
_add("people:delete_need", "other_resident", "need.pk")
_add("people:keep_needs", "other_resident", page="people:my_needs")
_add("people:stop_needs", "other_resident")
_add("people:accept_invitation", "invited", "link")
_add("opportunities:sign_up", "resident", "published.slug", typed=OWN)
_add("opportunities:change_sign_up", "other_resident", "row.pk", typed={"why": "I was there"})
_add(
    "opportunities:change_support",
    "other_resident",
    "row.pk",
    typed={"support_text": "Large print", "support_consent": "on"},
)
_add("opportunities:withdraw_sign_up", "other_resident", "row.pk")
_add("opportunities:my_calendar", "other_resident")
_add("opportunities:stop_calendar", "resident", page="opportunities:my_calendar")
_add("opportunities:equality_edit", "resident", typed={"sex": "female"})
_add("opportunities:equality_delete", "other_resident")
_add("charter:check_back", "other_resident", "asked.pk", typed={"verdict": "yes"})
_add("charter:stop_asking", "other_resident", "asked.pk", page="charter:check_back")

# Staff, about briefs
_add("opportunities:new", "officer", typed={"title": "A new brief"})
_add("opportunities:edit", "officer", "draft.slug", typed={"what": "Other words"})
_add("opportunities:submit", "officer", "draft.slug")
_add("opportunities:publish", "coordinator", "submitted.slug")
_add("opportunities:return_brief", "coordinator", "submitted.slug", typed={"reason": "Shorter"})
_add("opportunities:close", "coordinator", "published.slug")
_add("opportunities:reopen", "coordinator", "closed.slug")
_add("opportunities:start", "coordinator", "closed.slug")
_add("opportunities:withdraw_brief", "coordinator", "published.slug", typed={"reason": "No money"})
_add("opportunities:copy_brief", "officer", "published.slug")

# Looking for people
_add(
    "opportunities:ask_for_people",
    "officer",
    "published.slug",
    typed={"number": "4", "words": "Soon"},
)
CASES["opportunities:take_back_request"] = lambda w: Case(
    w.officer,
    reverse("opportunities:ask_for_people", args=[w.published.slug]),
    reverse("opportunities:take_back_request", args=[w.wanted.pk]),
)
CASES["opportunities:answer_request"] = lambda w: Case(
    w.coordinator,
    reverse("opportunities:invite_people", args=[w.published.slug], query={"request": w.wanted.pk}),
    reverse("opportunities:answer_request", args=[w.wanted.pk]),
)
_add(
    "opportunities:invite_people",
    "coordinator",
    "choosing.slug",
    typed=lambda w: {"people": [str(w.resident.person.uuid)], "do": "send"},
)
_add("opportunities:no_thanks_for", "coordinator", "invitation_to.pk", typed={"channel": "phone"})
_add("opportunities:no_thanks", "resident", "invitation_to.pk", page="opportunities:my_invitations")
_add("opportunities:think_again", "resident", "no_thanks.pk", page="opportunities:my_invitations")

# Staff, about people
_add(
    "opportunities:message",
    "officer",
    "published.slug",
    typed={"statuses": ["place"], "subject": "A cup", "body": "Bring one.", "do": "send"},
)
_add("opportunities:fill_places", "officer", "full.slug", page="opportunities:sign_ups")
_add("opportunities:add_newcomer", "officer", "published.slug", typed=KNOWN | {"name": "Nora New"})
_add("opportunities:add_known", "officer", "published.slug", "known.uuid", typed=KNOWN)
_add("opportunities:support", "officer", "row.opportunity.slug", "row.pk")
_add("opportunities:choose", "officer", "choosing.slug", "heard.pk", typed={"answer": "Welcome"})
_add(
    "opportunities:decline",
    "officer",
    "choosing.slug",
    "heard.pk",
    typed={"reason": "full", "answer": "Thank you"},
)
_add(
    "opportunities:undo_decision",
    "officer",
    "choosing.slug",
    "chosen.pk",
    page="opportunities:show_sign_up",
)
_add(
    "opportunities:withdraw_for", "officer", "published.slug", "row.pk", typed={"channel": "phone"}
)
_add("opportunities:took_part", "officer", "begun.slug", typed=lambda w: {"came": _first(w)})
_add("opportunities:took_part_day", "officer", "begun.slug", typed=day("day", today()))
_add("opportunities:turned_up", "officer", "begun.slug", typed={"name": "Tia Turned Up"})
_add(
    "opportunities:add_attendance",
    "officer",
    "begun.slug",
    "known.uuid",
    page="opportunities:took_part",
    q="Kim",
)
_add(
    "people:add_person",
    "officer",
    typed={
        "name": "Pat Person",
        "channel": "phone",
        "contact_by": "phone",
        "phone": "07700 900123",
    },
)
_add(
    "people:edit_person",
    "officer",
    "known.uuid",
    typed={
        "name": "Kim Changed",
        "phone": "07700 900124",
        "contact_by": "phone",
        "channel": "phone",
    },
)
TOLD = {"channel": "phone"}
_add("people:type_audiences", "officer", "known.uuid", typed=TOLD | {"experience": "project"})
_add("people:needs_of", "officer", "known.uuid")
_add("people:type_need", "officer", "erasable.uuid", "subset", typed=TOLD | NEED)
_add("people:type_need_change", "officer", "known.uuid", "told.pk", typed=TOLD | {"detail": "x"})
_add("people:type_need_delete", "officer", "known.uuid", "told.pk", typed=TOLD)
_add("people:type_needs_unchanged", "officer", "known.uuid", typed=TOLD)
_add("people:type_needs_stop", "officer", "known.uuid", typed=TOLD)
_add("opportunities:run_sheet", "officer", "published.slug")
_add("people:finish_task", "officer", "task.pk", page="people:tasks")
_add("people:reopen_task", "officer", "done.pk", page="people:tasks")
_add(
    "people:invite_staff",
    "administrator",
    typed={"name": "Noor New", "email": "noor@example.org", "role": "officer"},
)
_add("people:resend_invitation", "administrator", "invitation.pk", page="people:staff_list")
_add("people:revoke_invitation", "administrator", "invitation.pk", page="people:staff_list")
_add("people:change_role", "administrator", "colleague.pk", typed={"role": "coordinator"})
_add("people:end_role", "administrator", "colleague.pk")
_add("people:remove_second_step", "administrator", "colleague.pk")
_add("people:choose_organisation", "commissioner", typed=lambda w: {"membership": w.other_role.pk})

# Staff, about promises
_add("charter:pledges", "officer", "published.slug", typed={"pledge-honest": "We say no early."})
_add(
    "charter:add_contribution",
    "officer",
    "begun.slug",
    typed={
        "about": "The door",
        "what": "It is too heavy.",
        "said_at": "Tipton library",
        "people_count": "7",
        "channel": "in_person",
        **day("said_on", today()),
    },
)
_add("charter:correct_contribution", "officer", "unasked.pk", typed={"what": "It is heavy."})
_add(
    "charter:respond",
    "officer",
    "said.pk",
    typed={"kind": "cannot", "text": "No money.", "owner_name": "Tom Reid"},
)
_add("charter:complete", "officer", "answered.slug")
_add(
    "charter:enter_answer",
    "officer",
    "to_ring.pk",
    typed={"verdict": "no", "channel": "phone", "comment": "It sticks."},
)
_add("charter:read_comment", "coordinator", "comment.pk", typed={"decision": "show"})
_add("charter:edit_charter", "coordinator", typed=day("reviewed_on", today()))
_add(
    "charter:edit_commitment",
    "coordinator",
    "commitment",
    typed={"heading": "Be honest", "explanation": "We say it.", "why": "Shorter."},
)


def _first(world: SimpleNamespace) -> str:
    return str(world.other_resident.person.pk)
