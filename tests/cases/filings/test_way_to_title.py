"""A case from the recommendation to the title, with court replies of an independent generator."""

from datetime import date

import pytest

from cases.claims.models import Phase
from cases.claims.queries import get_case_by_id
from cases.core.clock import clock_at
from cases.filings.applications import drafts
from cases.filings.applications.models import FilingKind, FilingState
from cases.filings.applications.readiness import check_filing
from cases.filings.court_mail import applying, inbox
from cases.filings.court_mail.models import MessageState
from cases.filings.proceedings import costs
from cases.filings.proceedings.deadlines import list_of_proceeding
from cases.filings.proceedings.event_consequences import find_title
from cases.filings.proceedings.models import DeadlineState
from cases.filings.proceedings.services import list_of_case
from cases.ledger.queries import statement
from cases.parties.queries import get_agency
from cases.worklist.services import list_open_items
from legal.proceeding import CourtEventKind, State
from tests.factories import court_replies
from tests.factories.court_cases import (
    hand_over,
    import_bank_days,
    make_house,
    make_ready_filing,
)

TODAY = date(2026, 11, 23)
NUMBER = "26000012311"


@pytest.fixture
def house(database):
    with clock_at(TODAY):
        yield make_house()


def receive(house, file):
    """Import a court's file and apply all its messages."""
    data = file if isinstance(file, bytes) else file.encode()
    inbox.import_file(data, "court.eda", house.first.id)
    rows = inbox.list_messages([MessageState.PROPOSED])
    for row in rows:
        # The court writes on the days of the story, which may lie ahead of the clock.
        applying.apply_message(row, despite_future=True)
    return rows


def issued(proceeding, on):
    return court_replies.cost_note(
        on, [NUMBER], proceeding.own_ref, principal_cents=1_000_00, court_fee_cents=38_00
    )


def test_case_reaches_its_title(house):
    filing = make_ready_filing(house)
    assert filing.errors == 0, filing.findings
    hand_over(house, filing)
    assert filing.state is FilingState.HANDED_OVER
    proceeding = list_of_case(filing.case_id)[0]
    assert (proceeding.state, proceeding.applied_on) == (State.APPLIED, TODAY)

    with clock_at(date(2026, 12, 1)):
        receive(house, issued(proceeding, date(2026, 11, 30)))
        assert proceeding.court_number == NUMBER
        assert statement(filing.case_id).costs_open_cents == 38_00
        payable = costs.list_open_payables(filing.case_id)[0]
        assert (payable.amount_cents, payable.reference) == (38_00, NUMBER)
        served = court_replies.service_note(
            date(2026, 12, 4), NUMBER, proceeding.own_ref, "05", served_on=date(2026, 12, 2)
        )
        receive(house, served)
        assert proceeding.state is State.ORDER_SERVED

    rules = {d.rule_id: d.last_day for d in list_of_proceeding(proceeding.id)}
    assert rules == {
        "M09": date(2026, 12, 16), "M10": date(2026, 12, 17), "M11": date(2027, 6, 2),
    }  # fmt: skip

    with clock_at(date(2026, 12, 17)):
        draft = drafts.draft_filing(proceeding, FilingKind.ENFORCEMENT_ORDER, "no opposition")
        codes = {f["code"] for f in draft.findings}
        assert {"court_fee_unpaid", "bank_days_missing", "direct_payments_unasked"} <= codes
        costs.pay_court(payable, date(2026, 12, 10), "operating")
        import_bank_days(get_agency().trust_iban, date(2026, 12, 16))
        case = get_case_by_id(filing.case_id)
        drafts.declare(case, "direct_payments", "none", date(2026, 12, 17))
        check_filing(draft)
        assert draft.errors == 0, draft.findings
        hand_over(house, draft)
        assert proceeding.state is State.ENFORCEMENT_APPLIED
        opened = [d for d in list_of_proceeding(proceeding.id) if d.rule_id in {"M10", "M11"}]
        assert {d.state for d in opened} == {DeadlineState.CLOSED}

    with clock_at(date(2026, 12, 28)):
        receive(
            house,
            court_replies.enforcement_order_issued(
                date(2026, 12, 28), NUMBER, proceeding.own_ref,
                principal_cents=1_000_00, court_fee_cents=38_00,
            ),
        )  # fmt: skip
        receive(
            house,
            court_replies.service_note(
                date(2027, 1, 5), NUMBER, proceeding.own_ref, "08", served_on=date(2027, 1, 4)
            ),
        )
    title = find_title(proceeding.id)
    assert (title.issued_on, title.served_on) == (date(2026, 12, 28), date(2027, 1, 4))
    assert get_case_by_id(filing.case_id).phase is Phase.ENFORCEMENT
    with clock_at(date(2027, 1, 20)):
        # The note on the enforcement order repeats the fee; it is not booked twice.
        assert statement(filing.case_id).costs_open_cents == 38_00
        applying.record_event(proceeding, CourtEventKind.BECAME_FINAL, date(2027, 1, 19))
        assert title.expires_on == date(2057, 1, 19)
        assert proceeding.state is State.FINAL
    reasons = {item.reason for item in list_open_items(filing.case_id)}
    assert "title_follow_up" in reasons
    assert not {"court_fee_due", "enforcement_possible"} & reasons


def test_second_import_and_repeated_message_change_nothing(house):
    proceeding = list_of_case_after_hand_over(house)
    file = issued(proceeding, TODAY).encode()
    receive(house, file)
    again = inbox.import_file(file, "again.eda", house.first.id)
    assert (again.file_known, again.messages) == (True, 0)
    # The same message in another file, framed otherwise.
    other = issued(proceeding, TODAY).encode(lines=False)
    assert inbox.import_file(other, "other.eda", house.first.id).messages == 0
    assert statement(proceeding.case_id).costs_open_cents == 38_00
    assert len(costs.list_open_payables(proceeding.case_id)) == 1


def list_of_case_after_hand_over(house):
    filing = make_ready_filing(house)
    hand_over(house, filing)
    return list_of_case(filing.case_id)[0]
