"""Reads of what is recovered. For a creditor the database shows its own rows only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select
from sqlalchemy.orm import aliased

from cases.claims.models import (
    Case,
    CaseDebtor,
    Claim,
    Hold,
    HoldReason,
    Phase,
    TimelineEvent,
)
from cases.core.database import db
from cases.ledger.models import Direction, Entry, EntryKind
from legal.allocation import Component

PAGE = 50
_MONEY_IN = (EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT)
#: Stages that a creditor knows; "objection" is an open case with a hold for it.
STAGES = ("new", "amicable", "objection", "court", "enforcement", "closed")


@dataclass(frozen=True, slots=True)
class StageFigure:
    """How many cases stand at a stage, and what they come to."""

    stage: str
    cases: int
    open_cents: int
    received_cents: int


def list_stage_figures() -> list[StageFigure]:
    """Where cases stand, in the order of their life."""
    query = select(
        _stage().label("stage"),
        func.count(),
        func.sum(Case.booked_open_cents),
        func.sum(Case.received_cents),
    ).group_by("stage")
    found = {stage: figures for stage, *figures in db.session.execute(query)}
    return [
        StageFigure(stage, int(found[stage][0]), int(found[stage][1]), int(found[stage][2]))
        for stage in STAGES
        if stage in found
    ]


def count_opened_since(first_day: date) -> int:
    """Cases opened on or after a day."""
    return db.session.scalar(select(func.count()).where(Case.opened_on >= first_day)) or 0


@dataclass(frozen=True, slots=True)
class Month:
    """What came in during a month."""

    first_day: date
    principal_cents: int
    other_cents: int

    @property
    def cents(self) -> int:
        """Principal, interest and costs together."""
        return self.principal_cents + self.other_cents


def list_received(first_day: date, last_day: date) -> list[Month]:
    """Money that came in, month by month; what was reversed counts against its own month."""
    # A reversal stands beside the entry it takes back and has its amount, the other way round.
    taken_back = select(Entry.id, Entry.kind).subquery()
    month = func.date_trunc("month", Entry.booked_on)
    signed = case(
        (Entry.direction == Direction.CREDIT, Entry.amount_cents), else_=-Entry.amount_cents
    )
    is_principal = Entry.component == Component.PRINCIPAL
    query = (
        select(
            month,
            func.coalesce(func.sum(signed).filter(is_principal), 0),
            func.coalesce(func.sum(signed).filter(~is_principal), 0),
        )
        .outerjoin(taken_back, taken_back.c.id == Entry.reverses_id)
        .where(
            or_(Entry.kind.in_(_MONEY_IN), taken_back.c.kind.in_(_MONEY_IN)),
            Entry.booked_on.between(first_day, last_day),
        )
        .group_by(month)
        .order_by(month)
    )
    return [
        Month(first.date(), int(principal), int(other))
        for first, principal, other in db.session.execute(query)
    ]


@dataclass(frozen=True, slots=True)
class OwnCase:
    """A case as a list shows it to its creditor."""

    case: Case
    stage: str
    debtor: str | None  # As this creditor submitted him.


def list_own_cases(
    stage: str | None = None, search: str = "", before_id: int | None = None, limit: int = PAGE
) -> list[OwnCase]:
    """Cases, newest first; `search` finds numbers, debtors and invoices."""
    query = _own_cases()
    if stage in STAGES:
        query = query.where(_stage() == stage)
    if search.strip():
        query = query.where(_matches(search.strip()))
    if before_id is not None:
        query = query.where(Case.id < before_id)
    return _read(query.order_by(Case.id.desc()).limit(limit))


def list_moved_cases(limit: int = 5) -> list[tuple[OwnCase, TimelineEvent]]:
    """The cases in which something happened last that their creditor may see."""
    events = list(
        db.session.scalars(
            select(TimelineEvent)
            .where(TimelineEvent.creditor_visible)
            .order_by(TimelineEvent.at.desc(), TimelineEvent.id.desc())
            .limit(limit * 20)
        )
    )
    latest: dict[int, TimelineEvent] = {}
    for event in events:
        latest.setdefault(event.case_id, event)
    chosen = list(latest)[:limit]
    cases = {own.case.id: own for own in _read(_own_cases().where(Case.id.in_(chosen)))}
    return [(cases[case_id], latest[case_id]) for case_id in chosen if case_id in cases]


def stage_of(case_id: int) -> str:
    """The stage of one case."""
    return db.session.scalar(select(_stage()).where(Case.id == case_id)) or "new"


def _own_cases() -> Select[Case, str, str | None]:
    debtor = CaseDebtor.submitted_name
    return select(Case, _stage(), debtor).outerjoin(
        CaseDebtor, (CaseDebtor.case_id == Case.id) & (CaseDebtor.position == 1)
    )


def _read(query: Select[Case, str, str | None]) -> list[OwnCase]:
    return [OwnCase(found, stage, debtor) for found, stage, debtor in db.session.execute(query)]


def _stage() -> ColumnElement[str]:
    contested = exists().where(
        Hold.case_id == Case.id, Hold.lifted_at.is_(None), Hold.reason == HoldReason.OBJECTION
    )
    return case(
        (Case.phase == Phase.CLOSED, "closed"),
        (Case.phase == Phase.ENFORCEMENT, "enforcement"),
        (Case.phase == Phase.COURT, "court"),
        (contested, "objection"),
        (Case.phase == Phase.AMICABLE, "amicable"),
        else_="new",
    )


def _matches(search: str) -> ColumnElement[bool]:
    escaped = search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    debtor = aliased(CaseDebtor)
    named = exists().where(debtor.case_id == Case.id, debtor.submitted_name.ilike(f"%{escaped}%"))
    invoiced = exists().where(Claim.case_id == Case.id, Claim.invoice_number.ilike(f"{escaped}%"))
    return or_(Case.number.like(f"{escaped}%"), named, invoiced)


def total(figures: Sequence[StageFigure], *stages: str) -> StageFigure:
    """Several stages together."""
    chosen = [each for each in figures if each.stage in stages]
    return StageFigure(
        "all",
        sum(each.cases for each in chosen),
        sum(each.open_cents for each in chosen),
        sum(each.received_cents for each in chosen),
    )
