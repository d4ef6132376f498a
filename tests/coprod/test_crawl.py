"""Everybody follows every link of the demonstration: no page is broken, nothing leads nowhere.

Each persona starts at the front page and their own home, and follows the links of every page, at
most two pages of a kind (on the second database, one). What is looked at is written once, in
``faults_of``, which is shown a page with each of the faults below.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve
from zeal import zeal_context
from zeal.errors import NPlusOneError

from coprod.demo.organisations import persona_email
from coprod.demo.views import PERSONAS
from people.models import User

OF_A_KIND = {"sqlite": 2, "postgresql": 1}
STARTS = ("/", "/my/", "/staff/", "/demo/")
# Pages that may say no to whoever starts there, and pages without a screen of their own.
MAY_REFUSE = {"/my/", "/staff/"}
UNRENDERED = re.compile(r"{[{%#]|^None$|^nan$|<function|object at 0x")
XHTML = "{http://www.w3.org/1999/xhtml}"


class Page:
    """One answer, parsed."""

    def __init__(self, text: str) -> None:
        self._parser = html5lib.HTMLParser()
        self.tree = self._parser.parse(text)

    @property
    def mistakes(self) -> list[str]:
        """What a strict reader of HTML would not accept."""
        return [f"markup: {code} at {place}" for place, code, _more in self._parser.errors]

    def every(self, name: str) -> Iterator:
        return self.tree.iter(XHTML + name)

    def text_of(self, name: str) -> list[str]:
        return ["".join(one.itertext()).strip() for one in self.every(name)]

    @property
    def pieces(self) -> list[str]:
        """Every text and every value of an attribute, by itself."""
        elements = [one for one in self.tree.iter() if isinstance(one.tag, str)]
        texts = [text for one in elements for text in (one.text, one.tail, *one.attrib.values())]
        return [text.strip() for text in texts if text]

    @property
    def ids(self) -> list[str]:
        return [one.get("id") for one in self.tree.iter() if one.get("id")]

    @property
    def links(self) -> list[str]:
        return [one.get("href") for one in self.every("a") if one.get("href")]


def faults_of(page: Page) -> list[str]:
    """Return what is wrong with a page, whatever it is about."""
    faults = page.mistakes
    faults += [] if [one for one in page.text_of("title") if one] else ["no title"]
    faults += [] if len(page.text_of("h1")) == 1 else [f"h1: {page.text_of('h1')}"]
    faults += [f"id twice: {name}" for name, times in Counter(page.ids).items() if times > 1]
    faults += [f"leads to nothing here: {link}" for link in page.links if _is_dead(link, page.ids)]
    faults += [f"link without words: {link}" for link in _wordless(page)]
    faults += [f"unrendered: {text}" for text in page.pieces if UNRENDERED.search(text)]
    return faults


def _is_dead(link: str, ids: list[str]) -> bool:
    return link == "#" or (link.startswith("#") and link[1:] not in ids)


def _wordless(page: Page) -> list[str]:
    return [
        one.get("href", "")
        for one in page.every("a")
        if not "".join(one.itertext()).strip()
        and not one.get("aria-label")
        and not any(picture.get("alt") for picture in one.iter(XHTML + "img"))
    ]


def crawl(client: Client) -> dict[str, list[str]]:
    """Follow the links from every start, and return the faults by address."""
    faults: dict[str, list[str]] = {}
    kinds: Counter[str] = Counter()
    ahead, seen = deque(STARTS), set(STARTS)
    while ahead:
        address = ahead.popleft()
        found, links = look_at(client, address)
        faults |= {address: found} if found else {}
        for link in links:
            kind = _kind(link)
            if link not in seen and kinds[kind] < OF_A_KIND[connection.vendor]:
                seen.add(link)
                kinds[kind] += 1
                ahead.append(link)
    return faults


def look_at(client: Client, address: str) -> tuple[list[str], list[str]]:
    """Return the faults of one address, and where it leads inside the portal."""
    try:
        with zeal_context():
            response = client.get(address)
    except NPlusOneError as error:
        return [f"a query for each row: {str(error).partition(' with calls')[0]}"], []
    if response.status_code == 302:
        return [], list(_inside([response["Location"]], address))
    if response.status_code == 403 and address in MAY_REFUSE:
        return [], []
    if response.status_code != 200:
        return [f"answered {response.status_code}"], []
    if "text/html" not in response["Content-Type"]:
        return [], []
    page = Page(response.content.decode())
    return faults_of(page), list(_inside(page.links, address))


def _inside(links: list[str], here: str) -> Iterator[str]:
    for link in links:
        address = urldefrag(link).url
        if address.startswith("?"):
            yield urlsplit(here).path + address
        elif address.startswith("/"):
            yield address


def _kind(link: str) -> str:
    """Pages of one view are of a kind; with a query they are of another."""
    parts = urlsplit(link)
    return f"{resolve(parts.path).view_name}{'?' if parts.query else ''}"


def browser_of(persona: str) -> Client:
    client = Client(headers={"host": "localhost"})
    if persona:
        client.force_login(User.objects.get(email=persona_email(persona)))
    return client


def test_no_link_of_any_persona_leads_to_a_fault(borough, settings):
    settings.DEMONSTRATION = True
    settings.ALLOWED_HOSTS = ["localhost"]
    personas = ["", *(persona.key for persona in PERSONAS)]
    faults = {persona: crawl(browser_of(persona)) for persona in personas}
    lines = [
        f"{persona or 'anybody'} at {address}: {fault}"
        for persona, found in faults.items()
        for address, several in found.items()
        for fault in several
    ]
    assert not lines, "\n".join(lines)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("<h1>a</h1><h1>b</h1>", "h1: ['a', 'b']"),
        ("<h1>a</h1><p id=x></p><p id=x></p>", "id twice: x"),
        ("<h1>a</h1><a href='#gone'>b</a>", "leads to nothing here: #gone"),
        ("<h1>a</h1><a href='/x'><svg></svg></a>", "link without words: /x"),
        ("<h1>a</h1><b>None</b>", "unrendered: None"),
        ("<h1>a</h1><img alt='None'>", "unrendered: None"),
        ("<h1>a</h1>{{ name }}", "unrendered: {{ name }}"),
    ],
)
def test_a_fault_on_a_page_is_found(body, fault):
    head = "<!doctype html><html lang=en><head><title>t</title></head>"
    assert faults_of(Page(f"{head}<body>{body}</body></html>")) == [fault]


def test_crooked_markup_is_found():
    head = "<!doctype html><html lang=en><head><title>t</title></head>"
    (found,) = faults_of(Page(f"{head}<body><h1>a</h1></p></body></html>"))
    assert found.startswith("markup: unexpected-end-tag")
