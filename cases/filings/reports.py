"""Reports about filings: states by age, queries by cause, costs and what came back, durations."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from cases.core import clock
from cases.core.database import db
from cases.filings.applications.models import Filing, FilingKind, FilingState
from cases.filings.court_mail.models import CourtMessage
from cases.filings.proceedings.models import CourtPayable, PayableState, Proceeding, ProceedingEvent
from cases.ledger.models import Account, Entry, EntryKind, JournalLine
from legal.proceeding import CourtEventKind, State

#: Ages of proceedings in days: up to the first number, up to the second, older.
AGES = (30, 90)
#: Stage -> the events it lies between.
DURATIONS = (
    ("order", None, CourtEventKind.ORDER_ISSUED),
    ("service", CourtEventKind.ORDER_ISSUED, CourtEventKind.ORDER_SERVED),
    ("enforcement", CourtEventKind.ORDER_SERVED, CourtEventKind.ENFORCEMENT_ISSUED),
    ("title", None, CourtEventKind.ENFORCEMENT_ISSUED),
)


@dataclass(frozen=True, slots=True)
class StateAge:
    """How many proceedings are in a state, by age."""

    state: State
    counts: tuple[int, int, int]

    @property
    def total(self) -> int:
        """All ages."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Costs:
    """What courts cost, as of now."""

    asked_cents: int
    paid_cents: int
    open_cents: int
    booked_cents: int  # On the claim accounts of the debtors.
    advances_cents: int  # Of creditors, not used yet.


def states_by_age() -> list[StateAge]:
    """Running and ended proceedings by state and age of the application."""
    today = clock.today()
    first, second = (today - timedelta(days=days) for days in AGES)
    age = func.count
    query = select(
        Proceeding.state,
        age().filter(Proceeding.applied_on >= first),
        age().filter(Proceeding.applied_on < first, Proceeding.applied_on >= second),
        age().filter(Proceeding.applied_on < second),
    ).group_by(Proceeding.state)
    found = {state: (a, b, c) for state, a, b, c in db.session.execute(query)}
    return [StateAge(state, found[state]) for state in State if state in found]


def query_rate() -> tuple[int, int, list[tuple[str, int]]]:
    """Applications filed, those the court asked about, and its questions by key."""
    filed = db.session.scalar(
        select(func.count()).select_from(Filing).where(
            Filing.kind == FilingKind.PAYMENT_ORDER, Filing.state == FilingState.HANDED_OVER
        )
    )  # fmt: skip
    causes: dict[str, int] = {}
    asked = set()
    for own_ref, content in db.session.execute(
        select(CourtMessage.own_ref, CourtMessage.content).where(CourtMessage.kind == "20")
    ):
        asked.add(own_ref)
        for item in content.get("items") or []:
            key = _cause(item)
            causes[key] = causes.get(key, 0) + 1
    return filed or 0, len(asked), sorted(causes.items(), key=lambda each: -each[1])


def costs() -> Costs:
    """Court costs advanced and what came back."""
    asked = func.coalesce(func.sum(CourtPayable.amount_cents), 0)
    paid = select(asked).where(CourtPayable.state == PayableState.PAID)
    booked = select(func.coalesce(func.sum(Entry.amount_cents), 0)).where(
        Entry.kind == EntryKind.COURT_COSTS
    )
    advances = select(func.coalesce(func.sum(JournalLine.amount_cents), 0)).where(
        JournalLine.account == Account.CREDITOR_ADVANCES
    )
    total, done = int(db.session.scalar(select(asked)) or 0), int(db.session.scalar(paid) or 0)
    return Costs(
        total, done, total - done, int(db.session.scalar(booked) or 0),
        -int(db.session.scalar(advances) or 0),
    )  # fmt: skip


def durations() -> list[tuple[str, int, int | None]]:
    """Stage, number of proceedings that passed it, and the median of its days."""
    gone = select(ProceedingEvent.revokes_id).where(ProceedingEvent.revokes_id.is_not(None))
    query = (
        select(ProceedingEvent.proceeding_id, ProceedingEvent.kind, ProceedingEvent.happened_on,
               Proceeding.applied_on)
        .join(Proceeding, Proceeding.id == ProceedingEvent.proceeding_id)
        .where(ProceedingEvent.revokes_id.is_(None), ProceedingEvent.id.not_in(gone))
    )  # fmt: skip
    days: dict[int, dict[CourtEventKind | None, date]] = {}
    for proceeding_id, kind, on, applied_on in db.session.execute(query):
        days.setdefault(proceeding_id, {None: applied_on}).setdefault(kind, on)
    return [
        (
            name,
            *_median([(d[end] - d[start]).days for d in days.values() if start in d and end in d]),
        )
        for name, start, end in DURATIONS
    ]


def _median(values: list[int]) -> tuple[int, int | None]:
    return len(values), sorted(values)[len(values) // 2] if values else None


def _cause(item: dict[str, Any]) -> str:
    return f"{item.get('fschl') or '?'} {item.get('feldn') or ''}".strip()
