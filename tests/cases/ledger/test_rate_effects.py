"""What a newer base rate changes is found with a handful of statements, however many cases."""

from datetime import date
from decimal import Decimal

import pytest

from cases.core import clock
from cases.core.database import db
from cases.ledger.rate_effects import rate_report, rates_before
from cases.ledger.rates import enter_rate, house_rates
from tests.factories.records import make_agency, make_case
from tests.infrastructure.statements import statements_of

TODAY = date(2026, 11, 23)


@pytest.fixture
def report(database):
    with clock.clock_at(TODAY):
        make_agency()
        enter_rate(date(2026, 7, 1), Decimal("2.52"), "Bundesbank, corrected")
        day, before = rates_before("2026-07-01")
        yield lambda limit=1000: rate_report(day, before, house_rates(), TODAY, limit)


def test_many_cases_take_as_many_statements_as_one(report):
    first = make_case()[0]
    db.session.flush()
    one, statements = statements_of(report)
    assert [row.case.id for row in one.rows] == [first.id]
    assert one.rows[0].difference_cents > 0
    for _ in range(6):
        make_case()
    db.session.flush()
    seven, again = statements_of(report)
    assert (len(seven.rows), seven.compared, seven.bearing) == (7, 7, 7)
    assert len(again) == len(statements)


def test_a_report_over_a_part_says_of_how_many(report):
    for _ in range(3):
        make_case()
    part = report(2)
    assert (len(part.rows), part.compared, part.bearing) == (2, 2, 3)
