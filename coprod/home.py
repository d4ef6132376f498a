"""The pages that put several rooms together: public home, “My involvement”, the staff home."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.decorators import login_not_required
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from charter import queries as charter_queries
from charter.lifecycle import CheckBackStatus, ResponseKind
from charter.loop import SHOWN_FROM, Loop, loops
from charter.models import Contribution
from charter.reporting.rules import READERS
from coprod.lib.access import require
from coprod.lib.days import today
from opportunities import asking as opportunity_asking
from opportunities import queue as opportunity_queue
from opportunities.cards import SOON, cards
from opportunities.levels import Level
from opportunities.lifecycle import HOLDING
from opportunities.models import NEVER, Opportunity, SignUp
from opportunities.suggestions import suggestions
from people import helping_queue, waiting
from people import queries as people_queries
from people.models import Membership, Person, Relation, Role, User
from people.models.organisations import REVIEWING_ROLES
from people.models.rights import answers_rights
from people.queue import data_queue
from people.rules import ARRANGING_ROLES, acting, is_staff_member
from people.versions import public_page

CLOSING_SOON = 3
# What is behind the staff home: label, address, and for whom.
DOORS = (
    (_("Our briefs"), "opportunities:manage", ARRANGING_ROLES),
    (_("People who came forward"), "people:people_list", ARRANGING_ROLES),
    (_("Find people"), "people:find_people", (Role.COORDINATOR,)),
    (_("Sign-ups to all our projects"), "opportunities:find_sign_ups", ARRANGING_ROLES),
    (_("People to ring or write to"), "people:tasks", ARRANGING_ROLES),
    (_("Forms to print"), "staff_sheets", ARRANGING_ROLES),
    (_("Agreements to check"), "people:agreements", REVIEWING_ROLES),
    (_("Assessments before we invite young people"), "people:impact_assessments", REVIEWING_ROLES),
    (_("Who has been involved"), "reporting:who_has_been_involved", READERS),
    (_("Staff and roles"), "people:staff_list", (Role.ADMINISTRATOR,)),
    (_("Write down a complaint about information"), "people:type_complaint", ARRANGING_ROLES),
    (_("My e-mail address and password"), "account_email", tuple(Role)),
)
SHOWN_ON_MY_PAGE = 5


@login_not_required
@public_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The public front page: what is open, how much say, what came of it."""
    day = today()
    counts = _open_counts(day)
    context = {
        "counts": counts,
        "closing_soon": cards(_closing_first(day)[: _shown(counts["this_week"])], day),
        "loop": _newest_story(day),
        "shown_from": SHOWN_FROM,
        "levels": Level,
    }
    return render(request, "coprod/public/home.html", context)


def _closing_first(day: dt.date) -> QuerySet[Opportunity]:
    dated = Opportunity.objects.open_on(day).filter(closing__lt=NEVER).order_by("closing", "pk")
    return dated.select_related("organisation", "team").prefetch_related("towns")


def _shown(this_week: int) -> int:
    """Return how many cards: only those of this week where there are any, whole rows at most."""
    return min(this_week, 2 * CLOSING_SOON) or CLOSING_SOON


def _open_counts(day: dt.date) -> dict[str, int]:
    return Opportunity.objects.open_on(day).aggregate(
        all=Count("pk"),
        from_home=Count("pk", filter=Q(is_online=True)),
        paid=Count("pk", filter=Q(pays=True) | Q(gives_vouchers=True)),
        together=Count("pk", filter=Q(level="coproduction")),
        this_week=Count("pk", filter=Q(closing__lte=day + SOON)),
    )


def _newest_story(day: dt.date) -> Loop | None:
    """Return the newest thing done that enough people have judged; None while there is none."""
    judged = (
        Contribution.objects.public()
        .filter(
            responses__is_current=True,
            responses__kind=ResponseKind.DID,
            responses__check_backs__status=CheckBackStatus.ANSWERED,
        )
        .annotate(answers=Count("responses__check_backs"), done=Max("responses__done_on"))
        .filter(answers__gte=SHOWN_FROM)
        .select_related("opportunity__organisation")
        .order_by("-done", "-pk")
    )
    return next(iter(loops(judged[:1], day)), None)


@require_safe
def my(request: HttpRequest) -> HttpResponse:
    """“My involvement”: the next date is the loudest thing, then small things to do, then all."""
    if is_staff_member(request.user) and not hasattr(request.user, "person"):
        return redirect("staff_home")
    person = Person.objects.filter(user=request.user).select_related("profile").first()
    if person is None:
        return redirect("people:start_page")
    sign_ups = SignUp.objects.filter(person=person).with_position()
    context = {
        "person": person,
        "next_date": _next_date(sign_ups),
        "check_backs": charter_queries.open_check_backs(request.user),
        "suggestions": suggestions(person),
        "invitations": opportunity_asking.waiting_invitations(person),
        "parts_done": people_queries.profile_parts_done(people_queries.profile_of(person)),
        "sign_ups": sign_ups.select_related("opportunity__organisation").order_by(
            "-came_forward_at"
        )[:SHOWN_ON_MY_PAGE],
        "sign_ups_total": sign_ups.count(),
        "helps_somebody": Relation.objects.helped_by(request.user, today()).exists(),
    }
    return render(request, "coprod/resident/my.html", context)


def _next_date(sign_ups: QuerySet[SignUp]) -> SignUp | None:
    return (
        sign_ups.filter(status__in=HOLDING, opportunity__starts_on__gte=today())
        .order_by("opportunity__starts_on")
        .first()
    )


@require_safe
def staff_home(request: HttpRequest) -> HttpResponse:
    """“My work”: a queue of people who wait, late first; never a wall of figures."""
    membership = acting(request.user)
    if membership is None and getattr(request, "memberships", []):
        return redirect("people:choose_organisation")
    require(membership is not None)
    queue = [
        *waiting.staff_queue(request.user, membership),
        *data_queue(membership),
        *charter_queries.staff_queue(membership),
        *helping_queue.staff_queue(membership),
        *opportunity_queue.staff_queue(membership),
    ]
    late_first = sorted(queue, key=lambda row: row.kind != "late")
    context = {
        "queue": late_first,
        "news": opportunity_queue.came_lately(membership),
        "tasks": _open_tasks(membership),
        "doors": _doors(request.user),
        "arranges": membership.role in ARRANGING_ROLES,
        "pays": membership.role == Role.FINANCE,
    }
    return render(request, "coprod/staff/staff_home.html", context)


def _open_tasks(membership: Membership) -> int:
    if membership.role not in ARRANGING_ROLES:
        return 0
    return people_queries.open_tasks_count(membership.organisation)


def _doors(user: User) -> list[dict[str, object]]:
    """Return where somebody with this role can go; only the host answers for data."""
    found = [(label, name) for label, name, roles in DOORS if user.acting.role in roles]
    if answers_rights(user):
        found.append((_("Complaints and objections about information"), "people:data_requests"))
    return [{"label": label, "href": reverse(name)} for label, name in found]
