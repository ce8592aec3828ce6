"""Cases opened and extended in sets: the set-based form of `open_case` and `add_claim`.

A differential test proves that both forms write the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import func, select, text

from cases.claims import timeline
from cases.claims.law import choose_jurisdiction
from cases.claims.models import Case, CaseDebtor, Claim, HoldReason, Phase
from cases.claims.queries import lock_cases
from cases.claims.references import make_case_number
from cases.claims.services import TAKES_CLAIMS, ClaimDetails, build_claim, debtor_place
from cases.core import audit, clock
from cases.core.copying import copy_rows, reserve_ids, reserve_numbers
from cases.core.database import db, new_public_id
from cases.core.many import one_of
from cases.formats.invoice_fold import fold_invoice
from cases.parties.queries import get_creditor
from cases.parties.services import DebtorDetails

#: What a creditor says of a claim has the names of its columns.
_DETAILS = tuple(field.name for field in fields(ClaimDetails))
_COLUMNS = (
    "id", "public_id", "case_id", "creditor_id", "position", "default_on", "default_basis",
    "invoice_folded", *_DETAILS,
)  # fmt: skip


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
class NewClaim:
    """A claim that was written in a set."""

    id: int
    case_id: int
    creditor_id: int
    position: int
    details: ClaimDetails
    default_on: date | None
    default_basis: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """Where an order went: its case, and its claims."""

    order: Order
    case_id: int
    claims: Sequence[NewClaim]


def take_orders(creditor_id: int, orders: Sequence[Order]) -> list[Taken]:
    """Open a case for each order, or add its claims to the open case. The ledger posts next."""
    open_cases = _find_open_cases(creditor_id, orders)
    new = [order for order in orders if _place_of(order) not in open_cases]
    created = _create_cases(creditor_id, new)
    claim_ids = iter(reserve_ids("claims", sum(len(order.claims) for order in orders)))
    taken = [
        _build(creditor_id, order, case_id, 0, jurisdiction, claim_ids)
        for order, (case_id, jurisdiction) in zip(new, created, strict=True)
    ]
    extended = [
        _build(creditor_id, order, *open_cases[_place_of(order)], claim_ids)
        for order in orders
        if _place_of(order) in open_cases
    ]
    copy_rows("claims", _COLUMNS, _claim_rows([*taken, *extended]))
    _tell(creditor_id, taken, extended)
    _hold_disputed(creditor_id, [*taken, *extended])
    return [*taken, *extended]


def _place_of(order: Order) -> tuple[int, str]:
    return order.debtor_id, order.claims[0].currency


def _find_open_cases(
    creditor_id: int, orders: Sequence[Order]
) -> dict[tuple[int, str], tuple[int, int, str]]:
    """(debtor, currency) -> (case, last position, law), for cases that take further claims."""
    debtor_ids = {order.debtor_id for order in orders}
    # Three plain look-ups by key: the planner has no statistics of rows written a moment ago.
    candidates = list(
        db.session.scalars(
            select(CaseDebtor.case_id).where(
                one_of(CaseDebtor.debtor_id, debtor_ids), CaseDebtor.creditor_id == creditor_id
            )
        )
    )
    if not candidates:
        return {}
    alone = (
        select(CaseDebtor.case_id, func.min(CaseDebtor.debtor_id))
        .where(one_of(CaseDebtor.case_id, candidates))
        .group_by(CaseDebtor.case_id)
        .having(func.count() == 1)
    )
    debtor_of = {row[0]: row[1] for row in db.session.execute(alone)}
    # Locked in the order of their ids before they are looked at: what somebody sends to court or
    # closes at this moment takes no further claims, and positions are counted once.
    taking = [case.id for case in lock_cases(debtor_of).values() if case.phase in TAKES_CLAIMS]
    query = (
        select(Case.id, Case.currency, func.max(Claim.position), Case.jurisdiction)
        .join(Claim, Claim.case_id == Case.id)
        .where(one_of(Case.id, taking))
        .group_by(Case.id)
        .order_by(Case.id.desc())  # The oldest one wins, as singly.
    )
    return {
        (debtor_of[case_id], currency): (case_id, position, jurisdiction)
        for case_id, currency, position, jurisdiction in db.session.execute(query)
    }


def _create_cases(creditor_id: int, orders: Sequence[Order]) -> list[tuple[int, str]]:
    """The new cases with the law of each."""
    today = clock.today()
    seat = get_creditor(creditor_id).country
    laws = [choose_jurisdiction(seat, order.submitted.country) for order in orders]
    ids = reserve_ids("cases", len(orders))
    serials = reserve_numbers("case_serial", len(orders))
    copy_rows(
        "cases",
        ("id", "public_id", "number", "creditor_id", "jurisdiction", "currency", "phase",
         "opened_on", "ordered_on", "booked_open_cents"),
        (
            (case_id, new_public_id(), make_case_number(serial, today.year), creditor_id, law,
             order.claims[0].currency, Phase.NEW.value, today, today, order.principal_cents)
            for case_id, serial, law, order in zip(ids, serials, laws, orders, strict=True)
        ),
    )  # fmt: skip
    copy_rows(
        "case_debtors",
        ("case_id", "debtor_id", "creditor_id", "position", "submitted_name", "submitted_address",
         "customer_number"),
        (
            (case_id, order.debtor_id, creditor_id, 1, order.submitted.full_name,
             order.submitted.address_line, order.submitted.customer_number)
            for case_id, order in zip(ids, orders, strict=True)
        ),
    )  # fmt: skip
    return list(zip(ids, laws, strict=True))


def _build(
    creditor_id: int,
    order: Order,
    case_id: int,
    last_position: int,
    jurisdiction: str,
    ids: Iterator[int],
) -> Taken:
    place = _known_place(order.submitted.postcode, order.submitted.country)
    claims = [
        NewClaim(
            next(ids),
            case_id,
            creditor_id,
            position,
            details,
            *_default(details, jurisdiction, place),
        )
        for position, details in enumerate(order.claims, start=last_position + 1)
    ]
    return Taken(order, case_id, claims)


_known_place = lru_cache(maxsize=10_000)(debtor_place)


def _default(
    details: ClaimDetails, jurisdiction: str, place: str
) -> tuple[date | None, str | None]:
    """First day and ground of default; claims with the same facts share the computation."""
    same = replace(details, invoice_number="", principal_cents=1, description=None)
    return _computed_default(same, jurisdiction, place)


@lru_cache(maxsize=10_000)
def _computed_default(
    details: ClaimDetails, jurisdiction: str, place: str
) -> tuple[date | None, str | None]:
    case = Case(id=0, creditor_id=0, jurisdiction=jurisdiction)
    claim = build_claim(case, 1, details, place)
    return claim.default_on, claim.default_basis


def _claim_rows(taken: Sequence[Taken]) -> Iterator[tuple[Any, ...]]:
    for each in taken:
        for claim in each.claims:
            values = attrgetter(*_DETAILS)(claim.details)
            yield (
                claim.id, new_public_id(), claim.case_id, claim.creditor_id, claim.position,
                claim.default_on, claim.default_basis,
                fold_invoice(claim.details.invoice_number), *map(_plain, values),
            )  # fmt: skip


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
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
             {"invoice_number": claim.details.invoice_number,
              "principal_cents": claim.details.principal_cents})
            for each in extended for claim in each.claims
        ])  # fmt: skip


def _hold_disputed(creditor_id: int, taken: Sequence[Taken]) -> None:
    """What its creditor declares as disputed stands still until the objection is verified."""
    disputed = [claim for each in taken for claim in each.claims if claim.details.known_dispute]
    if not disputed:
        return
    now, actor_id, reason = clock.now(), audit.actor_id(), HoldReason.OBJECTION.value
    ids = reserve_ids("holds", len(disputed))
    columns = (
        "id",
        "public_id",
        "case_id",
        "creditor_id",
        "claim_id",
        "reason",
        "note",
        "set_at",
        "set_by",
    )
    copy_rows("holds", columns, (
        (hold_id, new_public_id(), claim.case_id, creditor_id, claim.id, reason,
         (claim.details.known_dispute or "").strip(), now, actor_id)
        for hold_id, claim in zip(ids, disputed, strict=True)
    ))  # fmt: skip
    timeline.record_many("hold.set", creditor_id, [
        (claim.case_id, {"reason_code": reason, "hold_id": hold_id, "until_on": None})
        for hold_id, claim in zip(ids, disputed, strict=True)
    ])  # fmt: skip
