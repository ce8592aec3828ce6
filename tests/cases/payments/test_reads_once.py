"""A payment reads claims, house and rates of its case once, however many later ones move."""

from datetime import date, timedelta

from cases.claims.queries import lock_case
from cases.core import clock
from cases.core.database import transaction
from cases.payments.booking import Money, book_payment
from tests.factories.records import make_agency, make_case
from tests.infrastructure.statements import statements_of

TODAY = date(2026, 11, 23)


def pay(case_id, days_ago):
    day = TODAY - timedelta(days=days_ago)
    with transaction():
        return book_payment(lock_case(case_id), Money(10_00, "EUR", day, TODAY, None, "bank:x"))


def test_moving_later_payments_reads_house_and_rates_no_more_often(database):
    with clock.clock_at(TODAY):
        with transaction():
            make_agency()
            case_id = make_case()[0].id
        for days_ago in (1, 2, 3):
            _, asked = statements_of(lambda days_ago=days_ago: pay(case_id, days_ago))
            for table in ("agency_profile", "law_rates"):
                assert sum(table in each for each in asked) == 1, (table, days_ago)
