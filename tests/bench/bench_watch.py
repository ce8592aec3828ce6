"""The rules of early warning over many customers: what they cost beside reading and writing.

Run: python tests/bench/bench_watch.py [customers]. Pure: no database. A night over 100,000
customers may take five minutes on two cores, with what it reads and writes.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from cases.watch.customer import BankChange, Customer, Invoice, Order, Others, Parameters, Promise
from cases.watch.look import Look
from cases.watch.score import Level, combine
from cases.watch.signals import find_signals

AS_OF = date(2026, 11, 28)
INVOICES = 36
OTHERS = Others(orders=4000, complaints=80, complaints_before=75)


def customer(rng: random.Random) -> Customer:
    """Three years of monthly invoices, each ordered before; a fifth pays worse in the last one."""
    worse = 20 if rng.random() < 0.2 else 0
    days = [AS_OF - timedelta(days=30 * (INVOICES - place)) for place in range(INVOICES)]
    return Customer(
        invoices=tuple(_invoice(rng, on, worse if on.year == AS_OF.year else 0) for on in days),
        orders=tuple(Order(on - timedelta(days=5)) for on in days),
        reminders=tuple(day for day in days if rng.random() < 0.1),
        complaints=tuple(day for day in days if rng.random() < 0.05),
        promises=tuple(Promise(day, kept=rng.random() < 0.7) for day in days[::6]),
        bank_changes=tuple(BankChange(day) for day in days[::12] if rng.random() < 0.05),
    )


def _invoice(rng: random.Random, on: date, worse: int) -> Invoice:
    due_on = on + timedelta(days=30)
    late = round(rng.gammavariate(2, 4)) + worse
    paid_on = due_on + timedelta(days=late)
    return Invoice(on, due_on, 100_00, on + timedelta(days=10), paid_on, rng.random() < 0.6)


def looks(count: int) -> Iterator[Look]:
    """So many customers of one book."""
    rng = random.Random(2026)
    return (Look(customer(rng), AS_OF, OTHERS, Parameters()) for _ in range(count))


def measure(count: int) -> None:
    """Look at every customer, print what the rules alone took."""
    made = list(looks(count))
    begin, cpu = time.perf_counter(), time.process_time()
    levels = [combine(find_signals(look), look.parameters).level for look in made]
    clock, cpu = time.perf_counter() - begin, time.process_time() - cpu
    shares = {level.value: levels.count(level) for level in Level}
    print(
        f"{count} customers of {INVOICES} invoices: {clock:.1f} s ({cpu:.1f} s CPU), "
        f"{count / cpu:.0f} a second of CPU: {shares}"
    )


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
