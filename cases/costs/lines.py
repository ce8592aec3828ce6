"""The costs of a case line by line, as letters print them; the lines add up to what is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from cases.core.database import db
from cases.costs.planning import CostsPlan
from cases.costs.words import NAMES, explain, steps_from_json
from cases.ledger.models import Direction, Entry, EntryKind
from legal.allocation import Component


@dataclass(frozen=True, slots=True)
class CostLine:
    """One item with its computation in words."""

    name: str
    words: str
    cents: int
    kind: EntryKind | None = None


OUTLAYS = {"de": "Auslagen", "en": "Outlays"}
#: Lines that take something off, in one sentence each.
REDUCTIONS = {
    "de": {
        EntryKind.PAYMENT: ("Zahlung", "auf die Kosten verrechnet"),
        EntryKind.DIRECT_PAYMENT: ("Zahlung", "auf die Kosten verrechnet"),
        EntryKind.CREDIT_NOTE: ("Gutschrift", "von den Kosten abgezogen"),
        EntryKind.WAIVER: ("Nachlass", "von den Kosten abgezogen"),
        EntryKind.PAID_IN_TIME: ("Nachlass", "fristgerecht bezahlt"),
        EntryKind.WRITE_OFF: ("Ausbuchung", "wird nicht weiter verfolgt"),
        EntryKind.SETTLEMENT: ("Vergleich", "von den Kosten abgezogen"),
    },
    "en": {
        EntryKind.PAYMENT: ("Payment", "counted towards the costs"),
        EntryKind.DIRECT_PAYMENT: ("Payment", "counted towards the costs"),
        EntryKind.CREDIT_NOTE: ("Credit note", "taken off the costs"),
        EntryKind.WAIVER: ("Reduction", "taken off the costs"),
        EntryKind.PAID_IN_TIME: ("Reduction", "paid in time"),
        EntryKind.WRITE_OFF: ("Written off", "no longer pursued"),
        EntryKind.SETTLEMENT: ("Settlement", "taken off the costs"),
    },
}


def list_cost_lines(case_id: int, language: str) -> list[CostLine]:
    """The booked costs of a case, what was reversed left out."""
    query = (
        select(Entry)
        .where(Entry.case_id == case_id, Entry.component == Component.COSTS)
        .order_by(Entry.id)
    )
    entries = db.session.scalars(query).all()
    gone = {entry.reverses_id for entry in entries} | {e.id for e in entries if e.reverses_id}
    return [_line(entry, language) for entry in entries if entry.id not in gone]


def planned_lines(plan: CostsPlan, language: str) -> list[CostLine]:
    """What a draft will ask for once it is released."""
    return [
        CostLine(
            NAMES[language][entry.kind], explain(entry.steps, language), entry.cents, entry.kind
        )
        for entry in plan.entries
    ]


def total_of(lines: Iterable[CostLine]) -> int:
    """What the lines add up to."""
    return sum(line.cents for line in lines)


def _line(entry: Entry, language: str) -> CostLine:
    if entry.direction is Direction.CREDIT:
        name, words = REDUCTIONS[language][entry.kind]
        return CostLine(name, entry.words or words, -entry.amount_cents, entry.kind)
    return CostLine(_name(entry, language), _words(entry, language), entry.amount_cents, entry.kind)


def _name(entry: Entry, language: str) -> str:
    """Outlays with a computation are the flat rate of VV 7002; others were booked by hand."""
    if entry.kind is EntryKind.OUTLAYS and not entry.computation:
        return OUTLAYS[language]
    return NAMES[language][entry.kind]


def _words(entry: Entry, language: str) -> str:
    steps: Sequence[dict[str, object]] | None = entry.computation
    if steps and language != "de":
        return explain(steps_from_json(steps), language)
    return entry.words or ""
