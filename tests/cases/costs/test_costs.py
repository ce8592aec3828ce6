"""Collection costs of a case: booked where the law allows, one fee, the difference, the step.

Figures by hand from § 13 RVG as of 2025-06-01: full fee 51.50 up to 500.00, 93.00 up to 1,000.00,
176.00 up to 2,000.00; flat expenses are 20 percent, at most 20.00.
"""

from datetime import date

import pytest

from cases.claims.models import DueBasis, HoldReason
from cases.claims.services import add_claim, set_hold
from cases.core import clock
from cases.costs.booking import (
    book_first_costs,
    plan_first_costs,
    post_costs,
    raise_fee,
    take_back_step,
)
from cases.costs.lines import list_cost_lines, total_of
from cases.ledger.models import EntryKind
from cases.ledger.queries import statement
from cases.ledger.services import post_principal
from tests.factories.records import claim_details, make_case, make_creditor

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(database):
    with clock.clock_at(TODAY):
        yield


def cents_of(plan):
    return [entry.cents for entry in plan.entries]


def test_the_simple_fee_is_booked_once():
    case, _ = make_case()
    assert cents_of(book_first_costs(case, TODAY)) == [46_50, 9_30]
    assert cents_of(book_first_costs(case, TODAY)) == []
    assert statement(case.id, TODAY).costs_open_cents == 55_80


def test_vat_only_where_the_creditor_cannot_deduct_it():
    case, _ = make_case(make_creditor(deducts_input_tax=False))
    # 19 % of 55.80 is 10.602.
    assert cents_of(book_first_costs(case, TODAY)) == [46_50, 9_30, 10_60]


def test_the_words_can_be_followed_in_both_languages():
    case, _ = make_case()
    book_first_costs(case, TODAY)
    german, english = list_cost_lines(case.id, "de"), list_cost_lines(case.id, "en")
    assert "Wert von 1.000,00\u00a0€ 93,00\u00a0€" in german[0].words
    assert "0,5-fache sind 46,50\u00a0€" in german[0].words
    assert "full fee for a value of €1,000.00 is €93.00" in english[0].words


@pytest.mark.parametrize(
    ("claim", "contract", "code"),
    [
        pytest.param(
            {"due_basis": DueBasis.INVOICE}, {}, "first_reminder_ours", id="we remind first"
        ),
        pytest.param(
            {"due_on": TODAY, "invoiced_on": TODAY}, {}, "order_before_default",
            id="default after the order",
        ),
        pytest.param(
            {"known_dispute": "Ware fehlt"}, {}, "dispute_known", id="the creditor knew a dispute"
        ),
        pytest.param(
            {}, {"owes_collection_fee": False}, "not_owed_under_contract",
            id="the creditor owes no fee",
        ),
    ],
)  # fmt: skip
def test_no_costs_where_a_condition_fails(claim, contract, code):
    case, _ = make_case(make_creditor(**contract), claims=[claim_details(**claim)])
    plan = book_first_costs(case, TODAY)
    assert plan.entries == ()
    assert [found.code for _, found in plan.reasons] == [code]
    assert statement(case.id, TODAY).costs_open_cents == 0


def test_one_fee_on_the_sum_of_principals():
    claims = [claim_details(principal_cents=600_00), claim_details(principal_cents=400_00)]
    case, _ = make_case(claims=claims)
    plan = book_first_costs(case, TODAY)
    assert plan.value_cents == 1_000_00
    assert cents_of(plan) == [46_50, 9_30]


def test_a_claim_added_later_raises_the_value_by_the_difference():
    case, _ = make_case()
    book_first_costs(case, TODAY)
    post_principal(case, [add_claim(case, claim_details(principal_cents=800_00))])
    # 2,000.00: half of 176.00 is 88.00; 20 % of it is 17.60.
    assert cents_of(book_first_costs(case, TODAY)) == [88_00 - 46_50, 17_60 - 9_30]
    lines = list_cost_lines(case.id, "de")
    assert "Davon wurden 46,50\u00a0€ schon berechnet; 41,50\u00a0€ kommen hinzu." in lines[2].words
    assert total_of(lines) == statement(case.id, TODAY).costs_open_cents == 105_60


def test_a_claim_that_bears_nothing_does_not_raise_the_value():
    free = claim_details(principal_cents=800_00, due_basis=DueBasis.INVOICE)
    case, _ = make_case(claims=[claim_details(), free])
    assert plan_first_costs(case, TODAY).value_cents == 1_000_00


def test_what_stands_still_does_not_count_into_the_value():
    case, claims = make_case()
    set_hold(case, HoldReason.OBJECTION, claim_id=claims[0].id, amount_cents=600_00)
    plan = plan_first_costs(case, TODAY)
    assert plan.value_cents == 400_00
    # Half of 51.50 is 25.75; 20 % of it is 5.15.
    assert cents_of(plan) == [25_75, 5_15]


def test_the_step_books_the_difference_and_can_be_taken_back():
    case, _ = make_case()
    book_first_costs(case, TODAY)
    # 0.9 of 93.00 is 83.70; 20 % of it is 16.74.
    assert cents_of(raise_fee(case, TODAY)) == [83_70 - 46_50, 16_74 - 9_30]
    assert take_back_step(case, "paid_in_window") == 44_64
    assert statement(case.id, TODAY).costs_open_cents == 55_80
    assert total_of(list_cost_lines(case.id, "de")) == 55_80


def test_a_value_that_rose_after_the_step_is_booked_anew_at_the_simple_rate():
    case, _ = make_case()
    book_first_costs(case, TODAY)
    raise_fee(case, TODAY)
    post_principal(case, [add_claim(case, claim_details(principal_cents=800_00))])
    book_first_costs(case, TODAY)
    # 0.9 of 176.00 is 158.40; the flat is capped at 20.00.
    assert statement(case.id, TODAY).costs_open_cents == 178_40
    take_back_step(case, "paid_in_window")
    assert statement(case.id, TODAY).costs_open_cents == 105_60


def test_titled_costs_bear_five_points_over_the_base_rate():
    case, _ = make_case()
    post_costs(
        case, EntryKind.COURT_COSTS, 1_000_00, date(2026, 7, 1), "Vollstreckungsbescheid",
        bears_interest=True,
    )  # fmt: skip
    owed = statement(case.id, date(2026, 7, 31))
    # 31 days at 6.52 % of 1,000.00: 5.537...
    assert owed.costs.interest_open_cents == 5_54
    assert owed.open_cents == 1_000_00 + 1_000_00 + 5_54
