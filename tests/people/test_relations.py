"""Who helps: asked, accepted, ended; what each of the four may hear, and that an end is an end."""

import datetime as dt

import pytest
from django.utils import timezone

from coprod.lib.days import today
from coprod.lib.lifecycle import NotAllowed
from people import actions, helper_links
from people.delivery import _message
from people.invitations import LINK_MARK
from people.lifecycle import PoolStatus, RelationStatus
from people.models import (
    AuditEvent,
    Authority,
    Can,
    HelperLink,
    Notice,
    Person,
    Relation,
    RelationKind,
)
from people.outbox import owe
from people.rules_of_help import can_end_at_once, coordinates, helps, may_do
from tests import factories

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SPEAKS, RECEIVES = RelationKind.SPEAKS_WITH, RelationKind.RECEIVES
ACTS, GUARDIAN = RelationKind.ACTS_FOR, RelationKind.GUARDIAN


@pytest.fixture
def person(resident, host):
    actions.open_to(person=resident.person, organisation=host, actor=None)
    return resident.person


@pytest.fixture
def helper():
    return factories.make_user("Hanna Helper", email="hanna@example.org")


def added(person, actor=None, **facts):
    defaults = {"kind": ACTS, "name": "Hanna Helper", "email": "Hanna@example.org "}
    defaults |= {"scope": [Can.WITHDRAW, Can.SIGN_UP, "everything"]}
    return actions.add_helper(person=person, actor=actor or person.user, **(defaults | facts))


def letter_of(relation):
    return Notice.objects.get(event=helper_links.event_of(relation.links.first()))


# --- Asked and accepted --------------------------------------------------------------------------
def test_who_is_asked_by_e_mail_helps_once_they_said_yes(person, helper):
    row = added(person)
    assert (row.status, row.email, row.authority) == ("invited", "hanna@example.org", "asked")
    assert row.scope == [Can.SIGN_UP, Can.WITHDRAW]
    assert row.typed_by is None
    assert not helps(helper, row)
    letter, link = letter_of(row), row.links.get()
    assert LINK_MARK in letter.text
    token = helper_links.token_of(link.seed)
    assert token not in letter.text + letter.html + link.token_hash + link.seed
    sent = _message(letter)
    assert f"/help/{token}/" in sent.body
    assert person.name not in letter.subject
    assert helper_links.find(token) == link
    assert helper_links.find("0" * 64) is None
    row = actions.accept_help(link=link, user=helper)
    assert (row.status, row.valid_from, row.helper_user) == ("in_force", today(), helper)
    assert may_do(helper, row, Can.SIGN_UP)
    assert not may_do(helper, row, Can.ANSWER)
    verbs = list(AuditEvent.objects.order_by("pk").values_list("verb", "on_behalf_of"))[-2:]
    assert verbs == [("relation.added", ""), ("relation.accepted", "")]


def test_who_has_no_e_mail_helps_at_once_and_staff_typed_it(person, coordinator):
    row = added(person, coordinator, email="", phone="07700 900333", channel="phone")
    assert (row.status, row.typed_by, row.channel) == ("in_force", coordinator, "phone")
    event = AuditEvent.objects.filter(verb="relation.added").get()
    assert (event.on_behalf_of, event.channel) == (str(person.pk), "phone")
    assert not Notice.objects.filter(kind=helper_links.KIND).exists()


def _used(link):
    HelperLink.objects.filter(pk=link.pk).update(used_at=timezone.now())


def _old(link):
    now = timezone.now()
    HelperLink.objects.filter(pk=link.pk).update(created_at=now - 20 * DAY, expires_at=now)


def _ended(link):
    actions.end_help(relation=link.relation, actor=None)


def _unproved(link):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.update(verified=False)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_used, "used already"),
        (_old, "too old"),
        (_ended, "no longer works"),
        (_unproved, "another e-mail address"),
        (actions.send_link, "no longer works"),
    ],
)
def test_a_link_works_once_in_time_for_its_address(person, helper, spoil, words):
    """Control: the first test of this file uses the same link unspoilt."""
    link = added(person).links.get()
    spoil(relation=link.relation) if spoil is actions.send_link else spoil(link)
    with pytest.raises(NotAllowed, match=words):
        actions.accept_help(link=link, user=helper)
    assert not Relation.objects.helped_by(helper, today()).exists()


def test_a_link_is_for_nobody_else(person, stranger):
    link = added(person).links.get()
    with pytest.raises(NotAllowed, match="another e-mail address"):
        actions.accept_help(link=link, user=stranger)
    assert link.is_open(timezone.now())


def test_nobody_is_their_own_helper(person):
    with pytest.raises(NotAllowed, match="their own helper"):
        added(person, email=person.user.email)
    person.user.email = "new@example.org"
    person.user.save()
    link = added(person, email="old@example.org").links.get()
    person.user.emailaddress_set.update(email="old@example.org")
    person.user.email = "old@example.org"
    person.user.save()
    with pytest.raises(NotAllowed, match="their own helper"):
        actions.accept_help(link=link, user=person.user)


def test_nobody_helps_twice_in_one_way(person, helper):
    actions.accept_help(link=added(person).links.get(), user=helper)
    again = added(person).links.get()
    with pytest.raises(NotAllowed, match="in this way already"):
        actions.accept_help(link=again, user=helper)
    actions.accept_help(link=added(person, kind=SPEAKS).links.get(), user=helper)
    assert Relation.objects.helped_by(helper, today()).count() == 2


def test_a_helper_says_no(person, helper):
    link = added(person).links.get()
    actions.decline_help(link=link, user=helper)
    assert Relation.objects.get().status == RelationStatus.ENDED
    assert not link.__class__.objects.get().is_open(timezone.now())


def test_copies_need_somewhere_to_go(person):
    with pytest.raises(NotAllowed, match="Copies need"):
        added(person, kind=RECEIVES, email="")
    added(person, kind=RECEIVES, email="", address="1 High Street")


def test_only_a_coordinator_notes_what_a_court_gave(person, helper, coordinator, officer):
    by_law = {"authority": Authority.DEPUTY, "evidence": "Order", "evidence_on": today()}
    for actor in (person.user, officer):
        with pytest.raises(NotAllowed, match="A coordinator notes"):
            added(person, actor, **by_law)
    with pytest.raises(NotAllowed, match="A coordinator notes"):
        added(person, coordinator, authority=Authority.DEPUTY)
    row = added(person, coordinator, **by_law)
    assert (row.status, row.evidence_by) == (RelationStatus.IN_FORCE, coordinator)
    actions.accept_help(link=row.links.get(), user=helper)
    assert may_do(helper, Relation.objects.get(), Can.SIGN_UP)


@pytest.mark.parametrize("kind", [SPEAKS, RECEIVES, ACTS])
def test_a_child_gets_no_helper_before_everybody_agreed(person, kind):
    """Control: with the agreement, the same help is added."""
    factories.make_young(person, 12)
    with pytest.raises(NotAllowed, match="Somebody under 18"):
        added(person, kind=kind)
    factories.make_agreement(person)
    added(person, kind=kind)


# --- The end -------------------------------------------------------------------------------------
ENDS = [
    # kind, authority, age, who, whether it ends with the click
    (SPEAKS, "", None, "person", True),
    (RECEIVES, "", None, "person", True),
    (ACTS, Authority.ASKED, None, "person", True),
    (ACTS, Authority.ATTORNEY, None, "person", False),
    (ACTS, Authority.DEPUTY, None, "person", False),
    (ACTS, Authority.DEPUTY, None, "helper", True),
    (ACTS, Authority.DEPUTY, None, "coordinator", True),
    (GUARDIAN, Authority.PARENT, 15, "person", False),
    (GUARDIAN, Authority.PARENT, 16, "person", True),
    (GUARDIAN, Authority.PARENT, 12, "helper", True),
]


@pytest.mark.parametrize(("kind", "authority", "age", "who", "at_once"), ENDS)
def test_who_ends_what(person, helper, coordinator, kind, authority, age, who, at_once):
    if age:
        factories.make_young(person, age)
    seen = (
        {"evidence": "Order", "evidence_on": today()} if authority in {"attorney", "deputy"} else {}
    )
    row = factories.make_relation(person, helper, kind=kind, authority=authority, **seen)
    actor = {"person": person.user, "helper": helper, "coordinator": coordinator}[who]
    assert can_end_at_once(actor, row) is at_once
    after = actions.end_help(relation=row, actor=actor)
    assert (after.status == RelationStatus.ENDED) is at_once
    assert (after.end_asked_at is not None) is not at_once
    assert helps(helper, after) is not at_once
    assert Relation.objects.helped_by(helper, today()).exists() is not at_once
    again = actions.end_help(relation=row, actor=actor)
    assert again.end_asked_at == after.end_asked_at


def test_others_cannot_end_it(person, helper, stranger, officer):
    row = factories.make_relation(person, helper)
    for actor in (stranger, officer):
        assert not coordinates(actor, person)
        with pytest.raises(NotAllowed, match="You cannot end this"):
            actions.end_help(relation=row, actor=actor)


@pytest.mark.parametrize(
    ("status", "sees"),
    [(PoolStatus.ACTIVE, True), (PoolStatus.PAUSED, True), (PoolStatus.DIED, False)],
)
def test_help_ends_with_being_in_the_pool(person, helper, status, sees):
    row = factories.make_relation(person, helper)
    more = {"paused_until": today()} if status == PoolStatus.PAUSED else {}
    Person.objects.filter(pk=person.pk).update(status=status, **more)
    row = Relation.objects.get(pk=row.pk)
    assert helps(helper, row) is sees
    assert Relation.objects.helped_by(helper, today()).exists() is sees


# --- Copies --------------------------------------------------------------------------------------
def told(person, kind="project_message", event="e:1"):
    class Brief:
        title = "Bus stops"

    return owe(
        person=person,
        event=event,
        kind=kind,
        template="people/sixteen",
        context={"opportunity": Brief},
        practical="Bus stops. Friday, Tipton library",
    )


def copies():
    return Notice.objects.filter(kind="copy").order_by("pk")


def test_a_contact_reads_the_letters_they_may_hear_without_the_links(person, helper):
    """Control: the letter itself holds an address, and the kinds that are copied came through."""
    row = factories.make_relation(person, helper, kind=RECEIVES, scope=[Can.HEAR_CHANGES])
    letter = told(person)
    assert "://" in letter.text
    copy = copies().get()
    assert (copy.address, copy.person, copy.user) == (helper.email, None, None)
    assert "from now on you decide for yourself" in copy.text
    assert "/my/age/" not in copy.text + copy.html
    assert person.name not in copy.subject
    told(person)
    told(person, "place_given")
    told(person, "helper_link", "e:2")
    assert copies().count() == 1
    actions.end_help(relation=row, actor=person.user)
    assert not copies().exists()
    told(person, event="e:3")
    assert not copies().exists()
    assert Notice.objects.filter(event="e:3").exists()


def test_copies_without_e_mail_are_a_task(person, host):
    factories.make_relation(
        person, kind=RECEIVES, phone="07700 900444", name="Ned", email="", scope=[Can.HEAR_CHANGES]
    )
    told(person)
    copy = copies().get()
    assert (copy.person, copy.status) == (person, Notice.Status.TASK)
    assert (copy.contact_by, copy.contact_detail) == ("phone", "07700 900444")


def test_copies_wait_with_the_letter_for_the_end_of_a_break(person, helper, host):
    """Of what was written before it and of what is written in it. Control: others’ copies go."""
    factories.make_relation(person, helper, kind=RECEIVES, scope=[Can.HEAR_CHANGES])
    away = {"person": person, "actor": person.user}
    told(person, event="before")
    actions.pause(until=today() + dt.timedelta(days=9), **away)
    person.refresh_from_db()
    told(person, event="meanwhile")
    other = factories.make_resident("Ola Other").person
    factories.make_relation(other, kind=RECEIVES, email="c@example.org", scope=[Can.HEAR_CHANGES])
    told(other)
    of_the_person = copies().filter(address=helper.email)
    assert list(of_the_person.values_list("status", flat=True)) == ["held", "held"]
    assert copies().get(address="c@example.org").status == "owed"
    actions.come_back(**away)
    assert list(of_the_person.values_list("status", flat=True)) == ["owed", "owed"]
    assert all("from now on you decide" in copy.text for copy in of_the_person)


def test_no_copy_leaves_when_somebody_left_or_died(person, helper, host):
    """Control: before, one is owed to the helper."""
    factories.make_relation(person, helper, kind=RECEIVES, scope=[Can.HEAR_CHANGES])
    told(person)
    assert copies().get().status == "owed"
    actions.leave(person=person, actor=person.user)
    assert copies().get().status == "void"
    assert copies().get().settled_at is not None


@pytest.mark.parametrize(("age", "hears"), [(15, True), (16, False)])
def test_a_guardian_hears_when_and_where_and_never_the_words(person, helper, age, hears):
    """Control: a contact with the same scope gets the words."""
    factories.make_young(person, age)
    factories.make_relation(person, helper, kind=GUARDIAN)
    told(person)
    assert copies().exists() is hears
    if hears:
        copy = copies().get()
        assert "Bus stops. Friday, Tipton library" in copy.text
        assert "decide for yourself" not in copy.text + copy.html
    factories.make_relation(person, kind=RECEIVES, email="c@example.org")
    told(person, event="e:2")
    assert "decide for yourself" in copies().get(address="c@example.org").text


def test_who_does_things_for_somebody_gets_no_copies(person, helper):
    factories.make_relation(person, helper, kind=ACTS)
    factories.make_relation(person, helper, kind=SPEAKS)
    told(person)
    assert not copies().exists()
