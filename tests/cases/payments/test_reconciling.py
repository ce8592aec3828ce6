"""The bank's balances against the books: gaps and differences, each named once, in cents."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param([statement(2, 2, 0, 60_00), statement(2, 2, 60_00, 100_00)], [],
                     id="two files of one day"),
        pytest.param([statement(2, 2, 60_00, 100_00), statement(2, 2, 0, 60_00)], [],
                     id="the later one came first"),
        pytest.param([statement(2, 3, 0, 130_00), statement(3, 3, 130_00, 150_00)], [],
                     id="one of two days, then the rest of the second"),
        pytest.param([statement(2, 2, 0, 60_00), statement(2, 2, 0, 100_00),
                      statement(2, 2, 60_00, 100_00)], [], id="whole and in parts"),
        pytest.param([statement(2, 2, 0, 30_00), statement(2, 2, 50_00, 120_00)],
                     [(Place.GAP, 20_00)], id="one of three is missing"),
        pytest.param([statement(2, 2, 50_00, 120_00), statement(2, 2, 0, 30_00)],
                     [(Place.GAP, 20_00)], id="one of three is missing, in another order"),
    ],
)  # fmt: skip
def test_several_statements_of_a_day(statements, expected):
    last = max(each.last_day for each in statements)
    booked = {on: cents for on, cents in BOOKED.items() if on <= last}
    assert places(statements, booked)[0] == expected


@st.composite
def banks(draw):
    """Statements of a bank over some days, cut anywhere, and what its lines sum up to."""
    lines = draw(st.lists(st.tuples(st.integers(2, 6), st.integers(-9, 9)), min_size=2))
    lines.sort(key=lambda line: line[0])
    cuts = draw(st.sets(st.integers(1, len(lines) - 1)))
    balance, cut = 0, []
    for first, end in pairwise([0, *sorted(cuts), len(lines)]):
        piece = lines[first:end]
        closing = balance + sum(cents for _, cents in piece)
        cut.append((statement(piece[0][0], piece[-1][0], balance, closing, str(first)), piece))
        balance = closing
    return lines, cut, balance


def books(lines):
    found = {}
    for number, cents in lines:
        found[day(number)] = found.get(day(number), 0) + cents
    return found


@given(bank=banks(), data=st.data())
def test_books_that_hold_every_line_agree_however_the_bank_cut_and_sent_them(bank, data):
    lines, cut, balance = bank
    sent = data.draw(st.permutations([each for each, _ in cut]))
    again = data.draw(st.lists(st.sampled_from(sent)))
    found = reconcile("EUR", [*sent, *again], books(lines))
    assert found.holds
    last = max(each.last_day for each in sent)
    closings = {each.closing_cents for each in sent if each.last_day == last}
    assert found.bank_cents == found.books_cents == balance or found.bank_cents in closings


@given(bank=banks(), data=st.data())
def test_a_statement_that_is_missing_is_named(bank, data):
    _, cut, _ = bank
    balances = [each.opening_cents for each, _ in cut] + [cut[-1][0].closing_cents]
    assume(len(cut) > 1 and len(set(balances)) == len(balances))
    missing = data.draw(st.integers(0, len(cut) - 2))  # The last one nobody can miss.
    kept = [pair for place, pair in enumerate(cut) if place != missing]
    sent = data.draw(st.permutations([each for each, _ in kept]))
    found = reconcile("EUR", sent, books([line for _, piece in kept for line in piece]))
    assert not found.holds
