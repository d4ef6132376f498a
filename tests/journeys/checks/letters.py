"""What an e-mail has to be: readable without HTML, by ear, and by its links."""

from __future__ import annotations

import html5lib

VAGUE = {"click here", "here", "more", "link", "read more"}


def faults(html: str, text: str) -> list[str]:
    """Return what is wrong with a letter: its HTML part and its part in plain text."""
    document = html5lib.parse(html, namespaceHTMLElements=False)
    found = [] if document.get("lang") else ["no language"]
    found += [] if document.findall(".//h1") else ["no heading"]
    found += [] if text.strip() else ["no words without HTML"]
    found += ["a picture without words" for one in document.iter("img") if not one.get("alt")]
    for link in document.iter("a"):
        name = " ".join("".join(link.itertext()).split())
        if not name or name.lower() in VAGUE or name.startswith("http"):
            found.append(f"a link called {name}")
    return found
