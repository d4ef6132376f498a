"""What machines look for: whom to tell about a weakness, what robots may read, signposts."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

PLAIN = "text/plain; charset=utf-8"
NOT_FOR_ROBOTS = (
    *("/account/", "/admin/", "/calendar/", "/invitation/", "/my/"),
    *("/reporting/", "/staff/"),
)


@login_not_required
@require_safe
def security_txt(_request: HttpRequest) -> HttpResponse:
    """Say where to write about a weakness (RFC 9116); what it says is good for half a year."""
    expires = (timezone.now() + settings.SECURITY_TXT_LASTS).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PLAIN)


@login_not_required
@require_safe
def robots_txt(_request: HttpRequest) -> HttpResponse:
    """Keep search engines away from what is somebody’s own, and from what is made up."""
    closed = ("/",) if settings.DEMONSTRATION else NOT_FOR_ROBOTS
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}")
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type=PLAIN)


@login_not_required
@require_safe
def favicon(_request: HttpRequest) -> HttpResponseRedirect:
    """Lead whoever reads no page, and so no link to the icon, to where it lies."""
    return redirect(static("img/favicon.ico"))


@login_not_required
@require_safe
def change_password(_request: HttpRequest) -> HttpResponseRedirect:
    """Lead a password manager to the page where a password is changed."""
    return redirect("account_change_password")
