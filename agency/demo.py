"""Demo data: an invented agency with creditors, people of every role and a few cases to work on."""

import os
from datetime import date, timedelta

from sqlalchemy import func, select

from agency.demo_logins import LOGINS, PASSWORD
from agency.settings import Settings
from cases.claims.models import Case, DueBasis, Purpose
from cases.claims.services import ClaimDetails, accept_case, open_case
from cases.core import clock
from cases.core.database import db, transaction
from cases.ledger.services import post_principal
from cases.parties.models import Creditor, DebtorKind
from cases.parties.services import (
    DebtorDetails,
    create_creditor,
    find_or_create_debtor,
    set_agency,
    sign_contract,
)
from cases.people.models import User
from cases.people.policy import Role
from cases.people.services import create_user

Invoice = tuple[int, int, str]
PrivateRow = tuple[str, str, str, str, str, str, tuple[Invoice, ...]]
CompanyRow = tuple[str, str, str, str, str, str, tuple[Invoice, ...]]

#: Debtor and his claims: (days since the invoice, cents, what for).
PRIVATE: tuple[PrivateRow, ...] = (
    (
        "Frau",
        "Katharina",
        "Behrens",
        "Lindenallee 7",
        "20259",
        "Hamburg",
        ((190, 486_20, "Strom"),),
    ),
    ("Herr", "Jonas", "Weber", "Am Bahndamm 3", "24103", "Kiel", ((260, 1_318_75, "Gas"),)),
    (
        "Frau",
        "Ayşe",
        "Yılmaz",
        "Goethestraße 41",
        "10625",
        "Berlin",
        ((140, 214_90, "Strom"), (110, 98_40, "Wasser")),
    ),
    ("Herr", "Łukasz", "Wiśniewski", "Kirchweg 12a", "28203", "Bremen", ((320, 742_33, "Strom"),)),
    (
        "Frau",
        "Renate",
        "Hofmann-Schulz",
        "Lange Reihe 88",
        "20099",
        "Hamburg",
        ((95, 63_18, "Zählermiete"),),
    ),
)
COMPANIES: tuple[CompanyRow, ...] = (
    (
        "Wohnungsbaugenossenschaft Elbmarsch eG",
        "eG",
        "Uwe Lorenz",
        "Deichstraße 19",
        "21423",
        "Winsen",
        ((210, 12_048_77, "Wartung der Heizungen"), (120, 4_812_36, "Ersatzteile")),
    ),
    (
        "Bäckerei Sommer GmbH",
        "GmbH",
        "Frieda Sommer",
        "Marktstraße 5",
        "38640",
        "Goslar",
        ((180, 3_406_50, "Kälteanlage"),),
    ),
    (
        "Nordlicht Catering GmbH",
        "GmbH",
        "Ole Hansen",
        "Hafenkamp 2",
        "24937",
        "Flensburg",
        ((88, 1_999_00, "Reinigung"),),
    ),
)


def load_demo(settings: Settings) -> None:
    """Load the demo data unless people are there already."""
    from agency.app import create_app

    app = create_app(settings)
    with app.app_context():
        try:
            if not db.session.scalar(select(func.count()).select_from(User)):
                with transaction():
                    _make_house()
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def _make_house() -> None:
    set_agency(
        name="Hanse Forderungsmanagement GmbH",
        street="Speicherstraße 12",
        postcode="20457",
        city="Hamburg",
        phone="040 5550110",
        email="post@hanse-forderung.example",
        website="www.hanse-forderung.example",
        register_entry="Rechtsdienstleistungsregister 3712/1-7.1 (erfunden)",
        authority_name="Bundesamt für Justiz",
        authority_address="Adenauerallee 99-103, 53113 Bonn",
        authority_contact="www.bundesjustizamt.de",
        trust_iban="DE89370400440532013000",
        trust_bic="COBADEFFXXX",
        operating_iban="DE02120300000000202051",
        place="DE-HH",
        legal_form="GmbH",
        register_court="Amtsgericht Hamburg",
        register_number="HRB 000000 (erfunden)",
        managing_directors="Miriam Voss",
    )
    utility = _make_creditor("Stadtwerke Musterstadt GmbH", "Marktplatz 1", "20095", "Hamburg")
    service = _make_creditor("Kältetechnik Brandt KG", "Gewerbering 8", "21035", "Hamburg")
    people = {}
    for number, (email, (role, name)) in enumerate(LOGINS.items()):
        creditor = None
        if Role(role) is Role.CREDITOR:
            creditor = utility if email.startswith("mandant@") else service
        people[email] = create_user(
            email,
            name,
            Role(role),
            PASSWORD,
            creditor_id=creditor.id if creditor else None,
            phone=f"040 55501{20 + number}",
            locale="de",
        )
    worker = people["sachbearbeitung@recoup.example"]
    for number, row in enumerate(PRIVATE):
        case = _make_private_case(utility, row, number)
        if number % 2:
            accept_case(case.id, worker.id)
    for number, company in enumerate(COMPANIES):
        case = _make_company_case(service, company, number)
        if number == 1:
            accept_case(case.id, worker.id)


def _make_creditor(name: str, street: str, postcode: str, city: str) -> Creditor:
    creditor = create_creditor(
        name,
        street=street,
        postcode=postcode,
        city=city,
        legal_form=name.rsplit(" ", 1)[-1],
        email="buchhaltung@example.org",
        iban="DE75512108001245126199",
    )
    sign_contract(
        creditor.id,
        date(2025, 1, 1),
        deducts_input_tax=True,
        owes_collection_fee=True,
        fee_terms={
            "steps": [
                {"until_cents": 500_00, "percent": "20"},
                {"until_cents": None, "percent": "12.5"},
            ],
            "costs_owner": "agency",
            "hold_back_days": {"direct_debit": 60, "card": 60},
            "threshold_cents": 10_00,
        },
        power_of_attorney_on=date(2025, 1, 1),
    )
    return creditor


def _make_private_case(creditor: Creditor, row: PrivateRow, number: int) -> Case:
    salutation, given_name, name, street, postcode, city, invoices = row
    debtor = DebtorDetails(
        kind=DebtorKind.NATURAL_PERSON,
        name=name,
        given_name=given_name,
        salutation=salutation,
        street=street,
        postcode=postcode,
        city=city,
        phone="0170 5550199",
    )
    claims = [
        _claim(f"SW-2026-{number + 1}{index:02}", invoice, Purpose.CONSUMER)
        for index, invoice in enumerate(invoices, start=1)
    ]
    return _open(creditor, debtor, claims)


def _make_company_case(creditor: Creditor, row: CompanyRow, number: int) -> Case:
    name, legal_form, representative, street, postcode, city, invoices = row
    debtor = DebtorDetails(
        kind=DebtorKind.COMPANY,
        name=name,
        legal_form=legal_form,
        representative=representative,
        street=street,
        postcode=postcode,
        city=city,
        phone="04131 5550",
    )
    claims = [
        _claim(f"KB-{4100 + 10 * number + index}", invoice, Purpose.BUSINESS)
        for index, invoice in enumerate(invoices, start=1)
    ]
    return _open(creditor, debtor, claims)


def _claim(number: str, invoice: Invoice, purpose: Purpose) -> ClaimDetails:
    days_ago, cents, what = invoice
    invoiced_on = clock.today() - timedelta(days=days_ago)
    due_on = invoiced_on + timedelta(days=14)
    return ClaimDetails(
        invoice_number=number,
        invoiced_on=invoiced_on,
        due_on=due_on,
        principal_cents=cents,
        due_basis=DueBasis.INVOICE,
        purpose=purpose,
        performed=True,
        reminded_on=due_on + timedelta(days=20),
        description=what,
        contract_on=invoiced_on - timedelta(days=200),
    )


def _open(creditor: Creditor, debtor: DebtorDetails, claims: list[ClaimDetails]) -> Case:
    case, added = open_case(creditor.id, [(find_or_create_debtor(debtor), debtor)], claims)
    post_principal(case, added)
    return case


if __name__ == "__main__":
    load_demo(Settings.from_environment(os.environ))
