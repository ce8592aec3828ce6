"""Whom a client's sales people should not deliver to on account: a word for each customer.

From the client's own cases alone, and nothing of what stands in them.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, and_, exists, func, or_, select, tuple_

from cases.claims.models import Case, CaseDebtor, Hold, HoldReason, Outcome, Phase
from cases.core.database import db
from cases.plans.models import Plan, PlanState


class Delivery(StrEnum):
    """How to deliver to a customer."""

    BLOCKED = "blocked"  # Not on account.
    AT_RISK = "at_risk"
    CLEAR = "clear"


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer as the client submitted him."""

    debtor_id: int
    name: str
    number: str | None
    delivery: Delivery
    open_cases: int


_OPEN = and_(Case.phase != Phase.CLOSED, Case.booked_open_cents > 0)
_STILL = exists().where(
    Hold.case_id == Case.id,
    Hold.lifted_at.is_(None),
    Hold.reason.in_([HoldReason.INSOLVENCY, HoldReason.DECEASED]),
)
_BROKEN = exists().where(Plan.case_id == Case.id, Plan.state == PlanState.BROKEN)
_BLOCKS = or_(
    and_(_OPEN, or_(Case.phase.in_([Phase.COURT, Phase.ENFORCEMENT]), _STILL, _BROKEN)),
    Case.outcome.in_([Outcome.INSOLVENT, Outcome.UNCOLLECTIBLE]),
)


def list_customers(
    delivery: Delivery | None, words: str, after: tuple[str, int] | None, limit: int
) -> list[Customer]:
    """Customers by name (keyset), of one kind or all of them. The portal sees its own only."""
    name = func.min(CaseDebtor.submitted_name)
    blocks, opened = func.coalesce(func.bool_or(_BLOCKS), False), func.count().filter(_OPEN)
    query: Select[int, str, str | None, bool, int] = (
        select(CaseDebtor.debtor_id, name, func.min(CaseDebtor.customer_number), blocks, opened)
        .join(Case, Case.id == CaseDebtor.case_id)
        .where(Case.outcome.is_distinct_from(Outcome.REFUSED))
        .group_by(CaseDebtor.debtor_id)
        .order_by(name, CaseDebtor.debtor_id)
        .limit(limit)
    )
    for word in words.split():
        part = "%" + word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") + "%"
        found = or_(CaseDebtor.submitted_name.ilike(part), CaseDebtor.customer_number.ilike(part))
        query = query.where(found)
    if delivery is Delivery.BLOCKED:
        query = query.having(blocks)
    elif delivery is Delivery.AT_RISK:
        query = query.having(~blocks, opened > 0)
    elif delivery is Delivery.CLEAR:
        query = query.having(~blocks, opened == 0)
    if after is not None:
        query = query.having(tuple_(name, CaseDebtor.debtor_id) > after)
    return [
        Customer(debtor_id, called, number, _delivery(is_blocked, count), count)
        for debtor_id, called, number, is_blocked, count in db.session.execute(query)
    ]


def _delivery(blocks: bool, opened: int) -> Delivery:
    if blocks:
        return Delivery.BLOCKED
    return Delivery.AT_RISK if opened else Delivery.CLEAR
