"""The statement (Forderungsaufstellung): what is owed on a day, as it was known at a moment.

A pure function of the entries. Interest runs on the principal that is open, from the first day of
default to the key date, both counted; it is rounded once per interval between two changes of the
balance. The day of a payment still bears interest on the old balance unless the convention says
otherwise.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from cases.ledger.models import Direction, EntryKind
from legal.allocation import Component
from legal.de.interest import Interest, InterestPeriod, default_interest
from legal.de.interest_rules import InterestRule
from legal.findings import Finding

ONE_DAY = timedelta(days=1)


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
    """Our settings where practice knows two ways."""

    payment_day_bears_interest: bool = True


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

    @property
    def interest_open_cents(self) -> int:
        """Interest not paid yet."""
        return self.interest_accrued_cents - self.interest_paid_cents

    @property
    def open_cents(self) -> int:
        """Principal and interest not paid yet."""
        return self.principal_open_cents + self.interest_open_cents


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


@dataclass(frozen=True, slots=True)
class Statement:
    """The claim account computed to a day."""

    as_of: date
    known_at: datetime
    claims: tuple[ClaimBalance, ...]
    rows: tuple[Row, ...]
    costs_owed_cents: int
    costs_paid_cents: int

    @property
    def costs_open_cents(self) -> int:
        """Costs not paid yet."""
        return self.costs_owed_cents - self.costs_paid_cents

    @property
    def principal_open_cents(self) -> int:
        """Principal of all claims not paid yet."""
        return sum(claim.principal_open_cents for claim in self.claims)

    @property
    def interest_open_cents(self) -> int:
        """Interest of all claims not paid yet."""
        return sum(claim.interest_open_cents for claim in self.claims)

    @property
    def open_cents(self) -> int:
        """All that is owed on the key date."""
        return self.costs_open_cents + self.principal_open_cents + self.interest_open_cents

    @property
    def per_day_cents(self) -> Decimal:
        """Interest of each further day, all claims."""
        return sum((claim.per_day_cents for claim in self.claims), Decimal(0))

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What a reader should know about the rates, each once."""
        found = [note for claim in self.claims for note in claim.notes]
        return tuple(note for i, note in enumerate(found) if note not in found[:i])


def compute_statement(
    terms: Sequence[ClaimTerms],
    postings: Iterable[Posting],
    as_of: date,
    known_at: datetime,
    convention: Convention | None = None,
) -> Statement:
    """Compute the statement from what was known at a moment and counts by the key date."""
    convention = convention or Convention()
    known = sorted(
        (p for p in postings if p.value_on <= as_of and p.posted_at <= known_at),
        key=lambda posting: (posting.value_on, posting.id),
    )
    claims = [_claim_balance(claim, known, as_of, convention) for claim in terms]
    costs = [p for p in known if p.component is Component.COSTS]
    return Statement(
        as_of=as_of,
        known_at=known_at,
        claims=tuple(claims),
        rows=_rows(known, claims),
        costs_owed_cents=sum(p.signed_cents for p in costs if not _is_settling(p, known)),
        costs_paid_cents=-sum(p.signed_cents for p in costs if _is_settling(p, known)),
    )


#: Kinds that settle a debt; everything else makes or corrects one.
SETTLING = frozenset({EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT, EntryKind.SETTLEMENT})


def _is_settling(posting: Posting, known: Sequence[Posting]) -> bool:
    """Whether an entry belongs to the paid side; a reversal belongs where its original does."""
    if posting.reverses_id is None:
        return posting.kind in SETTLING
    return any(p.id == posting.reverses_id and p.kind in SETTLING for p in known)


def _claim_balance(
    terms: ClaimTerms, known: Sequence[Posting], as_of: date, convention: Convention
) -> ClaimBalance:
    own = [p for p in known if p.claim_id == terms.claim_id]
    principal = [p for p in own if p.component is Component.PRINCIPAL]
    arrears = [p for p in own if p.component is Component.INTEREST]
    segments = _interest(terms, principal, as_of, convention)
    accrued = sum(interest.interest_cents for _, interest in segments)
    return ClaimBalance(
        terms=terms,
        principal_cents=sum(p.signed_cents for p in principal if not _is_settling(p, known)),
        principal_open_cents=sum(p.signed_cents for p in principal),
        interest_accrued_cents=accrued
        + sum(p.signed_cents for p in arrears if not _is_settling(p, known)),
        interest_paid_cents=-sum(p.signed_cents for p in arrears if _is_settling(p, known)),
        per_day_cents=_per_day(principal, segments),
        periods=tuple(period for _, interest in segments for period in interest.periods),
        bases_cents=tuple(base for base, interest in segments for _ in interest.periods),
        notes=tuple(note for _, interest in segments[-1:] for note in interest.notes),
    )


def _interest(
    terms: ClaimTerms, principal: Sequence[Posting], as_of: date, convention: Convention
) -> list[tuple[int, Interest]]:
    """The open principal and its interest between each two changes of it."""
    if terms.interest_first_day is None:
        return []
    segments = []
    balance, begin = 0, terms.interest_first_day
    for effective, change in _changes(principal, convention):
        if begin < effective and balance > 0:
            end = min(effective - ONE_DAY, as_of)
            segments.append((balance, default_interest(balance, begin, end, terms.rule)))
        begin = max(begin, effective)
        balance += change
    if balance > 0:
        segments.append((balance, default_interest(balance, begin, as_of, terms.rule)))
    return segments


def _per_day(
    principal: Sequence[Posting], segments: Sequence[tuple[int, Interest]]
) -> Decimal:
    """Interest of each further day; none once the principal is paid."""
    if not segments or sum(posting.signed_cents for posting in principal) <= 0:
        return Decimal(0)
    return segments[-1][1].per_day_cents


def _changes(principal: Sequence[Posting], convention: Convention) -> list[tuple[date, int]]:
    """First day with the new balance, and the change; several on one day are one."""
    changes: dict[date, int] = {}
    by_id = {posting.id: posting for posting in principal}
    for posting in principal:
        origin = by_id.get(posting.reverses_id or 0, posting)
        reduces = origin.direction is Direction.CREDIT
        day = posting.value_on
        if reduces and convention.payment_day_bears_interest:
            day += ONE_DAY
        changes[day] = changes.get(day, 0) + posting.signed_cents
    return sorted((day, change) for day, change in changes.items() if change)


def _rows(known: Sequence[Posting], claims: Sequence[ClaimBalance]) -> tuple[Row, ...]:
    """Entries and interest periods in order of time; the parts of one payment are one row."""
    rows: dict[object, Row] = {}
    for posting in known:
        settles = _is_settling(posting, known)
        key: object = (posting.journal_id, posting.kind) if settles else posting.id
        old = rows.get(key) or Row(
            posting.value_on, posting.kind.value, None if settles else posting.claim_id,
            posting.words,
        )  # fmt: skip
        rows[key] = _add(old, posting, settles)
    for claim in claims:
        for period in claim.periods:
            if period.interest_cents:
                rows[claim.terms.claim_id, period] = Row(
                    period.last_day,
                    "interest",
                    claim.terms.claim_id,
                    None,
                    interest_cents=period.interest_cents,
                    period=period,
                )
    # Interest of a day stands before the payment of that day, which it was still owed on.
    ordered = sorted(rows.values(), key=lambda row: (row.day, _rank(row)))
    return tuple(_with_balances(ordered))


def _rank(row: Row) -> int:
    if row.payment_cents:
        return 2
    return 1 if row.kind == "interest" else 0


def _add(row: Row, posting: Posting, settles: bool) -> Row:
    cents = posting.signed_cents
    if settles:
        return replace(row, payment_cents=row.payment_cents - cents)
    if posting.component is Component.PRINCIPAL:
        return replace(row, principal_cents=cents)
    if posting.component is Component.INTEREST:
        return replace(row, interest_cents=cents)
    if posting.bears_interest:
        return replace(row, costs_bearing_cents=cents)
    return replace(row, costs_cents=cents)


def _with_balances(rows: Iterable[Row]) -> Iterable[Row]:
    balance = 0
    for row in rows:
        balance += (
            row.costs_cents + row.costs_bearing_cents + row.interest_cents + row.principal_cents
        ) - row.payment_cents
        yield replace(row, balance_cents=balance)
