"""Row 2: the same random program on the pure account and on the reference model, cent by cent.

Quick: 200 programs; the long form (`-m deep`) runs 20,000.
"""

from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.ledger.allocation import allocate_by_law
from cases.ledger.models import Direction, EntryKind
from cases.ledger.statement import ClaimTerms, Posting, compute_statement
from legal.allocation import Component
from legal.interest import InterestRule, RateKind
from tests.cases.ledger.reference_model import ReferenceCase

BEGIN = date(2022, 11, 1)
KNOWN = datetime(2027, 1, 1, tzinfo=UTC)
COMPONENTS = {"P": Component.PRINCIPAL, "I": Component.INTEREST, "C": Component.COSTS}
KINDS = {"P": EntryKind.PRINCIPAL, "I": EntryKind.INTEREST_ARREARS, "C": EntryKind.COLLECTION_FEE}

AMOUNTS = st.integers(1, 3_000_00)
STEPS = st.one_of(
    st.tuples(st.just("claim"), AMOUNTS, st.integers(0, 60)),
    st.tuples(st.just("fee"), AMOUNTS, st.just(0)),
    st.tuples(st.just("arrears"), AMOUNTS, st.integers(0, 3)),
    st.tuples(st.just("payment"), AMOUNTS, st.just(0)),
    st.tuples(st.just("waiver"), AMOUNTS, st.integers(0, 3)),
    st.tuples(st.just("reversal"), st.just(0), st.integers(0, 30)),
)
PROGRAMS = st.lists(st.tuples(STEPS, st.integers(0, 45)), min_size=1, max_size=14)


class PureAccount:
    """The product's pure functions over a list of postings."""

    def __init__(self):
        self.terms, self.postings, self.ids = [], [], count(1)

    def post(self, day, claim, component, cents, kind, reverses=None):
        self.postings.append(Posting(
            id=next(self.ids), claim_id=claim, journal_id=0, value_on=day, booked_on=day,
            posted_at=KNOWN, direction=Direction.DEBIT if cents > 0 else Direction.CREDIT,
            component=component, kind=kind, amount_cents=abs(cents), reverses_id=reverses,
        ))  # fmt: skip

    def statement(self, day):
        return compute_statement(self.terms, self.postings, day, KNOWN)


def run(program):
    account, model, day = PureAccount(), ReferenceCase(), BEGIN
    for (action, cents, which), wait in program:
        day += timedelta(days=wait)
        step(account, model, day, action, cents, which)
        compare(account, model, day)
    compare(account, model, day + timedelta(days=400))


def step(account, model, day, action, cents, which):
    claims = sorted(model.due)
    if action == "claim":
        claim, due = len(claims) + 1, day + timedelta(days=which)
        model.due[claim] = (due, due + timedelta(days=1))
        account.terms.append(ClaimTerms(
            claim, f"RE-{claim}", day, due, due + timedelta(days=1),
            InterestRule(RateKind.CONSUMER),
        ))  # fmt: skip
        book(account, model, day, claim, "P", cents)
    elif action == "fee":
        book(account, model, day, None, "C", cents)
    elif action in {"arrears", "waiver"} and claims:
        claim = claims[which % len(claims)]
        if action == "arrears":
            book(account, model, day, claim, "I", cents)
        else:
            book(account, model, day, claim, "P", -cents, EntryKind.WAIVER, ends=True)
    elif action == "payment":
        pay(account, model, day, cents)
    elif action == "reversal" and account.postings:
        reverse(account, model, which)


def book(account, model, day, claim, component, cents, kind=None, ends=False):
    model.book(day, claim, component, cents, paid=ends)
    account.post(day, claim, COMPONENTS[component], cents, kind or KINDS[component])


def pay(account, model, day, cents):
    spread = allocate_by_law(account.statement(day), cents, day)
    parts, surplus = model.pay(day, cents)
    names = {value: key for key, value in COMPONENTS.items()}
    assert [(s.claim_id, names[s.component], s.cents) for s in spread.shares] == parts
    assert spread.surplus_cents == surplus
    assert sum(s.cents for s in spread.shares) + surplus == cents
    for share in spread.shares:
        account.post(day, share.claim_id, share.component, -share.cents, EntryKind.PAYMENT)


def reverse(account, model, which):
    reversed_ids = {posting.reverses_id for posting in account.postings}
    left = [p for p in account.postings if p.reverses_id is None and p.id not in reversed_ids]
    if not left:
        return
    old = left[which % len(left)]
    account.post(old.value_on, old.claim_id, old.component, -old.signed_cents,
                 EntryKind.REVERSAL, old.id)  # fmt: skip
    name = next(key for key, value in COMPONENTS.items() if value is old.component)
    model.book(old.value_on, old.claim_id, name, -old.signed_cents,
               paid=old.kind in {EntryKind.PAYMENT, EntryKind.WAIVER})  # fmt: skip


def compare(account, model, day):
    owed = account.statement(day)
    costs, claims = model.open(day)
    assert owed.costs_open_cents == costs
    found = {c.terms.claim_id: (c.interest_open_cents, c.principal_open_cents) for c in owed.claims}
    assert found == claims
    printed = sum(
        row.costs_cents
        + row.costs_bearing_cents
        + row.interest_cents
        + row.principal_cents
        - row.payment_cents
        for row in owed.rows
    )
    assert printed == owed.open_cents == owed.owed_cents - owed.paid_cents
    if owed.rows:
        assert owed.rows[-1].balance_cents == owed.open_cents


@settings(max_examples=200, deadline=None)
@given(PROGRAMS)
def test_random_programs_leave_the_same_balances(program):
    run(program)


@pytest.mark.deep
@settings(max_examples=20_000, deadline=None)
@given(PROGRAMS)
def test_random_programs_leave_the_same_balances_deep(program):
    run(program)
