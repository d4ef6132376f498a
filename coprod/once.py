"""A form counts once, however often it is sent.

Every form carries a token (``coprod.lib.once``, drawn by ``{% csrf_token %}``). Its first sending
writes the token into a table **in the transaction of its effect**, so either both are there or
neither is, also where the process is killed in between. Who sends it again, a moment or a week
later, waits until the first is through, and is led to the same place with the same message. Whoever
sends it again with other words finds them kept in the form (``coprod.kept``), to send or to drop.

A form that came back to be corrected has had no effect: its token is free again. A form without a
token (sent by a program, or drawn before somebody signed in) works as it is: then what the rows
themselves refuse (a second sign-up, a used invitation) is all that holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from django.contrib import messages
from django.contrib.messages.storage import default_storage
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from coprod.kept import keep
from coprod.lib import once
from coprod.models import SentForm

GetResponse = Callable[[HttpRequest], HttpResponse]
# Signing in and out change who somebody is; codes, passwords and their limits count for themselves.
APART = "/account/"
MESSAGES_KEY = "_messages"  # where Django keeps in a session what is still to be shown


class OnceMiddleware:
    """Lets the first sending of a form through, and answers the others as it was answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = key_of(request)
        if not key:
            return self.get_response(request)
        once.prepare(request)
        with transaction.atomic():
            sent, first = claim(key, request)
            if not first:
                return (sent.content != content_of(request) and keep(request)) or _again(
                    request, sent
                )
            response = self.get_response(request)
            _settle(sent, request, response)
        return response


def key_of(request: HttpRequest) -> str:
    """Return what stands for this form in the table; empty where it carries no token of its own."""
    if request.method != "POST" or request.path.startswith(APART):
        return ""
    if not request.user.is_authenticated:
        return ""
    token = once.read(request.POST.get(once.FIELD, ""))
    if token is None or token.user_pk != request.user.pk:
        return ""
    return hashlib.sha256(f"{token.number} {request.path}".encode()).hexdigest()


def claim(key: str, request: HttpRequest) -> tuple[SentForm, bool]:
    """Return the row of this form, and whether it is sent for the first time.

    The key is unique: whoever comes second waits here for the transaction of the first.
    """
    facts = {"user": request.user, "content": content_of(request)}
    return SentForm.objects.get_or_create(key=key, defaults=facts)


def content_of(request: HttpRequest) -> str:
    """Return what stands for the words of the form, so that other words are not taken for them."""
    words = sorted(
        (name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"
    )
    files = sorted((name, one.name, one.size) for name, one in request.FILES.items())
    return hashlib.sha256(repr((words, files)).encode()).hexdigest()


def _settle(sent: SentForm, request: HttpRequest, response: HttpResponse) -> None:
    """Keep the token where the form had its effect, and give it back where it had none."""
    if response.status_code >= 500:
        transaction.set_rollback(True)
    elif 300 <= response.status_code < 400 and not getattr(response, "had_no_effect", False):
        sent.leads_to = response["Location"]
        sent.save(update_fields=["leads_to"])
    else:
        sent.delete()
    if request.session.modified:
        request.session.save()  # the message is there before whoever waits is let through


def _again(request: HttpRequest, sent: SentForm) -> HttpResponse:
    """Lead to where the first sending led; its message waits there, unless it was read already."""
    response = redirect(sent.leads_to)
    session = type(request.session)(request.session.session_key)
    if not session.get(MESSAGES_KEY):
        request.session = session
        storage = default_storage(request)
        storage.add(messages.INFO, _("We had this from you already. It counts once."))
        storage.update(response)
    return response


def forget_sent_forms() -> int:
    """Forget the tokens that no page can send any more; return how many."""
    old = SentForm.objects.filter(sent_at__lt=timezone.now() - once.LASTS)
    return old.delete()[0]
