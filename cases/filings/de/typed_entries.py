"""What a person enters into an application, by its path in the published notation. Pure."""

import re
from collections.abc import Mapping
from typing import Any

_STEP = re.compile(r"([a-zA-Z_0-9]+)(?:\[(\d)\])?")
_PATH = re.compile(r"[a-zA-Z_0-9]+(\[\d\])?(\.[a-zA-Z_0-9]+(\[\d\])?){0,4}")
#: Roots of what may be entered by hand; control sums, numbers and amounts come from the records.
_ROOTS = frozenset(
    {
        "applicants", "defendants", "claims", "court", "kennsatz", "representative",
        "representative_case", "defendant", "items", "other_costs", "other_costs_reason",
        "service", "kind", "original", "postage", "enquiry_costs", "olg_district",
    }
)  # fmt: skip
_FIXED = re.compile(r"(kennsatz\.(own_ref|vglm[12]|gnr)|claims\[\d\]\.amount)")


def may_be_entered(path: str) -> bool:
    """Whether a person may enter a value there."""
    root = re.split(r"[.\[]", path, maxsplit=1)[0]
    return bool(_PATH.fullmatch(path)) and root in _ROOTS and not _FIXED.fullmatch(path)


def apply_entries(notation: dict[str, Any], entries: Mapping[str, Any]) -> dict[str, Any]:
    """The notation with the entries in their places; blank ones take a value away."""
    for path, value in sorted(entries.items()):
        if path != "olg_district":
            _put(notation, path, value)
    return notation


def value_at(notation: Mapping[str, Any], path: str) -> Any:
    """What stands at a path, or None."""
    found: Any = notation
    for name, index in _STEP.findall(path):
        found = found.get(name) if isinstance(found, Mapping) else None
        if index and isinstance(found, list):
            found = found[int(index)] if int(index) < len(found) else None
    return found


def _put(notation: dict[str, Any], path: str, value: Any) -> None:
    place: dict[str, Any] = notation
    steps = _STEP.findall(path)
    for name, index in steps[:-1]:
        if index:
            rows = place.setdefault(name, [])
            rows += [{} for _ in range(int(index) + 1 - len(rows))]
            place = rows[int(index)]
        else:
            place = place.setdefault(name, {})
    name, _ = steps[-1]
    if value in (None, ""):
        place.pop(name, None)
    else:
        place[name] = value
