"""The schedule of a plan against the ledger itself: booked, it leaves what it foretold."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.ledger.allocation import allocate_by_law
from cases.ledger.models import Direction, EntryKind
from cases.ledger.statement import ClaimTerms, Convention, Posting, compute_statement
from cases.plans.course import Account, course_of
from cases.plans.schedule import by_amount, by_number
from legal.allocation import Component
from legal.errors import InputInvalid
from legal.instalments import PlanNeverEnds, PlanTerms, Rhythm
from legal.interest import InterestRule, RateKind

TODAY, KNOWN = date(2026, 11, 28), datetime(2026, 11, 28, 12, tzinfo=UTC)
RATE = InterestRule(RateKind.CONSUMER)
LATER = datetime(2090, 1, 1, tzinfo=UTC)


def posting(number, day, cents, component=Component.PRINCIPAL, claim=None, kind=None, **fields):
    kind = kind or {Component.PRINCIPAL: EntryKind.PRINCIPAL}.get(
        component, EntryKind.COLLECTION_FEE
    )
    return Posting(
        number, claim, number, day, day, datetime(2026, 1, 1, tzinfo=UTC), Direction.DEBIT,
        component, kind, cents, **fields,
    )  # fmt: skip


def paid(account, day, cents, number):
    """The postings that the ledger books for a payment of a day."""
    owed = compute_statement(account.terms, account.postings, day, LATER, account.convention)
    spread = allocate_by_law(owed, cents, day)
    return [
        replace(
            posting(number + i, day, share.cents, share.component, share.claim_id,
                    EntryKind.PAYMENT, bears_interest=share.bears_interest),
            direction=Direction.CREDIT,
        )
        for i, share in enumerate(spread.shares)
    ]  # fmt: skip


def simple(cents=1_000_00, default=date(2026, 11, 1), costs=100_44, rule=RATE):
    terms = ClaimTerms(1, "RE-1", date(2026, 9, 1), date(2026, 9, 15), default, rule)
    postings = [posting(1, date(2026, 9, 1), cents, claim=1)]
    if costs:
        postings.append(posting(2, date(2026, 11, 20), costs, Component.COSTS))
    return Account([terms], postings, Convention(), TODAY, KNOWN)


def monthly(first_on=date(2026, 12, 15), every=Rhythm.MONTH):
    return PlanTerms(TODAY, first_on, every)


def test_the_published_example_comes_out_on_the_claim_account_too():
    made = by_amount(course_of(simple()), monthly(), 150_00)
    assert [each.amount_cents for each in made.instalments] == [150_00] * 7 + [78_21]
    assert made.last_on == date(2027, 7, 15)
    assert (made.interest_cents, made.total_cents, made.let_go_cents) == (27_77, 1_128_21, 0)


def test_months_end_on_the_last_day_of_shorter_ones():
    account = simple(costs=0, default=None)
    made = by_number(course_of(account), monthly(date(2026, 12, 31)), 4)
    assert [each.on.isoformat() for each in made.instalments] == [
        "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31",
    ]  # fmt: skip
    assert [each.amount_cents for each in made.instalments] == [250_00] * 4


def test_a_settlement_lets_go_of_what_is_open_beyond_it():
    course = course_of(simple())
    made = by_number(course, monthly(), 1, agreed_cents=700_00)
    assert made.total_cents == 700_00
    owed = course.owed_on(date(2026, 12, 15)).open_cents
    assert made.let_go_cents == owed - 700_00
    parts = by_number(course, monthly(), 3, agreed_cents=700_00)
    assert [each.amount_cents for each in parts.instalments] == [234_00, 234_00, 232_00]


def test_an_instalment_below_the_interest_is_refused_and_the_smallest_that_works_is_named():
    course = course_of(simple(1_000_000_00))
    with pytest.raises(PlanNeverEnds) as refused:
        by_amount(course, monthly(), 100_00)
    smallest = refused.value.figures["smallest_instalment_cents"]
    assert by_amount(course, monthly(), smallest).instalments
    with pytest.raises(PlanNeverEnds):
        by_amount(course, monthly(), smallest - 1)


@pytest.mark.parametrize(
    ("first_on", "number"), [(date(2026, 11, 1), 3), (date(2026, 12, 1), 200_000)]
)
def test_what_contradicts_itself_is_refused(first_on, number):
    with pytest.raises(InputInvalid):
        by_number(course_of(simple()), monthly(first_on), number)


@st.composite
def accounts(draw):
    """One to three claims of their own rates, costs titled or not, something paid before."""
    terms, postings = [], []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        invoiced = date(2024, 1, 1) + timedelta(draw(st.integers(0, 900)))
        fixed = InterestRule(RateKind.FIXED, Decimal(draw(st.integers(0, 14))))
        begins = draw(st.sampled_from([None, 20, 200, 800, 1100]))
        terms.append(
            ClaimTerms(
                number, f"RE-{number}", invoiced, invoiced,
                begins and invoiced + timedelta(begins), draw(st.sampled_from([RATE, fixed])),
                draw(st.booleans()),
            )
        )  # fmt: skip
        postings.append(posting(number, invoiced, draw(st.integers(1, 5_000_00)), claim=number))
    for number in range(draw(st.integers(0, 2))):
        day = date(2026, 10, 1) + timedelta(draw(st.integers(0, 58)))
        postings.append(posting(10 + number, day, draw(st.integers(1, 300_00)), Component.COSTS,
                                bears_interest=draw(st.booleans())))  # fmt: skip
    convention = Convention(all_interest_first=draw(st.booleans()))
    account = Account(terms, postings, convention, TODAY, KNOWN)
    before = draw(st.sampled_from([None, TODAY, TODAY - timedelta(9)]))
    if before is not None:
        paid_before = paid(account, before, draw(st.integers(1, 200_00)), 100)
        account = replace(account, postings=[*account.postings, *paid_before])
    return account


@settings(max_examples=60, deadline=None)
@given(
    accounts(), st.integers(1, 30), st.sampled_from(list(Rhythm)), st.integers(0, 60),
    st.booleans(),
)  # fmt: skip
def test_the_ledger_agrees_with_every_instalment_and_nothing_is_left(
    account, number, every, wait, by_cents
):
    course = course_of(account)
    terms = PlanTerms(TODAY, TODAY + timedelta(wait), every)
    if course.owed_on(terms.first_on).open_cents < 3_00 * number:
        return
    made = by_number(course, terms, number)
    if by_cents:
        made = by_amount(course, terms, made.instalments[0].amount_cents)
    assert len(made.instalments) == number
    assert max(each.amount_cents for each in made.instalments) == made.instalments[0].amount_cents
    for place, each in enumerate(made.instalments):
        booked = paid(account, each.on, each.amount_cents, 1000 + 100 * place)
        sums = {c: sum(b.amount_cents for b in booked if b.component is c) for c in Component}
        assert sums == {
            Component.COSTS: each.costs_cents,
            Component.INTEREST: each.interest_cents,
            Component.PRINCIPAL: each.principal_cents,
        }
        account = replace(account, postings=[*account.postings, *booked])
    left = compute_statement(account.terms, account.postings, made.last_on, LATER, Convention())
    assert left.open_cents == made.let_go_cents == 0
