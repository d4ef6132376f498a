"""What the background worker does, and how often."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from charter.actions import ask_due_check_backs
from charter.reporting.counts import rebuild_if_stale
from coprod.kept import forget_kept_forms
from coprod.lib.days import today
from coprod.once import forget_sent_forms
from opportunities.actions import close_due, remind_invited
from people import ledger, pictures
from people.actions import (
    ask_agreements_again,
    ask_people,
    birthdays,
    end_breaks,
    forget_exports,
    forget_unproven,
    keep_no_longer,
    remind_of_needs,
    scrub_erased,
)
from people.actions.imports import forget_old_imports, work_on_imports
from people.actions.merging import forget_old_merges
from people.delivery import deliver_due
from people.versions import fold_versions
from people.waiting import remind_of_people_who_wait


@dataclass(frozen=True)
class Job:
    """Something done again and again; ``run`` returns how many things it handled."""

    name: str
    run: Callable[[], int]
    every: dt.timedelta


def ask_whether_it_helped() -> int:
    """Ask today’s check-backs, remind and let go; return how many moved."""
    return ask_due_check_backs(today())


def keep_data_no_longer() -> int:
    """Warn, pause and erase whoever has been quiet for as long as declared; return how many."""
    return keep_no_longer(today()).total()


def finish_erasing() -> int:
    """Write into the ledger who was erased, and overwrite what they left in free pages."""
    return ledger.write_down() + scrub_erased()


def bring_back_from_breaks() -> int:
    """End the breaks that are over today; return how many."""
    return end_breaks(today())


def remind_of_new_people() -> int:
    """Remind coordinators of people whom nobody has welcomed; return how many letters."""
    return remind_of_people_who_wait(today())


JOBS = (
    Job("versions", fold_versions, dt.timedelta(minutes=1)),
    Job("notices", deliver_due, dt.timedelta(seconds=5)),
    Job("counts", rebuild_if_stale, dt.timedelta(seconds=30)),
    Job("check-backs", ask_whether_it_helped, dt.timedelta(minutes=30)),
    Job("invitations", remind_invited, dt.timedelta(hours=1)),
    Job("breaks", bring_back_from_breaks, dt.timedelta(minutes=30)),
    Job("new people", remind_of_new_people, dt.timedelta(hours=1)),
    Job("needs", remind_of_needs, dt.timedelta(hours=1)),
    Job("closing dates", close_due, dt.timedelta(minutes=30)),
    Job("sent forms", forget_sent_forms, dt.timedelta(hours=1)),
    Job("kept forms", forget_kept_forms, dt.timedelta(minutes=10)),
    Job("imports", work_on_imports, dt.timedelta(seconds=1)),
    Job("questions to those who came with a list", ask_people, dt.timedelta(minutes=1)),
    Job("old merges", forget_old_merges, dt.timedelta(hours=1)),
    Job("old imports", forget_old_imports, dt.timedelta(hours=1)),
    Job("pictures of nobody", pictures.sweep, dt.timedelta(hours=1)),
    Job("copies of data", forget_exports, dt.timedelta(hours=1)),
    Job("retention", keep_data_no_longer, dt.timedelta(hours=24)),
    Job("erased people", finish_erasing, dt.timedelta(minutes=1)),
    Job("birthdays", birthdays, dt.timedelta(hours=1)),
    Job("agreements asked again", ask_agreements_again, dt.timedelta(hours=6)),
    Job("unproven accounts", forget_unproven, dt.timedelta(hours=1)),
)
