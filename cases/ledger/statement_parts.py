"""What a statement is made of: the entries it reads, and the balances and rows it answers with."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from cases.claims.law import law_of_jurisdiction
from cases.ledger.models import Direction, EntryKind
from legal.allocation import Component
from legal.base_rates import BaseRates
from legal.errors import LawError
from legal.findings import Finding
from legal.interest import InterestPeriod, InterestRule
from legal.jurisdiction import Jurisdiction

#: Kinds that pay a debt; everything else makes, corrects or forgives one.
SETTLING = frozenset({EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT})

#: Kinds that end a debt by what happened on a day: it was still owed on that day itself. A credit
#: note says instead that the debt never was, so it counts from its own day.
ENDING = SETTLING | {
    EntryKind.WAIVER,
    EntryKind.PAID_IN_TIME,
    EntryKind.SETTLEMENT,
    EntryKind.WRITE_OFF,
}


@dataclass(frozen=True, slots=True)
class ClaimTerms:
    """What the statement has to know about a claim besides its entries."""

    claim_id: int
    invoice_number: str
    invoiced_on: date
    due_on: date | None
    interest_first_day: date | None  # None: no default, no interest.
    rule: InterestRule
    is_consumer_loan: bool = False


@dataclass(frozen=True, slots=True)
class Posting:
    """An entry of the claim account, as the statement reads it."""

    id: int
    claim_id: int | None
    journal_id: int
    value_on: date
    booked_on: date
    posted_at: datetime
    direction: Direction
    component: Component
    kind: EntryKind
    amount_cents: int
    bears_interest: bool = False
    words: str | None = None
    reverses_id: int | None = None

    @property
    def signed_cents(self) -> int:
        """What the entry adds to what is owed."""
        return self.amount_cents if self.direction is Direction.DEBIT else -self.amount_cents


@dataclass(frozen=True, slots=True)
class Convention:
    """Our settings where practice knows two ways; see docs/ledger.md.

    `all_interest_first` concerns the spreading of payments; `rates` is the table of base rates,
    `None` for the one that comes with the law.
    """

    law: Jurisdiction = field(default_factory=law_of_jurisdiction)

    payment_day_bears_interest: bool = True
    all_interest_first: bool = False
    rates: BaseRates | None = None


@dataclass(frozen=True, slots=True)
class ClaimBalance:
    """One claim on the key date."""

    terms: ClaimTerms
    principal_cents: int  # As handed in and corrected, before payments.
    principal_open_cents: int
    interest_accrued_cents: int
    interest_paid_cents: int
    per_day_cents: Decimal  # Interest of each further day.
    periods: tuple[InterestPeriod, ...]
    bases_cents: tuple[int, ...]  # The principal that each period's interest runs on.
    notes: tuple[Finding, ...]
    rate_percent: Decimal = Decimal(0)  # In force on the key date; zero before default.
    failure: LawError | None = None  # Why the interest could not be computed.

    @property
    def interest_open_cents(self) -> int:
        """Interest not paid yet."""
        return self.interest_accrued_cents - self.interest_paid_cents

    @property
    def open_cents(self) -> int:
        """Principal and interest not paid yet."""
        return self.principal_open_cents + self.interest_open_cents


@dataclass(frozen=True, slots=True)
class CostsBalance:
    """The costs of the case on the key date, and the interest on those that are titled."""

    owed_cents: int
    paid_cents: int
    bearing_open_cents: int  # Open costs that bear interest.
    interest_accrued_cents: int = 0
    interest_paid_cents: int = 0
    per_day_cents: Decimal = Decimal(0)
    periods: tuple[InterestPeriod, ...] = ()
    bases_cents: tuple[int, ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def open_cents(self) -> int:
        """Costs not paid yet, without the interest on them."""
        return self.owed_cents - self.paid_cents

    @property
    def interest_open_cents(self) -> int:
        """Interest on costs not paid yet."""
        return self.interest_accrued_cents - self.interest_paid_cents


@dataclass(frozen=True, slots=True)
class RowShare:
    """What one payment did for a component of one claim, or for the costs of the case."""

    claim_id: int | None
    component: Component
    cents: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the statement. `balance_cents` is what is owed after it."""

    day: date
    kind: str  # An EntryKind, or "interest" for what has run since the row before.
    claim_id: int | None
    words: str | None
    costs_cents: int = 0
    costs_bearing_cents: int = 0
    interest_cents: int = 0
    principal_cents: int = 0
    payment_cents: int = 0
    balance_cents: int = 0
    period: InterestPeriod | None = None
    base_cents: int = 0  # What the period's interest runs on.
    journal_id: int | None = None  # Of a payment.
    spread: tuple[RowShare, ...] = ()  # Of a payment: what it went to.


@dataclass(frozen=True, slots=True)
class Statement:
    """The claim account computed to a day."""

    as_of: date
    known_at: datetime
    claims: tuple[ClaimBalance, ...]
    rows: tuple[Row, ...]
    costs: CostsBalance
    all_interest_first: bool = False  # The house's setting, for whoever spreads a payment.
    law: Jurisdiction = field(default_factory=law_of_jurisdiction)  # Likewise.

    @property
    def costs_owed_cents(self) -> int:
        """Costs booked, corrections taken off."""
        return self.costs.owed_cents

    @property
    def costs_paid_cents(self) -> int:
        """What was paid on costs."""
        return self.costs.paid_cents

    @property
    def costs_open_cents(self) -> int:
        """Costs not paid yet."""
        return self.costs.open_cents

    @property
    def principal_open_cents(self) -> int:
        """Principal of all claims not paid yet."""
        return sum(claim.principal_open_cents for claim in self.claims)

    @property
    def interest_open_cents(self) -> int:
        """Interest of all claims and of titled costs not paid yet."""
        return self.costs.interest_open_cents + sum(c.interest_open_cents for c in self.claims)

    @property
    def open_cents(self) -> int:
        """All that is owed on the key date."""
        return self.costs_open_cents + self.principal_open_cents + self.interest_open_cents

    @property
    def owed_cents(self) -> int:
        """All that was ever owed by the key date, before payments."""
        return self.open_cents + self.paid_cents

    @property
    def paid_cents(self) -> int:
        """All that was paid by the key date."""
        principal = sum(c.principal_cents - c.principal_open_cents for c in self.claims)
        interest = sum(claim.interest_paid_cents for claim in self.claims)
        costs = self.costs.paid_cents + self.costs.interest_paid_cents
        return principal + interest + costs

    @property
    def per_day_cents(self) -> Decimal:
        """Interest of each further day, all claims and titled costs."""
        per_claim = (claim.per_day_cents for claim in self.claims)
        return sum(per_claim, Decimal(0)) + self.costs.per_day_cents

    @property
    def failures(self) -> tuple[ClaimBalance, ...]:
        """Claims whose interest is missing here because the law's tables do not answer."""
        return tuple(claim for claim in self.claims if claim.failure is not None)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What a reader should know about the rates, each once."""
        found = [note for claim in self.claims for note in claim.notes]
        found += self.costs.notes
        return tuple(note for i, note in enumerate(found) if note not in found[:i])
