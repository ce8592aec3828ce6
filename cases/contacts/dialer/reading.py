"""What a dialer brings back, read row by row: what cannot be read is said with line and column.

Pure: bytes and the house's time zone in, calls and findings out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import TypeVar

from cases.contacts.dialer.columns import HEADINGS, NEEDED, OUTCOMES, REASONS, YES
from cases.contacts.models import ContactOutcome, NonPaymentReason
from cases.formats.amounts import Notation, parse_cents
from cases.formats.cells import CellUnreadable
from cases.formats.claims.lists.delimited import read_delimited
from cases.formats.dates import parse_day
from cases.formats.gate import Refused, check_size
from cases.formats.text import decode
from legal.findings import Finding, Severity

MOST_ROWS = 5_000
_TIME = re.compile(r"^(.{1,40}?)[ T]{1,5}(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?: Uhr)?$")
Member = TypeVar("Member", ContactOutcome, NonPaymentReason)


@dataclass(frozen=True, slots=True)
class Result:
    """One call as the dialer tells it."""

    line: int
    case: str
    outcome: ContactOutcome
    at: datetime
    person: str | None = None
    phone: str | None = None
    seconds: int | None = None
    identity: bool = False
    reason: NonPaymentReason | None = None
    promise_cents: int | None = None
    promise_on: date | None = None
    call_back: datetime | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """The calls of a file, what could not be read, and how many rows nobody called."""

    calls: tuple[Result, ...]
    findings: tuple[Finding, ...]
    left_out: int = 0


class _Wrong(Exception):
    def __init__(self, code: str, field: str, value: str, known: str = "") -> None:
        super().__init__(code)
        self.code, self.field = code, field
        self.params = {"value": value, "known": known}


def read_results(data: bytes, zone: tzinfo | None) -> Results:
    """Read a file; never stops at the first bad row."""
    try:
        check_size(data)
    except Refused as refused:
        return Results((), (refused.finding,))
    rows = read_delimited(decode(data)).rows[: MOST_ROWS + 1]
    places = _places(rows[0].cells) if rows else {}
    if not all(name in places for name in NEEDED):
        named = ", ".join(HEADINGS[name] for name in NEEDED)
        finding = Finding("dialer_headings", Severity.ERROR, params={"columns": named})
        return Results((), (finding,))
    calls, findings, left_out = [], [], 0
    for row in rows[1:]:
        cells = {
            name: row.cells[place].strip() if place < len(row.cells) else ""
            for name, place in places.items()
        }
        if not cells["outcome"]:
            left_out += 1
            continue
        try:
            calls.append(_result(row.line, cells, zone))
        except _Wrong as wrong:
            findings.append(
                Finding(wrong.code, Severity.ERROR, HEADINGS[wrong.field], row.line, wrong.params)
            )
    if not calls and not findings:
        findings.append(Finding("dialer_empty", Severity.ERROR))
    return Results(tuple(calls), tuple(findings), left_out)


def _places(cells: object) -> dict[str, int]:
    known = {heading.casefold(): name for name, heading in HEADINGS.items()}
    known |= {name: name for name in HEADINGS}
    found: dict[str, int] = {}
    for place, cell in enumerate(list(cells) if isinstance(cells, list | tuple) else []):
        name = known.get(str(cell).strip().casefold())
        if name is not None:
            found.setdefault(name, place)
    return found


def _result(line: int, cells: Mapping[str, str], zone: tzinfo | None) -> Result:
    def given(name: str) -> str:
        return cells.get(name, "").lstrip("'")

    amount, day = given("promise"), given("promise_on")
    back, reason, seconds = given("call_back"), given("reason"), given("seconds")
    return Result(
        line=line,
        case=given("case"),
        outcome=_member("outcome", given("outcome"), OUTCOMES, ContactOutcome),
        at=_moment("at", given("at"), zone),
        person=given("person") or None,
        phone=given("phone") or None,
        seconds=_seconds(seconds) if seconds else None,
        identity=given("identity").casefold() in YES,
        reason=_member("reason", reason, REASONS, NonPaymentReason) if reason else None,
        promise_cents=_cents(amount) if amount else None,
        promise_on=_day("promise_on", day) if day else None,
        call_back=_moment("call_back", back, zone) if back else None,
        note=given("note") or None,
    )


def _member(field: str, value: str, words: Mapping[str, Member], codes: type[Member]) -> Member:
    found = words.get(value.casefold())
    if found is not None:
        return found
    usual = set(words.values())
    if value in {member.value for member in usual}:
        return codes(value)
    raise _Wrong(f"dialer_{field}", field, value, ", ".join(words))


def _moment(field: str, value: str, zone: tzinfo | None) -> datetime:
    match = _TIME.match(value)
    try:
        if match is None:
            raise _Wrong("dialer_moment", field, value)
        at = time(int(match[2]), int(match[3]))
        return datetime.combine(parse_day(match[1], day_first=True), at, zone)
    except (CellUnreadable, ValueError):
        raise _Wrong("dialer_moment", field, value) from None


def _day(field: str, value: str) -> date:
    try:
        return parse_day(value, day_first=True)
    except CellUnreadable:
        raise _Wrong("dialer_day", field, value) from None


def _cents(value: str) -> int:
    try:
        return parse_cents(value, Notation())
    except CellUnreadable:
        raise _Wrong("dialer_amount", "promise", value) from None


def _seconds(value: str) -> int:
    if not value.isdigit() or len(value) > len("86400"):
        raise _Wrong("dialer_seconds", "seconds", value)
    return int(value)
