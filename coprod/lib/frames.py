"""Pages with gaps: the same for everybody, but for what stands in the gaps.

A frame is a page as somebody unknown would see it, kept until something changes. Where a template
says ``{% personal "…" %}`` it has a gap, which is filled for each request.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import Engine, RequestContext
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from .kept import SECRETS, Version, part

FRAMING = "is_framing"
# Nobody can type one: what people write is escaped.
_GAP = re.compile(r"<!--personal ([\w/.]+)((?: \w+)*)-->")


@dataclass(frozen=True)
class Frame:
    """A page with gaps, and what the templates of the gaps have to know: public facts alone."""

    html: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def filled(self, request: HttpRequest, **own: Any) -> HttpResponse:
        """Return the page for whoever asks; ``own`` is what the gaps know of them."""
        engine = Engine.get_default()
        context = RequestContext(request, {**self.facts, **own})

        def fill(gap: re.Match[str]) -> str:
            with context.push(**dict.fromkeys(gap[2].split(), True)):
                return str(engine.get_template(gap[1]).render(context))

        with context.bind_template(engine.get_template("base.html")):  # once for all gaps
            return HttpResponse(_GAP.sub(fill, self.html))


def gap(template: str, flags: Mapping[str, Any]) -> SafeString:
    """Return the mark of a gap."""
    named = "".join(f" {name}" for name, value in flags.items() if value)
    return mark_safe(f"<!--personal {template}{named}-->")  # noqa: S308 -- names from our templates


def frame(
    version: Version,
    name: Hashable,
    template: str,
    make: Callable[[], Mapping[str, Any] | None],
    *,
    path: str,
    facts: tuple[str, ...] = (),
) -> Frame | None:
    """Return the frame of a page, kept under ``name``; None where ``make`` finds nothing.

    Args:
        version: what everybody can read (people.versions.public_version).
        make: the context of ``template``. It must not depend on who asks.
        path: the page’s own, for templates that ask where they are.
        facts: what of that context the gaps need.

    Raises:
        ValueError: the page outside its gaps holds a key of a form.
    """

    def drawn() -> Frame | None:
        context = make()
        if context is None:
            return None
        html = render_to_string(template, {**context, FRAMING: True}, _nobody(path))
        if any(secret.decode() in html for secret in SECRETS):
            raise ValueError(f"{template} holds a key of a form outside its personal parts.")
        return Frame(html, {fact: context[fact] for fact in facts})

    return part(version, (template, name), drawn)


def _nobody(path: str) -> HttpRequest:
    """Return a request of somebody unknown: nothing of who really asks can get into a frame."""
    from django.contrib.auth.models import AnonymousUser  # models are there once all apps are

    request = HttpRequest()
    request.method, request.path = "GET", path
    request.user = AnonymousUser()
    return request
