"""What the first trial found wrong in applications: fee credit, courts, names, answers, costs."""

from datetime import date, timedelta

import pytest

from cases.claims.models import DueBasis
from cases.claims.queries import list_claims, list_debtors
from cases.core.clock import clock_at
from cases.costs.booking import book_first_costs
from cases.costs.noting_default import note_reminder
from cases.filings import dossier, errors
from cases.filings.applications import drafts
from cases.filings.applications.models import FilingKind
from cases.filings.applications.readiness import check_filing
from cases.filings.court_mail import applying, inbox
from cases.filings.court_mail.models import MessageState
from cases.filings.court_settings import change_court_settings
from cases.filings.de.fields_to_mend import entries_for
from cases.filings.proceedings.services import list_of_case
from cases.ledger.queries import statement
from cases.parties.models import DebtorAddress
from cases.parties.queries import get_agency
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, EntryState
from legal.proceeding import State
from tests.factories import court_replies
from tests.factories.bank_files import Transfer, camt053, csv_file
from tests.factories.court_cases import (
    hand_over,
    make_court_case,
    make_proceeding,
    make_ready_filing,
)

TODAY = date(2026, 11, 23)
NUMBER = "26000012311"


def codes(filing):
    return {finding["code"] for finding in filing.findings}


def settings(credit_in):
    change_court_settings(
        file_letters="LIN", confirmed_fields=["C10.IKUBET", "C32.INKBET"], query_days=14,
        payment_days=14, credit_in=credit_in,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("credit_in", "remuneration", "costs"),
    [("costs", None, "61.60"), ("fee", "152.00", "105.60")],
)
def test_half_of_the_pre_court_fee_is_credited_once(house, credit_in, remuneration, costs):
    settings(credit_in)
    case = make_court_case(house, principal_cents=1_999_00)
    filing = make_ready_filing(house, case)
    book_first_costs(case, TODAY - timedelta(days=60))
    checked = check_filing(filing)
    assert checked.notation["representative_case"].get("remuneration") == remuneration
    assert checked.notation["ancillary"]["INKB"] == costs
    assert checked.costs.remuneration_cents == 152_00
    assert filing.errors == 0, filing.findings


@pytest.mark.parametrize("credit_in", ["costs", "fee"])
def test_where_a_lawyer_takes_over_nothing_more_is_credited(house, database, credit_in):
    """The half is credited in our own application alone; he computes his own fee (§ 13f RDG)."""
    settings(credit_in)
    case = make_court_case(house, principal_cents=1_999_00)
    book_first_costs(case, TODAY - timedelta(days=60))
    hand_over(house, make_ready_filing(house, case))
    proceeding = list_of_case(case.id)[0]
    before = statement(case.id).costs_open_cents
    receive(
        house,
        court_replies.cost_note(
            TODAY, [NUMBER], proceeding.own_ref, principal_cents=1_999_00, court_fee_cents=57_50
        ),
    )
    with clock_at(date(2026, 12, 14)):
        receive(
            house,
            court_replies.opposition(
                date(2026, 12, 10), NUMBER, proceeding.own_ref, value_cents=1_999_00,
                further_costs_cents=145_00, received_on=date(2026, 12, 9),
            ),
        )  # fmt: skip
        hand_over(house, drafts.draft_filing(proceeding, FilingKind.LITIGATION, "wanted"))
        receive(house, court_replies.referral(date(2026, 12, 14), NUMBER, proceeding.own_ref))
        dossier.record_hand_over(proceeding, "RAin Beispiel")
        with pytest.raises(errors.PowerEnded):
            drafts.draft_filing(proceeding, FilingKind.ENFORCEMENT_ORDER, "no")
    # What was booked before stands in full; only the court's costs came on top.
    assert statement(case.id).costs_open_cents == before + 57_50


@pytest.mark.parametrize("reminded", [None, date(2026, 9, 14)])
def test_joint_debtors_are_asked_together_only_what_each_of_them_owes(house, reminded):
    """Default works for its person alone (§ 425 BGB); one application has one day for all."""
    settings("costs")
    case = make_court_case(
        house, joint=True, due_basis=DueBasis.INVOICE, reminded_on=date(2026, 8, 10)
    )
    book_first_costs(case, TODAY - timedelta(days=60))
    if reminded:
        other, claims = list_debtors(case.id)[1].debtor, list_claims(case.id)
        note_reminder(case.id, other.public_id, [claims[0].public_id], reminded, "Rückschein")
    notation = check_filing(make_ready_filing(house, case, joint=True)).notation
    first = notation["claims"][0].get("interest", [{}])[0].get("from")
    assert first == (reminded and "2026-09-15")
    # 0.9 of 93.00 and a fifth of it are 100.44; half of 83.70 is credited.
    assert notation.get("ancillary", {}).get("INKB") == ("58.59" if reminded else None)


def test_money_on_our_other_account_stops_an_application(house, database):
    case = make_court_case(house)
    filing = make_ready_filing(house, case)
    assert filing.errors == 0
    entry = Transfer(50_00, f"Rate zu {case.number}", name="Dritter")
    import_statement(camt053([entry], iban=get_agency().operating_iban), "x.xml")
    states = [each.state for each in database.query(BankEntry) if each.amount_cents == 50_00]
    assert states == [EntryState.OPERATING]
    drafts.enter(filing, {})
    assert "suspense_candidate" in codes(filing)


def test_money_that_may_be_known_already_stops_an_application_too(house, database):
    case = make_court_case(house)
    filing = make_ready_filing(house, case)
    import_statement(camt053([Transfer(50_00, "Miete November")]), "a.xml")
    import_statement(csv_file([Transfer(50_00, f"Rate {case.number}")]), "b.csv")
    doubtful = [one for one in database.query(BankEntry) if one.state is EntryState.DOUBTFUL]
    assert len(doubtful) == 1
    drafts.enter(filing, {})
    assert "suspense_candidate" in codes(filing)


def test_step_of_the_fee_that_is_due_is_booked_before_filing_and_stays(house):
    settings("fee")
    case = make_court_case(house, principal_cents=1_999_00)
    book_first_costs(case, TODAY - timedelta(days=60))
    filing = make_ready_filing(house, case)  # Its letter is 60 days old, the bank is read.
    checked = check_filing(filing)
    # 0.9 of 176.00 and 20.00; half of it is credited: 176.00 - 79.20 + 20.00.
    assert checked.notation["ancillary"]["INKB"] == "178.40"
    assert checked.notation["representative_case"]["remuneration"] == "116.80"
    assert "fee_step_ahead" not in codes(filing)


def test_filing_inside_the_window_says_what_it_costs(house):
    settings("fee")
    case = make_court_case(house, principal_cents=1_999_00, letter_days=10)
    filing = make_ready_filing(house, case)
    book_first_costs(case, TODAY - timedelta(days=10))
    check_filing(filing)
    assert {"fee_step_ahead", "notice_running"} <= codes(filing)


def test_without_pre_court_fee_nothing_is_credited(house):
    settings("fee")
    checked = check_filing(make_ready_filing(house))
    assert "remuneration" not in checked.notation["representative_case"]


@pytest.mark.parametrize(
    ("cents", "kind", "code"),
    [
        (800_00, "2", "trial_court_too_high"),
        (10_000_00, "2", "trial_court_too_high"),
        (10_000_01, "1", "trial_court_too_low"),
    ],
)
def test_kind_of_trial_court_follows_the_value(house, cents, kind, code):
    filing = make_ready_filing(house, make_court_case(house, principal_cents=cents))
    drafts.enter(filing, {"defendants[0].prozessgericht.pgm": kind,
                          "defendants[0].prozessgericht.plz": "22765",
                          "defendants[0].prozessgericht.place": "Hamburg"})  # fmt: skip
    assert code in codes(filing)
    assert filing.errors > 0
    drafts.give_reason(filing, code, "§ 71(2) GVG")
    assert filing.errors == 0


def test_trial_court_in_another_state_is_questioned(house):
    filing = make_ready_filing(house)
    drafts.enter(filing, {"defendants[0].prozessgericht.plz": "80335",
                          "defendants[0].prozessgericht.place": "München"})  # fmt: skip
    assert "trial_court_elsewhere" in codes(filing)


def test_consumer_credit_is_checked_from_the_claim(house):
    case = make_court_case(house, is_consumer_loan=True, contract_on=date(2025, 8, 1))
    filing = make_ready_filing(house, case)
    assert "missing" in codes(filing)  # Its rate: § 690(1) no. 3 ZPO.
    # The base rate was 1.27 then: more than 13.27 is not for this procedure.
    drafts.enter(filing, {"claims[0].consumer_credit.rate": "13.280"})
    assert "credit_too_expensive" in codes(filing)
    drafts.enter(filing, {"claims[0].consumer_credit.rate": "9.900"})
    assert "credit_too_expensive" not in codes(filing)


def test_name_is_offered_in_admitted_letters_and_the_choice_is_kept(house):
    case = make_court_case(house, "Wiśniewski", given_name="Łukasz")
    filing = make_ready_filing(house, case)
    found = {f["field"] for f in filing.findings if f["code"] == "character_not_admitted"}
    assert found == {"defendants[0].n1", "defendants[0].n2"}
    notation = check_filing(filing).notation
    offered = [entries_for("character_not_admitted", path, notation)[0] for path in sorted(found)]
    assert [entry.offered for entry in offered] == ["Lukasz", "Wisniewski"]
    drafts.enter(filing, {entry.path: entry.offered for entry in offered})
    hand_over(house, filing)
    proceeding = list_of_case(case.id)[0]
    with clock_at(date(2026, 12, 8)):
        receive(
            house,
            court_replies.cost_note(
                TODAY, [NUMBER], filing.own_ref, principal_cents=1_000_00, court_fee_cents=38_00
            ),
        )
        receive(
            house,
            court_replies.service_note(
                date(2026, 12, 7), NUMBER, filing.own_ref, "06", reason_key="10", reason="unbekannt"
            ),
        )
        again = drafts.draft_filing(proceeding, FilingKind.ORDER_NEW_SERVICE, "found")
        assert codes(again) == {"address_unchanged"}
        assert again.errors == 1
        drafts.enter(again, {"defendant.street": "Neue Gasse 3"})
        assert again.errors == 0, again.findings
        assert check_filing(again).notation["defendant"]["n1"] == "Lukasz"


def test_new_address_in_the_records_is_taken(house, database):
    proceeding = make_proceeding(house)
    with clock_at(date(2026, 12, 8)):
        receive(
            house,
            court_replies.cost_note(
                TODAY, [NUMBER], proceeding.own_ref, principal_cents=1_000_00, court_fee_cents=38_00
            ),
        )
        receive(
            house,
            court_replies.service_note(
                date(2026, 12, 7),
                NUMBER,
                proceeding.own_ref,
                "06",
                reason_key="10",
                reason="unbekannt",
            ),
        )
        old = database.query(DebtorAddress).filter_by(debtor_id=proceeding.debtor_id).one()
        old.valid_until = date(2026, 12, 7)
        database.flush()
        database.add(DebtorAddress(
            debtor_id=old.debtor_id, street="Neue Gasse 3", postcode="22765", city="Hamburg",
            country="DE", valid_from=date(2026, 12, 8),
        ))  # fmt: skip
        database.flush()
        again = drafts.draft_filing(proceeding, FilingKind.ORDER_NEW_SERVICE, "found")
        assert again.errors == 0, again.findings


def test_answer_that_repeats_what_was_objected_is_not_ready(house):
    proceeding = make_proceeding(house)
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
    draft = drafts.list_drafts(proceeding.case_id)[0]
    assert "answer_repeats" in codes(draft)
    drafts.enter(draft, {"items[0].inhalt": "Falsche  Gasse 1 "})
    assert draft.errors == 1
    drafts.enter(draft, {"items[0].inhalt": "Lindenallee 7"})
    assert draft.errors == 0, draft.findings


def test_message_from_the_future_waits_for_a_person(house):
    proceeding = make_proceeding(house)
    inbox.import_file(court_replies.cost_note(
        date(2026, 12, 28), [NUMBER], proceeding.own_ref, principal_cents=1_000_00,
        court_fee_cents=38_00).encode(), "03.eda", house.first.id)  # fmt: skip
    row = inbox.list_messages([MessageState.PROPOSED])[0]
    with pytest.raises(errors.MessageFromFuture):
        applying.apply_message(row)
    assert proceeding.state is State.APPLIED
    applying.apply_message(row, despite_future=True)
    assert proceeding.state is State.ORDER_ISSUED


def test_costs_bear_interest_from_their_title_on(house):
    proceeding = make_proceeding(house)
    with clock_at(date(2026, 12, 1)):
        receive(
            house,
            court_replies.cost_note(
                date(2026, 11, 30),
                [NUMBER],
                proceeding.own_ref,
                principal_cents=1_000_00,
                court_fee_cents=38_00,
            ),
        )
        receive(
            house,
            court_replies.service_note(
                date(2026, 12, 1), NUMBER, proceeding.own_ref, "05", served_on=date(2026, 12, 1)
            ),
        )
    with clock_at(date(2026, 12, 17)):
        draft = drafts.draft_filing(proceeding, FilingKind.ENFORCEMENT_ORDER, "no opposition")
        assert check_filing(draft).notation["interest_on_costs"] is True
    with clock_at(date(2026, 12, 28)):
        receive(house, court_replies.enforcement_order_issued(
            date(2026, 12, 28), NUMBER, proceeding.own_ref, principal_cents=1_000_00,
            court_fee_cents=38_00))  # fmt: skip
        costs = statement(proceeding.case_id).costs
        assert (costs.owed_cents, costs.bearing_open_cents) == (38_00, 38_00)
    with clock_at(date(2027, 12, 27)):
        # Five points over 1.52 %: 38.00 x 6.52 % for 365 days, both ends counted.
        accrued = statement(proceeding.case_id).costs.interest_accrued_cents
        assert accrued == 2_48


def receive(house, file):
    inbox.import_file(file.encode(), "court.eda", house.first.id)
    for row in inbox.list_messages([MessageState.PROPOSED]):
        applying.apply_message(row)
