"""Joint debtors: what one of them does or is served moves his own limitation only (§ 425 BGB)."""

from datetime import date

import pytest

from cases.claims.limitation import (
    EventDays,
    WhoseEvent,
    confirm_event,
    explain_by_debtor,
    explain_limitation,
    note_event,
    refresh_limitation,
)
from cases.claims.limitation_many import refresh_many
from cases.core.clock import clock_at
from legal.limitation_events import LimitationEventKind
from tests.factories.records import claim_details, debtor_details, make_agency, make_case

PART_PAYMENT = LimitationEventKind.PART_PAYMENT


#: Time-barred after 2026 unless something moves it.
OLD = {"invoiced_on": date(2023, 7, 1), "due_on": date(2023, 7, 31)}


@pytest.fixture
def joint(database):
    with clock_at(date(2026, 11, 23)):
        make_agency()
        debtors = [debtor_details("Anna Groß"), debtor_details("Bernd Groß")]
        case, [claim] = make_case(debtors=debtors, claims=[claim_details(**OLD)])
        refresh_limitation(case, [claim])
        yield case, claim


def days(case, claim):
    return [found.conservative.last_day for _, found in explain_by_debtor(case, claim)]


def test_an_acknowledgement_of_one_restarts_nothing_for_the_other(joint):
    case, claim = joint
    first = claim.limitation_conservative_on
    assert first == date(2026, 12, 31)
    anna = explain_by_debtor(case, claim)[0][0].debtor
    days_of_it = EventDays(first_day=date(2026, 11, 10))
    row = note_event(case, claim, PART_PAYMENT, days_of_it, debtor_id=anna.id)
    confirm_event(case, row.public_id)
    # Three years from 10 November 2026: 10 November 2029 is a Saturday, so the Monday after.
    assert days(case, claim) == [date(2029, 11, 12), first]
    # What warns and stops letters is the first that is over.
    assert (claim.limitation_on, claim.limitation_conservative_on) == (first, first)
    assert explain_limitation(case, claim).conservative.last_day == first
    refresh_many([case.id])
    assert claim.limitation_conservative_on == first


def test_both_restart_where_both_have_paid(joint):
    case, claim = joint
    for one, _ in explain_by_debtor(case, claim):
        row = note_event(
            case, claim, PART_PAYMENT, EventDays(first_day=date(2026, 11, 10)),
            debtor_id=one.debtor.id,
        )  # fmt: skip
        confirm_event(case, row.public_id)
    assert claim.limitation_conservative_on == date(2029, 11, 12)


def test_an_event_of_nobody_is_confirmed_only_with_its_person(joint):
    case, claim = joint
    row = note_event(case, claim, PART_PAYMENT, EventDays(first_day=date(2026, 11, 10)))
    with pytest.raises(WhoseEvent):
        confirm_event(case, row.public_id)
    bernd = explain_by_debtor(case, claim)[1][0].debtor
    confirm_event(case, row.public_id, bernd.id)
    assert days(case, claim) == [date(2026, 12, 31), date(2029, 11, 12)]


def test_a_single_debtor_needs_no_name(database):
    with clock_at(date(2026, 11, 23)):
        make_agency()
        case, [claim] = make_case(claims=[claim_details(**OLD)])
        row = note_event(case, claim, PART_PAYMENT, EventDays(first_day=date(2026, 11, 10)))
        confirm_event(case, row.public_id)
        assert row.debtor_id is None
        assert claim.limitation_conservative_on == date(2029, 11, 12)
