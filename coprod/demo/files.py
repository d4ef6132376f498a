"""The demonstration's readable files."""

import json
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """Return what ``data/<name>.json`` holds."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
