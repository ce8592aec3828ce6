"""Cases opened and extended in sets: the set-based form of `open_case` and `add_claim`.

A differential test proves that both forms write the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

from sqlalchemy import func, select, text

from cases.claims import timeline
from cases.claims.models import Case, CaseDebtor, Claim, Phase
from cases.claims.references import make_case_number
from cases.claims.services import ClaimDetails, build_claim, debtor_place
from cases.core import clock
from cases.core.copying import copy_rows, reserve_ids, reserve_numbers
from cases.core.database import db, new_public_id
from cases.parties.services import DebtorDetails

#: Columns of a claim that are not written when it comes in.
_LATER = frozenset({"created_at", "excluded_reason"})
_CLAIM = tuple(column.name for column in Claim.__table__.columns if column.name not in _LATER)


@dataclass(frozen=True, slots=True)
class Order:
    """The claims of one creditor against one debtor, in one currency."""

    debtor_id: int
    submitted: DebtorDetails
    claims: Sequence[ClaimDetails]

    @property
    def principal_cents(self) -> int:
        """All its claims together."""
        return sum(claim.principal_cents for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Taken:
    """Where an order went: its case, and its claims with their ids."""

    order: Order
    case_id: int
    claims: Sequence[Claim]  # Stored, but not part of the session.


def take_orders(creditor_id: int, orders: Sequence[Order]) -> list[Taken]:
    """Open a case for each order, or add its claims to the open case. The ledger posts next."""
    open_cases = _find_open_cases(creditor_id, orders)
    new = [order for order in orders if _place_of(order) not in open_cases]
    case_ids = _create_cases(creditor_id, new)
    claim_ids = iter(reserve_ids("claims", sum(len(order.claims) for order in orders)))
    taken = [
        _build(creditor_id, order, case_id, 0, claim_ids)
        for order, case_id in zip(new, case_ids, strict=True)
    ]
    extended = [
        _build(creditor_id, order, *open_cases[_place_of(order)], claim_ids)
        for order in orders
        if _place_of(order) in open_cases
    ]
    copy_rows("claims", _CLAIM, _claim_rows([*taken, *extended]))
    _tell(creditor_id, taken, extended)
    return [*taken, *extended]


def _place_of(order: Order) -> tuple[int, str]:
    return order.debtor_id, order.claims[0].currency


def _find_open_cases(
    creditor_id: int, orders: Sequence[Order]
) -> dict[tuple[int, str], tuple[int, int]]:
    """(debtor, currency) -> (case, last position), for cases that take further claims."""
    debtors = (
        select(CaseDebtor.case_id, func.min(CaseDebtor.debtor_id).label("debtor_id"))
        .where(CaseDebtor.creditor_id == creditor_id)
        .group_by(CaseDebtor.case_id)
        .having(func.count() == 1)
        .subquery()
    )
    query = (
        select(debtors.c.debtor_id, Case.currency, Case.id, func.max(Claim.position))
        .join(debtors, debtors.c.case_id == Case.id)
        .join(Claim, Claim.case_id == Case.id)
        .where(
            Case.creditor_id == creditor_id,
            Case.phase.in_([Phase.NEW, Phase.AMICABLE]),
            debtors.c.debtor_id.in_({order.debtor_id for order in orders}),
        )
        .group_by(debtors.c.debtor_id, Case.currency, Case.id)
        .order_by(Case.id.desc())  # The oldest one wins, as singly.
    )
    return {
        (debtor_id, currency): (case_id, position)
        for debtor_id, currency, case_id, position in db.session.execute(query)
    }


def _create_cases(creditor_id: int, orders: Sequence[Order]) -> list[int]:
    today = clock.today()
    ids = reserve_ids("cases", len(orders))
    serials = reserve_numbers("case_serial", len(orders))
    copy_rows(
        "cases",
        ("id", "public_id", "number", "creditor_id", "jurisdiction", "currency", "phase",
         "opened_on", "ordered_on", "booked_open_cents"),
        (
            (case_id, new_public_id(), make_case_number(serial, today.year), creditor_id, "de",
             order.claims[0].currency, Phase.NEW.value, today, today, order.principal_cents)
            for case_id, serial, order in zip(ids, serials, orders, strict=True)
        ),
    )  # fmt: skip
    copy_rows(
        "case_debtors",
        ("case_id", "debtor_id", "creditor_id", "position", "submitted_name", "submitted_address"),
        (
            (case_id, order.debtor_id, creditor_id, 1, order.submitted.full_name,
             order.submitted.address_line)
            for case_id, order in zip(ids, orders, strict=True)
        ),
    )  # fmt: skip
    return ids


_known_place = cache(debtor_place)


def _build(
    creditor_id: int, order: Order, case_id: int, last_position: int, ids: Iterator[int]
) -> Taken:
    case = Case(id=case_id, creditor_id=creditor_id)
    place = _known_place(order.submitted.postcode, order.submitted.country)
    claims = []
    for position, details in enumerate(order.claims, start=last_position + 1):
        claim = build_claim(case, position, details, place)
        claim.id, claim.public_id = next(ids), new_public_id()
        claims.append(claim)
    return Taken(order, case_id, claims)


def _claim_rows(taken: Sequence[Taken]) -> Iterator[tuple[Any, ...]]:
    for each in taken:
        for claim in each.claims:
            values = claim.__dict__
            yield tuple(_plain(values.get(name)) for name in _CLAIM)


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value


def _tell(creditor_id: int, opened: Sequence[Taken], extended: Sequence[Taken]) -> None:
    if opened:
        timeline.record_many("case.opened", creditor_id, [
            (each.case_id,
             {"claims": len(each.claims), "principal_cents": each.order.principal_cents})
            for each in opened
        ])  # fmt: skip
    if extended:
        db.session.execute(
            text(
                "UPDATE cases SET booked_open_cents = booked_open_cents + added.cents"
                " FROM unnest(CAST(:ids AS bigint[]), CAST(:cents AS bigint[])) added(id, cents)"
                " WHERE cases.id = added.id"
            ),
            {
                "ids": [each.case_id for each in extended],
                "cents": [each.order.principal_cents for each in extended],
            },
        )
        timeline.record_many("claim.added", creditor_id, [
            (each.case_id,
             {"invoice_number": claim.invoice_number, "principal_cents": claim.principal_cents})
            for each in extended for claim in each.claims
        ])  # fmt: skip
