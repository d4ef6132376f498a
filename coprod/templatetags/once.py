"""``{% csrf_token %}`` as every form of the portal has it: with the token that makes it count once.

It takes the place of Django's own tag (``builtins`` in the settings), because no form works without
that one: so no form can be drawn without this one either.
"""

from __future__ import annotations

from django import template
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from coprod.lib import once

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Draw the hidden fields of a form: Django's key and, for who is signed in, the token.

    A form that came back keeps its token: the page before it and this one are the same form.
    """
    key = CsrfTokenNode().render(context)
    request = context.get("request")
    user = getattr(request, "user", None)
    if not key or user is None or not user.is_authenticated:
        return key
    sent = request.POST.get(once.FIELD, "")
    token = sent if once.read(sent) else once.new(user.pk)
    return format_html('{}<input type="hidden" name="{}" value="{}">', key, once.FIELD, token)
