"""Row 3: letter total = what the account says = the sum of the printed lines.

Generated letters of 1 to 8 claims (deep: 50) with part payments before the letter.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from cases.core import clock
from cases.core.database import db
from cases.ledger.queries import statement
from cases.ledger.services import allocate_by_law, post_payment
from cases.letters.drafting import DemandWish, draft_first_demand
from tests.factories.records import claim_details, make_agency, make_case, make_user

SENT_ON = date(2026, 11, 23)


def claims_up_to(most):
    one = st.tuples(st.integers(1_00, 5_000_00), st.integers(20, 700))
    return st.tuples(st.lists(one, min_size=1, max_size=most),
                     st.lists(st.integers(1, 900_00), max_size=3))  # fmt: skip


def cents(text):
    return int(text.replace("\xa0€", "").replace(".", "").replace(",", ""))


def check(world):
    claims, payments = world
    with clock.clock_at(SENT_ON):
        make_agency()
        worker = make_user()
        case, _ = make_case(claims=[invoice(amount, age) for amount, age in claims],
                            accepted_by=worker)  # fmt: skip
        for number, amount in enumerate(payments):
            day = SENT_ON - timedelta(days=10 - number)
            owed = statement(case.id, day)
            if owed.open_cents > amount:
                post_payment(case, allocate_by_law(owed, amount, day), amount_cents=amount,
                             value_on=day)  # fmt: skip
        [(_, draft)] = draft_first_demand(case.id, DemandWish(SENT_ON), worker.id)
        owed = statement(case.id, SENT_ON).open_cents
    content = draft.content
    costs = sum(line["cents"] for line in content["costs"])
    assert content["total_cents"] == owed + costs == draft.total_cents
    assert content["costs_cents"] == costs
    tables = html.fromstring(draft.html).xpath("//table[@class='sums']")
    for table in tables:
        printed = [cents(row.text_content()) for row in table.xpath("tbody/tr/td[last()]")]
        for foot in table.xpath("tfoot/tr/td[last()]"):
            paid = content["interest_paid_cents"] if table is tables[1] else 0
            assert sum(printed) - paid == cents(foot.text_content())
    db.session.rollback()


def invoice(amount, age):
    issued = SENT_ON - timedelta(days=age)
    return claim_details(principal_cents=amount, invoiced_on=issued, due_on=issued,
                         contract_on=issued)  # fmt: skip


HEALTH = list(HealthCheck)


@settings(max_examples=8, deadline=None, suppress_health_check=HEALTH)
@given(claims_up_to(8))
def test_printed_lines_add_up_to_what_is_owed(database, world):
    check(world)


@pytest.mark.deep
@settings(max_examples=10_000, deadline=None, suppress_health_check=HEALTH)
@given(claims_up_to(50))
def test_printed_lines_add_up_to_what_is_owed_deep(database, world):
    check(world)
