"""Each check finds what it is there for, and nothing else: rows are broken behind its back."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from charter.models import CheckBack, Contribution, Response
from coprod import integrity
from coprod.lib.days import today
from coprod.lib.images import SafePicture
from opportunities.lifecycle import SignUpStatus, Status
from opportunities.models import Attendance, Opportunity, Participation, SignUp
from people import pictures
from people.models import Notice, Person, Profile
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_demonstration_is_whole(borough, capsys):
    call_command("verify_integrity")
    assert capsys.readouterr().out == (
        "places: all well\nwaiting order: all well\nnotices: all well\n"
        "participation: all well\nverdicts: all well\nerasures: all well\nsearch: all well\n"
        "pictures: all well\n"
        "pool: all well\n"
    )


def test_something_wrong_ends_the_command_with_one(borough):
    Opportunity.objects.filter(places_taken__gt=1).update(places_taken=F("places_taken") - 1)
    with pytest.raises(SystemExit) as stop:
        call_command("verify_integrity")
    assert stop.value.code == 1


def test_places_counter_beside_the_rows(borough):
    brief = Opportunity.objects.filter(places_taken__gt=2).first()
    Opportunity.objects.filter(pk=brief.pk).update(places_taken=1)
    held = brief.places_taken
    assert list(integrity.places()) == [
        f"Brief {brief.slug}: its counter says 1 places are taken, but {held} people hold one."
    ]


def test_places_more_people_than_places(borough):
    brief = Opportunity.objects.filter(places__gt=2, places_taken__gt=2).first()
    Opportunity.objects.filter(pk=brief.pk).update(places=1, places_taken=1)
    assert list(integrity.places())[-1] == (
        f"Brief {brief.slug}: more people hold a place than there are places."
    )


def test_waiting_beside_a_free_place(borough):
    waiting = SignUp.objects.waiting().filter(opportunity__status=Status.PUBLISHED).first()
    brief = waiting.opportunity
    Opportunity.objects.filter(pk=brief.pk).update(places=brief.places + 1)
    assert list(integrity.waiting_order()) == [
        f"Brief {brief.slug}: there is a free place, and people wait for it."
    ]


def test_waiting_with_a_number_never_given(borough):
    waiting = SignUp.objects.waiting().last()
    SignUp.objects.filter(pk=waiting.pk).update(waiting_number=9999)
    assert list(integrity.waiting_order()) == [
        f"Sign-up {waiting.pk}: its number on the waiting list was never given out."
    ]


def test_notices_owed_too_long(borough):
    Notice.objects.all().delete()
    CheckBack.objects.all().delete()
    person = factories.make_person()
    long_ago = timezone.now() - dt.timedelta(days=2)
    common = {"person": person, "contact_by": "email", "kind": "k", "subject": "s", "text": "t"}
    late = Notice.objects.create(event="a", message_id="<a@x>", created_at=long_ago, **common)
    Notice.objects.create(event="b", message_id="<b@x>", **common)
    assert list(integrity.notices()) == [
        f"Notice {late.pk}: owed for more than a day and not sent. Is the worker running?"
    ]


def test_check_backs_asked_without_a_notice(borough):
    asked = CheckBack.objects.open().first()
    Notice.objects.filter(event=f"check-back:{asked.pk}").delete()
    assert list(integrity.notices()) == [
        f"Check-back {asked.pk}: counted as asked, but no notice was owed to the person."
    ]


def test_participation_without_its_tick(borough):
    row = Participation.objects.first()
    brief, day = row.opportunity, row.took_part_on
    ticks = Attendance.objects.filter(opportunity=brief, took_part_on=day).count()
    row.delete()
    assert list(integrity.participation()) == [
        f"Brief {brief.slug} on {day}: {ticks} people ticked, {ticks - 1} rows for the figures."
    ]


def test_verdicts_of_strangers(borough):
    check_back = CheckBack.objects.first()
    CheckBack.objects.filter(pk=check_back.pk).update(person=factories.make_person())
    assert f"Check-back {check_back.pk}: asked of somebody who did not say it." in (
        list(integrity.verdicts())
    )


def test_verdicts_on_what_was_not_done(borough):
    check_back = CheckBack.objects.first()
    Response.objects.filter(pk=check_back.response_id).update(
        kind="will", done_on=None, due_on=today()
    )
    told = list(integrity.verdicts())
    assert f"Check-back {check_back.pk}: asks whether something helped that was not done." in told


def test_verdicts_on_a_completed_project_without_response(borough):
    silent = Contribution.objects.without_response().first()
    Opportunity.objects.filter(pk=silent.opportunity_id).update(status=Status.COMPLETED)
    assert list(integrity.verdicts()) == [
        f"Contribution {silent.pk}: its project is completed, and nobody responded."
    ]


def test_verdicts_where_no_response_counts(borough):
    response = Response.objects.filter(is_current=True).first()
    Response.objects.filter(contribution=response.contribution).update(is_current=False)
    assert list(integrity.verdicts()) == [
        f"Contribution {response.contribution_id}: it has responses, but none that counts."
    ]


def test_every_status_is_in_the_demonstration(borough):
    statuses = set(Opportunity.objects.values_list("status", flat=True))
    assert statuses >= set(Status.values) - {Status.WITHDRAWN}
    assert set(SignUp.objects.values_list("status", flat=True)) == (
        set(SignUpStatus.values) - {SignUpStatus.CALLED_OFF}
    )


def test_search_that_lost_a_row(borough):
    assert list(integrity.search()) == []
    lose = {
        "sqlite": "DELETE FROM opportunities_opportunity_words WHERE rowid = 1",
        "postgresql": "DROP INDEX opportunities_opportunity_words",
    }
    connection.check_constraints()  # PostgreSQL changes no table that still has something to check
    with connection.cursor() as cursor:
        cursor.execute(lose[connection.vendor].replace("1", str(Opportunity.objects.first().pk)))
    assert len(list(integrity.search())) == 1


def test_pictures_files_of_nobody_and_profiles_without_files(borough):
    """Both are named; the demonstration itself has pictures, and all of them."""
    assert Profile.objects.exclude(photo="").count() == 2
    assert list(integrity.profile_pictures()) == []
    old = pictures.keep(SafePicture(small=b"small", large=b"large"))
    for size in pictures.SIZES:
        path = Path(default_storage.path(pictures.file_of(old, size)))
        os.utime(path, (0, 0))
    lost = Profile.objects.exclude(photo="").first()
    Profile.objects.filter(pk=lost.pk).update(photo=pictures.new_name())
    words = list(integrity.profile_pictures())
    pictures.forget(old)
    assert words[-1] == f"Profile {lost.pk}: a file of its picture is missing."
    assert {f"File {old}: it belongs to no profile. The worker deletes it within the hour."} < (
        set(words)
    )


def test_the_pool_names_what_only_many_rows_can_say(borough):
    """Nothing of it while all is well; each broken row is named by its own sentence."""
    partner = factories.make_organisation()
    here = factories.make_person(joined_through=partner)
    topic = factories.choose_topic(here, factories.make_topic("experience", "Respite care"))
    wrong = factories.choose_topic(here, factories.make_topic("skill", "Listening"))
    gone = factories.make_person(joined_through=partner)
    letter = {"person": gone, "event": "x", "contact_by": "email", "subject": "x", "text": "x"}
    owed = Notice.objects.create(kind="a", message_id="<a@x>", **letter)
    held = Notice.objects.create(
        kind="b", message_id="<b@x>", status="held", **(letter | {"person": here})
    )
    sign_up = factories.make_sign_up(factories.make_opportunity(partner), gone)
    Notice.objects.exclude(pk__in=[owed.pk, held.pk]).delete()
    held.delete()  # back below
    assert list(integrity.pool()) == []
    held.save()
    Person.objects.filter(pk=gone.pk).update(status="left")
    away = factories.make_person(status="paused", paused_until=today() - dt.timedelta(days=9))
    wrong.kind = "interest"
    wrong.save()
    topic.consent.withdrawn_at = timezone.now()
    topic.consent.save()
    looks = gone.may_look.get()
    assert list(integrity.pool()) == [
        f"Notice {owed.pk}: on its way to somebody who left or died.",
        f"Notice {held.pk}: waits for the end of a break, and there is none.",
        f"Person {away.pk}: the break is over, and holds still. Is the worker running?",
        f"Sign-up {sign_up.pk}: of somebody who left or died.",
        f"Row {looks.pk} of who may look for whom: this person left.",
        f"Topic {wrong.pk} of a person: it stands in another list.",
        f"Topic {topic.pk} of a person: kept without an agreement that holds.",
    ]
