"""How much a first view of a public page brings over the wire, with all that belongs to it."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from .server import Answer, Server

PUBLIC = (
    "/",
    "/opportunities/",
    "/you-said-we-did/",
    "/how-it-works/",
    "/account/login/",
    "/account/signup/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
    "/glossary/",
    "/charter/",
    "/concern/",
)
NEEDED = re.compile(
    r"""<(?:link[^>]+rel="(?:stylesheet|icon|modulepreload|preload)"[^>]+href|(?:script|img)[^>]+src)="([^"]+)\""""
)
IMPORTED = re.compile(r"""(?:\bfrom|\bimport)\s*\(?["']([^"']+\.js)["']|url\(["']?([^"')]+)""")


def first_views(server: Server) -> dict[str, tuple[int, int]]:
    """Return for each public page how many bytes and how many requests its first view takes."""
    pages = [*PUBLIC, *server.world["pages"]["detail"]["paths"]]
    return {page: _first_view(server, page) for page in pages}


def _first_view(server: Server, page: str) -> tuple[int, int]:
    seen: dict[str, int] = {}
    wanted = [page]
    for address in wanted:
        if address in seen or address.startswith("data:"):
            continue
        answer = server.ask(address, server.wire())
        seen[address] = _on_the_wire(answer)
        wanted += [urljoin(address, one) for one in _needs(answer)]
    return sum(seen.values()), len(seen)


def _on_the_wire(answer: Answer) -> int:
    head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
    return head + len(answer.body)


def _needs(answer: Answer) -> list[str]:
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    text = _unpacked(answer)
    if kind == "text/html":
        return NEEDED.findall(text)
    if kind in {"text/css", "text/javascript", "application/javascript"}:
        return [one or other for one, other in IMPORTED.findall(text)]
    return []


def _unpacked(answer: Answer) -> str:
    import gzip

    packed = answer.headers.get("Content-Encoding") == "gzip"
    body = gzip.decompress(answer.body) if packed else answer.body
    return body.decode(errors="replace")
