"""Figures of a creditor: where its cases stand, and what came in month by month.

For a creditor with few cases they are computed whenever they are asked for. One with many gets
figures that may be a minute old, and the page says as of when: nobody waits for half a million
cases to be summed each time a list is opened.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import case, func, select
from sqlalchemy.orm import aliased

from cases.claims.models import Case
from cases.core import clock
from cases.core.database import db, portal_creditor_id
from cases.core.sums import HOME, NOTHING, Sums, apart
from cases.ledger.models import Direction, Entry, EntryKind
from cases.recoveries.stages import STAGES, stage
from legal.allocation import Component

#: From so many cases on figures are kept for a while.
MANY = 20_000
KEPT_FOR = timedelta(minutes=1)
_MONEY_IN = (EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT)


@dataclass(frozen=True, slots=True)
class StageFigure:
    """How many cases stand at a stage, how many of them are new, and what they come to."""

    stage: str
    cases: int
    new_cases: int
    open_cents: Sums
    received_cents: Sums


@dataclass(frozen=True, slots=True)
class Month:
    """What came in during a month: in euro, and beside it in other currencies."""

    first_day: date
    principal_cents: int
    other_cents: int
    foreign: Sums = NOTHING

    @property
    def cents(self) -> int:
        """Principal, interest and costs in euro."""
        return self.principal_cents + self.other_cents

    @property
    def received(self) -> Sums:
        """All that came in, each currency apart."""
        return Sums.of(self.cents) + self.foreign


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a creditor's cases stand, and when they were counted."""

    computed_at: datetime
    stages: Sequence[StageFigure]

    @property
    def cases(self) -> int:
        """All cases."""
        return sum(each.cases for each in self.stages)

    def total(self, *stages: str) -> StageFigure:
        """Several stages together."""
        chosen = [each for each in self.stages if each.stage in stages]
        return StageFigure(
            "all",
            sum(each.cases for each in chosen),
            sum(each.new_cases for each in chosen),
            sum((each.open_cents for each in chosen), NOTHING),
            sum((each.received_cents for each in chosen), NOTHING),
        )


T = TypeVar("T")
_kept: dict[tuple[object, ...], tuple[datetime, Any]] = {}
_lock = threading.Lock()


def find_standing() -> Standing:
    """Where this creditor's cases stand; those opened this month count as new."""
    new_since = clock.today().replace(day=1)

    def count() -> Standing:
        return Standing(clock.now(), list_stage_figures(new_since))

    return _kept_for_large(("standing", new_since), count, lambda found: found.cases >= MANY)


def list_received_since(first_day: date, standing: Standing) -> Sequence[Month]:
    """Money that came in from a day on, month by month."""
    today = clock.today()
    return _kept_for_large(
        ("received", first_day, today),
        lambda: list_received(first_day, today),
        lambda _: standing.cases >= MANY,
    )


def _kept_for_large(
    name: tuple[object, ...], compute: Callable[[], T], is_large: Callable[[T], bool]
) -> T:
    """What was computed for this creditor within the last minute, if that takes long."""
    key, now = (str(db.engine.url), portal_creditor_id(), *name), clock.now()
    known = _kept.get(key)
    if known is not None and timedelta(0) <= now - known[0] < KEPT_FOR:
        found: T = known[1]
        return found
    computed = compute()
    with _lock:
        for old in [each for each, (at, _) in _kept.items() if now - at >= KEPT_FOR]:
            del _kept[old]
        if is_large(computed):
            _kept[key] = (now, computed)
    return computed


def list_stage_figures(new_since: date) -> list[StageFigure]:
    """Where cases stand, in the order of their life."""
    sums = func.sum(Case.booked_open_cents), func.sum(Case.received_cents)
    new = func.count().filter(Case.opened_on >= new_since)
    query = select(stage().label("stage"), func.count(), new, *sums).group_by("stage")
    foreign = (
        select(stage().label("stage"), Case.currency, *sums)
        .where(Case.currency != HOME)
        .group_by("stage", Case.currency)
    )
    elsewhere: dict[str, tuple[Sums, Sums]] = {}
    for name, currency, owed, received in db.session.execute(foreign):
        known = elsewhere.get(name, (NOTHING, NOTHING))
        added = Sums.of(int(owed), currency), Sums.of(int(received), currency)
        elsewhere[name] = known[0] + added[0], known[1] + added[1]
    found = {
        name: _figure(name, count, fresh, int(owed), int(received), elsewhere)
        for name, count, fresh, owed, received in db.session.execute(query)
    }
    return [found[name] for name in STAGES if name in found]


def _figure(
    name: str,
    count: int,
    fresh: int,
    owed: int,
    received: int,
    elsewhere: Mapping[str, tuple[Sums, Sums]],
) -> StageFigure:
    foreign_owed, foreign_received = elsewhere.get(name, (NOTHING, NOTHING))
    return StageFigure(name, count, fresh, apart(owed, foreign_owed),
                       apart(received, foreign_received))  # fmt: skip


def list_received(first_day: date, last_day: date) -> list[Month]:
    """Money that came in, month by month; what was reversed counts against its own month."""
    original = aliased(Entry)
    # A reversal stands beside the entry it takes back and has its amount, the other way round.
    booked = select(
        Entry.booked_on, Entry.direction, Entry.amount_cents, Entry.component, Entry.case_id
    ).where(Entry.booked_on.between(first_day, last_day))
    rows = (
        booked.where(Entry.kind.in_(_MONEY_IN))
        .union_all(
            booked.join(original, original.id == Entry.reverses_id).where(
                Entry.kind == EntryKind.REVERSAL, original.kind.in_(_MONEY_IN)
            )
        )
        .subquery()
    )
    month = func.date_trunc("month", rows.c.booked_on)
    credit = rows.c.direction == Direction.CREDIT
    signed = case((credit, rows.c.amount_cents), else_=-rows.c.amount_cents)
    is_principal = rows.c.component == Component.PRINCIPAL
    parts = (
        func.coalesce(func.sum(signed).filter(is_principal), 0),
        func.coalesce(func.sum(signed).filter(~is_principal), 0),
    )
    query = select(month, *parts).group_by(month).order_by(month)
    foreign = (
        select(month, Case.currency, *parts)
        .join(Case, Case.id == rows.c.case_id)
        .where(Case.currency != HOME)
        .group_by(month, Case.currency)
    )
    months = {first.date(): Month(first.date(), int(principal), int(other))
              for first, principal, other in db.session.execute(query)}  # fmt: skip
    for first, currency, principal, other in db.session.execute(foreign):
        known = months[first.date()]
        months[first.date()] = replace(
            known,
            principal_cents=known.principal_cents - int(principal),
            other_cents=known.other_cents - int(other),
            foreign=known.foreign + Sums.of(int(principal) + int(other), currency),
        )
    return list(months.values())
