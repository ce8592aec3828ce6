"""What a letter announced is kept when it happens, and listed while it has not."""

from datetime import date, timedelta

import pytest

from cases.claims.queries import get_case_by_id
from cases.contacts.models import ContactChannel, ContactDirection, ContactOutcome
from cases.contacts.services import ContactDetails, log_contact
from cases.core.clock import clock_at
from cases.letters.announced.announcements import list_not_done
from cases.letters.models import Announcement, Letter
from tests.factories.court_cases import hand_over, make_court_case, make_house, make_ready_filing

TODAY = date(2026, 11, 23)


@pytest.fixture
def house(database):
    with clock_at(TODAY):
        yield make_house()


def announce(database, case, step, due_on=TODAY):
    letter = database.query(Letter).filter_by(case_id=case.id).first()
    row = Announcement(case_id=case.id, creditor_id=case.creditor_id, letter_id=letter.id,
                       step=step, due_on=due_on)  # fmt: skip
    database.add(row)
    database.flush()
    return row


def steps():
    return [row.step for row in list_not_done()]


def test_what_is_due_and_not_done_is_listed(house, database):
    case = make_court_case(house)
    announce(database, case, "call", TODAY + timedelta(days=1))
    assert steps() == []
    announce(database, case, "court", TODAY)
    assert steps() == ["court"]


def test_a_call_keeps_what_was_announced_and_one_that_came_in_does_not(house, database):
    case = make_court_case(house)
    row = announce(database, case, "call")
    details = {"channel": ContactChannel.PHONE, "outcome": ContactOutcome.NOT_REACHED}
    log_contact(case.id, ContactDetails(**details, direction=ContactDirection.INBOUND))
    database.refresh(row)
    assert row.kept_at is None
    log_contact(case.id, ContactDetails(**details))
    database.refresh(row)
    assert row.kept_at is not None
    assert steps() == []


def test_an_application_that_is_handed_over_keeps_it(house, database):
    filing = make_ready_filing(house)
    case = filing.case_id
    row = announce(database, get_case_by_id(case), "court")
    hand_over(house, filing)
    database.refresh(row)
    assert row.kept_at is not None
