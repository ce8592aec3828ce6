"""The bank's balances against the books: gaps and differences, each named once, in cents."""

from datetime import date

import pytest

from cases.payments.reconciling import Balances, Place, reconcile


def day(number):
    return date(2026, 11, number)


def statement(first, last, opening, closing, name="x"):
    return Balances(name, day(first), day(last), opening, closing)


BOOKED = {day(2): 100_00, day(3): 50_00, day(5): -20_00}
RIGHT = [statement(2, 3, 0, 150_00, "one"), statement(5, 5, 150_00, 130_00, "two")]


def places(statements, booked=None, otherwise=0):
    found = reconcile("EUR", statements, booked or BOOKED, otherwise)
    return [(each.place, each.cents) for each in found.mismatches], found.difference_cents


@pytest.mark.parametrize(
    ("statements", "booked", "expected", "difference"),
    [
        pytest.param(RIGHT, BOOKED, [], 0, id="all agrees"),
        pytest.param([statement(2, 3, 25_00, 175_00), statement(5, 5, 175_00, 155_00)], BOOKED,
                     [(Place.OPENING, 25_00)], 25_00, id="money before the first statement"),
        pytest.param([RIGHT[0], statement(5, 5, 100_00, 80_00)], BOOKED, [(Place.GAP, -50_00)],
                     -50_00, id="a statement in between is missing"),
        pytest.param(RIGHT, {**BOOKED, day(3): 54_90}, [(Place.INSIDE, -4_90)], -4_90,
                     id="the bank's charge is not in the books"),
        pytest.param([*RIGHT, statement(2, 3, 0, 150_00, "again")], BOOKED, [], 0,
                     id="the same statement again"),
        pytest.param([statement(2, 5, 0, 130_00), RIGHT[0]], BOOKED, [], 0, id="overlapping"),
        pytest.param([statement(3, 3, 100_00, 120_00, "noon"), statement(2, 3, 0, 150_00)], BOOKED,
                     [], 0, id="an interim report of the same day"),
        pytest.param([statement(2, 3, None, None)], BOOKED, [], 0, id="no balance is named"),
        pytest.param(list(reversed(RIGHT)), BOOKED, [], 0, id="in another order"),
    ],
)  # fmt: skip
def test_places(statements, booked, expected, difference):
    assert places(statements, booked) == (expected, difference)


def test_a_booking_without_a_statement_is_named():
    assert places(RIGHT, otherwise=7_00) == ([(Place.BOOKS, -7_00)], -7_00)


def test_a_gap_names_the_statements_around_it():
    (found,) = reconcile("EUR", [RIGHT[0], statement(5, 5, 1, 2, "late")], BOOKED).mismatches[:1]
    assert (found.before.public_id, found.statement.public_id) == ("one", "late")


def test_a_house_without_statements_has_nothing_to_compare():
    found = reconcile("EUR", [], {})
    assert found.holds
    assert found.last_day is None
