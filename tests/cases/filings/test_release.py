"""A file for a court: readiness, four eyes, bytes that never change, hand-over and receipt."""

import hashlib
from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from cases.claims.models import Phase
from cases.claims.queries import get_case_by_id
from cases.core.clock import clock_at
from cases.filings import errors
from cases.filings.applications import batches, drafts, handing_over, releasing
from cases.filings.applications.models import BatchState, FilingState
from cases.filings.applications.readiness import check_filing
from cases.filings.court_mail import applying, inbox
from cases.filings.court_mail.models import MessageState
from cases.filings.proceedings.services import list_of_case
from cases.worklist.services import list_open_items
from legal.de.court.eda.replies import read_file
from tests.factories import court_replies
from tests.factories.court_cases import (
    TRIAL_COURT,
    hand_over,
    make_court_case,
    make_ready_filing,
)
from tests.factories.runs import run_now

TODAY = date(2026, 11, 23)


def codes(filing):
    return {finding["code"] for finding in filing.findings}


def test_recommended_case_shows_everything_that_is_missing_at_once(house):
    case = make_court_case(house)
    filing = drafts.recommend(case.id, "refuses to pay")
    assert get_case_by_id(case.id).phase is Phase.COURT
    assert codes(filing) == {
        "declaration_missing", "trial_court_missing", "catalogue_number_unknown",
    }  # fmt: skip
    with pytest.raises(errors.FilingNotReady):
        releasing.release([filing.public_id], house.first.id)


def test_nothing_is_recommended_without_a_reason(house):
    with pytest.raises(errors.ReasonNeeded):
        drafts.recommend(make_court_case(house).id, " ")


def test_mended_in_place_and_the_trial_court_is_proposed_the_next_time(house):
    make_ready_filing(house)
    other = drafts.recommend(make_court_case(house, "Meier").id, "refuses to pay")
    assert "trial_court_missing" not in codes(other)


def test_amounts_and_declarations_cannot_be_entered_by_hand(house):
    filing = drafts.recommend(make_court_case(house).id, "refuses to pay")
    for path in ("claims[0].amount", "kennsatz.vglm1", "kennsatz.own_ref", "file.tkezi"):
        with pytest.raises(errors.EntryUnknown):
            drafts.enter(filing, {path: "1"})


def test_performance_still_outstanding_bars_the_application(house):
    filing = make_ready_filing(house)
    case = get_case_by_id(filing.case_id)
    drafts.declare(case, "performance", "outstanding", TODAY)
    assert "performance_outstanding" in codes(filing)
    assert filing.errors > 0


def test_collection_costs_are_refused_until_the_court_has_confirmed_their_field(house):
    from cases.filings.court_settings import change_court_settings
    from cases.ledger.models import Direction, EntryKind
    from cases.ledger.posting import ClaimEntry, post
    from legal.allocation import Component

    filing = make_ready_filing(house)
    post(
        "costs", value_on=TODAY, currency="EUR", case=get_case_by_id(filing.case_id),
        entries=[ClaimEntry(Direction.DEBIT, Component.COSTS, EntryKind.COLLECTION_FEE, 40_00)],
    )  # fmt: skip
    check_filing(filing)
    assert "field_unconfirmed" in codes(filing)
    change_court_settings(
        file_letters="LIN", confirmed_fields=["C32.INKBET"], query_days=14, payment_days=14
    )
    check_filing(filing)
    assert filing.errors == 0
    batch = releasing.release([filing.public_id], house.first.id)[0]
    assert "40,00" in batches.rendering(batch)


def test_file_is_released_by_one_and_confirmed_by_another(house):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    assert (filing.state, batch.state) == (FilingState.BATCHED, BatchState.RELEASED)
    with pytest.raises(errors.SamePerson):
        batches.confirm(batch, house.first.id)
    with pytest.raises(errors.BatchMoved):
        handing_over.hand_over(batch, house.first.id, "EGVP")
    batches.confirm(batch, house.second.id)
    handing_over.hand_over(batch, house.first.id, "EGVP")
    assert batch.state is BatchState.HANDED_OVER
    with pytest.raises(errors.BatchMoved):
        batches.send_back(batch, house.second.id, "too late")


def test_kept_bytes_are_what_the_court_reads_and_cannot_be_changed(house, database):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    data = batches.batch_bytes(batch)
    kept = batches.find_court_file(batch)
    assert hashlib.sha256(data).hexdigest() == kept.sha256
    assert len(data) % 128 == 0
    file = read_file(data)[0]
    assert not file.findings
    application = file.applications.applications[0]
    assert application.principal_cents == 1_000_00
    assert application.kennsatz.own_ref == filing.own_ref
    assert application.kennsatz.vglm1
    assert application.claims[0].interest[0].mark == "B"
    assert batch.sums["sanz"] == len(data) // 128 - 2
    with pytest.raises(DatabaseError, match="permission denied"), database.begin_nested():
        database.execute(text("UPDATE court_files SET sha256 = 'x'"))


def test_file_that_is_sent_back_gives_its_applications_free(house):
    filing = make_ready_filing(house)
    batch = releasing.release([filing.public_id], house.first.id)[0]
    batches.send_back(batch, house.second.id, "wrong trial court")
    assert (filing.state, filing.batch_id) == (FilingState.DRAFT, None)
    again = releasing.release([filing.public_id], house.first.id)[0]
    assert again.file_number != batch.file_number


def test_each_joint_debtor_gets_a_proceeding(house):
    filing = make_ready_filing(house, joint=True)
    assert filing.errors == 0, filing.findings
    hand_over(house, filing)
    found = list_of_case(filing.case_id)
    assert [p.position for p in found] == [0, 1]
    assert {p.own_ref for p in found} == {filing.own_ref}
    numbers = ["26000012311", "26000012321"]
    note = court_replies.cost_note(
        TODAY, numbers, filing.own_ref, principal_cents=1_000_00, court_fee_cents=38_00
    )
    inbox.import_file(note.encode(), "03.eda", house.first.id)
    row = inbox.list_messages([MessageState.PROPOSED])[0]
    assert applying.apply_message(row) == 2
    assert [p.court_number for p in found] == numbers


def test_missing_receipt_alarms_after_a_day_and_goes_when_it_comes(house):
    filing = make_ready_filing(house)
    batch = hand_over(house, filing)[0]
    assert run_now("court.receipts") == (0, 0)
    with clock_at(TODAY + timedelta(days=2)):
        assert run_now("court.receipts") == (1, 0)
        reasons = {item.reason for item in list_open_items(filing.case_id)}
        assert "receipt_missing" in reasons
        receipt = court_replies.receipt(TODAY, "Datei LIN001 angenommen")
        inbox.import_file(receipt, "90.eda", house.first.id)
        row = inbox.list_messages([MessageState.PROPOSED])[0]
        applying.take_receipt(row, batch)
        assert batch.state is BatchState.RECEIVED
        assert run_now("court.receipts") == (0, 0)
        reasons = {item.reason for item in list_open_items(filing.case_id)}
        assert "receipt_missing" not in reasons


def test_dropped_draft_lets_the_case_go_back(house):
    filing = drafts.recommend(make_court_case(house).id, "refuses to pay")
    drafts.drop(filing, "paid after all")
    assert get_case_by_id(filing.case_id).phase is Phase.AMICABLE
    with pytest.raises(errors.FilingNotDraft):
        drafts.enter(filing, TRIAL_COURT)


def test_two_courts_get_two_files(house):
    first = make_ready_filing(house)
    second = make_ready_filing(house, make_court_case(house, "Moser"))
    from cases.parties.queries import get_creditor

    creditor = get_creditor(second.creditor_id)
    creditor.postcode, creditor.city = "80331", "München"
    check_filing(second)
    made = releasing.release([first.public_id, second.public_id], house.first.id)
    assert {batch.court for batch in made} == {first.court, second.court}
    assert len(made) == 2
