"""Base rates as this house knows them: those of the release, and newer ones an admin entered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from sqlalchemy import select

from cases.claims.law import HOME, law_of_jurisdiction
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Invalid
from cases.ledger.models import LawRate
from cases.worklist.house_tasks import finish_house_task
from legal.base_rates import BaseRate, BaseRates
from legal.errors import InputInvalid, InvariantBroken
from legal.jurisdiction import Jurisdiction

HALF_YEAR_MONTHS = (1, 7)
JUNE, JULY = 6, 7
#: Figures outside are taken for typing errors.
LOWEST_PERCENT, HIGHEST_PERCENT = Decimal(-5), Decimal(25)


class RateOfNoHalfYear(Invalid):
    """A base rate begins on 1 January or 1 July."""


class RateLeavesGap(Invalid):
    """The half-year before this one has no rate yet; enter that first."""


class RateImplausible(Invalid):
    """A base rate lies between -5 and 25 percent; please check the figure."""


class SourceMissing(Invalid):
    """Say where the rate was announced."""


def house_rates() -> BaseRates:
    """The base rates of this house's own law: ours, with the agency's own rows."""
    rates = rates_of(law_of_jurisdiction())
    if rates is None:
        raise InvariantBroken("the law of this house has base rates")
    return rates


def rates_of(law: Jurisdiction) -> BaseRates | None:
    """The table that interest is computed with under a law; None where it knows no base rate."""
    return rates_with_rows(law, _rows(law.code))


def rates_with_rows(law: Jurisdiction, rows: Iterable[LawRate]) -> BaseRates | None:
    """The same from the agency's own rows, which the caller has read in their order."""
    shipped = law.base_rates()
    return _merged(shipped, tuple(map(_as_rate, rows))) if shipped else None


@dataclass(frozen=True, slots=True)
class KnownRate:
    """One half-year, and whether this house entered it."""

    rate: BaseRate
    entered: LawRate | None


def list_rates(limit: int = 12) -> list[KnownRate]:
    """The known half-years, newest first."""
    entered = {row.valid_from: row for row in _rows()}
    newest = reversed(house_rates().rows)
    return [KnownRate(row, entered.get(row.valid_from)) for row in newest][:limit]


def count_missing() -> int | None:
    """How many half-years up to today have no rate yet; None when all is known."""
    known, today = house_rates().known_until, clock.today()
    if known >= today:
        return None
    return (today.year - known.year) * 2 + (today.month > JUNE) - (known.month > JUNE)


def enter_rate(valid_from: date, rate_percent: Decimal, source: str) -> LawRate:
    """Enter the base rate of a half-year with its source. Law: BGB § 247(2).

    Raises:
        RateOfNoHalfYear, RateImplausible, SourceMissing, RateLeavesGap.
    """
    if valid_from.day != 1 or valid_from.month not in HALF_YEAR_MONTHS:
        raise RateOfNoHalfYear
    if not LOWEST_PERCENT <= rate_percent <= HIGHEST_PERCENT:
        raise RateImplausible
    if not source.strip():
        raise SourceMissing
    row = LawRate(
        valid_from=valid_from,
        valid_to=end_of_half_year(valid_from),
        rate_percent=rate_percent,
        source=source.strip(),
        entered_at=clock.now(),
        entered_by=audit.actor_id(),
    )
    _require_no_gap(row)
    db.session.add(row)
    db.session.flush()
    audit.record("rate.entered", "law_rate", row.id, valid_from=valid_from, rate=rate_percent)
    finish_house_task(rate_cause(valid_from))
    return row


def rate_cause(valid_from: date) -> str:
    """What the house's task to enter this half-year's rate is known by."""
    return f"rate:{valid_from}"


def end_of_half_year(first_day: date) -> date:
    """30 June or 31 December."""
    following = (
        date(first_day.year, JULY, 1) if first_day.month == 1 else date(first_day.year + 1, 1, 1)
    )
    return following - timedelta(days=1)


def rates_with(row: BaseRate) -> BaseRates:
    """The house's table as it would be with one more row; raises RateLeavesGap."""
    try:
        return house_rates().with_rows([row])
    except InputInvalid as gap:
        raise RateLeavesGap from gap


def _require_no_gap(row: LawRate) -> None:
    rates_with(_as_rate(row))


def _rows(jurisdiction: str = HOME) -> Sequence[LawRate]:
    """The agency's own rows; of several for one half-year the newest stands last and counts."""
    return db.session.scalars(
        select(LawRate).where(LawRate.jurisdiction == jurisdiction).order_by(LawRate.id)
    ).all()


def _as_rate(row: LawRate) -> BaseRate:
    return BaseRate(row.valid_from, row.valid_to, row.rate_percent, row.source, "house")


@lru_cache(maxsize=16)
def _merged(shipped: BaseRates, entered: tuple[BaseRate, ...]) -> BaseRates:
    """Cached by content, because tables of rates are compared by identity."""
    return shipped.with_rows(entered) if entered else shipped
