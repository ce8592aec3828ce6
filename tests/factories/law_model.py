"""The law computed a second time, from the statutes' own words and printed tables.

Nothing of the program is used here, so that a mistake in it cannot hide: interest is counted day by
day, fees climb their steps one at a time, limitation is walked along the calendar.
"""

import calendar
from datetime import date, timedelta
from fractions import Fraction

DAY = timedelta(days=1)
#: § 247 BGB: the base rate in hundredths of a percent; of each half of a year.
BASE = {
    2002: (257, 247), 2003: (197, 122), 2004: (114, 113), 2005: (121, 117), 2006: (137, 195),
    2007: (270, 319), 2008: (332, 319), 2009: (162, 12), 2010: (12, 12), 2011: (12, 37),
    2012: (12, 12), 2013: (-13, -38), 2014: (-63, -73), 2015: (-83, -83), 2016: (-83, -88),
    **dict.fromkeys(range(2017, 2023), (-88, -88)),
    2023: (162, 312), 2024: (362, 337), 2025: (227, 127), 2026: (127, 152),
}  # fmt: skip
NINE_POINTS = date(2014, 7, 29)  # Art. 229 § 34 EGBGB.

#: § 13 RVG and § 34 GKG: first fee, then (up to, step, increase), in euro.
TABLES = {
    ("RVG", 2021): (49, [(2000, 500, 39), (10000, 1000, 56), (25000, 3000, 52), (50000, 5000, 81),
                         (200000, 15000, 94), (500000, 30000, 132), (None, 50000, 165)]),
    ("RVG", 2025): ("51.5", [(2000, 500, "41.5"), (10000, 1000, "59.5"), (25000, 3000, 55),
                             (50000, 5000, 86), (200000, 15000, "99.5"), (500000, 30000, 140),
                             (None, 50000, 175)]),
    ("GKG", 2021): (38, [(2000, 500, 20), (10000, 1000, 21), (25000, 3000, 29), (50000, 5000, 38),
                         (200000, 15000, 132), (500000, 30000, 198), (None, 50000, 198)]),
    ("GKG", 2025): (40, [(2000, 500, 21), (10000, 1000, "22.5"), (25000, 3000, "30.5"),
                         (50000, 5000, "40.5"), (200000, 15000, 140), (500000, 30000, 210),
                         (None, 50000, 210)]),
}  # fmt: skip
NEW_TABLES = date(2025, 6, 1)
SMALL_FEE = {2021: Fraction(30), 2025: Fraction("31.5")}  # § 13(2) RVG, up to 50 euro.
COURT_MINIMUM = {2021: Fraction(36), 2025: Fraction(38)}  # KV 1100.
LEAST_FEE = Fraction(15)


def half_up(amount: Fraction) -> int:
    """Whole cents of an amount in cents."""
    return int((amount + Fraction(1, 2)) // 1)


def rate_of(day: date, debtor: str, arose_on: date | None) -> Fraction:
    """The rate of default interest on a day. Law: BGB § 288."""
    base = Fraction(BASE[day.year][day.month > 6], 100)
    if debtor == "business":
        return max(base + (9 if (arose_on or day) >= NINE_POINTS else 8), Fraction(0))
    return max(base + 5, Fraction(0))


def interest(
    cents: int, first: date, last: date, debtor: str, arose_on: date | None = None
) -> Fraction:
    """Interest of whole days, each of its own year, unrounded."""
    total, day = Fraction(0), first
    while day <= last:
        year = 366 if calendar.isleap(day.year) else 365
        total += cents * rate_of(day, debtor, arose_on) / 100 / year
        day += DAY
    return total


def spread(
    order: str,
    principal: int,
    first: date,
    costs: list[tuple[date, int]],
    payments: list[tuple[date, int]],
    as_of: date,
    debtor: str = "consumer",
) -> list[int]:
    """Costs, interest and principal that are open on the key date.

    Each payment fills the parts in the order of the law; its day bears interest on what was owed.
    """
    owed = {"costs": 0, "interest": 0, "principal": principal}
    ways = {"367": ("costs", "interest", "principal"), "497_3": ("costs", "principal", "interest"),
            "designated": ("principal", "costs", "interest")}  # fmt: skip
    since, left = first, sorted(costs)
    for day, cents in [*(pair for pair in payments if pair[0] <= as_of), (as_of, 0)]:
        while left and left[0][0] <= day:
            owed["costs"] += left.pop(0)[1]
        if day >= since:
            owed["interest"] += half_up(interest(owed["principal"], since, day, debtor))
            since = day + DAY
        rest = cents
        for part in ways[order]:
            paid = min(rest, owed[part])
            owed[part] -= paid
            rest -= paid
    return list(owed.values())


def full_fee(table: str, euro: Fraction, day: date) -> Fraction:
    """The fee 1.0 of a value in euro, in euro."""
    first, brackets = TABLES[table, 2025 if day >= NEW_TABLES else 2021]
    fee, reached = Fraction(first), Fraction(500)
    for until, step, more in brackets:
        while reached < euro and (until is None or reached < until):
            reached += step
            fee += Fraction(more)
    return fee


def lawyer_fee(euro: Fraction, rate: Fraction, day: date, *, small: bool = False) -> Fraction:
    """A fee in cents; `small` for collecting an uncontested claim of up to 50 euro."""
    full = full_fee("RVG", euro, day)
    if small and euro <= 50:
        full = SMALL_FEE[2025 if day >= NEW_TABLES else 2021]
    return Fraction(half_up(max(full * rate, LEAST_FEE) * 100))


def flat(fees: Fraction) -> Fraction:
    """VV 7002: a fifth of the fees, at most twenty euro."""
    return Fraction(min(half_up(fees / 5), 2000))


def court_fee(euro: Fraction, day: date) -> Fraction:
    """KV 1100 in cents."""
    full = full_fee("GKG", min(euro, Fraction(30_000_000)), day)
    least = COURT_MINIMUM[2025 if day >= NEW_TABLES else 2021]
    return Fraction(half_up(max(full / 2, least) * 100))


def years_on(day: date, years: int) -> date:
    """The same day of a later year, or the last of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def months_on(day: date, months: int) -> date:
    """The same day of a later month, or its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def limitation_end(
    due_on: date, suspended: list[tuple[date, date]], restarts: list[date], floors: list[date]
) -> date:
    """The last day of three years, walked day by day. Law: BGB §§ 195, 199, 203, 209, 212."""
    day = date(due_on.year, 12, 31)
    left = (years_on(day, 3) - day).days
    while left > 0 or any(day < floor for floor in floors):
        day += DAY
        if not any(first <= day <= last for first, last in suspended):
            left -= 1
        if day in restarts:
            left = (years_on(day, 3) - day).days
    return day
