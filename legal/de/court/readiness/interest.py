"""Checks of interest as the courts accept it. Law: BGB §§ 288, 289, 497(4)."""

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import pairwise

from legal.de.court.eda.payment_order import Claim, PaymentOrderApplication, RunningInterest
from legal.de.court.readiness.catalogue import INTEREST_ARREARS
from legal.de.court.readiness.checking import Findings, error, require, warning

FIXED, OVER_BASE = "F", "B"
PER_YEAR = "1"
MOST_ROWS = 3
#: Margins over the base rate that the law knows; 8 for obligations until 2014-07-28.
_LEGAL_MARGINS = frozenset(map(Decimal, ("2.5", "5", "8", "9")))
#: A fixed rate above this needs an agreement; the highest statutory rate since 2002 is below it.
_UNUSUAL_FIXED_RATE = Decimal(13)


def check_running_interest(claim: Claim, path: str, as_of: datetime.date | None) -> Findings:
    """The rows of running interest of one claim."""
    if len(claim.interest) > MOST_ROWS:
        yield error("too_many_interest_rows", f"{path}interest", most=MOST_ROWS)
    for index, row in enumerate(claim.interest):
        yield from _check_row(row, claim, f"{path}interest[{index}].", as_of)
    if _overlap(claim.interest):
        yield error("interest_overlaps", f"{path}interest")
    if claim.no == INTEREST_ARREARS and claim.interest:
        yield warning("interest_on_interest", f"{path}interest")


def _check_row(
    row: RunningInterest, claim: Claim, path: str, as_of: datetime.date | None
) -> Findings:
    yield from require(row, path, "rate", "mark")
    yield from _check_rate(row.rate, row.mark, path)
    if row.per != PER_YEAR:
        yield error("interest_only_per_year", f"{path}per", found=row.per)
    if row.first_day and row.last_day and row.last_day < row.first_day:
        yield error("period_reversed", f"{path}to")
    if as_of and row.first_day and row.first_day > as_of:
        yield error("day_in_future", f"{path}from")
    if row.first_day and claim.first_day and row.first_day < claim.first_day:
        yield warning("interest_before_claim", f"{path}from")
    base, amount = row.base_amount, claim.amount
    if base is not None and amount is not None and not 0 < base <= amount:
        yield error("interest_base_wrong", f"{path}base_amount")


def _check_rate(rate: Decimal | None, mark: str, path: str) -> Findings:
    if mark and mark not in {FIXED, OVER_BASE}:
        yield error("interest_mark_unknown", f"{path}mark", found=mark)
    if rate is None:
        return
    if rate <= 0:
        yield error("amount_not_positive", f"{path}rate")
    unusual = mark == FIXED and rate > _UNUSUAL_FIXED_RATE
    if unusual or (mark == OVER_BASE and rate not in _LEGAL_MARGINS):
        yield warning("rate_unusual", f"{path}rate", found=f"{rate.normalize():f}")


def _overlap(rows: Sequence[RunningInterest]) -> bool:
    """Whether two rows cover the same day on the same amount; no first day is service."""
    if len(rows) < 2:  # noqa: PLR2004 - one row cannot overlap.
        return False
    from_service = sum(row.first_day is None for row in rows)
    dated = sorted((row for row in rows if row.first_day), key=_first_day)
    if from_service > 1 or (from_service and any(row.last_day is None for row in dated)):
        return True
    return any(_runs_into(a, b) for a, b in pairwise(dated))


def _first_day(row: RunningInterest) -> datetime.date:
    return row.first_day or datetime.date.max


def _runs_into(earlier: RunningInterest, later: RunningInterest) -> bool:
    return earlier.last_day is None or earlier.last_day >= _first_day(later)


def check_computed_interest(
    application: PaymentOrderApplication, as_of: datetime.date | None
) -> Findings:
    """Interest computed in advance: a closed period, not claimed twice."""
    computed = application.computed_interest
    if computed is None:
        return
    yield from require(computed, "computed_interest.", "first_day", "last_day", "amount")
    if computed.amount is not None and computed.amount <= 0:
        yield error("amount_not_positive", "computed_interest.amount")
    first, last = computed.first_day, computed.last_day
    if first is None or last is None:
        return
    if last < first:
        yield error("period_reversed", "computed_interest.to")
    if as_of and last > as_of:
        yield error("day_in_future", "computed_interest.to")
    if _any_row_covers(application.claims, first, last):
        yield warning("interest_computed_and_running", "computed_interest")


def _any_row_covers(claims: Iterable[Claim], first: datetime.date, last: datetime.date) -> bool:
    return any(
        row.first_day is not None
        and row.first_day <= last
        and (row.last_day is None or row.last_day >= first)
        for claim in claims
        for row in claim.interest
    )
