"""What must always hold across the rooms, counted again from the rows themselves.

Each check yields sentences; none means that all is well. Constraints hold what one row can say;
these hold what only many rows can.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from charter.lifecycle import CheckBackStatus, ResponseKind
from charter.models import CheckBack, Contribution, Response
from coprod.lib.days import today
from opportunities.levels import PlacesGiven
from opportunities.lifecycle import HOLDING, SignUpStatus, Status
from opportunities.models import SEARCHED as BRIEFS_SEARCHED
from opportunities.models import Attendance, Opportunity, Participation, SignUp
from people import ledger, pictures
from people.actions.erasing import NOBODY
from people.lifecycle import PoolStatus
from people.models import SEARCHED as PEOPLE_SEARCHED
from people.models import Erasure, MayLookFor, Notice, Person, PersonTopic

SEND_WITHIN = dt.timedelta(days=1)


def places() -> Iterator[str]:
    """The counter of each brief is the number of people who hold a place, and fits."""
    counted = Opportunity.objects.annotate(
        holding=Count("sign_ups", filter=Q(sign_ups__status__in=HOLDING))
    )
    for row in counted.exclude(places_taken=F("holding")).values("slug", "places_taken", "holding"):
        yield (
            f"Brief {row['slug']}: its counter says {row['places_taken']} places are taken, "
            f"but {row['holding']} people hold one."
        )
    for slug in counted.filter(holding__gt=F("places")).values_list("slug", flat=True):
        yield f"Brief {slug}: more people hold a place than there are places."


def waiting_order() -> Iterator[str]:
    """Nobody waits outside the order, and nobody waits beside a free place."""
    beyond = SignUp.objects.waiting().filter(
        waiting_number__gt=F("opportunity__last_waiting_number")
    )
    for pk in beyond.values_list("pk", flat=True):
        yield f"Sign-up {pk}: its number on the waiting list was never given out."
    passed_over = Opportunity.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__gt=today()),
        status=Status.PUBLISHED,
        places_given=PlacesGiven.FIRST_COME,
        places_taken__lt=F("places"),
        sign_ups__status=SignUpStatus.WAITING,
    ).distinct()
    for slug in passed_over.values_list("slug", flat=True):
        yield f"Brief {slug}: there is a free place, and people wait for it."


def notices() -> Iterator[str]:
    """What is owed is sent within a day, and whoever counts as asked was owed the question."""
    late = Notice.objects.filter(
        status=Notice.Status.OWED, created_at__lt=timezone.now() - SEND_WITHIN
    )
    for pk in late.values_list("pk", flat=True):
        yield f"Notice {pk}: owed for more than a day and not sent. Is the worker running?"
    asked = CheckBack.objects.filter(
        status__in=[CheckBackStatus.ASKED, CheckBackStatus.REMINDED]
    ).exclude(Exists(_questions()))
    for pk in asked.values_list("pk", flat=True):
        yield f"Check-back {pk}: counted as asked, but no notice was owed to the person."


def _questions() -> QuerySet[Notice]:
    event = Concat(Value("check-back:"), Cast(OuterRef("pk"), CharField()))
    return Notice.objects.filter(person=OuterRef("person"), event=event)


def participation() -> Iterator[str]:
    """Every tick of “took part” has its row, and every row its tick, but those of the erased."""
    ticks = _per_day(Attendance.objects.all())
    rows = _per_day(Participation.objects.exclude(pseudonym__startswith=NOBODY))
    for key in sorted(ticks.keys() | rows.keys()):
        if ticks.get(key, 0) != rows.get(key, 0):
            yield (
                f"Brief {key[0]} on {key[1]}: {ticks.get(key, 0)} people ticked, "
                f"{rows.get(key, 0)} rows for the figures."
            )


def _per_day(found: QuerySet[Any]) -> dict[tuple[str, dt.date], int]:
    counted = found.values_list("opportunity__slug", "took_part_on").annotate(number=Count("pk"))
    return {(slug, day): number for slug, day, number in counted.order_by()}


def erasures() -> Iterator[str]:
    """Who was erased stays erased, is in the ledger, and has left nothing in free pages."""
    if number := len(ledger.not_replayed()):
        yield (
            f"Erasures: {number} in the ledger were never made in this database. It is an older "
            "copy: run “manage.py replay_erasures”."
        )
    written = ledger.codes()
    day_ago = timezone.now() - SEND_WITHIN
    for one in Erasure.objects.filter(erased_at__lt=day_ago):
        if one.code not in written:
            yield f"Erasure {one.pk}: it is not in the ledger. Is the worker running?"
        if not one.is_scrubbed:
            yield f"Erasure {one.pk}: free pages of the database may still hold what was deleted."


def verdicts() -> Iterator[str]:
    """Only those who said it answer; only “we did” is checked; nothing completed is unanswered."""
    strangers = CheckBack.objects.exclude(response__contribution__voices__person_id=F("person_id"))
    for pk in strangers.values_list("pk", flat=True):
        yield f"Check-back {pk}: asked of somebody who did not say it."
    wrong_kind = CheckBack.objects.exclude(response__kind=ResponseKind.DID)
    for pk in wrong_kind.values_list("pk", flat=True):
        yield f"Check-back {pk}: asks whether something helped that was not done."
    open_ends = Contribution.objects.without_response().filter(opportunity__status=Status.COMPLETED)
    for pk in open_ends.values_list("pk", flat=True):
        yield f"Contribution {pk}: its project is completed, and nobody responded."
    answered = Contribution.objects.filter(responses__isnull=False).exclude(
        pk__in=Response.objects.filter(is_current=True).values("contribution")
    )
    for pk in answered.values_list("pk", flat=True).distinct():
        yield f"Contribution {pk}: it has responses, but none that counts."


def search() -> Iterator[str]:
    """What is searched is what the rows say."""
    for index in (BRIEFS_SEARCHED, *PEOPLE_SEARCHED):
        yield from index.problems()


def profile_pictures() -> Iterator[str]:
    """Every picture has its files, and every file its profile."""
    for path in pictures.nobodys():
        yield f"File {path}: it belongs to no profile. The worker deletes it within the hour."
    for pk in pictures.missing():
        yield f"Profile {pk}: a file of its picture is missing."


def pool() -> Iterator[str]:
    """Nothing is on its way to somebody who is gone, no break lasts too long, lists hold."""
    for words, rows in _pool_faults().items():
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            yield words % pk


def _pool_faults() -> dict[str, QuerySet[Any]]:
    """Return what is wrong about being in the pool: the sentence, and the rows it is said of."""
    gone = [PoolStatus.LEFT, PoolStatus.DIED]
    waiting = [Notice.Status.OWED, Notice.Status.TASK, Notice.Status.HELD]
    live = SignUp.objects.live().exclude(opportunity__status=Status.COMPLETED)
    agreed = Q(consent__withdrawn_at__isnull=True, consent__person=F("person"))
    return {
        "Notice %s: on its way to somebody who left or died.": Notice.objects.filter(
            status__in=waiting, person__status__in=gone
        ),
        "Notice %s: waits for the end of a break, and there is none.": Notice.objects.filter(
            status=Notice.Status.HELD
        ).exclude(person__status__in=[PoolStatus.PAUSED, *gone]),
        "Person %s: the break is over, and holds still. Is the worker running?": (
            Person.objects.filter(paused_until__lt=today() - dt.timedelta(days=1))
        ),
        "Sign-up %s: of somebody who left or died.": live.filter(person__status__in=gone),
        "Row %s of who may look for whom: this person left.": MayLookFor.objects.filter(
            person__status=PoolStatus.LEFT
        ),
        "Topic %s of a person: it stands in another list.": PersonTopic.objects.filter(
            topic__isnull=False
        ).exclude(kind=F("topic__kind")),
        "Topic %s of a person: kept without an agreement that holds.": (
            PersonTopic.objects.filter(consent__isnull=False).exclude(agreed)
        ),
    }


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "places": places,
    "waiting order": waiting_order,
    "notices": notices,
    "participation": participation,
    "verdicts": verdicts,
    "erasures": erasures,
    "search": search,
    "pictures": profile_pictures,
    "pool": pool,
}
