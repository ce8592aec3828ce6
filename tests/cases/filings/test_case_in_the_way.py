"""A case that was closed, held or paid meanwhile is refused at every step, by its number."""

from datetime import date

import pytest

from cases.claims.ending import Ending, end_case
from cases.claims.models import HoldReason, Outcome
from cases.claims.queries import get_case_by_id
from cases.claims.services import lift_hold, set_hold
from cases.core.clock import clock_at
from cases.filings import errors
from cases.filings.applications import batches, drafts, handing_over, releasing
from cases.filings.applications.models import BatchState, FilingKind, FilingState
from cases.filings.applications.readiness import check_filing
from cases.filings.proceedings.services import list_of_case
from cases.ledger.allocation import Share
from cases.ledger.models import EntryKind
from cases.ledger.services import allocate_by_law, owed_on, post_correction, post_payment
from cases.worklist.services import list_open_items
from legal.allocation import Component
from tests.factories.court_cases import (
    enter_suspense,
    hand_over,
    import_bank_days,
    make_court_case,
    make_ready_filing,
)

TODAY = date(2026, 11, 23)


def withdraw(case):
    end_case(case.id, Ending.usual(Outcome.WITHDRAWN, "the creditor asked for it"))


def hold(case):
    set_hold(case, HoldReason.INSOLVENCY)


def pay(case):
    owed = owed_on(case, TODAY)
    post_payment(case, allocate_by_law(owed, owed.open_cents, TODAY), amount_cents=owed.open_cents,
                 value_on=TODAY)  # fmt: skip


def pay_a_part(case):
    post_payment(case, allocate_by_law(owed_on(case, TODAY), 100_00, TODAY), amount_cents=100_00,
                 value_on=TODAY)  # fmt: skip


MEANWHILE = [
    pytest.param(withdraw, "Closed meanwhile", id="withdrawn"),
    pytest.param(hold, "A hold stands", id="held"),
    pytest.param(pay, "Paid meanwhile", id="paid"),
]
AFTER_RELEASE = [*MEANWHILE, pytest.param(pay_a_part, "Something was booked", id="paid in part")]


def test_draft_of_a_withdrawn_case_is_dropped_with_it(house):
    filing = make_ready_filing(house)
    withdraw(get_case_by_id(filing.case_id))
    assert filing.state is FilingState.DROPPED
    with pytest.raises(errors.NothingChosen):
        releasing.release([filing.public_id], house.first.id)


@pytest.mark.parametrize(("happens", "words"), MEANWHILE[1:])
def test_not_released(house, happens, words):
    filing = make_ready_filing(house)
    case = get_case_by_id(filing.case_id)
    happens(case)
    with pytest.raises(errors.CaseInTheWay, match=words) as refused:
        releasing.release([filing.public_id], house.first.id)
    assert refused.value.params["numbers"] == case.number


@pytest.mark.parametrize(("happens", "words"), AFTER_RELEASE)
def test_not_confirmed(house, happens, words):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    happens(get_case_by_id(filing.case_id))
    with pytest.raises(errors.CaseInTheWay, match=words):
        batches.confirm(batch, house.second.id)


@pytest.mark.parametrize(("happens", "words"), AFTER_RELEASE)
def test_neither_fetched_nor_handed_over(house, happens, words):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    batches.confirm(batch, house.second.id)
    happens(get_case_by_id(filing.case_id))
    with pytest.raises(errors.CaseInTheWay, match=words):
        batches.fetch(batch, house.first.id)
    with pytest.raises(errors.CaseInTheWay, match=words):
        handing_over.hand_over(batch, house.first.id, "EGVP")
    assert (batch.state, filing.state) == (BatchState.CONFIRMED, FilingState.BATCHED)
    batches.send_back(batch, house.first.id, "case moved")  # The way out: the others go on.
    assert filing.state is FilingState.DRAFT


def test_file_that_was_sent_already_is_recorded_and_its_case_comes_up(house):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    batches.confirm(batch, house.second.id)
    with pytest.raises(errors.FileNotFetched):
        handing_over.hand_over(batch, house.first.id, "EGVP", sent_already=True)
    batches.fetch(batch, house.first.id)
    withdraw(get_case_by_id(filing.case_id))
    handing_over.hand_over(batch, house.first.id, "EGVP", sent_already=True)
    assert batch.state is BatchState.HANDED_OVER
    assert "filed_although" in {item.reason for item in list_open_items(filing.case_id)}
    # What runs at the court is ended there, although the case is closed.
    proceeding = list_of_case(filing.case_id)[0]
    with pytest.raises(errors.CaseInTheWay):
        drafts.draft_filing(proceeding, FilingKind.ENFORCEMENT_ORDER, "no")
    drafts.draft_filing(proceeding, FilingKind.WITHDRAWAL, "withdrawn")


def test_file_cannot_be_fetched_before_the_second_person(house):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    with pytest.raises(errors.NotConfirmedYet):
        batches.fetch(batch, house.first.id)
    batches.confirm(batch, house.second.id)
    assert batches.fetch(batch, house.first.id) == batches.batch_bytes(batch)


def test_hold_is_passed_over_only_when_the_clock_demands_it(house):
    filing = make_ready_filing(house)
    case = get_case_by_id(filing.case_id)
    found = set_hold(case, HoldReason.CREDITOR)
    check_filing(filing)
    assert "hold_leaves_time" in {finding["code"] for finding in filing.findings}
    with pytest.raises(errors.ClockLeavesTime):
        drafts.give_reason(filing, "hold_stands", "the creditor is in a hurry")
    lift_hold(case, found)
    check_filing(filing)
    assert filing.errors == 0


def test_hold_near_limitation_takes_a_reason_through_all_steps(house):
    case = make_court_case(house, invoiced_on=date(2023, 5, 2), due_on=date(2023, 6, 1))
    filing = make_ready_filing(house, case)
    set_hold(case, HoldReason.CREDITOR)
    check_filing(filing)
    assert filing.errors == 1
    drafts.give_reason(filing, "hold_stands", "time-barred after 31 December 2026")
    assert filing.errors == 0
    hand_over(house, filing)
    assert filing.state is FilingState.HANDED_OVER


def test_nothing_is_filed_while_money_may_belong_to_the_case(house):
    filing = make_ready_filing(house)
    case = get_case_by_id(filing.case_id)
    enter_suspense(1_000_00, f"Rechnung, Az {case.number}")
    check_filing(filing)
    assert "suspense_candidate" in {finding["code"] for finding in filing.findings}
    with pytest.raises(errors.FilingNotReady):
        releasing.release([filing.public_id], house.first.id)


def test_money_that_comes_after_the_release_stops_the_file(house):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    enter_suspense(77_00, "Schuldner Krohn, Rate")
    with pytest.raises(errors.CaseInTheWay, match="Unmatched money"):
        batches.confirm(batch, house.second.id)


@pytest.mark.parametrize(
    ("today", "imported", "codes"),
    [
        (date(2026, 11, 30), date(2026, 11, 27), set()),  # Monday, imported until Friday.
        (date(2026, 11, 30), date(2026, 11, 26), {"bank_days_missing"}),
        (date(2026, 11, 25), date(2026, 11, 24), set()),
        (date(2026, 12, 28), date(2026, 12, 23), set()),  # 24 to 27 December: no banking day.
    ],
)
def test_bank_is_read_up_to_the_last_banking_day(house, today, imported, codes):
    filing = make_ready_filing(house)
    import_bank_days("DE89370400440532013000", imported)
    with clock_at(today):
        check_filing(filing)
        assert {f["code"] for f in filing.findings if f["code"].startswith("bank")} == codes


def test_second_application_only_where_nothing_came_of_the_first(house):
    filing = make_ready_filing(house)
    hand_over(house, filing)
    with pytest.raises(errors.ProceedingRuns):
        drafts.recommend(filing.case_id, "again")


def test_credit_after_release_changes_what_is_claimed(house):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    case = get_case_by_id(filing.case_id)
    claim = owed_on(case, TODAY).claims[0].terms.claim_id
    post_correction(case, EntryKind.CREDIT_NOTE, [Share(claim, Component.PRINCIPAL, 50_00)], TODAY)
    with pytest.raises(errors.CaseInTheWay, match="Send the file back"):
        batches.confirm(batch, house.second.id)
