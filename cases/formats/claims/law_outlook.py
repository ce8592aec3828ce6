"""What the law would say of a row of a list: when it would become time-barred (Verjährung),
whether interest on it could be computed at all, and in which state a postcode lies.

Assumed, and said so in the finding: the regular period from the end of the year in which the
claim fell due, known at once, and nothing that suspended or restarted it. Law: BGB §§ 195, 199.
"""

from datetime import date
from functools import cache, lru_cache

from legal.calendar import add_months
from legal.errors import InvariantBroken
from legal.interest import InterestRule, RateKind
from legal.jurisdiction import get_jurisdiction

#: So long before the last day a creditor is told; the first of our own warnings but one.
NEAR_MONTHS = 6
#: The law of this house: which one a case will have is decided when it is opened, and a list
#: that warns too early does no harm. Only holidays of the whole country count.
_LAW = "de"


@lru_cache(maxsize=10_000)
def last_day_assumed(arose_on: date) -> date:
    """The last day before the claim is time-barred, under the assumptions above."""
    law = get_jurisdiction(_LAW)
    last_day = law.limitation(law.unasked_limitation_kind(), arose_on, law.place).computed.last_day
    if last_day is None:
        raise InvariantBroken("last_day is missing")
    return last_day


@cache
def first_day_of_rates() -> date:
    """The first day on which the interest of any claim can be computed; default begins after it."""
    first_day = get_jurisdiction(_LAW).first_day_of_rates(InterestRule(RateKind.CONSUMER))
    if first_day is None:
        raise InvariantBroken("the law of this house ties interest to a base rate")
    return first_day


@lru_cache(maxsize=100)
def first_day_far_from_limitation(as_of: date) -> date:
    """Claims that arose on this day or later are not near limitation; the period runs by years."""
    year = as_of.year
    while add_months(last_day_assumed(date(year - 1, 12, 31)), -NEAR_MONTHS) > as_of:
        year -= 1
    return date(year, 1, 1)


@lru_cache(maxsize=20_000)
def states_of_postcode(postcode: str) -> tuple[str, ...]:
    """The states in which a German postcode may lie; none where no place has one like it."""
    found = get_jurisdiction(_LAW).suggest_place(postcode)
    return tuple(found.places) if found else ()
