"""My data and my choices: what is agreed to, a copy of everything, objecting, deleting."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from coprod.lib.personal import Erase, personal_tables
from people import actions
from people.about import names_of
from people.actions.rights import consents_of
from people.forms.rights import ChoicesForm, ComplaintForm, EraseForm, ObjectionForm
from people.models import DataExport, Objection
from people.purposes import BY_CODE, PURPOSES
from people.queries import own_person
from people.subjects import has_work

GONE = 410


def my_data(request: HttpRequest) -> HttpResponse:
    """Show what I agreed to and what it rests on, and let me change it."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    data = request.POST if request.method == "POST" else None
    form = ChoicesForm(data, on=consents_of(person))
    if form.is_valid():
        actions.set_consents(person=person, actor=request.user, **form.cleaned_data)
        messages.success(request, _("Your choices are saved."))
        return redirect("people:my_data")
    context = {
        "form": form,
        "person": person,
        "purposes": [one for one in PURPOSES if not one.has_switch],
        "ledger": _ledger(person),
        "objections": person.objections.all(),
        "copy": DataExport.objects.visible_to(request.user).first(),
    }
    return render(request, "people/resident/my_data.html", context)


def _ledger(person):
    """Return every consent, newest first: the words that were agreed to, and for which project."""
    rows = list(person.consents.order_by("-given_at", "-pk"))
    names = names_of(row.about for row in rows)
    return [(row, BY_CODE.get(row.purpose), names.get(row.about, "")) for row in rows]


def copy_data(request: HttpRequest) -> HttpResponse:
    """Make a copy of everything that is held about me."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    if request.method == "POST":
        actions.make_export(person=person, actor=request.user)
        messages.success(request, _("Your copy is ready."))
        return redirect("people:copy_data")
    copy = DataExport.objects.visible_to(request.user).first()
    live = copy if copy and copy.expires_at > timezone.now() else None
    return render(request, "people/resident/copy_data.html", {"copy": live})


@never_cache
@require_safe
def download_copy(request: HttpRequest, key: str) -> HttpResponse:
    """Hand out my own copy, until its link dies."""
    copy = get_object_or_404(DataExport.objects.visible_to(request.user), key=key)
    if copy.expires_at <= timezone.now() or not default_storage.exists(copy.file.name):
        return render(request, "people/resident/copy_gone.html", status=GONE)
    with default_storage.open(copy.file.name) as file:
        packed = file.read()
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={
            "Content-Disposition": 'attachment; filename="everything-about-me.zip"',
            "Cache-Control": "private, no-store",
            "X-Robots-Tag": "noindex, nofollow",
        },
    )


def object_to(request: HttpRequest) -> HttpResponse:
    """Object to one use of my data."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = actions.object_to(person=person, actor=request.user, **form.cleaned_data)
        messages.success(request, _stopped(made))
        return redirect("people:my_data")
    return render(request, "people/resident/object_to.html", {"form": form})


def _stopped(made: Objection) -> str:
    if made.to == Objection.To.OTHER:
        return _("We have your objection. A coordinator answers you within a month.")
    return _("It has stopped. A coordinator writes to you about it within a month.")


@require_POST
def take_back_objection(request: HttpRequest, pk: int) -> HttpResponse:
    """End an objection of mine."""
    mine = Objection.objects.filter(person__user_id=request.user.pk)
    objection = get_object_or_404(mine, pk=pk)
    actions.take_back_objection(objection=objection, actor=request.user)
    messages.success(
        request, _("Your objection is taken back. What stopped stays off until you turn it on.")
    )
    return redirect("people:my_data")


def delete_me(request: HttpRequest) -> HttpResponse:
    """Say what goes and what stays, ask once more, and erase me."""
    person = own_person(request.user)
    if person is None:
        return redirect("people:start_page")
    form = EraseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        stays = has_work(person)
        actions.erase_person(person=person, actor=request.user)
        if not stays:
            logout(request)
        response = redirect("people:erased")
        response.had_no_effect = True  # the token of the form went with the account
        return response
    context = {"form": form, **what_goes(), "account_stays": has_work(person)}
    return render(request, "people/resident/delete_me.html", context)


def what_goes() -> dict[str, object]:
    """Return what erasing deletes, and what it leaves with the reason in law."""
    tables = personal_tables()
    stays = {str(one.title): one for one in tables if one.erase is not Erase.ROW}
    goes = dict.fromkeys(str(one.title) for one in tables if str(one.title) not in stays)
    return {"goes": list(goes), "stays": list(stays.values())}


@login_not_required
@require_safe
def erased(request: HttpRequest) -> HttpResponse:
    """Say goodbye to somebody whom nobody knows any more."""
    return render(request, "people/public/erased.html")


@login_not_required
def complain(request: HttpRequest) -> HttpResponse:
    """Take a complaint about data, from anybody."""
    user = request.user if request.user.is_authenticated else None
    person = own_person(user) if user else None
    known = {"name": person.name, "email": person.email, "phone": person.phone} if person else {}
    form = ComplaintForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid():
        actions.complain(person=person, actor=user, **form.cleaned_data)
        return redirect("people:complaint_sent")
    return render(request, "people/public/complain.html", {"form": form})


@login_not_required
@require_safe
def complaint_sent(request: HttpRequest) -> HttpResponse:
    """Say that we have it, and what happens next."""
    return render(request, "people/public/complaint_sent.html")
