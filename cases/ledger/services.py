"""Bookings on the claim account: principal, arrears, payments, corrections."""

from collections.abc import Sequence
from datetime import date

from cases.claims import timeline
from cases.claims.models import Case, Claim
from cases.claims.queries import list_claims
from cases.core import clock
from cases.ledger.allocation import CaseAllocation, Share, allocate_by_law
from cases.ledger.errors import NotACorrection
from cases.ledger.models import Account, Direction, EntryKind, Journal
from cases.ledger.posting import ClaimEntry, Line, post
from cases.ledger.queries import list_postings, statement
from cases.ledger.statement import SETTLING, Statement
from legal.allocation import Component

__all__ = [
    "CaseAllocation", "Share", "allocate_by_law", "open_shares", "owed_on", "owed_principal",
    "post_correction", "post_direct_payment", "post_interest_arrears", "post_payment",
    "post_principal",
]  # fmt: skip

#: Kinds that take something off what is owed without money.
CORRECTIONS = frozenset(
    {
        EntryKind.CREDIT_NOTE,
        EntryKind.WAIVER,
        EntryKind.PAID_IN_TIME,
        EntryKind.SETTLEMENT,
        EntryKind.WRITE_OFF,
    }
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


def post_interest_arrears(
    case: Case, claim: Claim, cents: int, value_on: date, words: str
) -> Journal:
    """Book interest that was computed before us or titled; what runs is never booked."""
    entry = ClaimEntry(
        Direction.DEBIT, Component.INTEREST, EntryKind.INTEREST_ARREARS, cents, claim.id,
        words=words,
    )  # fmt: skip
    return post(
        "interest_arrears", case=case, value_on=value_on, currency=case.currency, entries=[entry]
    )


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
    journal = post(
        "payment",
        case=case,
        value_on=value_on,
        booked_on=booked_on,
        currency=case.currency,
        reference=reference,
        lines=payment_lines(case, allocation, amount_cents, source),
        entries=payment_credits(allocation),
    )
    _note_departure(case, allocation, amount_cents, journal)
    return journal


def payment_lines(
    case: Case, allocation: CaseAllocation, amount_cents: int, source: Account
) -> list[Line]:
    """Where the money of a payment goes: to the creditor, and a surplus to the debtor."""
    credited = amount_cents - allocation.surplus_cents
    lines = (
        Line(source, amount_cents, case_id=case.id),
        Line(Account.CREDITOR_PAYABLES, -credited, case.creditor_id, case.id),
        Line(Account.REFUNDS_DUE, -allocation.surplus_cents, case_id=case.id),
    )
    return [line for line in lines if line.amount_cents]


def payment_credits(
    allocation: CaseAllocation, kind: EntryKind = EntryKind.PAYMENT
) -> list[ClaimEntry]:
    """What a payment extinguishes on the claim account."""
    return _credits(allocation.shares, kind)


def post_direct_payment(
    case: Case,
    allocation: CaseAllocation,
    *,
    amount_cents: int,
    value_on: date,
    reference: str | None = None,
) -> Journal:
    """Book a payment that the debtor made to the creditor: it never touches the trust account.

    A surplus is the creditor's to give back, so it is not booked here.
    """
    journal = post(
        "direct_payment",
        case=case,
        value_on=value_on,
        currency=case.currency,
        reference=reference,
        entries=_credits(allocation.shares, EntryKind.DIRECT_PAYMENT),
    )
    _note_departure(case, allocation, amount_cents, journal)
    return journal


def post_correction(
    case: Case,
    kind: EntryKind,
    shares: Sequence[Share],
    value_on: date,
    words: str | None = None,
    reference: str | None = None,
) -> Journal:
    """Take something off what is owed: credit note, waiver, settlement or write-off.

    Raises:
        NotACorrection: the kind is none of these.
    """
    if kind not in CORRECTIONS:
        raise NotACorrection
    return post(
        kind.value,
        case=case,
        value_on=value_on,
        currency=case.currency,
        reference=reference,
        entries=_credits(shares, kind, words),
    )


def open_shares(owed: Statement) -> list[Share]:
    """Everything that is open, part by part."""
    costs = owed.costs
    bearing = min(max(costs.bearing_open_cents, 0), max(costs.open_cents, 0))
    found = [
        Share(None, Component.COSTS, bearing, bears_interest=True),
        Share(None, Component.COSTS, costs.open_cents - bearing),
        Share(None, Component.INTEREST, costs.interest_open_cents),
    ]
    for claim in owed.claims:
        claim_id = claim.terms.claim_id
        found.append(Share(claim_id, Component.INTEREST, claim.interest_open_cents))
        found.append(Share(claim_id, Component.PRINCIPAL, claim.principal_open_cents))
    return [share for share in found if share.cents > 0]


def owed_on(case: Case, day: date) -> Statement:
    """What is owed on a day by what is known now."""
    return statement(case.id, day, clock.now())


def owed_principal(case: Case) -> dict[int, int]:
    """What each claim's principal comes to, payments left out: those are allocated anew."""
    postings = list_postings(case.id)
    kinds = {posting.id: posting.kind for posting in postings}
    owed = dict.fromkeys((claim.id for claim in list_claims(case.id)), 0)
    for posting in postings:
        kind = kinds[posting.reverses_id] if posting.reverses_id else posting.kind
        counts = posting.component is Component.PRINCIPAL and kind not in SETTLING
        if counts and posting.claim_id is not None:
            owed[posting.claim_id] += posting.signed_cents
    return owed


def _credits(
    shares: Sequence[Share], kind: EntryKind, words: str | None = None
) -> list[ClaimEntry]:
    return [
        ClaimEntry(
            Direction.CREDIT,
            share.component,
            kind,
            share.cents,
            share.claim_id,
            bears_interest=share.bears_interest,
            words=words,
        )
        for share in shares
    ]


def _note_departure(
    case: Case, allocation: CaseAllocation, amount_cents: int, journal: Journal
) -> None:
    """A payment kept in the debtor's own order is accepted so; somebody must look at it in time."""
    if allocation.departs:
        timeline.record(
            case, "payment.designated", amount_cents=amount_cents, journal_id=journal.id
        )
