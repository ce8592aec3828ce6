"""A creditor's report is accepted: what it does to claims and costs, and the way back."""

from datetime import date

import pytest

from cases.claims.report_models import ReportKind
from cases.claims.reports import AlreadyAnswered, Report, get_report, report, tell_report
from cases.core.clock import clock_at
from cases.core.database import db, rehearse
from cases.costs.accepting import (
    Counting,
    CountingMissing,
    CreditTooLarge,
    NotBookable,
    Standing,
    accept_report,
    is_booked,
    take_back_report,
    usual_counting,
)
from cases.costs.booking import book_first_costs
from cases.ledger.models import Account
from cases.ledger.queries import statement
from cases.ledger.trust_bookings import balance_of
from cases.parties.queries import get_creditor
from cases.payments.booking import Money, book_payment
from cases.people.policy import Role
from tests.factories.records import make_agency, make_case, make_creditor, make_user

ORDERED_ON, TODAY = date(2026, 11, 2), date(2026, 11, 16)


@pytest.fixture
def case(database):
    """1,000.00 in default, with costs of 55.80 since the order of 2 November."""
    with clock_at(ORDERED_ON):
        make_agency()
        made, _ = make_case(make_creditor(), accepted_by=make_user())
        book_first_costs(made, ORDERED_ON)
    with clock_at(TODAY):
        yield made


def told(case, kind, cents, day, words=""):
    person = make_user(Role.CREDITOR, creditor=get_creditor(case.creditor_id))
    kept = report(case, person.id, Report(kind, cents, day, words))
    tell_report("k", kept.id)
    return kept


def standing(case):
    return Standing.of(statement(case.id))


def test_by_law_a_direct_payment_pays_costs_first_and_touches_no_trust_account(case):
    before = standing(case)
    kept = told(case, ReportKind.DIRECT_PAYMENT, 500_00, TODAY)
    assert usual_counting(kept) is Counting.LAW
    after = accept_report(kept.public_id, Counting.LAW, "Gebucht.")
    assert before.costs_cents == 55_80
    assert (after.costs_cents, after.interest_cents) == (0, 0)
    assert before.total_cents - after.total_cents == 500_00
    assert balance_of(Account.CREDITOR_PAYABLES, case.creditor_id) == 0
    assert get_report(kept.public_id).answer == "Gebucht."
    with pytest.raises(AlreadyAnswered):
        accept_report(kept.public_id, Counting.LAW, "Noch einmal.")


def test_exactly_the_principal_goes_to_the_principal_and_the_costs_stay(case):
    before = standing(case)
    kept = told(case, ReportKind.DIRECT_PAYMENT, 1_000_00, TODAY)
    assert usual_counting(kept) is Counting.PRINCIPAL_FIRST
    after = accept_report(kept.public_id, Counting.PRINCIPAL_FIRST, "Gebucht.")
    assert (after.principal_cents, after.costs_cents) == (0, 55_80)
    assert after.interest_cents == before.interest_cents


@pytest.mark.parametrize(
    ("day", "costs"),
    [
        pytest.param(ORDERED_ON, 0, id="before the order nothing was owed to collect"),
        pytest.param(date(2026, 11, 3), 55_80, id="after it the costs stay"),
    ],
)
def test_what_was_paid_before_the_order_bears_no_costs(case, day, costs):
    kept = told(case, ReportKind.DIRECT_PAYMENT, 1_000_00, day)
    after = accept_report(kept.public_id, Counting.PRINCIPAL_FIRST, "Gebucht.")
    assert after.costs_owed_cents == costs


def test_what_is_shown_before_is_what_happens_and_leaves_no_trace(case):
    kept = told(case, ReportKind.DIRECT_PAYMENT, 400_00, TODAY)
    public_id, before = kept.public_id, standing(case)
    db.session.commit()  # A rehearsal takes everything back that is not committed.
    shown = rehearse(lambda: accept_report(public_id, Counting.LAW, "-"))
    assert standing(case) == before
    assert get_report(public_id).answered_at is None
    assert accept_report(public_id, Counting.LAW, "Gebucht.") == shown


def test_an_older_direct_payment_comes_before_what_our_account_got(case):
    book_payment(case, Money(100_00, "EUR", TODAY, TODAY, None, "test"))
    kept = told(case, ReportKind.DIRECT_PAYMENT, 50_00, date(2026, 11, 5))
    accept_report(kept.public_id, Counting.LAW, "Gebucht.")
    paid = [row for row in statement(case.id).rows if row.payment_cents]
    assert [(row.day, row.payment_cents) for row in paid] == [
        (date(2026, 11, 5), 50_00),
        (TODAY, 100_00),
    ]
    # The older one went to the costs; ours found 5.80 of them left.
    assert paid[1].spread[0].cents == 5_80


def test_a_credit_note_never_owed_takes_its_costs_and_interest_along(case):
    kept = told(case, ReportKind.CREDIT_NOTE, 1_000_00, TODAY)
    after = accept_report(kept.public_id, Counting.NEVER_OWED, "Gebucht.")
    assert (after.costs_owed_cents, after.total_cents) == (0, 0)


def test_goodwill_leaves_costs_and_interest_owed(case):
    before = standing(case)
    kept = told(case, ReportKind.CREDIT_NOTE, 1_000_00, TODAY)
    after = accept_report(kept.public_id, Counting.GOODWILL, "Gebucht.")
    assert (after.principal_cents, after.costs_cents) == (0, 55_80)
    assert 0 < after.interest_cents <= before.interest_cents


def test_a_booking_is_taken_back_to_the_cent(case):
    for kind, counting in (
        (ReportKind.DIRECT_PAYMENT, Counting.PRINCIPAL_FIRST),
        (ReportKind.CREDIT_NOTE, Counting.NEVER_OWED),
    ):
        before = standing(case)
        kept = told(case, kind, 300_00, ORDERED_ON)
        accept_report(kept.public_id, counting, "Gebucht.")
        assert is_booked(kept)
        take_back_report(kept.public_id, "falsche Akte")
        assert standing(case) == before
        assert not is_booked(kept)
        with pytest.raises(NotBookable):
            take_back_report(kept.public_id, "noch einmal")


def test_refusals_name_what_is_wrong(case):
    kept = told(case, ReportKind.CREDIT_NOTE, 1_000_01, TODAY)
    with pytest.raises(CreditTooLarge):
        accept_report(kept.public_id, Counting.NEVER_OWED, "Gebucht.")
    with pytest.raises(CountingMissing):
        accept_report(kept.public_id, Counting.LAW, "Gebucht.")
    message = told(case, ReportKind.MESSAGE, None, None, "Guten Tag")
    with pytest.raises(NotBookable):
        accept_report(message.public_id, Counting.LAW, "Gebucht.")
