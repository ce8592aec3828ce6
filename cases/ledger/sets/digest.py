"""What the audit trail keeps of journals that are written together. Pure.

The database computes the same of what is stored (`journals_digest`), and `recoup audit verify`
compares the two: what came into the tables otherwise than it was drafted is found as well.
"""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

Row = Mapping[str, Any]


def digest_of_drafts(journals: Iterable[Row], lines: Iterable[Row]) -> str:
    """The digest of journals of one kind with their lines, which are given in their order."""
    said: dict[int, list[str]] = {}
    for line in lines:
        said.setdefault(line["journal_id"], []).append(_line(line))
    told = [
        _joined("|", _journal(journal), ";".join(said.get(journal["id"], ())) or None)
        for journal in sorted(journals, key=lambda row: int(row["id"]))
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _journal(journal: Row) -> str:
    names = ("id", "kind", "booked_on", "reverses_id", "reference")
    return _joined("|", *(journal[name] for name in names))


def _line(line: Row) -> str:
    owner, case_id = line["creditor_id"] or 0, line["case_id"] or 0
    return _joined(",", line["account"], owner, case_id, line["amount_cents"], line["currency"])


def _joined(mark: str, *values: object) -> str:
    """As `concat_ws` joins: what is not there is left out."""
    return mark.join(str(value) for value in values if value is not None)
