"""`recoup law allocate` and the claim account: the same payments leave the same cents."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.ledger.models import EntryKind
from cases.ledger.statement import ClaimTerms
from legal.allocation import Component
from legal.de.account import DatedAmount, Debt, settle
from legal.interest import InterestRule, RateKind
from tests.cases.ledger.test_reference import PureAccount, allocate_by_law

FIRST = date(2025, 11, 1)
RULE = InterestRule(RateKind.CONSUMER)
#: Most reach costs or interest only: there the two counted apart by a cent.
SMALL = st.one_of(st.integers(1, 3_00), st.integers(1, 300_00))


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 9_000_00),
    st.integers(0, 70_00),
    st.lists(st.tuples(st.integers(-20, 400), SMALL), max_size=8),
)
def test_the_claim_account_equals_the_calculator(principal, costs, payments):
    paid = [DatedAmount(FIRST + timedelta(days=wait), cents) for wait, cents in sorted(payments)]
    end = FIRST + timedelta(days=500)
    before = FIRST - timedelta(days=30)
    account = PureAccount()
    account.terms.append(ClaimTerms(1, "RE-1", before, before, FIRST, RULE))
    account.post(before, 1, Component.PRINCIPAL, principal, EntryKind.PRINCIPAL)
    if costs:
        account.post(before, None, Component.COSTS, costs, EntryKind.COLLECTION_FEE)
    for each in paid:
        spread = allocate_by_law(account.statement(each.day), each.amount_cents, each.day)
        for share in spread.shares:
            account.post(each.day, share.claim_id, share.component, -share.cents, EntryKind.PAYMENT)
    owed = account.statement(end)
    items = [DatedAmount(before, costs)] if costs else []
    assert settle(Debt(principal, FIRST, RULE, items), paid, end).open_cents == {
        Component.COSTS: owed.costs_open_cents,
        Component.INTEREST: owed.interest_open_cents,
        Component.PRINCIPAL: owed.principal_open_cents,
    }
