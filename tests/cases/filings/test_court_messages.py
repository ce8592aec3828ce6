"""Court messages: proposed, applied once, refused backwards, parked when unknown."""

import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select

from agency.filings.german_words import GermanWords
from cases.claims.queries import get_case_by_id
from cases.core.clock import clock_at
from cases.core.database import db
from cases.filings import dossier, errors
from cases.filings.applications import drafts
from cases.filings.applications.models import FilingKind
from cases.filings.applications.readiness import read_message
from cases.filings.court_mail import applying, inbox
from cases.filings.court_mail.models import MessageState
from cases.filings.liability_log import list_entries
from cases.filings.proceedings import costs, deadlines
from cases.filings.proceedings.deadlines import list_of_proceeding
from cases.filings.proceedings.models import DeadlineState
from cases.filings.proceedings.services import list_events, revoke_event
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.errors import AdvanceTooSmall
from cases.ledger.models import Account, JournalLine
from cases.ledger.trust_bookings import receive_advance
from cases.worklist.services import list_open_items
from legal.proceeding import CourtEventKind, State
from tests.factories import court_replies
from tests.factories.court_cases import (
    hand_over,
    make_court_case,
    make_proceeding,
    make_ready_filing,
)

TODAY = date(2026, 11, 23)
NUMBER = "26000012311"


@pytest.fixture
def proceeding(house):
    return make_proceeding(house)


def drop(house, file):
    data = file if isinstance(file, bytes) else file.encode()
    return inbox.import_file(data, "court.eda", house.first.id)


def only(state):
    rows = inbox.list_messages([state])
    assert len(rows) == 1
    return rows[0]


def receive(house, file):
    drop(house, file)
    applying.apply_message(only(MessageState.PROPOSED), despite_future=True)


def cost_note(proceeding, on=TODAY):
    return court_replies.cost_note(
        on, [NUMBER], proceeding.own_ref, principal_cents=1_000_00, court_fee_cents=38_00
    )


def served(proceeding, on=date(2026, 12, 2)):
    return court_replies.service_note(
        on + timedelta(days=2), NUMBER, proceeding.own_ref, "05", served_on=on
    )


def reasons(proceeding):
    return {item.reason for item in list_open_items(proceeding.case_id)}


def balance(account):
    total = db.session.scalar(
        select(func.sum(JournalLine.amount_cents)).where(JournalLine.account == account)
    )
    return int(total or 0)


def test_message_changes_nothing_until_it_is_applied(house, proceeding):
    drop(house, cost_note(proceeding))
    assert only(MessageState.PROPOSED).case_id == proceeding.case_id
    assert proceeding.state is State.APPLIED
    assert costs.list_of_case(proceeding.case_id) == []


def test_unknown_message_is_parked_and_found_once_its_number_is_recorded(house, proceeding):
    drop(house, court_replies.service_note(TODAY, NUMBER, "99-999999", "05", served_on=TODAY))
    row = only(MessageState.PARKED)
    with pytest.raises(errors.MessageUnmatched):
        applying.apply_message(row)
    applying.record_event(proceeding, CourtEventKind.ORDER_ISSUED, TODAY, court_number=NUMBER)
    applying.match_again(row)
    assert row.state is MessageState.PROPOSED
    applying.apply_message(row)
    assert proceeding.state is State.ORDER_SERVED


def test_backward_message_is_refused_and_shown(house, proceeding):
    receive(house, cost_note(proceeding))
    receive(house, served(proceeding))
    not_served = court_replies.service_note(
        date(2026, 12, 6), NUMBER, proceeding.own_ref, "06", reason_key="10", reason="unbekannt"
    )
    drop(house, not_served)
    row = only(MessageState.REFUSED)
    assert row.refusal == "moves_backwards"
    assert proceeding.state is State.ORDER_SERVED
    with pytest.raises(errors.MessageDecided):
        applying.apply_message(row)


def test_foreign_bytes_are_kept_and_reported(house):
    result = drop(house, b"Sehr geehrte Damen und Herren, anbei die Datei." * 9)
    assert result.messages == 0
    assert result.findings


def test_court_fee_is_owed_and_paid_from_operating_money(house, proceeding):
    receive(house, cost_note(proceeding))
    payable = costs.list_open_payables(proceeding.case_id)[0]
    assert payable.due_on == TODAY + timedelta(days=14)
    assert balance(Account.COURT_PAYABLES) == -38_00
    with pytest.raises(AdvanceTooSmall):
        costs.pay_court(payable, TODAY, "advance")
    costs.pay_court(payable, TODAY, "operating")
    assert balance(Account.COURT_PAYABLES) == 0
    assert (balance(Account.OPERATING_BANK), balance(Account.COURT_COSTS_ADVANCED)) == (
        -38_00, 38_00,
    )  # fmt: skip
    with pytest.raises(errors.PayablePaid):
        costs.pay_court(payable, TODAY, "operating")
    assert CourtEventKind.FEE_PAID in {event.kind for event in list_events(proceeding.id)}


def test_a_court_fee_from_the_advance_uses_the_advance_up(house, proceeding):
    receive(house, cost_note(proceeding))
    payable = costs.list_open_payables(proceeding.case_id)[0]
    receive_advance(payable.creditor_id, 100_00, TODAY)
    costs.pay_court(payable, TODAY, "advance")
    assert costs.advance_cents(payable.creditor_id) == 62_00
    assert balance(Account.TRUST_IN_TRANSIT) == -38_00
    assert (balance(Account.COURT_PAYABLES), balance(Account.COURT_COSTS_ADVANCED)) == (0, 0)
    assert list(verify_ledger()) == []


def test_not_served_asks_for_an_address_and_a_new_service(house, proceeding):
    receive(house, cost_note(proceeding))
    receive(
        house,
        court_replies.service_note(
            TODAY, NUMBER, proceeding.own_ref, "06", reason_key="10", reason="Empfänger unbekannt"
        ),
    )
    assert proceeding.state is State.ORDER_NOT_SERVED
    assert "address_inquiry" in reasons(proceeding)
    draft = drafts.draft_filing(proceeding, FilingKind.ORDER_NEW_SERVICE, "address found")
    drafts.enter(draft, {"defendant.street": "Neue Gasse 3"})
    assert draft.errors == 0, draft.findings
    hand_over(house, draft)
    assert proceeding.state is State.ORDER_NEW_SERVICE
    receive(house, served(proceeding))
    assert "address_inquiry" not in reasons(proceeding)


def test_court_query_is_answered_in_place(house, proceeding):
    receive(
        house,
        court_replies.query(
            TODAY,
            [NUMBER],
            proceeding.own_ref,
            [("A01", "AGSTR", "Falsche Gasse 1")],
            applied_on=TODAY,
        ),
    )
    assert "court_query" in reasons(proceeding)
    own = next(d for d in list_of_proceeding(proceeding.id) if d.rule_id == "OWN")
    assert own.last_day == date(2026, 12, 7)
    draft = drafts.list_drafts(proceeding.case_id)[0]
    assert draft.kind is FilingKind.QUERY_ANSWER
    drafts.enter(draft, {"items[0].inhalt": "Lindenallee 7"})
    assert draft.errors == 0, draft.findings
    hand_over(house, draft)
    assert own.state is DeadlineState.CLOSED
    assert "court_query" not in reasons(proceeding)


def test_a_court_that_goes_on_waits_for_no_answer(house, proceeding):
    asked = [("A01", "AGSTR", "Falsche Gasse 1")]
    receive(
        house, court_replies.query(TODAY, [NUMBER], proceeding.own_ref, asked, applied_on=TODAY)
    )
    assert "court_query" in reasons(proceeding)
    receive(house, cost_note(proceeding))  # The court was told otherwise and issued the order.
    own = next(d for d in list_of_proceeding(proceeding.id) if d.rule_id == "OWN")
    assert own.state is DeadlineState.CLOSED
    assert "court_query" not in reasons(proceeding)
    assert drafts.list_drafts(proceeding.case_id) == []


def test_opposition_is_decided_and_the_transfer_ends_our_power(house, proceeding):
    receive(house, cost_note(proceeding))
    receive(house, served(proceeding))
    receive(
        house,
        court_replies.opposition(
            date(2026, 12, 10),
            NUMBER,
            proceeding.own_ref,
            value_cents=1_000_00,
            further_costs_cents=145_00,
            received_on=date(2026, 12, 9),
        ),
    )
    assert proceeding.state is State.OPPOSED
    assert "opposition_decide" in reasons(proceeding)
    assert {
        d.rule_id for d in list_of_proceeding(proceeding.id) if d.state is DeadlineState.OPEN
    } == {"M14"}
    with clock_at(date(2026, 12, 14)):
        draft = drafts.draft_filing(proceeding, FilingKind.LITIGATION, "creditor wants it")
        assert draft.costs_cents > 0  # The further court fee is shown before.
        hand_over(house, draft)
        receive(house, court_replies.referral(date(2026, 12, 14), NUMBER, proceeding.own_ref))
    assert proceeding.state is State.REFERRED
    assert {"lawyer_hand_over"} <= reasons(proceeding)
    with pytest.raises(errors.PowerEnded):
        drafts.draft_filing(proceeding, FilingKind.WITHDRAWAL, "too late")
    dossier.record_hand_over(proceeding, "RAin Beispiel, Hamburg")
    assert "lawyer_hand_over" not in reasons(proceeding)


def test_withdrawal_ends_every_deadline(house, proceeding):
    receive(house, cost_note(proceeding))
    receive(house, served(proceeding))
    with clock_at(date(2026, 12, 3)):
        draft = drafts.draft_filing(
            proceeding, FilingKind.WITHDRAWAL, "settled", content={"kind": "resolved"}
        )
        hand_over(house, draft)
    assert proceeding.state is State.RESOLVED
    assert {d.state for d in list_of_proceeding(proceeding.id)} == {DeadlineState.CLOSED}


def test_revoked_event_takes_its_deadlines_back_and_stays_visible(house, proceeding):
    receive(house, cost_note(proceeding))
    applying.record_event(proceeding, CourtEventKind.ORDER_SERVED, date(2026, 12, 2))
    event = list_events(proceeding.id)[-1]
    revoke_event(proceeding, event.id, "wrong case")
    assert proceeding.state is State.ORDER_ISSUED
    assert {d.closed_reason for d in list_of_proceeding(proceeding.id)} == {"revoked"}
    assert len(list_events(proceeding.id, revoked=True)) == 3
    assert "revoked" in {entry.action for entry in list_entries(proceeding.case_id)}


def test_moved_deadline_is_logged_with_before_and_after(house, proceeding):
    receive(house, cost_note(proceeding))
    receive(house, served(proceeding))
    latest = next(d for d in list_of_proceeding(proceeding.id) if d.rule_id == "M11")
    with pytest.raises(errors.ReasonNeeded):
        deadlines.move_deadline(latest, date(2027, 5, 1), "")
    deadlines.move_deadline(latest, date(2027, 5, 1), "to be safe")
    entry = list_entries(proceeding.case_id)[0]
    assert (entry.before, entry.after) == (
        {"last_day": "2027-06-02"}, {"last_day": "2027-05-01"},
    )  # fmt: skip
    # Another event does not move it back.
    applying.record_event(proceeding, CourtEventKind.FEE_PAID, date(2026, 12, 5))
    assert latest.last_day == date(2027, 5, 1)


def test_court_file_holds_everything_in_german_words(house, proceeding):
    receive(house, cost_note(proceeding))
    with clock_at(date(2026, 12, 8)):
        receive(house, served(proceeding))
        case = get_case_by_id(proceeding.case_id)
        data = dossier.court_file_pdf(case, GermanWords())
        reader = PdfReader(io.BytesIO(data))
        titles = [item.title for item in reader.outline]
        assert titles[:2] == ["Inhalt", "Übersicht"]
        sheets = len(reader.pages)
        for number, page in enumerate(reader.pages, start=1):
            assert f"Gerichtsakte {case.number}, Blatt {number} von {sheets}" in page.extract_text()
        listed = " ".join(reader.pages[0].extract_text().split())
        for item in reader.outline[1:]:
            assert f"{item.title} {reader.get_destination_page_number(item) + 1}" in listed
        assert titles[-1] == "Fristenprotokoll"
        assert any("Antrag auf Mahnbescheid" in title for title in titles)
        assert any("Gerichtsnachricht 03" in title for title in titles)
        assert dossier.court_file_pdf(case, GermanWords()) == data
        text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for program_word in ("mb_issued", "mb_served", "principal", "interest", "{'", "applied_on"):
        assert program_word not in text
    assert "Mahnbescheid zugestellt" in text
    assert "9 Prozentpunkte über" in text or "5 Prozentpunkte über" in text or "%" in text
    assert "12:00 Uhr" in text  # Local time; in UTC it was eleven.


def test_message_is_read_from_its_own_bytes_and_shows_nobody_else(house, proceeding):
    first = make_ready_filing(house, make_court_case(house, "Zeisig"))
    hand_over(house, first)
    drop(house, cost_note(proceeding).encode()
         + court_replies.service_note(date(2026, 11, 23), "26000099911", first.own_ref, "05",
                                      served_on=TODAY).encode())  # fmt: skip
    rows = inbox.list_messages([MessageState.PROPOSED])
    assert len(rows) == 2
    for row in rows:
        own, other = (proceeding.own_ref, first.own_ref)
        if row.own_ref != own:
            own, other = other, own
        assert own.encode() in row.excerpt
        assert other.encode() not in row.excerpt
        assert read_message(row).own_ref == own


def test_cost_note_after_the_service_note_still_brings_its_costs_once(house, proceeding):
    receive(house, served(proceeding))
    assert proceeding.court_number == NUMBER
    receive(house, cost_note(proceeding))
    assert proceeding.state is State.ORDER_SERVED
    assert [p.amount_cents for p in costs.list_of_case(proceeding.case_id)] == [38_00]
    assert balance(Account.COURT_PAYABLES) == -38_00


def test_served_order_suspends_limitation_from_the_application_on(house, proceeding):
    from cases.claims.limitation import list_limitation_events
    from cases.claims.queries import list_claims

    receive(house, served(proceeding))
    claims = list_claims(proceeding.case_id)
    rows = list_limitation_events([claim.id for claim in claims])
    assert [(row.applied_on, row.served_on) for row in rows] == [(TODAY, date(2026, 12, 2))]
