"""Default interest (Verzugszinsen) as every country speaks of it: a rule, and its answer.

Which rate a rule means on a day, and how days are counted, is the law of the country.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from legal.errors import InputInvalid
from legal.findings import Finding


class RateKind(StrEnum):
    """Where the rate of a claim comes from."""

    CONSUMER = "consumer"  # A consumer is involved.
    BUSINESS = "business"  # No consumer, claim for remuneration (Entgeltforderung).
    BUSINESS_OTHER = "business_other"  # No consumer, but damages, penalty, unjust enrichment.
    MARGIN = "margin"  # Agreed points over the base rate.
    FIXED = "fixed"  # Agreed or statutory fixed rate.


@dataclass(frozen=True, slots=True)
class InterestRule:
    """What decides the rate of one claim.

    `arose_on` is the day the obligation arose; `performed_on` the day of the counter-performance
    when the obligation is a continuing one. Both matter only around the change of 2014.
    """

    kind: RateKind
    points: Decimal | None = None  # For MARGIN: points over base; for FIXED: the rate.
    arose_on: date | None = None
    performed_on: date | None = None

    def __post_init__(self) -> None:
        agreed = self.kind in {RateKind.MARGIN, RateKind.FIXED}
        if agreed != (self.points is not None):
            raise InputInvalid("Points belong to an agreed rate, and only to one.", field="points")
        if self.points is not None and (not self.points.is_finite() or self.points < 0):
            raise InputInvalid("An agreed rate cannot be negative.", field="points")


@dataclass(frozen=True, slots=True)
class InterestPeriod:
    """Days in a row with one rate and one length of year."""

    first_day: date
    last_day: date
    days: int
    rate_percent: Decimal
    interest_cents: int


@dataclass(frozen=True, slots=True)
class Interest:
    """Interest of a span of days; the periods add up to the total.

    `per_day_cents` is the amount of each further day after the last one, to a hundredth of a cent.
    """

    interest_cents: int
    per_day_cents: Decimal
    periods: tuple[InterestPeriod, ...]
    notes: tuple[Finding, ...]
