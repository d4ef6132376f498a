"""The pages of who helps, and of young people: from the link to the end, and what nobody sees."""

import datetime as dt

import pytest
from django.urls import reverse

from coprod.lib.days import add_months, today
from opportunities.actions.sign_ups import sign_up
from opportunities.models import Opportunity, SignUp
from people import actions, helper_links
from people.models import (
    Agreement,
    AuditEvent,
    Can,
    ImpactAssessment,
    Person,
    Relation,
    RelationKind,
    YoungPerson,
)
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "canary-words-of-the-young"
CHECKED = {
    "how_checked": "Spoke to the school",
    "checked_on_day": "1",
    "checked_on_month": "1",
    "checked_on_year": "2026",
}


def text(response):
    return " ".join(response.content.decode().split())


def born(years):
    day = add_months(today(), -12 * years - 1)
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"born_on_{part}": str(value) for part, value in parts.items()}


def link_path(relation):
    token = helper_links.token_of(relation.links.first().seed)
    return reverse("people:accept_help", args=[token])


@pytest.fixture
def brief(host):
    return factories.make_opportunity(min_age=11, title="Web page on SEND", venue="Tipton library")


def test_a_young_person_an_adult_and_the_coordinator(  # noqa: PLR0915 -- one story, told once
    client_for, resident, coordinator, brief
):
    """Held until the yes, the agreement and the check; the adult sees dates and never the words.

    Control: the coordinator's page of the sign-up shows the words that the adult's does not.
    """
    me, person = client_for(resident), resident.person
    assert "I am under 18" in text(me.get("/my/age/"))
    assert "Only people under 18" in text(me.post("/my/age/", born(30)))
    me.post("/my/age/", born(12))
    shown = text(me.get("/my/age/"))
    assert "your own yes" in shown
    me.post(
        reverse("opportunities:sign_up", args=[brief.slug]),
        {
            "contact_by": "email",
            "email": resident.email,
            "why": SECRET,
        },
    )
    row = SignUp.objects.get()
    assert (row.status, row.opportunity.places_taken) == ("held", 0)
    assert "Tick the box" in text(me.post("/my/age/yes/", {}))
    assert me.get("/my/age/yes/").status_code == 200
    half = {"yes": "on", "ring_name": "Mum"}
    assert "Enter their phone number too" in text(me.post("/my/age/yes/", half))
    me.post("/my/age/yes/", {"yes": "on"})
    assert me.get("/my/age/adult/").status_code == 200
    assert "so that we can ask them" in text(
        me.post("/my/age/adult/", {"authority": "parent", "name": "Gail"})
    )
    me.post("/my/age/adult/", {"authority": "parent", "name": "Gail", "email": "gail@example.org"})
    relation = Relation.objects.get()
    assert "We sent them a link" in text(me.get("/my/age/"))

    path = link_path(relation)
    stranger = client_for(factories.make_user("Sam Stranger"))
    assert "another e-mail address" in text(stranger.get(path))
    adult = client_for(factories.make_user("Gail Guardian", email="gail@example.org"))
    adult.logout()
    assert person.first_name not in text(adult.get(path))
    adult = client_for(Relation.objects.get() and _user("gail@example.org"))
    assert f"{person.first_name} wants to take part" in text(adult.get(path))
    assert "Tick the box if you agree" in text(adult.post(path, {"do": "yes"}))
    shown = text(adult.post(path, {"agree": "on"}, follow=True))
    assert person.name in shown
    assert adult.get(path).status_code == 410
    SignUp.objects.get(status="held")

    staff = client_for(coordinator)
    assert "1 agreement of a parent or guardian waits" in text(staff.get("/staff/"))
    assert person.name in text(staff.get("/staff/agreements/"))
    agreement = Agreement.objects.get()
    check = f"/staff/agreements/{agreement.pk}/"
    assert "Write down how you checked it" in text(staff.post(check, {}))
    assert "they may take part" in text(staff.post(check, CHECKED, follow=True))
    row.refresh_from_db()
    assert row.status == "place"

    theirs = f"/my/people-i-help/{relation.uuid}/"
    page = text(adult.get(theirs))
    assert "Web page on SEND" in page
    assert "Tipton library" in page
    assert SECRET not in page
    shown = text(staff.get(reverse("opportunities:show_sign_up", args=[brief.slug, row.pk])))
    assert SECRET in shown
    for verb in ("open", "details", f"sign-up/{brief.slug}", f"withdraw/{row.pk}"):
        assert adult.get(f"{theirs}{verb}/").status_code == 403
    adult.post(f"{theirs}agree/")
    assert Agreement.objects.count() == 2
    me.post("/my/age/no/")
    row.refresh_from_db()
    assert row.status == "withdrawn"
    assert "You said that you want to stop" in text(me.get("/my/age/"))
    ended = text(adult.post(f"{theirs}stop/", follow=True))
    assert "Your agreement ends. Amina takes part again when an adult agrees anew." in ended
    assert adult.get(theirs).status_code == 404


def _user(email):
    from people.models import User

    return User.objects.get(email=email)


def test_a_helper_does_what_was_ticked_and_sees_nothing_from_the_end_on(
    client_for, resident, brief, host
):
    """Control: before the end the same addresses answer 200, and show the name."""
    me, person = client_for(resident), resident.person
    open_brief = factories.make_opportunity(title="Bus stops")
    assert me.get("/my/helpers/add/").status_code == 200
    facts = {"kind": "acts_for", "name": "Hanna Helper", "email": "hanna@example.org"}
    assert "Tick at least one thing" in text(me.post("/my/helpers/add/", facts))
    ticked = facts | {"can_acts_for": ["sign_up", "withdraw", "change_details"]}
    me.post("/my/helpers/add/", ticked)
    relation = Relation.objects.get()
    assert "We wait for their yes" in text(me.get("/my/helpers/"))
    me.post(f"/my/helpers/{relation.uuid}/link/")
    helper = client_for(factories.make_user("Hanna Helper", email="hanna@example.org"))
    path = link_path(relation)
    assert "asks for your help" in text(helper.get(path))
    helper.post(path, {"do": "yes"})
    theirs = f"/my/people-i-help/{relation.uuid}/"
    assert person.name in text(helper.get("/my/people-i-help/"))
    for verb in ("", "open/", "details/", f"sign-up/{open_brief.slug}/"):
        shown = helper.get(theirs + verb)
        assert (shown.status_code, person.name in text(shown)) == (200, True)
    assert "Tick the box" in text(helper.post(f"{theirs}sign-up/{open_brief.slug}/", {}))
    helper.post(
        f"{theirs}sign-up/{open_brief.slug}/", {"old_enough": "on", "why": "He likes buses"}
    )
    row = SignUp.objects.get()
    assert (row.person, row.typed_by.name) == (person, "Hanna Helper")
    event = AuditEvent.objects.get(verb="sign_up.came_forward")
    assert (event.on_behalf_of, event.actor) == (str(person.pk), str(row.typed_by_id))
    assert "Signed you up" in text(me.get(reverse("done_for_me")))
    assert helper.get(f"{theirs}answer/1/").status_code == 403
    asked = text(helper.get(f"{theirs}withdraw/{row.pk}/"))
    assert ("about support for this project is deleted" in asked, "Let them stay in" in asked) == (
        True,
        True,
    )
    helper.post(f"{theirs}withdraw/{row.pk}/")
    row.refresh_from_db()
    assert row.status == "withdrawn"
    moved = {"name": person.name, "contact_by": "phone", "phone": "07700 900555"}
    helper.post(f"{theirs}details/", moved)
    assert Person.objects.get(pk=person.pk).phone == "07700 900555"
    me.post(f"/my/helpers/{relation.uuid}/end/")
    for verb in ("", "open/", "details/", f"sign-up/{open_brief.slug}/"):
        shown = helper.get(theirs + verb)
        assert (shown.status_code, person.name in text(shown)) == (404, False)
    assert person.name not in text(helper.get("/my/people-i-help/"))
    assert helper.post(f"{theirs}sign-up/{brief.slug}/", {"old_enough": "on"}).status_code == 404


def test_a_helper_says_no_by_link(client_for, resident):
    relation = actions.add_helper(
        person=resident.person,
        actor=resident,
        kind=RelationKind.SPEAKS_WITH,
        name="Ned",
        email="ned@example.org",
        scope=[Can.COME_ALONG],
    )
    ned = client_for(factories.make_user("Ned", email="ned@example.org"))
    assert "Nothing more happens" in text(ned.post(link_path(relation), {"do": "no"}, follow=True))
    assert ned.get("/help/unknown/").status_code == 404


def test_staff_type_all_of_it_for_somebody_without_an_e_mail(
    client_for, coordinator, officer, host
):
    person = actions.add_person(
        organisation=host,
        actor=coordinator,
        channel="phone",
        name="Pat Phone",
        contact_by="phone",
        phone="07700 900666",
    )
    staff, base = client_for(coordinator), f"/staff/people/{person.uuid}"
    for tail in ("helpers/", "helpers/add/", "young/age/"):
        assert staff.get(f"{base}/{tail}").status_code == 200
    by_law = {
        "channel": "phone",
        "kind": "acts_for",
        "can_acts_for": ["sign_up"],
        "name": "Dee Deputy",
        "phone": "07700 900777",
        "authority": "deputy",
    }
    assert "Say what you saw" in text(staff.post(f"{base}/helpers/add/", by_law))
    seen = {
        "evidence": "Court order 7",
        "evidence_on_day": "1",
        "evidence_on_month": "2",
        "evidence_on_year": "2026",
    }
    staff.post(f"{base}/helpers/add/", by_law | seen)
    relation = Relation.objects.get()
    assert (relation.evidence_by, relation.evidence_on) == (coordinator, dt.date(2026, 2, 1))
    assert "Court order 7" in text(staff.get(f"{base}/helpers/"))
    other = client_for(officer)
    assert "Court order 7" not in text(other.get(f"{base}/helpers/"))
    assert other.post(f"{base}/helpers/{relation.pk}/end/").status_code == 403
    staff.post(f"{base}/helpers/{relation.pk}/end/")
    assert "Ended on" in text(staff.get(f"{base}/helpers/"))

    staff.post(f"{base}/young/age/", born(14) | {"channel": "phone"})
    assert other.get(f"{base}/young/").status_code == 403
    assert "14 years old" in text(staff.get(f"{base}/young/"))
    assert staff.get(f"{base}/young/yes/").status_code == 200
    staff.post(f"{base}/young/yes/", {"channel": "phone", "yes": "on"})
    assert YoungPerson.objects.get().yes_typed_by == coordinator
    assert staff.get(f"{base}/young/adult/").status_code == 200
    adult = {
        "channel": "phone",
        "authority": "council",
        "name": "Sue Social",
        "phone": "0121 496 0100",
    }
    staff.post(f"{base}/young/adult/", adult)
    agreement = Agreement.objects.get()
    given = f"/staff/agreements/{agreement.pk}/given/"
    assert staff.get(given).status_code == 200
    staff.post(given, {"channel": "paper", "agree": "on"})
    staff.post(f"/staff/agreements/{agreement.pk}/", CHECKED)
    assert "they may take part" in text(staff.get(f"{base}/young/"))
    staff.post(f"{base}/young/no/")
    assert YoungPerson.objects.get().no_at
    staff.post(f"/staff/agreements/{agreement.pk}/no/")
    agreement.refresh_from_db()
    assert agreement.status == "checked"


def test_a_lead_writes_down_why_somebody_decides_alone(client_for, officer, brief):
    person = factories.make_young(age=14).person
    row = sign_up(
        opportunity=brief,
        person=person,
        actor=officer,
        shares=(),
        contact_by="email",
        contact_detail="x@example.org",
        old_enough=False,
    )
    staff = client_for(officer)
    page = reverse("opportunities:show_sign_up", args=[brief.slug, row.pk])
    assert "we wait for this" in text(staff.get(page))
    alone = reverse("opportunities:decides_alone", args=[brief.slug, row.pk])
    assert "Write down why they understand" in text(staff.post(alone, {}))
    staff.post(
        alone,
        {
            "why_alone": "Asked about the notes",
            "explained_by": "Lena",
            "explained_how": "Pictures",
            "explained_on_day": "1",
            "explained_on_month": "2",
            "explained_on_year": "2026",
        },
    )
    row.refresh_from_db()
    assert row.status == "place"


def test_an_assessment_comes_before_the_first_brief_for_under_18s(client_for, coordinator, host):
    from opportunities.completeness import missing_parts

    brief = factories.make_opportunity(min_age=14)
    assert "min_age" in [part.field for part in missing_parts(brief)]
    staff = client_for(coordinator)
    assert "None is written down" in text(staff.get("/staff/impact-assessments/"))
    staff.post(
        "/staff/impact-assessments/",
        {
            "reference": "DPIA-7",
            "done_by": "Ivy",
            "done_on_day": "1",
            "done_on_month": "2",
            "done_on_year": "2026",
        },
    )
    assert ImpactAssessment.objects.get().reference == "DPIA-7"
    assert "min_age" not in [part.field for part in missing_parts(brief)]


def test_who_comes_along_is_known_to_the_team_and_takes_no_place(client_for, officer, brief):
    person = factories.make_person()
    factories.make_relation(person, kind=RelationKind.SPEAKS_WITH, name="Carl Companion")
    row = factories.make_sign_up(brief, person)
    page = reverse("opportunities:show_sign_up", args=[brief.slug, row.pk])
    assert "Carl Companion" in text(client_for(officer).get(page))
    brief.refresh_from_db()
    assert brief.places_taken == 1


def test_a_helper_sees_dates_that_come_and_withdraws_from_nothing_that_is_over(
    client_for, resident, host
):
    """Control: what goes on is in both lists."""
    helper = factories.make_user("Hanna Helper", email="hanna@example.org")
    scope = [Can.SEE_DATES, Can.WITHDRAW]
    relation = factories.make_relation(
        resident.person, helper, kind=RelationKind.ACTS_FOR, scope=scope
    )
    begun = {"starts_on": today() - dt.timedelta(days=9), "ends_on": today() - dt.timedelta(days=2)}
    for title, later in (
        ("All over", begun | {"status": "completed"}),
        ("Last day gone", begun | {"status": "in_progress"}),
        ("Goes on", {}),
    ):
        one = factories.make_opportunity(title=title)
        factories.make_sign_up(one, resident.person)
        closes = {"closes_on": begun["starts_on"]} if later else {}
        Opportunity.objects.filter(pk=one.pk).update(title=title, **later, **closes)
    page = client_for(helper).get(f"/my/people-i-help/{relation.uuid}/")
    assert [row.opportunity.title for row in page.context["dates"]] == ["Goes on"]
    titles = {row.opportunity.title for row in page.context["sign_ups"]}
    assert titles == {"Last day gone", "Goes on"}
