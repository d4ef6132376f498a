"""Five hundred people for twenty places, fifty at once, on each database."""

from __future__ import annotations

import http.client
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import local

from .server import Server

REQUESTS, AT_ONCE, PLACES = 500, 50, 20
ROUNDS = 3


def race(server: Server) -> dict[str, float]:
    """Return who got in, who waits, what failed, and the rate as a ratio to a bare update."""
    counted: Counter[str] = Counter()
    ratios, rounds = [], server.world["races"][: 2 * ROUNDS]
    for bare, whole in zip(rounds[::2], rounds[1::2], strict=True):
        least, _ = _run(server, [f"/bench/take/{bare['brief']}/"] * REQUESTS)
        paths = [f"/bench/sign-up/{whole['brief']}/{person}/" for person in whole["people"]]
        rate, counted = _run(server, paths)
        ratios.append(rate / least)
    return {
        "confirmed": counted["place"],
        "waiting": counted["waiting"],
        "errors": REQUESTS - counted["place"] - counted["waiting"],
        "per_second_ratio": round(statistics.median(ratios), 2),
    }


def _run(server: Server, paths: list[str]) -> tuple[float, Counter[str]]:
    """Return requests a second, and what came back how often."""
    own = local()

    def ask(path: str) -> str:
        if not hasattr(own, "wire"):
            own.wire = server.wire()
        try:
            own.wire.request("POST", path)
            answer = own.wire.getresponse()
            body = answer.read().decode()
        except (OSError, http.client.HTTPException) as fault:
            own.wire.close()
            return type(fault).__name__
        return body if answer.status == 200 else f"status {answer.status}"

    with ThreadPoolExecutor(AT_ONCE) as pool:
        began = time.perf_counter()
        said = Counter(pool.map(ask, paths))
        return len(paths) / (time.perf_counter() - began), said
