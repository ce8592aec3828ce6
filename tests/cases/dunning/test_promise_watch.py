"""Calling and the nightly run at the same moment: both take the case first, nobody loses."""

import threading
from datetime import date

from cases.contacts.models import (
    ContactChannel,
    ContactOutcome,
    NonPaymentReason,
    Promise,
    PromiseState,
)
from cases.contacts.promises import PromiseGiven
from cases.contacts.queries import list_open_promises
from cases.contacts.services import ContactDetails, log_contact
from cases.core import clock
from cases.core.database import db, transaction
from tests.factories.records import debtor_details, make_case, make_user
from tests.factories.runs import run_now

CALLED_ON, DUE_ON, NIGHT = date(2026, 11, 23), date(2026, 11, 27), date(2026, 12, 1)
CALL = ContactDetails(
    ContactChannel.PHONE,
    outcome=ContactOutcome.PROMISE,
    identity_confirmed=True,
    reason=NonPaymentReason.CANNOT_PAY,
)


def promise(case_id, due_on):
    with transaction():
        log_contact(case_id, CALL, promise=PromiseGiven(100_00, due_on))


def test_a_call_and_the_night_do_not_wait_crosswise(fresh_app):
    called = threading.Event()
    with fresh_app.app_context(), clock.clock_at(CALLED_ON):
        with transaction():
            worker = make_user()
            people = [[debtor_details(f"Weber {number}")] for number in range(6)]
            ids = [make_case(accepted_by=worker, debtors=each)[0].id for each in people]
        for case_id in ids:
            promise(case_id, DUE_ON)
        db.session.remove()

    failures = []

    def call_everybody():
        with fresh_app.app_context():
            for case_id in reversed(ids):  # Against the order of the night, one call each.
                called.set()
                try:
                    with transaction():
                        log_contact(case_id, CALL, promise=PromiseGiven(50_00, date(2026, 12, 10)))
                except Exception as error:
                    failures.append(error)
            db.session.remove()

    caller = threading.Thread(target=call_everybody)
    with fresh_app.app_context(), clock.clock_at(NIGHT):
        caller.start()
        called.wait(10)
        counted = run_now("promises")
        caller.join(30)
        assert failures == []
        assert counted[1] == 0
        open_now = {
            case_id: [p.amount_cents for p in list_open_promises(case_id)] for case_id in ids
        }
        assert open_now == {case_id: [50_00] for case_id in ids}
        states = {each.state for each in db.session.query(Promise).filter_by(amount_cents=100_00)}
        assert states <= {PromiseState.BROKEN, PromiseState.REPLACED}
        db.session.remove()
