"""The claim account going forward: what will be open on a later day if nothing but these payments
comes. Pure.

Computed span by span with the ledger's own interest and allocation, so that the same payments,
booked on their days, leave to the cent what was foretold.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from cases.ledger.accrual import ONE_DAY, accrue, rate_on
from cases.ledger.allocation import CaseAllocation, allocate_by_law
from cases.ledger.statement import (
    ClaimBalance,
    ClaimTerms,
    Convention,
    CostsBalance,
    Posting,
    Statement,
    compute_statement,
)
from legal.allocation import Component
from legal.interest import InterestRule

_ZERO = timedelta(0)


@dataclass(frozen=True, slots=True)
class Account:
    """A claim account as it stands today, and how its house computes it."""

    terms: Sequence[ClaimTerms]
    postings: Sequence[Posting]
    convention: Convention
    today: date
    known_at: datetime

    def statement(self) -> Statement:
        """What is owed today."""
        return compute_statement(
            self.terms, self.postings, self.today, self.known_at, self.convention
        )


@dataclass(slots=True)
class _Balance:
    """A balance that bears interest: its open span, and what ran on it before."""

    rule: InterestRule | None
    cents: int
    begin: date | None  # First day of the open span; None: nothing ever runs.
    settled_cents: int  # Interest of closed spans and arrears, less what was paid on it.

    def interest_cents(self, last_day: date, convention: Convention) -> int:
        """Interest that is open at the end of a day."""
        return self.settled_cents + self._running(last_day, convention)

    def pay(self, cents: int, day: date, convention: Convention) -> None:
        """Take something off the balance; its interest goes on with what is left."""
        if self.begin is not None:
            effective = day + (ONE_DAY if convention.payment_day_bears_interest else _ZERO)
            self.settled_cents += self._running(effective - ONE_DAY, convention)
            self.begin = max(self.begin, effective)
        self.cents -= cents

    def _running(self, last_day: date, convention: Convention) -> int:
        if self.begin is None or self.rule is None or self.cents <= 0 or last_day < self.begin:
            return 0
        law, rates = convention.law, convention.rates
        ran = law.default_interest(self.cents, self.begin, last_day, self.rule, rates)
        return ran.interest_cents


@dataclass(slots=True)
class Course:
    """The account on its way through days and payments. Copies go their own ways."""

    account: Account
    claims: list[tuple[ClaimTerms, _Balance]]
    bearing: _Balance  # Titled costs.
    plain_costs_cents: int

    def copy(self) -> "Course":
        """The same account, to try something else with."""
        claims = [(terms, replace(balance)) for terms, balance in self.claims]
        return replace(self, claims=claims, bearing=replace(self.bearing))

    def owed_on(self, day: date) -> Statement:
        """What is open on a day, before what is paid on it."""
        convention = self.account.convention
        return Statement(
            as_of=day,
            known_at=self.account.known_at,
            claims=tuple(self._claim(terms, balance, day) for terms, balance in self.claims),
            rows=(),
            costs=CostsBalance(
                owed_cents=self.plain_costs_cents + self.bearing.cents,
                paid_cents=0,
                bearing_open_cents=self.bearing.cents,
                interest_accrued_cents=self.bearing.interest_cents(day, convention),
            ),
            all_interest_first=convention.all_interest_first,
            law=convention.law,
        )

    def pay(self, owed: Statement, cents: int) -> CaseAllocation:
        """Spread a payment of the day that a statement was computed for."""
        spread = allocate_by_law(owed, cents, owed.as_of)
        by_claim = {terms.claim_id: balance for terms, balance in self.claims}
        for share in spread.shares:
            balance = by_claim[share.claim_id] if share.claim_id is not None else self.bearing
            if share.component is Component.INTEREST:
                balance.settled_cents -= share.cents
            elif share.claim_id is None and not share.bears_interest:
                self.plain_costs_cents -= share.cents
            else:
                balance.pay(share.cents, owed.as_of, self.account.convention)
        return spread

    def _claim(self, terms: ClaimTerms, balance: _Balance, day: date) -> ClaimBalance:
        convention = self.account.convention
        return ClaimBalance(
            terms=terms,
            principal_cents=balance.cents,
            principal_open_cents=balance.cents,
            interest_accrued_cents=balance.interest_cents(day, convention),
            interest_paid_cents=0,
            per_day_cents=Decimal(0),  # Nobody who spreads a payment asks for it.
            periods=(),
            bases_cents=(),
            notes=(),
            rate_percent=rate_on(terms.interest_first_day, terms.rule, day, convention),
        )


def course_of(account: Account) -> Course:
    """The account as it goes on from today.

    Raises:
        LawError: the law's tables do not answer for a claim.
    """
    owed = account.statement()
    own: dict[int | None, list[Posting]] = {}
    for posting in account.postings:
        if posting.value_on <= account.today and posting.posted_at <= account.known_at:
            own.setdefault(posting.claim_id, []).append(posting)
    claims = [
        (
            claim.terms,
            _balance(
                [
                    p
                    for p in own.get(claim.terms.claim_id, ())
                    if p.component is Component.PRINCIPAL
                ],
                claim.terms.interest_first_day,
                claim.terms.rule,
                claim.interest_open_cents,
                account,
            ),
        )
        for claim in owed.claims
    ]
    titled = [p for p in own.get(None, ()) if p.component is Component.COSTS and p.bears_interest]
    bearing = _balance(
        titled,
        min((p.value_on for p in titled), default=None),
        account.convention.law.costs_rule,
        owed.costs.interest_open_cents,
        account,
    )
    plain = owed.costs.open_cents - bearing.cents
    return Course(account, claims, bearing, plain)


def _principal(postings: Sequence[Posting]) -> list[Posting]:
    return [posting for posting in postings if posting.component is Component.PRINCIPAL]


def _balance(
    postings: Sequence[Posting],
    first_day: date | None,
    rule: InterestRule | None,
    interest_open_cents: int,
    account: Account,
) -> _Balance:
    """A balance with its open span: none is cut, and rounded, where the ledger's is not."""
    cents = sum(posting.signed_cents for posting in postings)
    if first_day is None or rule is None:
        return _Balance(rule, cents, None, interest_open_cents)
    spans = accrue(postings, first_day, rule, account.today, account.convention)
    tomorrow = account.today + ONE_DAY
    if spans:
        base, ran = spans[-1]
        if base == cents and ran.periods and ran.periods[-1].last_day == account.today:
            begin = ran.periods[0].first_day
            return _Balance(rule, cents, begin, interest_open_cents - ran.interest_cents)
    return _Balance(rule, cents, max(first_day, tomorrow), interest_open_cents)
