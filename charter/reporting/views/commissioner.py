"""Who has been involved: the page, and the same figures as a spreadsheet."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from charter.reporting import counts
from charter.reporting.answers import Answers
from charter.reporting.forms import ReportForm
from charter.reporting.models import Count
from charter.reporting.rules import can_read_report, can_see_all_partners
from charter.reporting.tables import charts, sentences, sheet
from coprod.lib.access import require
from coprod.lib.downloads import csv_file
from coprod.lib.wording import day_in_full
from people.audit import record
from people.models import Organisation
from people.rules import acting

TEMPLATE = "reporting/commissioner/who_has_been_involved.html"


@require_safe
def who_has_been_involved(request: HttpRequest) -> HttpResponse:
    """Distinct people and times taken part, by town, age and more."""
    require(can_read_report(request.user))
    count = counts.newest() or counts.rebuild()
    context = {"count": count, "is_stale": counts.is_stale(count)}
    if not count.years:
        return render(request, TEMPLATE, context)
    form = _form(request, count)
    if form.is_valid():
        answers = Answers(count, form.question())
        context |= _shown(answers) | {"csv": _csv_address(form)}
        _record_reading(request, answers, how="page")
    return render(request, TEMPLATE, {**context, "form": form})


@require_safe
def who_has_been_involved_csv(request: HttpRequest) -> HttpResponse:
    """The table of the page, with the same words; back to the page where there is none."""
    require(can_read_report(request.user))
    count = counts.newest()
    form = _form(request, count) if count and count.years else None
    if form is None or not form.is_valid():
        page = reverse("reporting:who_has_been_involved")
        return redirect(f"{page}?{request.GET.urlencode()}")
    answers = Answers(count, form.question())
    _record_reading(request, answers, how="csv")
    return _spreadsheet(answers)


def _form(request: HttpRequest, count: Count) -> ReportForm:
    everybody = can_see_all_partners(request.user)
    own = [acting(request.user).organisation]
    partners = list(Organisation.objects.all()) if everybody else own
    return ReportForm(request.GET, years=count.years, partners=partners, everybody=everybody)


def _shown(answers: Answers) -> dict[str, object]:
    parts = {} if answers.is_too_small else {"sheet": sheet(answers), "charts": charts(answers)}
    return {"answers": answers, "sentences": sentences(answers), **parts}


def _csv_address(form: ReportForm) -> str:
    asked = QueryDict(mutable=True)
    asked.update(form.cleaned_data)
    return f"{reverse('reporting:who_has_been_involved_csv')}?{asked.urlencode()}"


def _spreadsheet(answers: Answers) -> HttpResponse:
    question, table = answers.question, sheet(answers)
    everybody = table.lines[-1:] if answers.is_too_small else table.lines
    same = [
        question.period,
        question.organisation or _("All partners"),
        _("Anybody") if question.for_public else _("Staff only"),
        day_in_full(answers.count.made_at),
    ]
    head = [_("Time"), _("Partner"), _("Who may see this"), _("Counted on"), *table.head]
    rows = [[*same, line.label, *line.cells] for line in everybody]
    return csv_file(table.caption, head, rows)


def _record_reading(request: HttpRequest, answers: Answers, *, how: str) -> None:
    question = answers.question
    record(
        verb="report.read",
        target=answers.count,
        actor=request.user,
        organisation=question.organisation,
        how=how,
        period=question.period.code,
        by=str(question.by),
        cross=str(question.cross or ""),
        public=question.for_public,
    )
