"""Whether two entries from files of two formats are one booking: the words of each case."""

from dataclasses import replace
from datetime import date

import pytest

from cases.payments.same_booking import Booking, Verdict, compare, sort_out

DAY = date(2026, 11, 28)
CAMT = Booking(
    key="camt", booked_on=DAY, value_on=DAY, amount_cents=10_000_00, name="Kabelbau Nord GmbH",
    iban="DE75512108001245126199", end_to_end="",
    purpose="KB 4101 Teilzahlung Az 2026-0000006-6",
)  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        pytest.param({}, Verdict.SAME, id="every word the same"),
        pytest.param({"purpose": "KB4101 TEILZAHLUNG AZ2026-0000006-6"}, Verdict.SAME,
                     id="blanks and case changed"),
        pytest.param({"iban": "", "name": "KABELBAU NORD GMBH"}, Verdict.SAME,
                     id="one format without the account"),
        pytest.param({"iban": "", "name": ""}, Verdict.SAME, id="purpose only"),
        pytest.param({"purpose": "KB 4101 Teilzahlung"}, Verdict.SAME, id="purpose cut short"),
        pytest.param({"booked_on": date(2026, 11, 30)}, Verdict.SAME, id="same value day"),
        pytest.param({"purpose": "Rate November"}, Verdict.DOUBT, id="same payer, other words"),
        pytest.param({"purpose": ""}, Verdict.DOUBT, id="same payer, no words in one"),
        pytest.param({"iban": "", "name": "", "purpose": "SAMMELGUTSCHRIFT"}, Verdict.DOUBT,
                     id="a batch as one line"),
        pytest.param({"iban": "", "name": "K. Nord"}, Verdict.DOUBT, id="same words, other name"),
        pytest.param({"iban": "DE02120300000000202051"}, Verdict.DIFFERENT, id="other account"),
        pytest.param({"iban": "", "name": "Anna Muster", "purpose": "Rate"}, Verdict.DIFFERENT,
                     id="other name and words"),
        pytest.param({"amount_cents": 10_000_01}, Verdict.DIFFERENT, id="other amount"),
        pytest.param({"booked_on": date(2026, 11, 27), "value_on": date(2026, 11, 27)},
                     Verdict.DIFFERENT, id="other day"),
    ],
)  # fmt: skip
def test_verdict(changes, verdict):
    other = replace(CAMT, key="csv", **changes)
    assert compare(CAMT, other) is compare(other, CAMT) is verdict


def test_references_that_differ_are_two_bookings():
    one = replace(CAMT, end_to_end="E2E-1")
    assert compare(one, replace(one, end_to_end="E2E-2")) is Verdict.DIFFERENT


def test_nothing_said_by_the_same_payer_is_one_booking():
    one = replace(CAMT, purpose="")
    assert compare(one, one) is Verdict.SAME


def test_two_equal_payments_of_a_day_stay_two():
    """Known from camt: one. The CSV brings two equal ones: one is it, the other is new."""
    found = sort_out([replace(CAMT, key="a"), replace(CAMT, key="b")], [CAMT])
    assert (found.same, found.doubtful) == ({"a"}, {})


def test_the_certain_pair_is_made_before_the_doubtful_one():
    doubtful, certain = replace(CAMT, key="a", purpose="Rate"), replace(CAMT, key="b")
    found = sort_out([doubtful, certain], [CAMT])
    assert (found.same, found.doubtful) == ({"b"}, {})
    found = sort_out([doubtful], [CAMT])
    assert (found.same, found.doubtful) == (frozenset(), {"a": "camt"})
