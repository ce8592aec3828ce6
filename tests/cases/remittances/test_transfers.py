"""Refunds, our share and bills of third parties: ordered by two, seen by the bank, proven."""

from datetime import date

import pytest
from lxml import etree
from sqlalchemy import func, select

from cases.claims.models import Phase
from cases.core import audit, files
from cases.core.clock import clock_at
from cases.core.database import db
from cases.core.errors import NotFound
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.errors import AdvanceTooSmall
from cases.ledger.models import Account, JournalLine
from cases.ledger.queries import statement
from cases.ledger.settlement_bookings import open_outlays
from cases.ledger.trust import prove_trust
from cases.ledger.trust_bookings import balance_of, total_of
from cases.parties.queries import get_agency
from cases.payments.errors import RefundOrdered
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, EntryState, Payment
from cases.payments.services import note_refund, release_entry, withdraw_refund
from cases.payments.settling import settle_entry
from cases.payments.standing import Standing
from cases.people.approvals import NotSecondPerson, confirm
from cases.people.policy import Role
from cases.remittances import releasing as payouts
from cases.remittances.preparing import prepare_run
from cases.remittances.transfers import advances, bills, errors
from cases.remittances.transfers.bill_models import AdvanceState, BillKind, BillSource, BillState
from cases.remittances.transfers.bills import BillWish, LineWish
from cases.remittances.transfers.confirming import confirm_transfers, reject
from cases.remittances.transfers.models import TransferState
from cases.remittances.transfers.preparing import (
    Payee,
    note_paid_elsewhere,
    prepare_refunds,
    prepare_share,
)
from cases.remittances.transfers.queries import get_order_file
from cases.remittances.transfers.refunds_due import list_refunded_too_much, list_refunds_due
from cases.remittances.transfers.releasing import ask_release, drop_run, list_transfers
from tests.factories.bank_files import Transfer, camt053
from tests.factories.payouts import make_paid_case, take_statement
from tests.factories.records import make_agency, make_case, make_creditor, make_user

MONDAY = date(2026, 11, 30)
SEEN = date(2026, 11, 9)  # When the bank shows what was ordered.
PAYER = "DE75512108001245126199"  # As the factory's statements name him.
BAILIFF = "DE02120300000000202051"
TERMS = {"steps": [{"until_cents": None, "percent": "20"}], "costs_owner": "agency"}


@pytest.fixture
def house(database):
    with clock_at(MONDAY):
        make_agency(operating_iban="DE12500105170648489890")
        clerk = make_user(Role.ACCOUNTS)
        audit.set_actor(clerk.id)
        yield clerk


def overpaid(cents=69_37):
    """A case of 1,000.00 and its interest, paid with so much more."""
    case, _ = make_case()
    owed = statement(case.id, date(2026, 11, 2)).open_cents
    take_statement([Transfer(owed + cents, purpose=case.number, on=date(2026, 11, 2))])
    return case


def stray(cents=80_00, on=date(2026, 11, 2)):
    take_statement([Transfer(cents, "Irrläufer", on=on)])
    entry = db.session.scalars(select(BankEntry).order_by(BankEntry.id.desc())).first()
    note_refund(entry.public_id, "gehört nicht zu uns")
    return entry


def payees(iban=PAYER):
    return {each.key: Payee("Jonas Weber", iban) for each in list_refunds_due("EUR")}


def release(run):
    asked = ask_release(run.public_id)
    confirm(asked.public_id, make_user(Role.ADMIN).id)
    return list_transfers(run.id)


def balance(account):
    query = select(func.sum(JournalLine.amount_cents)).where(JournalLine.account == account)
    return db.session.scalar(query) or 0


def show_on(transfers, iban=None):
    """The bank's next statement of an account with these transfers on it."""
    rows = [
        Transfer(-each.amount_cents, each.purpose, end_to_end=str(each.number), on=SEEN)
        for each in transfers
    ]
    if iban is None:
        take_statement(rows)
    else:
        import_statement(camt053(rows, iban=iban, opening_cents=5_000_00), "own.xml")
    return confirm_transfers()


def assert_proven():
    assert [proof.difference_cents for proof in prove_trust()] in ([], [0])
    assert list(verify_ledger()) == []


def test_an_overpayment_goes_back_to_who_paid_it(house):
    case = overpaid()
    [due] = list_refunds_due("EUR")
    assert (due.case.id, due.cents) == (case.id, 69_37)
    run = prepare_refunds(payees())
    assert list_refunds_due("EUR") == []
    with pytest.raises(NotFound):
        get_order_file(run)
    [transfer] = release(run)
    assert (transfer.state, transfer.other_account) == (TransferState.ORDERED, False)
    assert (total_of(Account.REFUNDS_DUE), balance(Account.TRUST_IN_TRANSIT)) == (0, -69_37)
    assert_proven()
    data = files.read_bytes(get_order_file(run))
    payouts.check_schema(data)
    names = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
    tree = etree.fromstring(data)
    assert tree.xpath("string(//p:InstdAmt)", namespaces=names) == "69.37"
    assert tree.xpath("string(//p:CdtrAcct//p:IBAN)", namespaces=names) == PAYER
    assert tree.xpath("string(//p:DbtrAcct//p:IBAN)", namespaces=names) == get_agency().trust_iban
    assert show_on([transfer]) == 1
    assert transfer.state is TransferState.PAID
    assert balance(Account.TRUST_IN_TRANSIT) == 0
    assert list_refunds_due("EUR") == []
    assert_proven()


def test_a_stray_payment_goes_back_and_its_note_stays_while_it_is_ordered(house):
    entry = stray()
    run = prepare_refunds(payees())
    withdraw_refund(entry.public_id)
    asked = ask_release(run.public_id)
    with pytest.raises(errors.TransferStale), db.session.begin_nested():
        confirm(asked.public_id, make_user(Role.ADMIN).id)
    drop_run(run.public_id)
    note_refund(entry.public_id, "doch nicht")
    [transfer] = release(prepare_refunds(payees()))
    with pytest.raises(RefundOrdered):
        withdraw_refund(entry.public_id)
    reject(transfer.public_id, "Konto erloschen")
    assert (entry.state, entry.reason) == (EntryState.REFUNDED, "refund_noted")
    assert [each.cents for each in list_refunds_due("EUR")] == [80_00]
    assert_proven()
    with pytest.raises(errors.TransferNotOrdered):
        reject(transfer.public_id, "noch einmal")
    [again] = release(prepare_refunds(payees(BAILIFF)))
    assert again.other_account
    assert show_on([again]) == 1
    assert_proven()


@pytest.mark.parametrize(
    ("iban", "name", "refusal"),
    [("", "Jonas Weber", errors.PayeeMissing), (PAYER, " ", errors.PayeeMissing),
     ("DE00", "Jonas Weber", errors.PayeeIbanWrong)],
)  # fmt: skip
def test_a_refund_needs_name_and_account(house, iban, name, refusal):
    stray()
    [due] = list_refunds_due("EUR")
    with pytest.raises(refusal), db.session.begin_nested():
        prepare_refunds({due.key: Payee(name, iban)})


def test_only_what_is_due_is_ordered_and_by_two_people(house):
    with pytest.raises(errors.NothingChosen):
        prepare_refunds({})
    with pytest.raises(errors.RefundGone), db.session.begin_nested():
        prepare_refunds({"nobody.": Payee("Wer", PAYER)})
    stray()
    run = prepare_refunds(payees())
    with pytest.raises(errors.TransferRunOpen):
        prepare_refunds({"nobody.": Payee("Wer", PAYER)})
    with pytest.raises(NotSecondPerson):
        confirm(ask_release(run.public_id).public_id, house.id)


def test_a_refund_paid_by_hand_is_not_paid_once_more(house):
    first, second = stray(80_00), stray(20_00, date(2026, 11, 3))
    take_statement([Transfer(-80_00, "Erstattung", on=date(2026, 11, 4))])
    debit = db.session.scalars(select(BankEntry).where(BankEntry.amount_cents == -80_00)).one()
    settle_entry(debit.public_id, Standing.REFUND_PAID)
    with pytest.raises(errors.RefundsPaidElsewhere), db.session.begin_nested():
        prepare_refunds(payees())
    [key] = [each.key for each in list_refunds_due("EUR") if each.entry.id == first.id]
    with pytest.raises(errors.RejectionReasonMissing):
        note_paid_elsewhere(key, " ")
    note_paid_elsewhere(key, "Umsatz vom 30.11.")
    [transfer] = release(prepare_refunds(payees()))
    assert (transfer.entry_id, transfer.amount_cents) == (second.id, 20_00)
    assert_proven()


def test_a_payment_taken_back_after_its_refund_is_named(house):
    case = overpaid()
    [transfer] = release(prepare_refunds(payees()))
    show_on([transfer])
    [payment] = db.session.scalars(select(Payment).where(Payment.case_id == case.id))
    release_entry(db.session.get(BankEntry, payment.bank_entry_id).public_id, "falsche Akte")
    assert [(one.id, cents) for one, cents in list_refunded_too_much("EUR")] == [
        (transfer.id, 69_37)
    ]
    assert_proven()


def test_our_share_leaves_trust_after_the_settlement_by_one_act(house):
    creditor = make_creditor("Stadtwerke Beispiel GmbH", fee_terms=TERMS)
    make_paid_case(creditor, 100_00)
    with pytest.raises(errors.NoShareToWithdraw):
        prepare_share()
    run = prepare_run(MONDAY)
    confirm(payouts.ask_release(run.public_id).public_id, make_user(Role.ADMIN).id)
    # 20.00 of fee and 3.80 of VAT lie in trust until they are withdrawn.
    assert (run.share_cents, balance_of(Account.SHARE_IN_TRUST, creditor.id)) == (23_80, 23_80)
    assert_proven()
    own = prepare_share()
    [transfer] = release(own)
    assert (transfer.amount_cents, transfer.iban) == (23_80, get_agency().operating_iban)
    assert balance_of(Account.SHARE_IN_TRUST, creditor.id) == 0
    assert show_on([transfer]) == 1
    assert_proven()
    # What arrives on our own account is nobody's payment.
    arrived = Transfer(23_80, "Entnahme", end_to_end=str(transfer.number))
    import_statement(camt053([arrived], iban=get_agency().operating_iban), "own.xml")
    confirm_transfers()
    entry = db.session.scalars(
        select(BankEntry).where(BankEntry.iban == get_agency().operating_iban)
    ).one()
    assert (entry.state, entry.reason) == (EntryState.OUTGOING, "transfer_seen")


def bill(lines, amount=None, source=BillSource.OPERATING, number="DR II 815/26", **more):
    wish = BillWish(
        kind=BillKind.BAILIFF, payee="OGV Beispiel", iban=BAILIFF, number=number,
        billed_on=date(2026, 11, 20), due_on=date(2026, 12, 11), source=source,
        amount_cents=sum(line.cents for line in lines) if amount is None else amount, lines=lines,
    )  # fmt: skip
    return bills.enter_bill(BillWish(**{**_fields(wish), **more}))


def _fields(wish):
    return {name: getattr(wish, name) for name in BillWish.__dataclass_fields__}


def test_a_bill_is_laid_out_shared_paid_and_passed_on(house):
    titled, _ = make_case()
    other, _ = make_case(make_creditor("Andere GmbH"))
    titled.phase = Phase.ENFORCEMENT
    before = statement(titled.id).costs_open_cents
    entered = bill([LineWish(titled.number, 38_40, True), LineWish(other.number, 11_60, False)])
    assert statement(titled.id).costs_open_cents == before + 38_40
    assert open_outlays(titled.creditor_id, "EUR") == 38_40
    assert open_outlays(other.creditor_id, "EUR") == 11_60
    assert balance(Account.COURT_PAYABLES) == -50_00
    [run] = bills.prepare_bills([entered.public_id])
    [transfer] = release(run)
    assert (entered.state, balance(Account.COURT_PAYABLES)) == (BillState.ORDERED, 0)
    assert balance(Account.OPERATING_BANK) == -50_00
    assert show_on([transfer], get_agency().operating_iban) == 1
    assert (entered.state, entered.paid_on) == (BillState.PAID, SEEN)
    assert_proven()


def test_a_bill_is_paid_from_its_own_clients_advance_only(house):
    rich, poor = make_creditor("Reich GmbH"), make_creditor("Arm GmbH")
    own, _ = make_case(rich)
    other, _ = make_case(poor)
    request = advances.ask_advance(rich.id, 200_00, "Vollstreckung", date(2026, 12, 14))
    take_statement([Transfer(199_00, f"Vorschuss {request.number}")])
    assert advances.receive_advances() == 0  # Another amount: a person decides.
    words = f"Vorschuss {str(request.number).replace('-', ' ')}"
    take_statement([Transfer(200_00, words, on=date(2026, 11, 3))])
    assert advances.receive_advances() == 1
    assert request.state is AdvanceState.RECEIVED
    assert balance_of(Account.CREDITOR_ADVANCES, rich.id) == 200_00
    assert_proven()
    wrong = bill([LineWish(other.number, 30_00, False)], source=BillSource.ADVANCE)
    [run] = bills.prepare_bills([wrong.public_id])
    asked = ask_release(run.public_id)
    with pytest.raises(AdvanceTooSmall), db.session.begin_nested():
        confirm(asked.public_id, make_user(Role.ADMIN).id)
    drop_run(run.public_id)
    good = bill([LineWish(own.number, 30_00, False)], source=BillSource.ADVANCE, number="2")
    [transfer] = release(bills.prepare_bills([good.public_id])[0])
    assert balance_of(Account.CREDITOR_ADVANCES, rich.id) == 170_00
    assert open_outlays(rich.id, "EUR") == 0  # His own money has paid it.
    assert show_on([transfer]) == 1
    assert_proven()


def test_a_bill_rejected_by_the_bank_is_open_again_and_can_be_taken_back(house):
    case, _ = make_case()
    entered = bill([LineWish(case.number, 15_00, False)])
    [transfer] = release(bills.prepare_bills([entered.public_id])[0])
    with pytest.raises(bills.BillNotOpen):
        bills.withdraw_bill(entered.public_id, "falsch")
    reject(transfer.public_id, "Empfänger unbekannt")
    assert (entered.state, balance(Account.COURT_PAYABLES)) == (BillState.OPEN, -15_00)
    bills.withdraw_bill(entered.public_id, "falsch erfasst")
    assert (balance(Account.COURT_PAYABLES), open_outlays(case.creditor_id, "EUR")) == (0, 0)
    assert_proven()


def test_bad_bills_are_refused(house):
    case, _ = make_case()
    line = LineWish(case.number, 15_00, False)
    bill([line])
    for refusal, lines, more in (
        (bills.BillKnown, [line], {"payee": "ogv beispiel"}),
        (bills.BillIncomplete, [line], {"payee": " "}),
        (bills.BillIbanWrong, [line], {"iban": "DE00", "number": "3"}),
        (bills.BillSharesDiffer, [line], {"amount_cents": 14_99, "number": "4"}),
        (bills.BillCaseUnknown, [line, line], {"number": "5"}),
        (bills.BillCaseUnknown, [LineWish("2026-0000000-0", 1, False)], {"number": "6"}),
    ):
        with pytest.raises(refusal):
            bill(lines, **more)


def test_an_advance_is_asked_with_reason_and_day(house):
    creditor = make_creditor()
    with pytest.raises(advances.AdvanceIncomplete):
        advances.ask_advance(creditor.id, 100_00, " ", MONDAY)
    with pytest.raises(advances.AdvanceDayPast):
        advances.ask_advance(creditor.id, 100_00, "Gerichtskosten", date(2026, 11, 29))
    request = advances.ask_advance(creditor.id, 100_00, "Gerichtskosten", MONDAY)
    advances.withdraw_request(request.public_id)
    with pytest.raises(advances.AdvanceNotOpen):
        advances.withdraw_request(request.public_id)
