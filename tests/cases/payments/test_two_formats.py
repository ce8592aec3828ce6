"""One booking in two formats, a statement taken back, debits, the bank's balance in the books."""

from datetime import date

import pytest
from sqlalchemy import func, select

from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.ledger.bank.comparison import list_comparisons
from cases.ledger.books.closing import close_period
from cases.ledger.books.verifying import verify_ledger
from cases.ledger.errors import NotEnoughThere, TrustDiffers
from cases.ledger.models import Account, JournalLine
from cases.ledger.queries import statement
from cases.ledger.trust import prove_trust
from cases.ledger.trust_bookings import balance_of, pay_out
from cases.payments import errors
from cases.payments.comparing import book_opening_balance, list_reconciliations
from cases.payments.doubts import is_other_booking, is_same_booking
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, BankImport, EntryState, Payment
from cases.payments.reconciling import Place
from cases.payments.services import assign_entry, confirm_return, note_refund
from cases.payments.settling import settle_entry, unsettle_entry
from cases.payments.standing import Standing
from cases.payments.taking_back import take_back_statement, undo_batch
from tests.factories.bank_files import DAY, TRUST_IBAN, Transfer, camt053, csv_file, mt940
from tests.factories.records import make_agency, make_case

TODAY = date(2026, 12, 2)


@pytest.fixture(autouse=True)
def house(database):
    with clock_at(TODAY):
        make_agency()
        yield database


def book(data, name="statement.xml"):
    with transaction():
        return import_statement(data, name)


def balance(database, account):
    query = select(func.sum(JournalLine.amount_cents)).where(JournalLine.account == account)
    return database.scalar(query) or 0


def entries(database, *states):
    query = select(BankEntry).order_by(BankEntry.id)
    rows = database.scalars(query.execution_options(populate_existing=True))
    return [row for row in rows if not states or row.state in states]


def imports(database):
    return list(database.scalars(select(BankImport).order_by(BankImport.id)))


def proven():
    return all(proof.difference_cents == 0 for proof in prove_trust())


WRITERS = {"camt": camt053, "csv": csv_file, "mt940": mt940}
NAMES = {"camt": "a.xml", "csv": "a.csv", "mt940": "a.sta"}


@pytest.mark.parametrize("second", WRITERS)
@pytest.mark.parametrize("first", WRITERS)
def test_one_booking_in_two_formats_is_booked_once(database, first, second):
    case, _ = make_case()
    transfers = [
        Transfer(10_000_00, f"KB 4101 Teilzahlung Az {case.number}", reference="NTRF20261128X1"),
        Transfer(-4_90, "Kontofuehrungsentgelt November", name="Sparkasse Musterstadt", iban=""),
    ]
    for number, kind in enumerate((first, second), start=1):
        book(WRITERS[kind](transfers, number=number), NAMES[kind])
    assert balance(database, Account.TRUST_BANK) == 9_995_10
    assert [(each.entries_new, each.entries_known) for each in imports(database)] == [
        (2, 0), (0, 2),
    ]  # fmt: skip
    assert database.scalar(select(func.count(Payment.id))) == 1
    assert proven()


def test_two_equal_payments_of_a_day_in_two_formats_stay_two(database):
    pair = [Transfer(50_00, "Rate November"), Transfer(50_00, "Rate November")]
    book(camt053(pair))
    book(csv_file(pair), "b.csv")
    assert balance(database, Account.TRUST_BANK) == 100_00
    assert len(entries(database)) == 2


def test_a_near_miss_is_asked_about_and_not_booked(database):
    book(camt053([Transfer(80_00, "Rechnung 4711")]))
    book(csv_file([Transfer(80_00, "Dauerauftrag Miete")]), "b.csv")
    (asked,) = entries(database, EntryState.DOUBTFUL)
    assert asked.twin_id == entries(database)[0].id
    assert balance(database, Account.TRUST_BANK) == 80_00
    with pytest.raises(errors.EntryNotOpen):
        assign_entry(asked.public_id, make_case()[0].number)
    is_same_booking(asked.public_id)
    assert balance(database, Account.TRUST_BANK) == 80_00
    with pytest.raises(errors.NotInDoubt):
        is_other_booking(asked.public_id)


def test_another_payment_after_all_is_booked_and_waits(database):
    case, _ = make_case()
    book(camt053([Transfer(80_00, "Rechnung 4711")]))
    book(csv_file([Transfer(80_00, "Dauerauftrag Miete")]), "b.csv")
    (asked,) = entries(database, EntryState.DOUBTFUL)
    is_other_booking(asked.public_id)
    assert balance(database, Account.TRUST_BANK) == 160_00
    assert (asked.state, asked.reason) == (EntryState.SUSPENSE, "other_booking")
    assign_entry(asked.public_id, case.number)
    assert proven()


def test_a_statement_is_taken_back_whole_and_can_come_again(database):
    case, _ = make_case()
    before = statement(case.id, TODAY).open_cents
    transfers = [
        Transfer(80_00, case.number), Transfer(30_00, "?"), Transfer(20_00, "!"),
        Transfer(-4_90, "Entgelt"), Transfer(-80_00, case.number, is_return=True),
    ]  # fmt: skip
    book(camt053(transfers))
    by_cents = {each.amount_cents: each for each in entries(database)}
    note_refund(by_cents[20_00].public_id, "Irrläufer")
    settle_entry(by_cents[-4_90].public_id, Standing.BANK_FEE)
    confirm_return(by_cents[-80_00].public_id, by_cents[80_00].public_id)
    (noted,) = imports(database)
    with pytest.raises(errors.NoteMissing):
        take_back_statement(noted.public_id, " ")
    take_back_statement(noted.public_id, "falsche Datei")
    while undo_batch(noted.id, 2):
        pass
    for account in Account:
        if account not in {Account.CLAIMS_DUE, Account.CLAIMS_HELD}:
            assert balance(database, account) == 0, account
    assert statement(case.id, TODAY).open_cents == before
    with pytest.raises(errors.StatementTakenBack):
        take_back_statement(noted.public_id, "noch einmal")
    book(camt053(transfers[:2], number=2))
    assert balance(database, Account.TRUST_BANK) == 110_00
    assert list(verify_ledger()) == []


@pytest.mark.parametrize(
    ("what", "account", "cents"),
    [
        pytest.param(Standing.BANK_FEE, Account.BANK_CHARGES, 4_90, id="a charge of the bank"),
        pytest.param(Standing.TRANSFER_SEEN, Account.TRUST_IN_TRANSIT, 4_90, id="a transfer"),
    ],
)
def test_a_debit_is_booked_as_what_it_was_and_can_be_taken_back(database, what, account, cents):
    book(camt053([Transfer(-4_90, "?")]))
    (entry,) = entries(database)
    assert (entry.state, entry.reason) == (EntryState.SUSPENSE, "outgoing")
    settle_entry(entry.public_id, what)
    assert balance(database, account) == cents
    assert balance(database, Account.SUSPENSE) == 0
    unsettle_entry(entry.public_id)
    assert balance(database, account) == 0
    assert entry.state is EntryState.SUSPENSE
    assert proven() or what is Standing.TRANSFER_SEEN


def test_a_refund_that_the_bank_paid_leaves_nothing_due(database):
    book(camt053([Transfer(80_00, "?"), Transfer(-80_00, "Erstattung"), Transfer(-1, "?")]))
    paid_in, paid_out, odd = entries(database)
    with pytest.raises(NotEnoughThere):
        settle_entry(paid_out.public_id, Standing.REFUND_PAID)
    note_refund(paid_in.public_id, "Irrläufer")
    settle_entry(paid_out.public_id, Standing.REFUND_PAID)
    assert balance(database, Account.REFUNDS_DUE) == 0
    with pytest.raises(errors.CreditorMissing):
        settle_entry(odd.public_id, Standing.PAID_TO_CREDITOR)
    with pytest.raises(errors.NotSettledSo):
        settle_entry(odd.public_id, Standing.ADVANCE)
    assert proven()


def test_what_our_bank_kept_of_a_payment_is_the_houses_and_not_the_debtors(database):
    """100.00 were paid, 97.16 arrived: the debtor has paid 100.00 (§§ 362, 675q(2) BGB)."""
    case, _ = make_case()
    told = b'<AmtDtls><InstdAmt><Amt Ccy="EUR">100.00</Amt></InstdAmt></AmtDtls><RltdPties>'
    data = camt053([Transfer(97_16, case.number, charges_cents=2_84)])
    book(data.replace(b"<RltdPties>", told))
    assert case.received_cents == 100_00
    paid, kept = entries(database)
    assert (paid.amount_cents, kept.amount_cents, kept.state) == (100_00, -2_84, "suspense")
    assert kept.counterparty_name is None
    assert balance(database, Account.TRUST_BANK) == 97_16
    settle_entry(kept.public_id, Standing.BANK_FEE)
    assert (balance(database, Account.BANK_CHARGES), proven()) == (2_84, True)
    # The same booking without its charge, as other formats bring it, is the same booking.
    book(csv_file([Transfer(97_16, case.number)]), "b.csv")
    assert balance(database, Account.TRUST_BANK) == 97_16


def test_a_charge_of_the_bank_never_costs_a_creditor_a_cent(database):
    """The proof holds after the charge, and again once the house has made it good."""
    case, _ = make_case()
    book(camt053([Transfer(100_00, case.number), Transfer(-4_90, "Entgelt")]))
    settle_entry(entries(database)[1].public_id, Standing.BANK_FEE)
    assert proven()
    assert balance(database, Account.TRUST_IN_TRANSIT) == 4_90
    book(
        camt053([Transfer(4_90, "Ausgleich", on=date(2026, 11, 3))], opening_cents=95_10, number=2)
    )
    settle_entry(entries(database)[2].public_id, Standing.TRANSFER_SEEN)
    assert balance(database, Account.TRUST_IN_TRANSIT) == 0
    assert balance_of(Account.CREDITOR_PAYABLES, case.creditor_id) == 100_00
    assert list_reconciliations()[0].holds


def test_a_gap_between_statements_stops_closing_and_paying_out(database):
    case, _ = make_case()
    book(camt053([Transfer(100_00, case.number)]))
    book(camt053([Transfer(10_00, case.number, on=date(2026, 11, 9))], opening_cents=50_00,
                 number=3))  # fmt: skip
    (found,) = list_reconciliations()
    assert [(each.place, each.cents) for each in found.mismatches] == [(Place.GAP, -50_00)]
    assert not list_comparisons()[0].holds
    with pytest.raises(TrustDiffers):
        close_period(date(2026, 11, 30))
    with pytest.raises(TrustDiffers):
        pay_out(case.creditor_id, 10_00, TODAY)
    book(camt053([Transfer(-50_00, "?", on=date(2026, 11, 5))], opening_cents=100_00, number=2))
    assert list_comparisons()[0].holds
    pay_out(case.creditor_id, 10_00, TODAY)
    close_period(date(2026, 11, 30))
    assert list(verify_ledger()) == []


def test_the_first_statement_brings_what_lay_on_the_account(database):
    book(camt053([Transfer(100_00, "?")], opening_cents=25_00))
    (noted,) = imports(database)
    assert [each.place for each in list_reconciliations()[0].mismatches] == [Place.OPENING]
    entry = book_opening_balance(noted.public_id)
    assert (entry.amount_cents, entry.booked_on) == (25_00, date(2026, 11, 1))
    assert list_reconciliations()[0].holds
    assert balance(database, Account.SUSPENSE) == -125_00
    assert date(2026, 11, 2) == DAY
    assert entry.iban == TRUST_IBAN
