"""What every answer says to browsers and caches, whatever it is an answer to."""

from __future__ import annotations

from tests.house.doors.walk import Answer

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
CLOSED = {
    "default-src": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "form-action": "'self'",
}


def faults(answer: Answer, *, has_session: bool) -> list[str]:
    """Return what is wrong with the headers of one answer."""
    said = answer.headers
    found = [
        f"{name}: {said.get(name)}" for name, must in EVERYWHERE.items() if said.get(name) != must
    ]
    policy = _policy(said.get("Content-Security-Policy", ""))
    found += [
        f"{name} {policy.get(name)}" for name, must in CLOSED.items() if policy.get(name) != must
    ]
    if "unsafe" in said.get("Content-Security-Policy", ""):
        found.append("the policy allows what is unsafe")
    if "camera=()" not in said.get("Permissions-Policy", ""):
        found.append("no Permissions-Policy")
    kind = said.get("Content-Type", "")
    if kind.startswith("text/") and "utf-8" not in kind:
        found.append(f"Content-Type: {kind}")
    kept = said.get("Cache-Control", "")
    if (has_session or answer.cookies) and ("private" not in kept or "no-store" not in kept):
        found.append(f"personal, and Cache-Control: {kept}")
    if answer.cookies and "public" in kept:
        found.append("a cookie for everybody")
    found += [f"{name}: {said[name]}" for name in said if name.startswith("Access-Control-")]
    found += [f"{name}: {said[name]}" for name in ("Server", "X-Powered-By") if name in said]
    return found


def _policy(text: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in text.split(";"))
    return {name: value for name, _space, value in parts}
