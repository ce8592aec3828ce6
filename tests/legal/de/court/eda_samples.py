"""The sample files and small ways to change one fact of an application."""

import copy
import json
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parents[3] / "samples" / "eda"
GENUINE = sorted(path.name.removesuffix(".input.json") for path in SAMPLES.glob("*.input.json"))


def eda(name: str) -> bytes:
    return (SAMPLES / f"{name}.eda").read_bytes()


def facts(name: str) -> dict[str, Any]:
    return json.loads((SAMPLES / f"{name}.input.json").read_text(encoding="utf-8"))


def change(data: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """A copy with another value at a path such as "claims.0.no"; `...` removes the entry."""
    changed = copy.deepcopy(data)
    *steps, last = [int(s) if s.isdigit() else s for s in path.split(".")]
    part: Any = changed
    for step in steps:
        part = part.setdefault(step, {}) if isinstance(part, dict) else part[step]
    if value is ...:
        del part[last]
    else:
        part[last] = value
    return changed


def records_of(data: bytes) -> list[str]:
    return [data[i : i + 128].decode("cp858") for i in range(0, len(data), 128)]
