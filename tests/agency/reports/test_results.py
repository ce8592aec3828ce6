"""Results of teams for everybody who reads reports; of people only where the house may."""

from datetime import date

import pytest

from cases.contacts.models import (
    ContactChannel,
    ContactDirection,
    ContactOutcome,
    NonPaymentReason,
    PromiseState,
)
from cases.contacts.promises import PromiseGiven, settle_promise
from cases.contacts.queries import list_open_promises
from cases.contacts.services import ContactDetails, log_contact
from cases.core import audit, clock
from cases.core.database import transaction
from cases.parties.queries import get_agency
from cases.people.policy import Role
from cases.recoveries.reports.registry import REPORTS, list_cases
from cases.recoveries.reports.shape import Scope
from tests.factories.records import make_agency, make_case, make_user

TODAY = date(2026, 11, 23)


@pytest.fixture
def spoken(app):
    """Erika reached a debtor who promised and kept it; Jan reached nobody."""
    with clock.clock_at(TODAY), transaction():
        make_agency()
        erika, jan = (make_user(Role.CASE_WORKER, name=name) for name in ("Erika", "Jan"))
        case, _ = make_case(accepted_by=erika)
        audit.set_actor(erika.id)
        call(case, ContactOutcome.PROMISE, promise=PromiseGiven(10_00, TODAY))
        [promise] = list_open_promises(case.id)
        settle_promise(case, promise, PromiseState.KEPT)
        audit.set_actor(jan.id)
        call(case, ContactOutcome.NOT_REACHED)
        yield case


def call(case, outcome, **more):
    reached = outcome is not ContactOutcome.NOT_REACHED
    details = ContactDetails(
        channel=ContactChannel.PHONE,
        direction=ContactDirection.OUTBOUND,
        outcome=outcome,
        identity_confirmed=reached,
        reason=NonPaymentReason.CANNOT_PAY if reached else None,
        overridden_because="test",
    )
    log_contact(case.id, details, **more)


def told(code):
    figures = REPORTS[code].work_out(Scope(TODAY, clock.now()))
    return [
        tuple(row[name] for name in ("whose", "contacts", "reached", "promised", "kept"))
        for row in figures.rows
    ]


def test_people_are_told_only_where_the_works_council_agreed(spoken, app):
    assert told("people") == []
    assert told("teams") == [("", 2, 1, 1, 1)]
    get_agency().people_results_agreed_on = TODAY
    assert [row[1:] for row in told("people")] == [(1, 1, 1, 1), (1, 0, 0, 0)]
    row = REPORTS["people"].work_out(Scope(TODAY, clock.now())).rows[0]
    assert list_cases(REPORTS["people"], Scope(TODAY, clock.now()), row.key) == [spoken.id]
