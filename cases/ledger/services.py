"""Bookings on the claim account: principal, costs, payments, corrections."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cases.claims.models import Case, Claim
from cases.core import clock
from cases.ledger.models import Account, Direction, EntryKind, Journal
from cases.ledger.posting import ClaimEntry, Line, post
from cases.ledger.queries import statement
from cases.ledger.statement import ClaimBalance, Statement
from legal.allocation import Component, allocate
from legal.de.allocation import (
    CONSUMER_LOAN_ORDER,
    GENERAL_ORDER,
    OpenClaim,
    ranks_of_claims,
)


def post_principal(case: Case, claims: Sequence[Claim]) -> None:
    """Book the principal of claims that came in; it counts from the day of the invoice."""
    for claim in claims:
        post(
            "principal",
            case=case,
            value_on=claim.invoiced_on,
            currency=claim.currency,
            reference=claim.invoice_number,
            entries=[
                ClaimEntry(
                    Direction.DEBIT,
                    Component.PRINCIPAL,
                    EntryKind.PRINCIPAL,
                    claim.principal_cents,
                    claim.id,
                )
            ],
        )


@dataclass(frozen=True, slots=True)
class Share:
    """The part of a payment that goes to one component of one claim, or to costs of the case."""

    claim_id: int | None
    component: Component
    cents: int


@dataclass(frozen=True, slots=True)
class CaseAllocation:
    """How a payment is spread over a case; the surplus belongs to the debtor."""

    shares: tuple[Share, ...]
    surplus_cents: int

    def total(self, component: Component) -> int:
        """What goes to one component, all claims together."""
        return sum(share.cents for share in self.shares if share.component is component)


def allocate_by_law(
    owed: Statement, payment_cents: int, paid_on: date, designation: Sequence[int] = ()
) -> CaseAllocation:
    """Spread a payment over a case: costs first, then the claims in the order of § 366(2) BGB.

    In each claim interest goes before principal (§ 367(1) BGB); with a consumer loan principal
    goes before interest (§ 497(3) BGB). `designation` names claims that the debtor wants paid.
    """
    costs = min(payment_cents, max(owed.costs_open_cents, 0))
    remaining = payment_cents - costs
    shares = [Share(None, Component.COSTS, costs)] if costs else []
    for claim in _in_legal_order(owed.claims, paid_on, designation):
        if remaining == 0:
            break
        open_cents = {
            Component.COSTS: 0,
            Component.INTEREST: max(claim.interest_open_cents, 0),
            Component.PRINCIPAL: max(claim.principal_open_cents, 0),
        }
        order = CONSUMER_LOAN_ORDER if claim.terms.is_consumer_loan else GENERAL_ORDER
        spread = allocate(remaining, open_cents, order)
        shares += [
            Share(claim.terms.claim_id, component, cents)
            for component, cents in spread.paid_cents.items()
            if cents
        ]
        remaining = spread.surplus_cents
    return CaseAllocation(tuple(shares), remaining)


def _in_legal_order(
    claims: Sequence[ClaimBalance], paid_on: date, designation: Sequence[int]
) -> list[ClaimBalance]:
    """Claims in the order in which a payment reaches them; equals by age of the invoice."""
    open_claims = {str(c.terms.claim_id): c for c in claims if c.open_cents > 0}
    ranks = ranks_of_claims(
        [
            OpenClaim(
                id=claim_id,
                open_cents=claim.open_cents,
                due_on=claim.terms.due_on or claim.terms.invoiced_on,
                secured=False,
                rate_percent=claim.periods[-1].rate_percent if claim.periods else 0,  # type: ignore[arg-type]
            )
            for claim_id, claim in open_claims.items()
        ],
        paid_on,
        [str(claim_id) for claim_id in designation if str(claim_id) in open_claims],
    )
    return [
        open_claims[claim_id]
        for rank in ranks
        for claim_id in sorted(rank, key=lambda i: (open_claims[i].terms.invoiced_on, i))
    ]


def post_payment(
    case: Case,
    allocation: CaseAllocation,
    *,
    amount_cents: int,
    value_on: date,
    source: Account = Account.TRUST_BANK,
    reference: str | None = None,
    booked_on: date | None = None,
) -> Journal:
    """Book a payment on the trust account and on the claim account.

    `source` is where the money lies so far: the trust bank account, or suspense.
    """
    credited = amount_cents - allocation.surplus_cents
    lines = [
        Line(source, amount_cents, case_id=case.id),
        Line(Account.CREDITOR_PAYABLES, -credited, case.creditor_id, case.id),
        Line(Account.REFUNDS_DUE, -allocation.surplus_cents, case_id=case.id),
    ]
    return post(
        "payment",
        case=case,
        value_on=value_on,
        booked_on=booked_on,
        currency=case.currency,
        reference=reference,
        lines=[line for line in lines if line.amount_cents],
        entries=[
            ClaimEntry(
                Direction.CREDIT, share.component, EntryKind.PAYMENT, share.cents, share.claim_id
            )
            for share in allocation.shares
        ],
    )


def owed_on(case: Case, day: date) -> Statement:
    """What is owed on a day by what is known now."""
    return statement(case.id, day, clock.now())
