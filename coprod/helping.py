"""The people I help, in one place: only what each of them ticked, and all of it written down.

The helper stays who they are: every address names the relation, every page says for whom it is,
and every verb takes the helper as its actor. Nothing is kept between two pages.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from charter.actions import Answer, answer_for
from charter.forms import AnswerForm
from charter.models import CheckBack
from coprod.lib.access import require
from coprod.lib.days import today
from coprod.lib.forms import TextArea, helper
from coprod.lib.lifecycle import NotAllowed
from opportunities import actions as sign_up_actions
from opportunities.actions.ages import lowest_age
from opportunities.cards import cards
from opportunities.lifecycle import HOLDING, Status
from opportunities.models import Opportunity, SignUp
from people import actions as people_actions
from people.forms.pool import DetailsForm
from people.models import Agreement, Can, ContactBy, Person, Relation, RelationKind
from people.rules_of_help import may_do
from people.young import is_young

OPEN_SHOWN = 20
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def people_i_help(request: HttpRequest) -> HttpResponse:
    """List whom I help, and how."""
    rows = _mine(request).order_by("person__name", "pk")
    return render(request, "coprod/resident/people_i_help.html", {"relations": rows})


def _mine(request: HttpRequest) -> QuerySet[Relation]:
    return Relation.objects.helped_by(request.user, today()).select_related("person")


def _relation(request: HttpRequest, uuid: UUID, verb: str = "") -> Relation:
    """Return the relation at this address while it holds; for ``verb`` where it is in the scope."""
    relation = get_object_or_404(_mine(request), uuid=uuid)
    require(not verb or may_do(request.user, relation, verb))
    return relation


@require_safe
def helped_person(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what I may see and do for one person."""
    relation = _relation(request, uuid)
    context = {
        "relation": relation,
        "may": {verb: relation.may(verb) for verb in Can.values},
        "is_guardian": relation.kind == RelationKind.GUARDIAN,
        "dates": _dates(relation),
        "sign_ups": _sign_ups(relation),
        "questions": _questions(relation),
        "agreement": _agreement(relation),
    }
    return render(request, "coprod/resident/helped_person.html", context)


def _live(relation: Relation) -> QuerySet[SignUp]:
    rows = SignUp.objects.filter(person=relation.person_id).live()
    rows = rows.exclude(opportunity__status=Status.COMPLETED)
    return rows.select_related("opportunity__organisation").order_by("opportunity__starting", "pk")


def _dates(relation: Relation) -> QuerySet[SignUp]:
    """Return where the person goes: places that they have, for whoever may see dates."""
    if not relation.may(Can.SEE_DATES):
        return SignUp.objects.none()
    return _live(relation).filter(status__in=HOLDING).exclude(opportunity__ends_on__lt=today())


def _sign_ups(relation: Relation) -> QuerySet[SignUp]:
    return _live(relation) if relation.may(Can.WITHDRAW) else SignUp.objects.none()


def _questions(relation: Relation) -> QuerySet[CheckBack]:
    if not relation.may(Can.ANSWER):
        return CheckBack.objects.none()
    rows = CheckBack.objects.filter(person=relation.person_id).open()
    return rows.select_related("response__contribution__opportunity").order_by("asked_on", "pk")


def _agreement(relation: Relation) -> Agreement | None:
    return relation.agreements.exclude(status__in=("refused", "ended")).first()


@require_POST
def stop_helping(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Stop, with this click; a guardian's agreement ends with it."""
    relation = _relation(request, uuid)
    people_actions.end_help(relation=relation, actor=request.user)
    words = _("You no longer help here. Thank you for what you did.")
    if relation.kind == RelationKind.GUARDIAN:
        words = _("Your agreement ends. %(name)s takes part again when an adult agrees anew.")
    messages.success(request, words % {"name": relation.person.first_name})
    return redirect("people_i_help")


@require_POST
def agree_again(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Agree for another year, as the parent or guardian who agreed before."""
    relation = _relation(request, uuid)
    agreement = _agreement(relation)
    require(agreement is not None and agreement.status == "checked")
    people_actions.agree_again(agreement=agreement, actor=request.user)
    messages.success(request, _("Thank you. We ask you again in a year."))
    return redirect("helped_person", relation.uuid)


# --- What the scope allows -----------------------------------------------------------------------
class HelpSignUpForm(forms.Form):
    """What a helper says who signs somebody up: nothing of the profile, and no support needs."""

    old_enough = forms.BooleanField(error_messages={"required": gettext_lazy("Tick the box")})
    why = forms.CharField(
        label=gettext_lazy("Why are they interested?"),
        help_text=gettext_lazy("In their words. You can leave this empty."),
        max_length=SignUp._meta.get_field("why").max_length,
        required=False,
        widget=TextArea,
    )

    def __init__(self, *args: Any, brief: Opportunity, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_young(person):
            del self.fields["old_enough"]
        else:
            words = _("They are %(age)s or over") % {"age": lowest_age(brief)}
            self.fields["old_enough"].label = words
        self.helper = helper(submit=_("Sign them up"))

    def facts(self) -> dict[str, Any]:
        """Return what ``sign_up`` takes of it."""
        data = self.cleaned_data
        return {"why": data["why"], "old_enough": data.get("old_enough", False)}


@require_safe
def help_choose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """List what is open, for the person whom I sign up."""
    relation = _relation(request, uuid, Can.SIGN_UP)
    there = SignUp.objects.filter(person=relation.person_id).live().values("opportunity")
    day = today()
    rows = Opportunity.objects.open_on(day).exclude(pk__in=there).order_by("closing", "pk")
    rows = rows.select_related("organisation", "team").prefetch_related("towns")[:OPEN_SHOWN]
    context = {"relation": relation, "cards": cards(rows, day)}
    return render(request, "coprod/resident/help_choose.html", context)


@read_or_write
def help_sign_up(request: HttpRequest, uuid: UUID, slug: str) -> HttpResponse:
    """Sign the person up, as they asked me to."""
    relation = _relation(request, uuid, Can.SIGN_UP)
    brief = get_object_or_404(Opportunity.objects.public(), slug=slug)
    data = request.POST if request.method == "POST" else None
    form = HelpSignUpForm(data, brief=brief, person=relation.person)
    if form.is_valid():
        facts = form.facts() | _own_way(relation.person)
        act = sign_up_actions.sign_up
        if _tried(request, form, act, opportunity=brief, person=relation.person, **facts):
            new = SignUp.objects.get(opportunity=brief, person=relation.person)
            words = _("Done: %(standing)s. They hear from us, too.")
            messages.success(request, words % {"standing": new.get_status_display()})
            return redirect("helped_person", relation.uuid)
    title = _("Sign up for “%(title)s”") % {"title": brief.title}
    return _form_page(request, relation, form, title)


def _own_way(person: Person) -> dict[str, Any]:
    """Return that the team reaches the person as they are always reached."""
    details: dict[str, str] = {ContactBy.EMAIL: person.email, ContactBy.LETTER: person.address}
    detail = details.get(person.contact_by, person.phone)
    return {"shares": (), "contact_by": person.contact_by, "contact_detail": detail}


@read_or_write
def help_withdraw(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Ask once, then take the person out, as they asked me to."""
    relation = _relation(request, uuid, Can.WITHDRAW)
    row = get_object_or_404(_live(relation), pk=pk)
    form = forms.Form(request.POST if request.method == "POST" else None)
    form.helper = helper(submit=_("Withdraw them"), link=(_back(relation), _("Let them stay in")))
    if request.method == "POST" and _tried(request, form, sign_up_actions.withdraw, sign_up=row):
        messages.success(request, _("They are out. They hear from us, too."))
        return redirect("helped_person", relation.uuid)
    title = _("Withdraw from “%(title)s”") % {"title": row.opportunity.title}
    lead = _(
        "What they said about support for this project is deleted. They may come forward again "
        "while it is open, and would then be at the end of the list."
    )
    return _form_page(request, relation, form, title, lead=lead)


@read_or_write
def help_details(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change how the person is reached, as they asked me to."""
    relation = _relation(request, uuid, Can.CHANGE_DETAILS)
    person = relation.person
    form = DetailsForm(request.POST if request.method == "POST" else None, person=person)
    link = (_back(relation), _("Go back without saving"))
    form.helper.buttons = helper(submit=_("Save their details"), link=link).buttons
    form.fields["contact_by"].label = _("How may we reach them?")
    if form.is_valid():
        people_actions.change_details(person=person, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("helped_person", relation.uuid)
    return _form_page(request, relation, form, _("How we reach them"))


@read_or_write
def help_answer(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Answer if it helped, as the person told me."""
    relation = _relation(request, uuid, Can.ANSWER)
    asked = get_object_or_404(_questions(relation), pk=pk)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = Answer(**form.cleaned_data)
        if _tried(request, form, answer_for, check_back=asked, relation=relation, said=said):
            messages.success(request, _("Thank you. Their answer is sent."))
            return redirect("helped_person", relation.uuid)
    title = _("Did it help %(name)s?") % {"name": relation.person.first_name}
    return _form_page(request, relation, form, title, check_back=asked)


def _back(relation: Relation) -> str:
    return reverse("helped_person", args=[relation.uuid])


def _tried(request: HttpRequest, form: forms.Form, act: Any, **facts: Any) -> bool:
    """Do it as myself, or say at the form why it was not possible."""
    try:
        act(actor=request.user, **facts)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _form_page(
    request: HttpRequest, relation: Relation, form: forms.Form, title: str, **more: Any
) -> HttpResponse:
    context = {"relation": relation, "form": form, "title": title, **more}
    return render(request, "coprod/resident/help_form.html", context)
