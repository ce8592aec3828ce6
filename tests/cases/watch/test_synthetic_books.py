"""Books of invented customers with a known change: how often it is found, and how often wrongly.

Days late as in the measurement behind the settings: gamma, every twentieth far off, twelve invoices
before and twelve after.
"""

import random
from datetime import date, timedelta

from cases.watch.customer import Customer, Invoice, Others, Parameters
from cases.watch.days_late import find_shift
from cases.watch.look import Look
from cases.watch.reliability import measure

BEGIN = date(2025, 11, 3)
CUSTOMERS = 600


def book(rng, later_by):
    """A year of invoices, one every 15 days; from the thirteenth on they are paid later."""
    for place in range(24):
        due_on = BEGIN + timedelta(days=15 * place + 30)
        late = rng.gammavariate(2, 4) + (rng.uniform(20, 60) if rng.random() < 0.05 else 0)
        late += later_by if place >= 12 else 0
        yield Invoice(
            due_on - timedelta(days=30), due_on, 100, paid_on=due_on + timedelta(days=round(late))
        )


def books(later_by):
    rng = random.Random(2026)
    return [tuple(book(rng, later_by)) for _ in range(CUSTOMERS)]


def found(invoices):
    """Whether an alarm is on at the end of the book."""
    return find_shift(invoices, BEGIN + timedelta(days=15 * 23 + 200)) is not None


def test_the_healthy_are_left_alone_and_a_change_is_found():
    assert sum(map(found, books(0))) < 0.10 * CUSTOMERS
    assert sum(map(found, books(20))) > 0.95 * CUSTOMERS


def test_the_false_alarms_of_a_book_are_counted_as_such():
    as_of = BEGIN + timedelta(days=15 * 23 + 100)
    looks = [
        Look(Customer(invoices), as_of, Others(), Parameters()) for invoices in books(0)
    ]  # Everybody paid in the end.
    told = measure(looks, as_of + timedelta(days=300))["pays_later"]
    assert told.nothing == told.fired
    assert told.healthy == CUSTOMERS
    assert told.fired < 0.10 * CUSTOMERS
