"""The same invoice twice in one file: an exact repeat is skipped, a contradiction is shown."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from cases.formats.claims.claim_row import ClaimRow
from cases.formats.invoice_fold import invoice_key
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "duplicate_in_file": N_(
        "This invoice already stands in line {first} of the file. The row will be skipped."
    ),
    "duplicate_conflict": N_(
        "The same invoice number stands in line {first} with other details. Please say which one "
        "is right and skip the other."
    ),
}


def repeated(numbers: Iterable[str | None]) -> list[list[int]]:
    """The places of every invoice number that occurs more than once."""
    keys = [invoice_key(number) if number else "" for number in numbers]
    twice = {key for key, count in Counter(keys).items() if key and count > 1}
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key in twice:
            places.setdefault(key, []).append(place)
    return list(places.values())


class Numbered(NamedTuple):
    """What of a row decides whether it repeats another one."""

    line: int
    number: str | None
    details: tuple[object, ...]


def duplicate_findings(rows: Sequence[Numbered]) -> dict[int, Finding]:
    """For each place: what repeats an earlier row, and both sides of a contradiction."""
    found: dict[int, Finding] = {}
    for places in repeated(row.number for row in rows):
        first = rows[places[0]]
        for place in places[1:]:
            same = first.details == rows[place].details
            code = "duplicate_in_file" if same else "duplicate_conflict"
            found[place] = _finding(code, rows[place].line, first.line)
            if not same and places[0] not in found:
                found[places[0]] = _finding(code, first.line, rows[place].line)
    return found


def mark_duplicates(rows: Sequence[ClaimRow]) -> list[ClaimRow]:
    """The rows with what is said about repeats among them."""
    found = duplicate_findings([_numbered(row) for row in rows])
    return [
        replace(row, findings=(*row.findings, found[place])) if place in found else row
        for place, row in enumerate(rows)
    ]


def _numbered(row: ClaimRow) -> Numbered:
    name = (row.debtor.name or "").casefold()
    amounts = (row.open_cents, row.total_cents, row.currency)
    details = (*amounts, row.invoiced_on, row.due_on, name, row.debtor.account)
    return Numbered(row.line, row.invoice_number, details)


def _finding(code: str, line: int, other: int) -> Finding:
    return Finding(code, Severity.ERROR, "invoice_number", line, {"first": other})
