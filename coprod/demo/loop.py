"""What people said, what was done, and whether it helped: some yes, some no, some late."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from charter.actions import ask_due_check_backs
from charter.lifecycle import CheckBackStatus, ResponseKind, Verdict
from charter.models import CheckBack, Commitment, Contribution, Pledge, Response, Voice
from opportunities.models import Opportunity
from people.models import Channel, Person, User

from .files import read
from .organisations import persona_email

VERDICTS = {"y": Verdict.YES, "p": Verdict.PARTLY, "n": Verdict.NO}
SILENT = "."


def load_pledges() -> None:
    """Store how some projects keep the charter's commitments."""
    commitments = {row.slug: row for row in Commitment.objects.filter(charter__is_current=True)}
    for title, pledges in read("pledges").items():
        opportunity = Opportunity.objects.get(title=title)
        for slug, how in pledges.items():
            Pledge.objects.create(opportunity=opportunity, commitment=commitments[slug], how=how)


class Loop:
    """Stores the feedback loop of every project that is under way or done."""

    def __init__(self, residents: list[Person], day: dt.date) -> None:
        self.residents = residents
        self.day = day
        self.writer = User.objects.get(email=persona_email("officer"))
        self.reader = User.objects.get(email=persona_email("second-coordinator"))

    def load(self) -> None:
        """Store all of it."""
        for index, row in enumerate(read("said")):
            contribution = self._said(row)
            voices = self._voices(contribution, row, index)
            if row["kind"]:
                response = self._answered(contribution, row)
                self._checked(response, voices, row)
        ask_due_check_backs(self.day)

    def _said(self, row: dict[str, Any]) -> Contribution:
        return Contribution.objects.create(
            opportunity=Opportunity.objects.get(title=row["project"]),
            about=row["about"],
            what=row["what"],
            said_at=row["said_at"],
            said_on=self.day - dt.timedelta(weeks=row["weeks_ago"]),
            people_count=row["people_count"],
            channel=Channel.PAPER if row["said_at"] == "By post" else Channel.IN_PERSON,
            recorded_by=self.writer,
        )

    def _voices(self, contribution: Contribution, row: dict[str, Any], index: int) -> list[Person]:
        took_part = (
            Person.objects.filter(attendances__opportunity=contribution.opportunity)
            .exclude(pk__in=[person.pk for person in self.residents])
            .distinct()
            .order_by("pk")
        )
        people = list(took_part[: len(row["verdicts"]) + 2])
        # Each resident of the demonstration has one question to answer.
        if index in (0, 5):
            people.append(self.residents[0 if index == 0 else 1])
        Voice.objects.bulk_create(
            Voice(contribution=contribution, person=person) for person in people
        )
        return people

    def _answered(self, contribution: Contribution, row: dict[str, Any]) -> Response:
        kind = ResponseKind(row["kind"])
        day = self.day + dt.timedelta(days=row["days"]) if row["days"] else None
        return Response.objects.create(
            contribution=contribution,
            kind=kind,
            text=row["text"],
            owner_name=row["owner_name"],
            done_on=day if kind == ResponseKind.DID else None,
            due_on=day if kind == ResponseKind.WILL else None,
            written_by=self.writer,
            written_at=_moment(day) if kind == ResponseKind.DID else timezone.now(),
        )

    def _checked(self, response: Response, voices: list[Person], row: dict[str, Any]) -> None:
        """Store who answered and who never did; the rest is asked as on any other day."""
        comments = list(row["comments"])
        for person, letter in zip(voices, row["verdicts"], strict=False):
            self._check_back(response, person, letter, _taken(comments, letter))

    def _check_back(self, response: Response, person: Person, letter: str, comment: str) -> None:
        due = response.done_on + dt.timedelta(days=settings.CHECK_BACK_DAYS)
        told = {"status": CheckBackStatus.NOBODY, "reminded_on": due + dt.timedelta(days=7)}
        if letter != SILENT:
            told = {
                "status": CheckBackStatus.ANSWERED,
                "verdict": VERDICTS[letter],
                "comment": comment,
                "may_show_comment": bool(comment),
                "answered_at": _moment(due + dt.timedelta(days=2)),
            }
        # The comments beside a “no” still wait for their second reader.
        if comment and letter != "n":
            told |= {
                "comment_read_by": self.reader,
                "comment_read_at": timezone.now(),
                "comment_fit_to_show": True,
            }
        CheckBack.objects.create(response=response, person=person, due_on=due, asked_on=due, **told)


def _taken(comments: list[dict[str, str]], letter: str) -> str:
    """Take out the first comment that somebody with this verdict made; nothing if there is none."""
    fitting = next((one for one in comments if one["verdict"] == letter), None)
    if fitting is None:
        return ""
    comments.remove(fitting)
    return fitting["text"]


def _moment(day: dt.date) -> dt.datetime:
    naive = dt.datetime.combine(day, dt.time(10))
    return min(timezone.make_aware(naive), timezone.now())
