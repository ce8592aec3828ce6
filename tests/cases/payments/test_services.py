"""From a bank file to the claim account: once, in order, and to the right case or to a person."""

from datetime import date

import pytest
from sqlalchemy import func, select

from cases.claims.ending import Ending, end_case
from cases.claims.models import Outcome
from cases.claims.references import iso11649
from cases.claims.timeline import list_events
from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.ledger.models import Account, JournalLine
from cases.ledger.queries import shown_statement, statement
from cases.ledger.trust import prove_trust
from cases.payments import errors
from cases.payments.candidates import list_candidates
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, BankImport, EntryState, Payment
from cases.payments.services import (
    assign_entry,
    confirm_return,
    note_refund,
    release_entry,
    withdraw_refund,
)
from cases.payments.statement_booking import _known
from cases.worklist.listing import list_items
from tests.factories.bank_files import OPERATING_IBAN, TRUST_IBAN, Transfer, camt053
from tests.factories.records import (
    claim_details,
    make_agency,
    make_case,
    make_uncomputable,
    make_user,
)

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def house(database):
    with clock_at(TODAY):
        make_agency()
        yield database


def book(*transfers, **more):
    with transaction():
        return import_statement(camt053(transfers, **more), "statement.xml")


def entries(database):
    query = select(BankEntry).order_by(BankEntry.value_on, BankEntry.id)
    return list(database.scalars(query.execution_options(populate_existing=True)))


def live(database, case):
    return list(
        database.scalars(
            select(Payment)
            .where(Payment.case_id == case.id, Payment.reversed_at.is_(None))
            .order_by(Payment.value_on, Payment.id)
        )
    )


def balance(database, account):
    query = select(func.sum(JournalLine.amount_cents)).where(JournalLine.account == account)
    return database.scalar(query) or 0


def proven():
    return all(proof.difference_cents == 0 for proof in prove_trust())


@pytest.mark.parametrize("where", ["purpose", "end_to_end", "structured"])
def test_a_payment_with_our_reference_is_allocated_by_law(database, where):
    case, _ = make_case()
    text = iso11649(case.number) if where == "structured" else f"Rechnung {case.number} danke"
    book(Transfer(100_00, **{where: text}))
    (entry,) = entries(database)
    (payment,) = live(database, case)
    assert entry.state is EntryState.BOOKED
    # Default began on 2026-08-01: interest to 2026-11-02 first (§ 367 BGB), the rest on principal.
    assert payment.interest_cents > 0
    assert payment.interest_cents + payment.principal_cents == 100_00
    assert statement(case.id, TODAY).principal_open_cents == 1_000_00 - payment.principal_cents
    assert balance(database, Account.TRUST_BANK) == 100_00
    assert balance(database, Account.CREDITOR_PAYABLES) == -100_00
    assert balance(database, Account.SUSPENSE) == 0
    assert proven()
    (noted, event, *_) = list_events(case.id)
    assert noted.kind == "limitation.noted", "a part payment may restart the limitation"
    assert (event.kind, event.params["amount_cents"]) == ("payment.received", 100_00)
    assert event.params["open_cents"] == statement(case.id, TODAY).open_cents
    assert event.params["payment_id"] == payment.id


def test_what_pays_all_leaves_nothing_open_and_a_surplus_belongs_to_the_debtor(database):
    case, _ = make_case()
    owed = statement(case.id, date(2026, 11, 2)).open_cents
    book(Transfer(owed + 5_00, case.number))
    (payment,) = live(database, case)
    assert payment.surplus_cents == 5_00
    assert balance(database, Account.REFUNDS_DUE) == -5_00
    assert list_events(case.id)[0].params["open_cents"] == 0
    assert proven()


def test_what_cannot_be_placed_stands_in_suspense_with_its_reason(database):
    paid, _ = make_case()
    closed, _ = make_case()
    foreign, _ = make_case(claims=[claim_details(currency="CHF")])
    one, _ = make_case()
    two, _ = make_case()
    book(Transfer(statement(paid.id, date(2026, 11, 2)).open_cents, paid.number))
    with transaction():
        end_case(closed.id, Ending.usual(Outcome.WITHDRAWN, "Auftrag zurück"))
    book(
        Transfer(1_00, "kein Bezug"),
        Transfer(2_00, paid.number),
        Transfer(3_00, closed.number),
        Transfer(4_00, foreign.number),
        Transfer(5_00, f"{one.number} und {two.number}"),
        number=2,
    )
    found = {entry.amount_cents: (entry.state.value, entry.reason) for entry in entries(database)}
    assert {cents: found[cents] for cents in (1_00, 2_00, 3_00, 4_00, 5_00)} == {
        1_00: ("suspense", "no_match"),
        2_00: ("suspense", "nothing_owed"),
        3_00: ("suspense", "case_closed"),
        4_00: ("foreign", "other_currency"),
        5_00: ("suspense", "several_references"),
    }
    assert balance(database, Account.SUSPENSE) == -15_00
    assert proven()


def test_a_case_that_cannot_be_computed_stops_no_other_payment_of_its_file(database):
    """Default began in 2001: no base rate is known that far back (intake refuses it by now)."""
    odd, _ = make_case()
    make_uncomputable(odd)
    fine, _ = make_case()
    book(Transfer(10_00, odd.number), Transfer(20_00, fine.number))
    found = {entry.amount_cents: (entry.state.value, entry.reason) for entry in entries(database)}
    assert found == {10_00: ("suspense", "not_computable"), 20_00: ("booked", "purpose")}
    (entry,) = [e for e in entries(database) if e.amount_cents == 10_00]
    with pytest.raises(errors.CaseNotComputable):
        assign_entry(entry.public_id, odd.number)
    assert list_candidates(entry)[0].refused == "not_computable"
    (claim,) = shown_statement(odd.id).failures
    assert claim.terms.interest_first_day < date(2002, 1, 1)
    assert proven()


def test_more_entries_than_a_query_has_parameters_are_looked_up(database):
    assert _known(TRUST_IBAN, [f"fingerprint {number}" for number in range(70_000)]) == set()


def test_a_debit_is_booked_and_the_operating_account_is_never_matched(database):
    case, _ = make_case()
    book(Transfer(-7_90, "Entgelt"))
    book(Transfer(50_00, case.number), Transfer(-1_00, "Porto"), iban=OPERATING_IBAN)
    states = {entry.amount_cents: entry.state.value for entry in entries(database)}
    assert states == {-7_90: "suspense", 50_00: "operating", -1_00: "outgoing"}
    assert not live(database, case)
    assert balance(database, Account.TRUST_BANK) == -7_90
    assert proven()


def test_a_statement_of_an_account_that_is_not_ours_is_not_booked(database):
    case, _ = make_case()
    bank_file = book(Transfer(10_00, case.number), iban="DE75512108001245126199")
    noted = database.scalar(select(BankImport))
    assert (bank_file.state.value, noted.refused_code) == ("refused", "account_unknown")
    assert not entries(database)
    assert not live(database, case)


def test_a_statement_with_one_unreadable_entry_is_not_booked_at_all(database):
    case, _ = make_case()
    data = camt053([Transfer(10_00, case.number), Transfer(20_00, "?")])
    with transaction():
        bank_file = import_statement(data.replace(b">20.00<", b">2o.00<"), "broken.xml")
    noted = database.scalar(select(BankImport))
    assert (bank_file.state.value, noted.refused_code) == ("refused", "held_back")
    assert "amount_unreadable" in [each["code"] for each in noted.findings]
    assert not entries(database)


def test_a_statement_that_does_not_add_up_is_booked_with_a_warning(database):
    book(Transfer(10_00, "?"), wrong_closing=True)
    (noted,) = database.scalars(select(BankImport))
    assert [each["code"] for each in noted.findings] == ["balance_mismatch"]
    assert len(entries(database)) == 1


def test_a_file_that_is_no_statement_is_refused_and_kept(database):
    with transaction():
        bank_file = import_statement(b"%PDF-1.7", "scan.pdf")
    assert bank_file.state.value == "refused"
    assert [each["code"] for each in bank_file.findings] == ["not_a_bank_statement"]
    assert bank_file.file_id


def test_each_payment_of_a_batch_finds_its_own_case(database):
    one, _ = make_case()
    two, _ = make_case()
    parts = (Transfer(10_00, one.number), Transfer(20_00, two.number), Transfer(5_00, "unklar"))
    batch = Transfer(35_00, reference="BANKREF2026A", parts=parts)
    book(batch)
    book(batch, number=2)
    assert [p.amount_cents for p in live(database, one)] == [10_00]
    assert [p.amount_cents for p in live(database, two)] == [20_00]
    assert [(e.part, e.parts) for e in entries(database)] == [(1, 3), (2, 3), (3, 3)]
    assert balance(database, Account.TRUST_BANK) == 35_00


def test_a_batch_that_came_as_one_entry_does_not_come_again_in_parts(database):
    case, _ = make_case()
    parts = (Transfer(10_00, case.number), Transfer(20_00, case.number))
    book(Transfer(30_00, case.number, reference="BANKREF2026B"))
    book(Transfer(30_00, reference="BANKREF2026B", parts=parts), number=2)
    assert balance(database, Account.TRUST_BANK) == 30_00


def test_an_earlier_value_day_goes_first_and_later_payments_are_allocated_anew(database):
    case, _ = make_case()
    straight, _ = make_case()
    early, late = date(2026, 9, 1), date(2026, 10, 1)
    book(Transfer(300_00, case.number, on=late))
    book(Transfer(400_00, case.number, on=early), number=2)
    book(Transfer(400_00, straight.number, on=early), number=3)
    book(Transfer(300_00, straight.number, on=late), number=4)
    split = [(p.value_on, p.interest_cents, p.principal_cents) for p in live(database, case)]
    assert split == [
        (p.value_on, p.interest_cents, p.principal_cents) for p in live(database, straight)
    ]
    assert [day for day, *_ in split] == [early, late]
    owed, other = statement(case.id, TODAY), statement(straight.id, TODAY)
    assert owed.open_cents == other.open_cents
    assert case.received_cents == 700_00
    kinds = [event.kind for event in list_events(case.id)]
    assert kinds.count("payment.received") == 2
    assert kinds.count("payment.reversed") == 0
    assert proven()


def test_suspense_is_assigned_by_hand_and_can_be_released(database):
    case, _ = make_case()
    book(Transfer(80_00, "Miete?"))
    (entry,) = entries(database)
    with transaction():
        assign_entry(entry.public_id, f" {case.number} ")
    assert (entry.state, entry.reason) == (EntryState.ASSIGNED, "by_hand")
    assert balance(database, Account.SUSPENSE) == 0
    with pytest.raises(errors.EntryNotOpen):
        assign_entry(entry.public_id, case.number)
    with transaction():
        release_entry(entry.public_id, "falsche Akte")
    assert entry.state is EntryState.SUSPENSE
    assert not live(database, case)
    assert statement(case.id, TODAY).principal_open_cents == 1_000_00
    assert balance(database, Account.SUSPENSE) == -80_00
    assert list_events(case.id)[0].kind == "payment.reversed"
    with transaction():
        assign_entry(entry.public_id, case.number)
    assert [p.amount_cents for p in live(database, case)] == [80_00]
    assert proven()


def test_releasing_an_earlier_payment_lets_the_later_ones_move_up(database):
    case, _ = make_case()
    alone, _ = make_case()
    early, late = date(2026, 9, 1), date(2026, 10, 1)
    book(
        Transfer(400_00, case.number, on=early),
        Transfer(300_00, case.number, on=late),
        Transfer(300_00, alone.number, on=late, name="Andere"),
    )
    (first, *_) = [e for e in entries(database) if e.value_on == early]
    with transaction():
        release_entry(first.public_id, "gehört einem anderen")
    (payment,), (expected,) = live(database, case), live(database, alone)
    assert payment.interest_cents == expected.interest_cents
    assert statement(case.id, TODAY).open_cents == statement(alone.id, TODAY).open_cents
    assert proven()


def test_hands_are_refused_with_a_sentence(database):
    case, _ = make_case()
    foreign, _ = make_case(claims=[claim_details(currency="CHF")])
    closed, _ = make_case()
    end_case(closed.id, Ending.usual(Outcome.WITHDRAWN, "Auftrag zurück"))
    book(Transfer(80_00, "?"), Transfer(-3_00, "Entgelt"))
    fee, entry = sorted(entries(database), key=lambda e: e.amount_cents)
    for number, refusal in [
        ("4711", errors.CaseUnknown),
        (foreign.number, errors.CurrencyDiffers),
        (closed.number, errors.CaseTakesNoMoney),
    ]:
        with pytest.raises(refusal):
            assign_entry(entry.public_id, number)
    with pytest.raises(errors.EntryNotOpen):
        assign_entry(fee.public_id, case.number)
    with pytest.raises(errors.NoteMissing):
        release_entry(entry.public_id, " ")
    with pytest.raises(errors.NoteMissing):
        note_refund(entry.public_id, "")
    with pytest.raises(errors.NotARefund):
        withdraw_refund(entry.public_id)


def test_a_refund_is_noted_as_owed_and_can_be_withdrawn(database):
    book(Transfer(80_00, "?"))
    (entry,) = entries(database)
    with transaction():
        note_refund(entry.public_id, "Irrläufer")
    assert entry.state is EntryState.REFUNDED
    assert balance(database, Account.REFUNDS_DUE) == -80_00
    with transaction():
        withdraw_refund(entry.public_id)
    assert (entry.state, balance(database, Account.REFUNDS_DUE)) == (EntryState.SUSPENSE, 0)
    with transaction():
        note_refund(entry.public_id, "doch")
    assert proven()


def test_a_return_takes_the_payment_back_once_a_person_confirms_it(database):
    case, _ = make_case()
    book(
        Transfer(80_00, case.number),
        Transfer(-80_00, case.number, is_return=True, on=date(2026, 11, 5)),
    )
    paid, returned = entries(database)
    assert (returned.state, returned.reason) == (EntryState.SUSPENSE, "return_or_reversal")
    assert len(live(database, case)) == 1  # Nothing is reversed by itself.
    assert proven()
    with transaction():
        confirm_return(returned.public_id, paid.public_id)
    assert not live(database, case)
    assert {paid.state, returned.state} == {EntryState.RETURNED}
    assert balance(database, Account.SUSPENSE) == balance(database, Account.TRUST_BANK) == 0
    assert statement(case.id, TODAY).principal_open_cents == 1_000_00
    with pytest.raises(errors.EntryNotOpen):
        confirm_return(returned.public_id, paid.public_id)


def test_a_return_never_takes_another_payment_back(database):
    case, _ = make_case()
    book(
        Transfer(81_00, case.number),
        Transfer(-80_00, case.number, is_return=True, on=date(2026, 11, 5)),
    )
    paid, returned = entries(database)
    with pytest.raises(errors.NotItsReturn):
        confirm_return(returned.public_id, paid.public_id)
    with pytest.raises(errors.EntryNotOpen):
        confirm_return(paid.public_id, returned.public_id)


def test_the_worklist_hears_that_all_is_paid(database):
    worker = make_user()
    case, _ = make_case(accepted_by=worker)
    book(Transfer(statement(case.id, date(2026, 11, 2)).open_cents, case.number))
    assert [item.reason for item in list_items(worker.id)] == ["paid_in_full"]
