"""Pages against a page with nothing in it: interleaved, so that noise meets all of them alike."""

from __future__ import annotations

import random
import statistics
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import cycle, islice

from .server import COUNT, COUNTED, Answer, Server

NOTHING = "nothing"
WARM = 6  # requests before anything counts: every worker has seen the page
FEWEST, MOST = 6, 150


@dataclass(frozen=True)
class Page:
    """One page of one server; several addresses are asked for in turn."""

    name: str
    server: Server
    paths: tuple[str, ...]
    session: str = ""
    by_etag: bool = False

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}"} if self.session else {}


@dataclass
class Figures:
    """What was measured of a page: seconds a request, of processor and by the clock, each round."""

    cpu: list[float] = field(default_factory=list)
    latency: list[float] = field(default_factory=list)
    queries: int = 0


class Wrong(Exception):  # noqa: N818 -- an answer to whoever runs the bench
    """A page did not come as it should: nothing that is measured would mean anything."""


def measure(pages: Iterable[Page], rounds: int, seconds: float) -> dict[str, Figures]:
    """Measure every page in every round, in an order of chance, each for about ``seconds``."""
    found: defaultdict[str, Figures] = defaultdict(Figures)
    runs = []
    for page in pages:
        found[page.name].queries = _queries(page)
        runs.append((page, _how_many(page, seconds)))
    chance = random.Random(1)
    for _ in range(rounds):
        chance.shuffle(runs)
        for page, number in runs:
            cpu, latency = _batch(page, number)
            found[page.name].cpu.append(cpu)
            found[page.name].latency.append(latency)
    return found


def ratio(some: list[float], base: list[float]) -> float:
    """Return how often the middle round of ``base`` goes into that of ``some``."""
    return statistics.median(one / other for one, other in zip(some, base, strict=True))


def _batch(page: Page, number: int) -> tuple[float, float]:
    """Return seconds of processor and by the clock for one request of a batch."""
    before = page.server.cpu()
    seconds = [answer.seconds for answer in _ask(page, number)]
    return (page.server.cpu() - before) / number, statistics.median(seconds)


def _ask(page: Page, number: int) -> list[Answer]:
    wire, answers = page.server.wire(), []
    headers = dict(page.headers)
    expected = 200
    if page.by_etag:
        headers["If-None-Match"] = etag(page)
        expected = 304
    for path in islice(cycle(page.paths), number):
        answer = page.server.ask(path, wire, **headers)
        if answer.status != expected:
            raise Wrong(f"{page.name}: {path} answers {answer.status} in place of {expected}.")
        answers.append(answer)
    wire.close()
    return answers


def etag(page: Page) -> str:
    """Return the ETag of a page, as a browser keeps it from the first view."""
    answer = page.server.ask(page.paths[0], page.server.wire(), **page.headers)
    if "ETag" not in answer.headers:
        raise Wrong(f"{page.name}: {page.paths[0]} has no ETag.")
    return answer.headers["ETag"]


def _how_many(page: Page, seconds: float) -> int:
    for _ in range(WARM):
        answers = _ask(page, len(page.paths))
    once = statistics.median(answer.seconds for answer in answers)
    wanted = round(min(max(seconds / once, FEWEST), MOST))
    return max(wanted, len(page.paths))


def _queries(page: Page) -> int:
    """Return the queries of a first view: the most that any of a few takes."""
    counted = []
    for path in page.paths:
        for _ in range(WARM):
            answer = page.server.ask(path, page.server.wire(), **{COUNT: "yes"}, **page.headers)
            counted.append(int(answer.headers[COUNTED]))
    return max(counted)
