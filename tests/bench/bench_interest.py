"""Default interest to date for 1,000,000 claims in bulk, against a plain Decimal loop.

The plain loop runs over all rate periods of a sample of the same claims in the same run; both must
agree to the cent. Run: python tests/bench/bench_interest.py [number of claims]
"""

import sys
import time
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from legal.de.base_rates import base_rates
from legal.de.interest import default_interest
from legal.de.interest_bulk import day_table
from legal.de.interest_rules import rate_steps
from legal.interest import InterestRule, RateKind

SAMPLE = 5_000
AIM = 100
FIRST, AS_OF = date(2004, 1, 1), date(2026, 11, 23)
CONSUMER = InterestRule(RateKind.CONSUMER)


def plain_periods(rule):
    """(first day, last day, yearly share of one day) as the plain loop wants them."""
    rates = rate_steps(rule, base_rates())
    periods = []
    for year in range(FIRST.year, AS_OF.year + 1):
        halves = (
            (date(year, 1, 1), date(year, 6, 30)),
            (date(year, 7, 1), date(year, 12, 31)),
        )
        for first, last in halves:
            length = Decimal(date(year, 12, 31).timetuple().tm_yday)
            periods.append((first, last, rates.rate_percent(first), length))
    return periods


def plain_interest(principal, first_day, periods):
    """What a simple program does: a Decimal loop over every period."""
    total = Decimal(0)
    for first, last, rate, length in periods:
        begin, end = max(first, first_day), min(last, AS_OF)
        if begin <= end:
            total += principal * rate * ((end - begin).days + 1) / (100 * length)
    return int(total.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    random = np.random.default_rng(20261123)
    principals = random.integers(100, 5_000_000, count)
    span = (AS_OF - FIRST).days
    offsets = random.integers(0, span, count)
    first_days = np.datetime64(FIRST, "D") + offsets
    last_days = np.full(count, np.datetime64(AS_OF, "D"))

    started = time.perf_counter()
    table = day_table(CONSUMER, FIRST, AS_OF)
    built = time.perf_counter()
    bulk = table.interest_cents(principals, first_days, last_days)
    done = time.perf_counter()

    sample = range(0, count, max(1, count // SAMPLE))
    begins = [first_days[i].astype(object) for i in sample]
    amounts = [int(principals[i]) for i in sample]
    decimals = [Decimal(amount) for amount in amounts]
    periods = plain_periods(CONSUMER)
    plain_started = time.perf_counter()
    plain = [plain_interest(p, d, periods) for p, d in zip(decimals, begins, strict=True)]
    plain_done = time.perf_counter()
    single = [
        default_interest(p, d, AS_OF, CONSUMER).interest_cents
        for p, d in zip(amounts, begins, strict=True)
    ]
    single_done = time.perf_counter()

    expected = [int(bulk[i]) for i in sample]
    off = sum(a != b for a, b in zip(expected, plain, strict=True))
    off += sum(a != b for a, b in zip(expected, single, strict=True))
    per_second = count / (done - started)
    plain_rate = len(plain) / (plain_done - plain_started)
    print(f"day table of {len(table.sums)} days built in {1000 * (built - started):.1f} ms")
    print(
        f"bulk, table included: {count:,} claims in {1000 * (done - started):.1f} ms,"
        f" {per_second:,.0f}/s"
    )
    print(f"bulk, table at hand:  {count / (done - built):,.0f}/s")
    print(f"plain Decimal loop:   {plain_rate:,.0f}/s on {len(plain):,} of them")
    print(f"single, itemised:     {len(single) / (single_done - plain_done):,.0f}/s")
    print(f"factor {per_second / plain_rate:,.0f} (aim {AIM}), cents off: {off}")
    return 0 if off == 0 and per_second >= AIM * plain_rate else 1


if __name__ == "__main__":
    sys.exit(main())
