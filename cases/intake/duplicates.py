"""The same invoice twice in one file: an exact repeat is skipped, a contradiction is shown."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from cases.intake.claim_row import ClaimRow
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


def invoice_key(number: str) -> str:
    """An invoice number as it is compared: without case, blanks and typographic variants."""
    if number.isascii():
        return "".join(number.split()).lower()
    return "".join(unicodedata.normalize("NFKC", number).split()).casefold()


def mark_duplicates(rows: Sequence[ClaimRow]) -> list[ClaimRow]:
    """Add what repeats an earlier row, and to both sides what contradicts one."""
    marked = list(rows)
    for places in repeated(row.invoice_number for row in rows):
        first = marked[places[0]]
        contradicted: ClaimRow | None = None
        for place in places[1:]:
            row = rows[place]
            same = _same_claim(rows[places[0]], row)
            code = "duplicate_in_file" if same else "duplicate_conflict"
            marked[place] = _with(row, code, first.line)
            contradicted = contradicted or (None if same else row)
        if contradicted is not None:
            marked[places[0]] = _with(first, "duplicate_conflict", contradicted.line)
    return marked


def repeated(numbers: Iterable[str | None]) -> list[list[int]]:
    """The places of every invoice number that occurs more than once."""
    keys = [invoice_key(number) if number else "" for number in numbers]
    twice = {key for key, count in Counter(keys).items() if key and count > 1}
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        if key in twice:
            places.setdefault(key, []).append(place)
    return list(places.values())


def _same_claim(one: ClaimRow, other: ClaimRow) -> bool:
    return _details(one) == _details(other)


def _details(row: ClaimRow) -> tuple[object, ...]:
    name = (row.debtor.name or "").casefold()
    return (row.open_cents, row.total_cents, row.currency, row.invoiced_on, row.due_on, name,
            row.debtor.account)  # fmt: skip


def _with(row: ClaimRow, code: str, first: int) -> ClaimRow:
    finding = Finding(code, Severity.ERROR, "invoice_number", row.line, {"first": first})
    return replace(row, findings=(*row.findings, finding))
