"""Two views of one payment: by law towards the debtor, by contract towards the creditor."""

from datetime import date

import pytest

from cases.claims.queries import list_claims
from cases.core import clock
from cases.costs.booking import book_first_costs
from cases.ledger.creditor_view import contract_postings
from cases.ledger.posting import reverse_journal
from cases.ledger.queries import convention_of, statement, terms_of
from cases.ledger.services import allocate_by_law, post_direct_payment
from cases.ledger.statement import compute_statement
from tests.factories.records import make_case, make_creditor

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today(database):
    with clock.clock_at(TODAY):
        yield


def paid_direct(**contract):
    case, _ = make_case(make_creditor(**contract))
    book_first_costs(case, date(2026, 11, 2))
    spread = allocate_by_law(statement(case.id, TODAY), 500_00, TODAY)
    return case, post_direct_payment(case, spread, amount_cents=500_00, value_on=TODAY)


def creditor_view(case):
    """The statement as the creditor's contract counts it."""
    terms = [terms_of(claim) for claim in list_claims(case.id)]
    known = contract_postings(case, clock.now())
    return compute_statement(terms, known, TODAY, clock.now(), convention_of(case))


def test_the_contract_counts_a_direct_payment_on_principal_first():
    case, _ = paid_direct(direct_payment_order="principal_first")
    by_law, by_contract = statement(case.id), creditor_view(case)
    # By law 55.80 go to costs and 20.54 to interest; by contract all 500.00 to the principal.
    assert by_law.costs_open_cents == 0
    assert by_law.principal_open_cents == 1_000_00 - (500_00 - 55_80 - 20_54)
    assert by_contract.costs_open_cents == 55_80
    assert by_contract.principal_open_cents == 500_00
    assert by_contract.open_cents == by_law.open_cents


def test_without_such_a_contract_both_views_are_one():
    case, _ = paid_direct()
    assert creditor_view(case) == statement(case.id)


def test_a_reversed_direct_payment_counts_in_neither_view():
    case, journal = paid_direct(direct_payment_order="principal_first")
    reverse_journal(journal, "kam nicht an", case=case)
    assert creditor_view(case).principal_open_cents == 1_000_00
    assert statement(case.id).principal_open_cents == 1_000_00
