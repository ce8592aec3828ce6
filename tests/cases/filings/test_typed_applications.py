"""Applications that a person types, because places of the court's file are not confirmed."""

from datetime import date, timedelta

import pytest

from cases.costs.booking import book_first_costs
from cases.filings import errors
from cases.filings.applications import batches, drafts, handing_over, releasing
from cases.filings.applications.models import BatchState, FilingKind, FilingState
from cases.filings.applications.readiness import check_filing, may_be_typed
from cases.filings.court_mail import inbox
from cases.filings.court_settings import change_court_settings
from cases.filings.proceedings.nightly_watch import batches_without_receipt
from cases.filings.proceedings.services import list_of_case
from legal.proceeding import State
from tests.factories.court_cases import enter_suspense, make_court_case, make_ready_filing

TODAY = date(2026, 11, 23)


def blocked_filing(house, credit_in="costs"):
    """An application that is right but for the unconfirmed place of its costs."""
    change_court_settings(
        file_letters="LIN", confirmed_fields=[], query_days=14, payment_days=14,
        credit_in=credit_in,
    )  # fmt: skip
    case = make_court_case(house, principal_cents=1_999_00)
    filing = make_ready_filing(house, case)
    book_first_costs(case, TODAY - timedelta(days=60))
    check_filing(filing)
    assert {f["code"] for f in filing.findings if f["severity"] == "error"} == {"field_unconfirmed"}
    return filing


def typed(house, filing):
    batch = releasing.release([filing.public_id], house.first.id, is_typed=True)[0]
    batches.confirm(batch, house.second.id)
    return batch


@pytest.mark.parametrize(
    ("credit_in", "amounts"), [("costs", {"61,60 €"}), ("fee", {"105,60 €", "152,00 €"})]
)
def test_the_sheet_names_every_entry_with_the_credited_amounts(house, credit_in, amounts):
    batch = typed(house, blocked_filing(house, credit_in))
    application = batches.entries_to_type(batch)[0]
    values = [value for section in application.sections for _, value in section.entries]
    assert amounts <= set(values)
    assert {"1.999,00 €", "Hamburg", "Petra Muster"} <= set(values)
    names = [name for section in application.sections for name, _ in section.entries]
    assert len(names) == len(values)
    if credit_in == "costs":  # Half comes off the costs, so the fee stays blank: never both.
        assert "152,00 €" not in values


def test_typed_application_opens_its_proceeding_and_waits_for_no_receipt(house, database):
    filing = blocked_filing(house)
    batch = typed(house, filing)
    handing_over.hand_over(batch, house.second.id, "Online-Mahnantrag, 4711")
    database.flush()
    assert filing.state is FilingState.HANDED_OVER
    assert [p.state for p in list_of_case(filing.case_id)] == [State.APPLIED]
    assert inbox.awaiting_receipt() == []
    assert list(database.scalars(batches_without_receipt(TODAY))) == []
    assert batch.channel == "Online-Mahnantrag, 4711"


def test_no_file_of_it_ever_leaves_and_nothing_is_shown_before_the_second_person(house):
    filing = blocked_filing(house)
    batch = releasing.release([filing.public_id], house.first.id, is_typed=True)[0]
    with pytest.raises(errors.NotConfirmedYet):
        batches.entries_to_type(batch)
    with pytest.raises(errors.SamePerson):
        batches.confirm(batch, house.first.id)
    batches.confirm(batch, house.second.id)
    with pytest.raises(errors.TypedByHand):
        batches.fetch(batch, house.second.id)


def test_money_that_comes_in_stops_what_is_typed_too(house):
    filing = blocked_filing(house)
    batch = releasing.release([filing.public_id], house.first.id, is_typed=True)[0]
    enter_suspense(1_999_00, filing.own_ref)
    with pytest.raises(errors.CaseInTheWay):
        batches.confirm(batch, house.second.id)
    assert batch.state is BatchState.RELEASED


def test_anything_else_that_stands_against_it_stops_it(house):
    filing = blocked_filing(house)
    drafts.enter(filing, {"claims[0].no": ""})
    assert not may_be_typed(filing)
    with pytest.raises(errors.FilingNotReady):
        releasing.release([filing.public_id], house.first.id, is_typed=True)


def test_a_ready_application_goes_as_a_file_and_takes_the_next_number(house):
    with pytest.raises(errors.FilingNotReady):
        releasing.release([make_ready_filing(house).public_id], house.first.id, is_typed=True)
    typed(house, blocked_filing(house))
    batch = releasing.release([make_ready_filing(house).public_id], house.first.id)[0]
    assert batch.file_number == "LIN001"
    assert batch.kind is FilingKind.PAYMENT_ORDER
