"""The world that the doors are tried in: two organisations, every role, every kind of row.

“Ours” is Example Council's, where most of the roles work; “theirs” is Example Hospital Trust's.
``World.things`` says, for each kind of thing that an address can name, the rows there are and the
arguments of the address that lead to each of them.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.utils import timezone

from charter.lifecycle import CheckBackStatus
from charter.stop_links import token_of as token_of_question
from coprod.lib.days import add_months, today
from coprod.lib.images import SafePicture
from opportunities.actions import make_calendar_link, revoke_calendar_link, support
from opportunities.calendar_links import token_of as token_of_dates
from opportunities.invitation_links import path_of as path_of_invitation
from opportunities.lifecycle import Status
from opportunities.models import Opportunity, PeopleRequest, ProjectInvitation
from people import actions
from people.email_links import token_of_change
from people.invitations import token_of
from people.models import (
    Cohort,
    ContactBy,
    EmailChange,
    Invitation,
    Membership,
    Notice,
    Organisation,
    Role,
    Tag,
    User,
)
from people.pictures import keep
from people.queries import profile_of
from tests import factories
from tests.house.doors.helping import helping
from tests.house.doors.imports import imports
from tests.house.doors.rights import rights

NEVER = 999_999_999
Things = dict[str, dict[str, object]]  # what it is -> the arguments of its address


@dataclass
class World:
    """Who acts (None is somebody unknown), and what there is to act on, by kind."""

    users: dict[str, User | None] = field(default_factory=dict)
    things: dict[str, Things] = field(default_factory=dict)


def build() -> World:
    """Return everything, in a database that is empty but for what migrations write."""
    ours = factories.make_organisation(name="Example Council", slug="example-council", is_host=True)
    theirs = factories.make_organisation(name="Example Hospital Trust", slug="example-trust")
    users = _users(ours, theirs)
    briefs = _briefs(ours, theirs)
    things: dict[str, Things] = {
        "nothing": {"it": {}},
        "brief": {name: {"slug": one.slug} for name, one in briefs.items()}
        | {"never": {"slug": "never-was"}},
        **_sign_ups(users, briefs),
        **_people(users, briefs, ours, theirs),
        **_offers(users, ours, theirs),
        **_labels(ours, theirs),
        **_needs(users),
        **_pictures(users),
        **imports(ours, theirs),
        **helping(users, briefs),
        **_roles(users, ours, theirs),
        **_said(users, briefs),
        "dates": _dates(users),
        **rights(users),
        **_invited(users, briefs),
        "passkey": {"never": {"pk": NEVER}},
        "mark": {"never": {"mark": "B-999999"}},
        "sheet": {
            "public": {"slug": "join"},
            "for-staff": {"slug": "details"},
            "never": {"slug": "never-was"},
        },
        "change": _changes(),
        "admin-row": {"never": {"object_id": str(NEVER)}},
        "admin-app": {"it": {"app_label": "people"}},
        "admin-link": {"never": {"content_type_id": str(NEVER), "object_id": str(NEVER)}},
    }
    return World(users, things)


def _invited(users: dict, briefs: dict[str, Opportunity]) -> dict[str, Things]:
    """Requests for people, and whom the two organisations invited to a project."""
    rows = {"ours": briefs["ours-begun"], "theirs": briefs["theirs"]}
    wanted = {
        name: PeopleRequest.objects.create(opportunity=b, number=2) for name, b in rows.items()
    }
    mine = ProjectInvitation.objects.create(
        opportunity=briefs["ours-begun"], person=users["resident"].person
    )
    somebodys = ProjectInvitation.objects.create(
        opportunity=briefs["theirs"], person=users["neighbour"].person
    )
    token = path_of_invitation(mine).rstrip("/").rsplit("/", 1)[-1]
    return {
        "people-request": {name: {"pk": one.pk} for name, one in wanted.items()}
        | {"never": {"pk": NEVER}},
        "invitation-to": {
            "mine": {"pk": mine.pk},
            "somebody’s": {"pk": somebodys.pk},
            "never": {"pk": NEVER},
        },
        "invited-by-letter": {"mine": {"token": token}, "never": {"token": "1:never"}},
    }


def _users(ours: Organisation, theirs: Organisation) -> dict[str, User | None]:
    found: dict[str, User | None] = {
        "anonymous": None,
        "resident": factories.make_resident("Amina Resident"),
        "neighbour": factories.make_resident("Bob Neighbour"),
        "newcomer": factories.make_user("Nia Newcomer"),
        **{role: factories.make_staff(ours, role, f"Our {role}") for role in Role.values},
        "their-coordinator": factories.make_staff(theirs, Role.COORDINATOR, "Their coordinator"),
        "their-admin": factories.make_staff(theirs, Role.ADMINISTRATOR, "Their administrator"),
        "former": factories.make_user("Former Coordinator"),
        "two-roles": factories.make_staff(ours, Role.COORDINATOR, "Tess Two Roles"),
        "disabled": factories.make_staff(ours, Role.COORDINATOR, "Dan Disabled"),
        "superuser": factories.make_user("Root", is_staff=True, is_superuser=True),
    }
    found["newcomer"].emailaddress_set.update(verified=False)
    month_ago = add_months(today(), -1)
    factories.make_membership(found["former"], ours, Role.COORDINATOR, valid_to=month_ago)
    factories.make_membership(found["two-roles"], theirs, Role.COORDINATOR)
    User.objects.filter(pk=found["disabled"].pk).update(is_active=False)
    return found


def _briefs(ours: Organisation, theirs: Organisation) -> dict[str, Opportunity]:
    make, day = factories.make_opportunity, today()
    draft = {"status": Status.DRAFT, "published_at": None}
    over = {
        "closes_on": add_months(day, -4),
        "starts_on": add_months(day, -3),
        "ends_on": add_months(day, -1),
    }
    return {
        "ours": make(ours, title="Ours", places=9),
        "ours-begun": make(ours, title="Ours begun"),
        "ours-draft": make(ours, title="Ours draft", **draft),
        "ours-over": make(ours, title="Ours over", **over, status=Status.COMPLETED),
        "ours-withdrawn": make(ours, title="Ours withdrawn", status=Status.WITHDRAWN),
        "theirs": make(theirs, title="Theirs"),
        "theirs-draft": make(theirs, title="Theirs draft", **draft),
    }


def _sign_ups(users: dict, briefs: dict[str, Opportunity]) -> dict[str, Things]:
    """A resident's own sign-ups; and the same under the address of a brief, right and wrong."""
    person = users["resident"].person
    own = factories.make_sign_up(briefs["ours"], person)
    neighbours = factories.make_sign_up(briefs["theirs"], users["neighbour"].person)
    another = factories.make_sign_up(briefs["ours-begun"], factories.make_person())
    _begin(briefs["ours-begun"])
    support.give(sign_up=own, actor=None, text="A hearing loop", consent=True)
    slug = briefs["ours"].slug
    return {
        "sign-up": {
            "mine": {"pk": own.pk},
            "somebody’s": {"pk": neighbours.pk},
            "never": {"pk": NEVER},
        },
        "sign-up-of-brief": {
            "ours": {"slug": slug, "pk": own.pk},
            "ours-of-another-brief": {"slug": slug, "pk": another.pk},
            "theirs-under-ours": {"slug": slug, "pk": neighbours.pk},
            "theirs": {"slug": briefs["theirs"].slug, "pk": neighbours.pk},
            "never": {"slug": slug, "pk": NEVER},
        },
    }


def _dates(users: dict) -> Things:
    """Secret addresses of calendars: one that works, one that was stopped, one never made."""
    mine, stopped = (
        make_calendar_link(person=users[name].person, actor=users[name])
        for name in ("resident", "neighbour")
    )
    revoke_calendar_link(person=stopped.person, actor=users["neighbour"])
    tokens = {"mine": token_of_dates(mine.seed), "stopped": token_of_dates(stopped.seed)}
    return {name: {"token": token} for name, token in (tokens | {"never": "f" * 64}).items()}


def _begin(brief: Opportunity) -> None:
    """Let a month go by: the people have come forward, and the project is in progress."""
    brief.status, brief.closes_on = Status.IN_PROGRESS, add_months(today(), -2)
    brief.starts_on, brief.ends_on = add_months(today(), -1), add_months(today(), 1)
    brief.save()


def _people(
    users: dict, briefs: dict[str, Opportunity], ours: Organisation, theirs: Organisation
) -> dict[str, Things]:
    """People who came forward, and messages to pass on to those without e-mail."""
    rang = {"actor": None, "channel": "phone", "contact_by": ContactBy.PHONE}
    typed = actions.add_person(organisation=ours, name="Tom Typed", phone="0121 496 0111", **rang)
    foreign = actions.add_person(organisation=theirs, name="Fay Far", phone="0121 496 0112", **rang)
    factories.make_sign_up(briefs["ours"], typed)
    factories.make_sign_up(briefs["theirs"], foreign)
    known = users["resident"].person
    factories.let_look(known, ours)
    slug = briefs["ours"].slug
    people = {"ours": known, "ours-typed": typed, "theirs": foreign}
    uuids = {name: {"uuid": one.uuid} for name, one in people.items()}
    uuids["never"] = {"uuid": uuid.UUID(int=0)}
    return {
        "person": uuids,
        "person-sheet": {name: {**one, "slug": "details"} for name, one in uuids.items()},
        "person-for-brief": {name: {"slug": slug, **one} for name, one in uuids.items()}
        | {"for-a-draft": {"slug": briefs["ours-draft"].slug, "uuid": typed.uuid}}
        | {"for-theirs": {"slug": briefs["theirs"].slug, "uuid": foreign.uuid}},
        "task": {
            "ours": {"pk": Notice.objects.get(person=typed).pk},
            "theirs": {"pk": Notice.objects.get(person=foreign).pk},
            "not-a-task": {"pk": Notice.objects.filter(person=known)[0].pk},
            "never": {"pk": NEVER},
        },
    }


def _labels(ours: Organisation, theirs: Organisation) -> dict[str, Things]:
    """A group and a label of each organisation."""
    keepers = {"ours": ours, "theirs": theirs}
    return {
        kind: {
            name: {"pk": model.objects.create(organisation=keeper, name=f"{name} {kind}").pk}
            for name, keeper in keepers.items()
        }
        | {"never": {"pk": NEVER}}
        for kind, model in {"group": Cohort, "label": Tag}.items()
    }


def _offers(users: dict, ours: Organisation, theirs: Organisation) -> dict[str, Things]:
    """A wish of the resident and of the neighbour, and what each is offered."""
    found: dict[str, Things] = {name: {"never": {"pk": NEVER}} for name in ("wish", "own-offer")}
    found["offer"] = {}
    for name, role, organisation in (
        ("mine", "resident", ours),
        ("somebody’s", "neighbour", theirs),
    ):
        person = users[role].person
        facts = {"person": person, "kind": "support", "what": "A lift"}
        offer = actions.make_offer(organisation=organisation, actor=users["coordinator"], **facts)
        found["wish"][name] = {"pk": actions.wish_for(actor=None, **facts).pk}
        found["own-offer"][name] = {"pk": offer.pk}
        found["offer"][name] = {"uuid": users["resident"].person.uuid, "pk": offer.pk}
    return found


def _needs(users: dict) -> dict[str, Things]:
    """What the resident lets coordinators know, and what a neighbour does."""
    person, neighbour = users["resident"].person, users["neighbour"].person
    need, another = factories.make_need(person), factories.make_need(neighbour)
    mine = {"uuid": person.uuid}
    return {
        "need": {"mine": {"pk": need.pk}, "somebody’s": {"pk": another.pk}, "never": {"pk": NEVER}},
        "need-kind": {"access": {"subset": "access"}, "never": {"subset": "diagnosis"}},
        "person-need-kind": {"ours": {**mine, "subset": "access"}},
        "person-need": {
            "ours": {**mine, "pk": need.pk},
            "of-another": {**mine, "pk": another.pk},
            "never": {**mine, "pk": NEVER},
        },
    }


def _pictures(users: dict) -> dict[str, Things]:
    """The resident shares a page, with its picture; the neighbour does not."""
    drawn = SafePicture(small=b"small", large=b"large")
    keys = {}
    for name, role in (("shared", "resident"), ("private", "neighbour")):
        person = users[role].person
        actions.save_profile(person=person, actor=None, name=person.name, photo=keep(drawn))
        keys[name] = profile_of(person).photo_key
    actions.share_profile(person=users["resident"].person, actor=None)
    return {
        "picture": {
            **{name: {"key": key, "size": "small"} for name, key in keys.items()},
            "original": {"key": keys["shared"], "size": "original"},
            "never": {"key": "0" * 32, "size": "small"},
        }
    }


def _roles(users: dict, ours: Organisation, theirs: Organisation) -> dict[str, Things]:
    """Roles of staff, and invitations that were, are, and are no longer open."""

    def invited(organisation: Organisation, email: str) -> Invitation:
        asked = {"name": "Ivy Invited", "email": email, "role": Role.OFFICER}
        return actions.invite(organisation=organisation, actor=None, **asked)

    mine, foreign = invited(ours, "a@example.org"), invited(theirs, "b@example.org")
    taken_back, late = invited(ours, "c@example.org"), invited(ours, "d@example.org")
    actions.revoke_invitation(invitation=taken_back, actor=None)
    week = dt.timedelta(days=8)
    Invitation.objects.filter(pk=late.pk).update(
        created_at=timezone.now() - 2 * week, expires_at=timezone.now() - week
    )
    role = Membership.objects.get
    return {
        "role": {
            "ours": {"pk": role(user=users[Role.OFFICER]).pk},
            "ours-ended": {"pk": role(user=users["former"]).pk},
            "theirs": {"pk": role(user=users["their-coordinator"]).pk},
            "never": {"pk": NEVER},
        },
        "invitation": {
            "ours": {"pk": mine.pk},
            "ours-taken-back": {"pk": taken_back.pk},
            "theirs": {"pk": foreign.pk},
            "never": {"pk": NEVER},
        },
        "link": {
            "open": {"token": token_of(mine.seed)},
            "taken-back": {"token": token_of(taken_back.seed)},
            "too-old": {"token": token_of(late.seed)},
            "never": {"token": "f" * 64},
        },
    }


def _changes() -> Things:
    """Links that undo another e-mail address: open, used, too old, and made up."""
    user = factories.make_user("Una Undone")
    facts = {"user": user, "new": user.email}
    kept = EmailChange.objects.create
    made = {
        "open": kept(old="una@example.org", **facts),
        "used": kept(old="una-2@example.org", undone_at=timezone.now(), **facts),
        "too-old": kept(
            old="una-3@example.org", changed_at=timezone.now() - dt.timedelta(days=8), **facts
        ),
    }
    links = {name: {"token": token_of_change(change)} for name, change in made.items()}
    return links | {"never": {"token": "f" * 64}}


def _said(users: dict, briefs: dict[str, Opportunity]) -> dict[str, Things]:
    """What people said, the questions that follow, comments to read; and the charter."""
    commitment = factories.make_charter().commitments.first()
    ours, theirs = (factories.make_contribution(briefs[name]) for name in ("ours", "theirs"))
    mine, foreign = factories.make_response(ours), factories.make_response(theirs)
    ask = factories.make_check_back
    answered = {"verdict": "yes", "comment": "It is light now", "may_show_comment": True}
    offline = {"contact_by": ContactBy.PHONE, "phone": "0121 496 0113", "email": ""}
    own = ask(mine, users["resident"].person)
    second, third = (
        factories.make_response(factories.make_contribution(briefs["ours"])) for _ in range(2)
    )
    return {
        "said": {"ours": {"pk": ours.pk}, "theirs": {"pk": theirs.pk}, "never": {"pk": NEVER}},
        "question": {
            "mine": {"pk": own.pk},
            "mine-answered": {"pk": ask(second, users["resident"].person, **answered).pk},
            "mine-not-yet": {
                "pk": ask(
                    third, users["resident"].person, status=CheckBackStatus.DUE, asked_on=None
                ).pk
            },
            "somebody’s": {"pk": ask(foreign, users["neighbour"].person).pk},
            "never": {"pk": NEVER},
        },
        "asked": {"mine": {"token": token_of_question(own)}, "never": {"token": f"{own.pk}:x"}},
        "answer-to-type": {
            "ours": {"pk": ask(mine, factories.make_person(**offline)).pk},
            "ours-online": {"pk": own.pk},
            "theirs": {"pk": ask(foreign, factories.make_person(**offline)).pk},
            "never": {"pk": NEVER},
        },
        "comment": {
            "ours": {"pk": ask(mine, **answered).pk},
            "theirs": {"pk": ask(foreign, **answered).pk},
            "never": {"pk": NEVER},
        },
        "promise": {"it": {"slug": commitment.slug}, "never": {"slug": "never-was"}},
    }
