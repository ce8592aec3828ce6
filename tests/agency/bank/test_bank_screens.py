"""The screens of the accounts: every outcome, and a stranger is refused."""

import io
import re
from datetime import date

import pytest
from sqlalchemy import func, select, text

from cases.core.clock import clock_at
from cases.core.database import db, transaction
from cases.core.outbox import carry_out
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, BankFile, BankImport, EntryState, Payment
from cases.people.policy import Role
from tests.agency.test_sign_in import sign_in
from tests.factories.bank_files import Transfer, camt053, csv_file
from tests.factories.records import debtor_details, make_agency, make_case, make_user

TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def house(app):
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    with clock_at(TODAY):
        with transaction():
            make_agency()
        yield
    app.config["WTF_CSRF_CHECK_DEFAULT"] = True


@pytest.fixture
def clerk(app):
    return client_of(app, Role.ACCOUNTS)


def client_of(app, role):
    with transaction():
        email = make_user(role, locale="en").email
    client = app.test_client()
    client.set_cookie("locale", "en")  # The language is chosen once while a context is open.
    assert sign_in(client, email).status_code == 303
    return client


def book(*transfers, **more):
    with transaction():
        return import_statement(camt053(transfers, **more), "statement.xml")


def upload(client, data, name="statement.xml"):
    files = [(io.BytesIO(each), name) for each in ([data] if isinstance(data, bytes) else data)]
    return client.post("/bank", data={"file": files}, content_type="multipart/form-data")


def only_entry():
    db.session.expire_all()
    return db.session.scalar(select(BankEntry))


def test_a_file_is_kept_at_once_and_booked_by_a_worker(clerk):
    case, _ = make_case()
    db.session.commit()
    answer = upload(clerk, camt053([Transfer(80_00, case.number), Transfer(5_00, "?")]))
    assert answer.status_code == 303
    address = answer.headers["Location"]
    page = clerk.get(address).text
    assert "The file is being read" in page
    carry_out(db.session.scalar(text("SELECT max(id) FROM outbox_effects")))
    assert clerk.get(address, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    page = clerk.get(address).text
    assert "Every cent has an owner" in page
    assert "€85.00" in page
    original = clerk.get(f"{address}/original")
    assert original.data.startswith(b"<?xml")
    assert original.headers["Content-Disposition"].startswith("attachment")
    statement = db.session.scalar(select(BankImport.public_id))
    page = clerk.get(f"/bank/statements/{statement}").text
    assert "Case number in the purpose" in page
    assert case.number in page
    assert "No case number of ours found" in page
    filtered = clerk.get(f"/bank/statements/{statement}?state=booked").text
    assert "No case number of ours found" not in filtered


def test_several_files_are_taken_in_one_go(clerk):
    files = [camt053([Transfer(1_00)], number=1), camt053([Transfer(2_00)], number=2)]
    answer = upload(clerk, files)
    assert answer.headers["Location"].endswith("/bank")
    assert db.session.scalar(select(func.count(BankFile.id))) == 2
    assert "2 files received" in clerk.get("/bank").text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (None, "Please choose a file first."),
    ],
)
def test_nothing_to_read_is_said_at_the_field(clerk, data, sentence):
    answer = upload(clerk, data) if data is not None else clerk.post("/bank", data={})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<title>Error:" in answer.text


def test_a_refused_file_says_why_and_keeps_the_original(clerk):
    with transaction():
        import_statement(b"%PDF-1.7", "scan.pdf")
        import_statement(camt053([Transfer(1_00)], iban="DE75512108001245126199"), "other.xml")
    for bank_file in db.session.scalars(select(BankFile)):
        page = clerk.get(f"/bank/files/{bank_file.public_id}").text
        assert "Nothing of this file was booked" in page
    statement = db.session.scalar(select(BankImport.public_id))
    page = clerk.get(f"/bank/statements/{statement}").text
    assert "neither our trust account nor our operating account" in page


def test_a_report_of_a_payment_service_is_refused_by_its_name(clerk):
    head = "Datum,Name,Typ,Status,Währung,Brutto,Gebühr,Netto,Transaktionscode,Betreff\n"
    row = '11.03.2026,Anna,Zahlung,Abgeschlossen,EUR,"100,00","-2,84","97,16",8AB,Rechnung\n'
    with transaction():
        bank_file = import_statement((head + row).encode(), "paypal.csv")
    statement = db.session.scalar(select(BankImport.public_id))
    for address in (f"/bank/files/{bank_file.public_id}", f"/bank/statements/{statement}"):
        assert "This is a report of PayPal." in clerk.get(address).text


def test_a_red_note_stands_where_the_trust_account_is_not_even(clerk):
    with transaction():
        bank_file = import_statement(camt053([Transfer(10_00)]), "statement.xml")
        bank_file.trust_proof = {"EUR": {"trust_bank": 10_00, "suspense": 9_00}}
    page = clerk.get("/bank").text
    assert "does not come out even" in page
    assert "Every cent has an owner" not in page


def test_candidates_are_shown_with_reason_and_consequence_and_assigned(clerk):
    case, (claim,) = make_case(debtors=[debtor_details("Feldkamp")])
    book(Transfer(1_000_00, f"Rg {claim.invoice_number.lower()}"))
    page = clerk.get("/suspense").text
    assert "1 payment has no case yet" in page
    assert "Invoice number and amount fit" in page
    assert "Feldkamp" in page
    assert "stays open" in page  # The interest.
    assert "checked" not in page.split('name="case_number"')[1].split(">")[0]
    entry = only_entry()
    answer = clerk.post(f"/suspense/{entry.public_id}/assign", data={"case_number": case.number})
    assert answer.status_code == 303
    page = clerk.get("/suspense").text
    assert "Every payment has its case" in page
    undo = re.search(r'action="([^"]*undo=1)"', page)[1]
    assert only_entry().state is EntryState.ASSIGNED
    assert clerk.post(undo).status_code == 303
    assert only_entry().state is EntryState.SUSPENSE


def test_a_case_is_found_by_name(clerk):
    make_case(debtors=[debtor_details("Feldkamp")])
    book(Transfer(50_00, "Miete"))
    entry = only_entry()
    page = clerk.get(f"/suspense?entry={entry.public_id}&search=feldk").text
    assert "found by search" in page
    page = clerk.get(f"/suspense?entry={entry.public_id}&search=niemand").text
    assert "No case fits" in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Please choose a case."),
        ({"case_number": "4711"}, "There is no case with the number 4711."),
    ],
)
def test_an_assignment_without_a_case_is_refused_at_the_field(clerk, form, sentence):
    book(Transfer(50_00, "Miete"))
    answer = clerk.post(f"/suspense/{only_entry().public_id}/assign", data=form)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert 'href="#case_number"' in answer.text


def test_an_entry_is_settled_only_once(clerk):
    case, _ = make_case()
    book(Transfer(50_00, case.number))
    entry = only_entry()
    answer = clerk.post(f"/suspense/{entry.public_id}/assign", data={"case_number": case.number})
    assert answer.status_code == 422
    assert "settled it already" in answer.text
    assert db.session.scalar(select(func.count(Payment.id))) == 1


def test_an_assignment_is_taken_back_with_a_reason(clerk):
    case, _ = make_case()
    book(Transfer(50_00, case.number))
    entry = only_entry()
    page = clerk.get(f"/bank/entries/{entry.public_id}").text
    assert "How it was spread" in page
    answer = clerk.post(f"/suspense/{entry.public_id}/release", data={"why": ""})
    assert answer.status_code == 422
    assert "A reason is needed." in answer.text
    answer = clerk.post(f"/suspense/{entry.public_id}/release", data={"why": "falsche Akte"})
    assert answer.status_code == 303
    assert only_entry().state is EntryState.SUSPENSE


def test_a_refund_is_noted_and_kept_after_all(clerk):
    book(Transfer(50_00, "Irrläufer"))
    entry = only_entry()
    assert clerk.post(f"/suspense/{entry.public_id}/refund", data={}).status_code == 422
    done = clerk.post(f"/suspense/{entry.public_id}/refund", data={"why": "Irrläufer"})
    assert done.status_code == 303
    assert "Noted for refund" in clerk.get(f"/bank/entries/{entry.public_id}").text
    assert clerk.post(f"/suspense/{entry.public_id}/keep").status_code == 303
    assert only_entry().state is EntryState.SUSPENSE
    assert clerk.post(f"/suspense/{entry.public_id}/keep").status_code == 422


def test_a_return_is_confirmed_for_the_payment_it_takes_back(clerk):
    case, _ = make_case()
    book(
        Transfer(50_00, case.number),
        Transfer(-50_00, "Rueckgabe", is_return=True, on=date(2026, 11, 5)),
    )
    entries = db.session.scalars(select(BankEntry).order_by(BankEntry.amount_cents.desc()))
    paid, returned = (each.public_id for each in entries)
    page = clerk.get(f"/suspense?entry={returned}").text
    assert "Which payment did the bank take back?" in page
    assert case.number in page
    assert clerk.post(f"/suspense/{returned}/return", data={}).status_code == 422
    answer = clerk.post(f"/suspense/{returned}/return", data={"original": paid})
    assert answer.status_code == 303
    assert (
        db.session.scalar(select(func.count(Payment.id)).where(Payment.reversed_at.is_(None))) == 0
    )


@pytest.mark.parametrize("role", [Role.CASE_WORKER])
def test_strangers_are_refused(app, role):
    book(Transfer(50_00, "?"))
    assert app.test_client().get("/bank").status_code == 302
    client, entry = client_of(app, role), only_entry()
    for address in ("/bank", "/suspense", f"/bank/entries/{entry.public_id}"):
        assert client.get(address).status_code == 403
    assert client.post(f"/suspense/{entry.public_id}/assign").status_code == 403
    assert upload(client, camt053([Transfer(1_00)])).status_code == 403


def test_legal_sees_but_does_not_book(app):
    book(Transfer(50_00, "?"))
    client, entry = client_of(app, Role.LEGAL), only_entry()
    page = client.get("/bank").text
    assert 'type="file"' not in page
    assert "Assign payment" not in client.get("/suspense").text
    assert client.post(f"/suspense/{entry.public_id}/refund", data={"why": "x"}).status_code == 403


def test_what_does_not_exist_is_not_found(clerk):
    for address in ("/bank/files/x", "/bank/statements/x", "/bank/entries/x", "/suspense?entry=x"):
        assert clerk.get(address).status_code == 404
    assert clerk.get("/suspense?after=broken").status_code == 200
    assert clerk.get("/bank?before=broken").status_code == 200


def test_a_doubtful_booking_is_asked_about_and_answered(clerk):
    book(Transfer(80_00, "Rechnung 4711"))
    with transaction():
        import_statement(csv_file([Transfer(80_00, "Dauerauftrag")]), "b.csv")
    entry = db.session.scalar(select(BankEntry).where(BankEntry.state == EntryState.DOUBTFUL))
    page = clerk.get(f"/suspense?entry={entry.public_id}").text
    assert "Is it the same booking?" in page
    assert "Rechnung 4711" in page
    assert clerk.post(f"/suspense/{entry.public_id}/twice", data={}).status_code == 422
    answer = clerk.post(f"/suspense/{entry.public_id}/twice", data={"answer": "same"})
    assert answer.status_code == 303
    db.session.expire_all()
    assert entry.state is EntryState.SAME


def test_a_debit_is_settled_on_its_page_and_taken_back(clerk):
    book(Transfer(-4_90, "Entgelt"))
    entry = only_entry()
    assert "What was it?" in clerk.get("/suspense").text
    address = f"/suspense/{entry.public_id}/settle"
    assert clerk.post(address, data={"what": "nonsense"}).status_code == 422
    assert clerk.post(address, data={"what": "paid_to_creditor"}).status_code == 422
    assert clerk.post(address, data={"what": "bank_fee"}).status_code == 303
    assert "Take the booking back" in clerk.get(f"/bank/entries/{entry.public_id}").text
    assert clerk.post(f"/suspense/{entry.public_id}/unsettle").status_code == 303
    assert clerk.post(f"/suspense/{entry.public_id}/unsettle").status_code == 422


def test_a_gap_is_red_and_named_and_the_month_stays_open(clerk):
    book(Transfer(100_00, "?"))
    book(Transfer(10_00, "?", on=date(2026, 11, 9)), opening_cents=50_00, number=3)
    page = clerk.get("/bank").text
    assert "Between the statements of" in page
    assert "no money is paid out and no month is closed" in page
    preview = clerk.get("/ledger/close?last_day=31.10.2026").text
    assert "Settle the difference first" in preview
    assert clerk.post("/ledger/close", data={"last_day": "31.10.2026"}).status_code == 422
    book(Transfer(-50_00, "?", on=date(2026, 11, 5)), opening_cents=100_00, number=2)
    assert "Bank and books agree" in clerk.get("/bank").text
    assert "Ask a second person to close" in clerk.get("/ledger/close?last_day=31.10.2026").text
    assert clerk.post("/ledger/close", data={"last_day": "31.10.2026"}).status_code == 303


def test_a_statement_is_taken_back_from_its_page(clerk):
    book(Transfer(100_00, "?"), opening_cents=25_00)
    statement = db.session.scalar(select(BankImport.public_id))
    page = clerk.get(f"/bank/statements/{statement}").text
    assert "Take the opening balance over" in page
    assert clerk.post(f"/bank/statements/{statement}/opening").status_code == 303
    assert clerk.post(f"/bank/statements/{statement}/opening").status_code == 422
    assert clerk.post(f"/bank/statements/{statement}/back", data={"why": ""}).status_code == 422
    answer = clerk.post(f"/bank/statements/{statement}/back", data={"why": "falsche Datei"})
    assert answer.status_code == 303
    carry_out(db.session.scalar(text("SELECT max(id) FROM outbox_effects")))
    db.session.expire_all()
    assert "falsche Datei" in clerk.get(f"/bank/statements/{statement}").text
    assert {each.state for each in db.session.scalars(select(BankEntry))} == {EntryState.TAKEN_BACK}


def test_how_a_payment_counts_is_asked_and_chosen(clerk):
    case, _ = make_case()
    db.session.commit()
    book(Transfer(1_000_00, case.number))
    entry = only_entry()
    page = clerk.get(f"/suspense?entry={entry.public_id}").text
    assert "How does it count?" in page
    address = f"/suspense/{entry.public_id}/assign"
    assert clerk.post(address, data={"case_number": case.number}).status_code == 422
    wish = {"case_number": case.number, "spread": "principal", "invoices": "gibt es nicht"}
    assert clerk.post(address, data=wish).status_code == 422
    assert clerk.post(address, data={**wish, "invoices": ""}).status_code == 303
    assert "as the debtor wants it" in clerk.get(f"/bank/entries/{entry.public_id}").text


def test_a_payment_is_shared_on_the_screen(clerk):
    one, two = make_case()[0], make_case()[0]
    db.session.commit()
    book(Transfer(30_00, f"{one.number} {two.number}"))
    entry = only_entry()
    address = f"/suspense/{entry.public_id}/split"
    rows = {"case_number_1": one.number, "amount_1": "10.00", "case_number_2": two.number}
    for amount in ("x", "10.00"):
        answer = clerk.post(address, data={**rows, "amount_2": amount})
        assert answer.status_code == 422
        assert two.number in answer.text
    assert clerk.post(address, data={**rows, "amount_2": "20.00"}).status_code == 303
    page = clerk.get(f"/bank/entries/{entry.public_id}").text
    assert one.number in page
    assert two.number in page
