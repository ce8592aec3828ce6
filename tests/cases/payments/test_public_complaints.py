"""What users of other programs complain about in public: each kind, in every format it comes in."""

from datetime import date

import pytest
from sqlalchemy import func, select

from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.ledger.models import Account, JournalLine
from cases.ledger.trust import prove_trust
from cases.payments.candidates import list_candidates, list_originals
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, BankImport, EntryState
from cases.payments.services import ShareWish, confirm_return, split_entry
from tests.factories.bank_files import TRUST_IBAN, Transfer, camt053
from tests.factories.records import make_agency, make_case

TODAY = date(2026, 11, 23)
LATER = date(2026, 11, 5)
E2E = "E2E-777"


@pytest.fixture(autouse=True)
def house(database):
    with clock_at(TODAY):
        make_agency()
        yield database


def take_in(data, name):
    with transaction():
        return import_statement(data, name)


def entries(database):
    query = select(BankEntry).order_by(BankEntry.id)
    return list(database.scalars(query.execution_options(populate_existing=True)))


def camt_return():
    """53.00 gone: instructed 50.00, charges of 3.00 contained."""
    given_back = Transfer(-53_00, "RETOURE", LATER, end_to_end=E2E, is_return=True, name="Otto",
                          charges_cents=3_00)  # fmt: skip
    instructed = '<AmtDtls><InstdAmt><Amt Ccy="EUR">50.00</Amt></InstdAmt></AmtDtls>'
    data = camt053([given_back], number=2, opening_cents=50_00).decode()
    return data.replace("</CdtDbtInd><RltdPties>", f"</CdtDbtInd>{instructed}<RltdPties>").encode()


def mt940_return(said):
    return (
        f":20:X\r\n:25:{TRUST_IBAN[4:12]}/{TRUST_IBAN[12:]}\r\n:28C:00002/001\r\n"
        ":60F:C261102EUR50,00\r\n:61:2611051105DR53,00N109NONREF\r\n"
        f":86:109?00RETOURE{said}?32OTTO?34902\r\n:62F:D261105EUR3,00\r\n-\r\n"
    ).encode("cp1252")


RETURNS = {
    "camt": camt_return,
    "mt940 marks": lambda: mt940_return(f"?20EREF+{E2E}?21OAMT+50,00?22COAM+3,00?23SVWZ+RUECKLAST"),
    "mt940 words": lambda: mt940_return("?20SVWZ+RETOURE OCMT: EUR 50,0?210 CHGS: EUR 3,00"),
}


@pytest.mark.parametrize("form", RETURNS)
def test_a_return_with_a_fee_takes_back_the_payment_and_leaves_the_fee_to_the_house(database, form):
    case, _ = make_case()
    other, _ = make_case()
    take_in(camt053([Transfer(50_00, case.number, end_to_end=E2E)]), "in.xml")
    take_in(RETURNS[form](), "back")
    take_in(camt053([Transfer(53_00, other.number)], number=3, opening_cents=-3_00), "more.xml")
    paid, returned, _ = entries(database)
    assert next(line.entry.id for line in list_originals(returned)) == paid.id
    with transaction():
        confirm_return(returned.public_id, paid.public_id)
    assert (case.received_cents, other.received_cents) == (0, 53_00)
    charged = select(func.sum(JournalLine.amount_cents)).where(
        JournalLine.account == Account.BANK_CHARGES
    )
    assert database.scalar(charged) == 3_00
    assert all(proof.difference_cents == 0 for proof in prove_trust())


def test_a_payment_for_two_cases_offers_both_and_is_shared(database):
    one, _ = make_case()
    two, _ = make_case()
    take_in(camt053([Transfer(1_700_00, f"{one.number} und {two.number} zusammen")]), "in.xml")
    (entry,) = entries(database)
    assert {each.case.number for each in list_candidates(entry)} == {one.number, two.number}
    with transaction():
        shares = [ShareWish(one.number, 900_00), ShareWish(two.number, 800_00)]
        split_entry(entry.public_id, shares)
    assert (one.received_cents, two.received_cents) == (900_00, 800_00)
    assert entries(database)[0].state is EntryState.ASSIGNED


PAYPAL = (
    '"Datum","Name","Typ","Status","Währung","Brutto","Gebühr","Netto","Transaktionscode","Betreff"'
    '\n"11.03.2026","Anna Muster","Zahlung","Abgeschlossen","EUR","100,00","-2,84","97,16","8AB",'
    '"2026-0000002-3"\n'
)
COMDIRECT = (
    '"Buchungstag";"Wertstellung (Valuta)";"Vorgang";"Buchungstext";"Umsatz in EUR";\n'
    '"05.01.2026";"05.01.2026";"Übertrag";"Auftraggeber: Anna Muster Buchungstext: R 1";"50,00";\n'
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(PAYPAL, "payment_service", id="money that lies at a payment service"),
        pytest.param(COMDIRECT, "account_missing", id="a file that names no account"),
    ],
)
def test_what_cannot_be_booked_says_why_and_books_nothing(database, text, code):
    bank_file = take_in(text.encode(), "umsaetze.csv")
    assert bank_file.state.value == "refused"
    assert database.scalar(select(BankImport.refused_code)) == code
    assert entries(database) == []
