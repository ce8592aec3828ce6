"""Closing a case and opening it again at the screen: consequences first, words that are true."""

import pytest
from sqlalchemy import select

from cases.claims.models import Outcome, Phase
from cases.claims.timeline import list_events
from cases.core import clock
from cases.core.database import db, transaction
from cases.ledger.services import allocate_by_law, owed_on, post_payment
from cases.parties.models import CreditorContract
from cases.payments.booking import Money, book_payment
from portal.pages.case_words import event_text
from tests.factories.casework import make_letter, make_promise_of
from tests.factories.records import make_case, make_user


@pytest.fixture
def case(worker):
    with transaction():
        return make_case(accepted_by=make_user())[0]


def pay_all(case) -> None:
    today = clock.today()
    owed = owed_on(case, today)
    allocation = allocate_by_law(owed, owed.open_cents, today)
    post_payment(case, allocation, amount_cents=owed.open_cents, value_on=today)


def close(worker, case, **form):
    worker.get(f"/cases/{case.public_id}/close")
    return worker.post(f"/cases/{case.public_id}/close", form)


def test_paid_is_not_offered_and_not_taken_while_something_is_open(worker, case):
    page = worker.get(f"/cases/{case.public_id}/close").text
    assert 'value="paid"' not in page
    assert 'value="paid_waived"' in page
    refused = close(worker, case, ending="paid")
    assert refused.status_code == 422
    assert "are still open: book the payment" in refused.text
    assert case.phase is Phase.AMICABLE


def test_what_ends_with_the_case_is_said_before_the_click(worker, case):
    with transaction():
        make_letter(case)
        make_promise_of(case)
    page = worker.get(f"/cases/{case.public_id}/close").text
    for sentence in ("1 promise of the debtor is no longer waited for.",
                     "1 released letter does not leave the house.",
                     "stay owed to the creditor; we no longer collect them."):  # fmt: skip
        assert sentence in page, sentence


@pytest.mark.parametrize("form", [{}, {"ending": "refused"}, {"ending": "unfounded"}])
def test_an_outcome_of_the_list_is_needed(worker, case, form):
    assert close(worker, case, **form).status_code == 422
    assert case.phase is Phase.AMICABLE


def test_the_creditor_is_told_how_it_ended_and_what_is_left(worker, case):
    assert close(worker, case, ending="uncollectible").status_code == 422, "without a reason"
    answer = close(worker, case, ending="uncollectible", reason="Moved abroad")
    assert answer.status_code == 303
    assert case.outcome is Outcome.UNCOLLECTIBLE
    with worker.client.application.test_request_context():
        told = [
            event_text(event, "EUR") for event in list_events(case.id) if event.creditor_visible
        ]
    assert any("Moved abroad" in (text or "") for text in told)


def test_a_paid_case_closes_without_a_reason(worker, case):
    with transaction():
        pay_all(case)
    assert close(worker, case, ending="paid").status_code == 303
    assert case.outcome is Outcome.PAID


def test_a_closed_case_is_opened_again_from_its_page(worker, case):
    close(worker, case, ending="withdrawn", reason="Order taken back")
    page = worker.get(f"/cases/{case.public_id}").text
    assert f"/cases/{case.public_id}/reopen" in page
    assert worker.get(f"/cases/{case.public_id}/reopen").status_code == 200
    address = f"/cases/{case.public_id}/reopen"
    assert worker.post(address, {"reason": " "}).status_code == 422
    assert worker.post(address, {"reason": "By mistake"}).status_code == 303
    assert case.phase is Phase.AMICABLE
    assert "Case opened again" in worker.get(f"/cases/{case.public_id}").text
    assert worker.post(address, {"reason": "twice"}).status_code == 409


def pay_but(case, rest_cents: int) -> None:
    today = clock.today()
    cents = owed_on(case, today).open_cents - rest_cents
    money = Money(cents, case.currency, today, today, None, "test")
    with transaction():
        book_payment(case, money)


@pytest.mark.parametrize(("rest_cents", "offered"), [(2_00, True), (2_01, False)])
def test_a_trivial_rest_is_waived_by_one_click_within_the_limit(worker, case, rest_cents, offered):
    with transaction():
        contract = db.session.scalars(select(CreditorContract)).all()[-1]
        contract.trivial_rest_cents = 2_00
    pay_but(case, rest_cents)
    page = worker.get(f"/cases/{case.public_id}").text
    assert ("Only a trivial rest is open" in page) is offered
    answer = worker.post(f"/cases/{case.public_id}/waive-rest", {})
    if not offered:
        assert answer.status_code == 422
        assert case.phase is Phase.AMICABLE
        return
    assert answer.status_code == 303
    db.session.expire_all()
    assert (case.phase, case.outcome) == (Phase.CLOSED, Outcome.PAID)
    assert owed_on(case, clock.today()).open_cents == 0


def test_without_a_payment_nothing_is_trivial(worker, case):
    with transaction():
        contract = db.session.scalars(select(CreditorContract)).all()[-1]
        contract.trivial_rest_cents = 9_999_00
    assert "Only a trivial rest" not in worker.get(f"/cases/{case.public_id}").text
