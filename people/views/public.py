"""What has no sign-in page before it: the link of an invitation, and a picture."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from coprod.lib.lifecycle import NotAllowed
from people import actions, pictures
from people.invitations import find
from people.models import Profile

GONE = 410
PICTURE_HEADERS = {
    "Content-Type": "image/jpeg",
    "Content-Disposition": 'inline; filename="picture.jpg"',
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive, noimageindex",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "none",
}


@never_cache
@login_not_required
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the invitation gives; use it once, on POST. Looking uses nothing up."""
    invitation = find(token)
    if invitation is None:
        return render(request, "people/public/invitation_unknown.html", status=404)
    if not invitation.is_open(timezone.now()):
        return _closed(request, invitation)
    signed_in = request.user.is_authenticated
    somebody_else = signed_in and request.user.email != invitation.email
    if request.method == "POST" and not somebody_else:
        return _accept(request, invitation, request.user if signed_in else None)
    context = {"invitation": invitation, "somebody_else": somebody_else}
    status = 403 if request.method == "POST" else 200
    return render(request, "people/public/accept_invitation.html", context, status=status)


def _accept(request, invitation, user):
    try:
        membership = actions.accept_invitation(invitation=invitation, user=user)
    except NotAllowed as refusal:
        return _closed(request, invitation, str(refusal))
    if user is not None:
        return redirect("staff_home")
    # allauth's own way in, so that whatever it asks of an account is asked here too.
    return perform_login(request, membership.user, redirect_url=reverse("staff_home"))


def _closed(request, invitation, reason=""):
    context = {"invitation": invitation, "reason": reason}
    return render(request, "people/public/invitation_closed.html", context, status=GONE)


@login_not_required  # who may not see it learns nothing, not even that they could sign in
@require_safe
def picture(request: HttpRequest, key: str, size: str) -> HttpResponse:
    """Hand out the picture of a profile to those who may see that part of it, now."""
    if size not in pictures.SIZES:
        raise Http404
    profile = get_object_or_404(
        Profile.objects.showing("photo", request.user), photo=pictures.name_of(key)
    )
    try:
        file = default_storage.open(pictures.file_of(profile.photo.name, size))
    except FileNotFoundError:  # the row came back from a backup, the file did not
        raise Http404 from None
    with file:
        return HttpResponse(file.read(), headers=PICTURE_HEADERS)
