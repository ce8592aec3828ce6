"""What the debtor wants paid: recognised, asked, kept when payments are allocated anew; shared."""

from datetime import date

import pytest
from sqlalchemy import func, select

from cases.core.clock import clock_at
from cases.core.database import transaction
from cases.costs.booking import book_first_costs
from cases.ledger.models import Account, JournalLine
from cases.ledger.queries import statement
from cases.ledger.trust import prove_trust
from cases.payments import errors
from cases.payments.candidates import list_candidates, list_originals
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, EntryState, Payment
from cases.payments.services import (
    ShareWish,
    assign_entry,
    confirm_return,
    release_entry,
    split_entry,
)
from tests.factories.bank_files import Transfer, camt053
from tests.factories.records import claim_details, debtor_details, make_agency, make_case

TODAY = date(2026, 11, 23)
DAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def house(database):
    with clock_at(TODAY):
        make_agency()
        yield database


@pytest.fixture
def two_invoices():
    """KB-4101 of 3,086.40 and KB-4102 of 4,812.36, with costs and interest."""
    claims = [
        claim_details(invoice_number="KB-4101", principal_cents=3_086_40),
        claim_details(invoice_number="KB-4102", principal_cents=4_812_36),
    ]
    case, made = make_case(claims=claims)
    book_first_costs(case, DAY)
    return case, made


def book(*transfers, **more):
    with transaction():
        return import_statement(camt053(transfers, **more), "statement.xml")


def entries(database):
    query = select(BankEntry).order_by(BankEntry.id)
    return list(database.scalars(query.execution_options(populate_existing=True)))


def open_principals(case):
    owed = statement(case.id, TODAY)
    return {c.terms.invoice_number: c.principal_open_cents for c in owed.claims}


def proven():
    return all(proof.difference_cents == 0 for proof in prove_trust())


def test_the_invoice_named_with_its_exact_principal_is_paid_and_the_costs_stay_open(two_invoices):
    case, _ = two_invoices
    costs = statement(case.id, DAY).costs_open_cents
    assert costs > 0
    book(Transfer(4_812_36, f"Zahlung ausschliesslich auf Rechnung KB-4102, Az {case.number}"))
    assert open_principals(case) == {"KB-4101": 3_086_40, "KB-4102": 0}
    assert statement(case.id, TODAY).costs_open_cents == costs


def test_an_invoice_named_with_another_amount_comes_before_the_others(two_invoices):
    case, _ = two_invoices
    book(Transfer(2_000_00, f"RE KB-4102 Teilzahlung {case.number}"))
    after = open_principals(case)
    assert after["KB-4101"] == 3_086_40
    assert after["KB-4102"] < 4_812_36
    assert statement(case.id, TODAY).costs_open_cents == 0  # § 367(1): its costs come first.


def test_the_exact_principal_without_a_word_is_asked_about(database, two_invoices):
    case, _ = two_invoices
    book(Transfer(4_812_36, case.number), Transfer(7_898_76, f"{case.number} Rest"))
    single, both = entries(database)
    assert (single.state, single.reason) == (EntryState.SUSPENSE, "designated")
    assert both.reason == "designated"
    assign_entry(single.public_id, case.number, ["kb 4102"], principal_first=True)
    assert open_principals(case)["KB-4102"] == 0
    with transaction():
        release_entry(single.public_id, "anders")
    assign_entry(single.public_id, case.number, [])
    assert statement(case.id, TODAY).costs_open_cents == 0
    with pytest.raises(errors.InvoiceUnknown):
        assign_entry(both.public_id, case.number, ["KB-9999"])


def test_only_the_principal_said_in_words_is_booked_so(database):
    case, _ = make_case()
    book_first_costs(case, DAY)
    book(Transfer(1_000_00, f"nur Hauptforderung {case.number}"))
    assert statement(case.id, TODAY).principal_open_cents == 0
    assert statement(case.id, TODAY).costs_open_cents > 0


def test_a_designation_outlives_an_earlier_payment(database, two_invoices):
    case, _ = two_invoices
    book(Transfer(4_812_36, f"KB-4102 {case.number}"))
    book(Transfer(500_00, case.number, on=date(2026, 10, 1)), number=2)
    assert open_principals(case)["KB-4102"] == 0
    live = database.scalars(select(Payment).where(Payment.reversed_at.is_(None))).all()
    assert sum(p.amount_cents for p in live) == 5_312_36
    assert proven()


def test_one_payment_is_shared_between_cases(database):
    one, _ = make_case()
    two, _ = make_case()
    book(Transfer(700_00, f"{one.number} und {two.number} zusammen"))
    (entry,) = entries(database)
    with pytest.raises(errors.SharesDiffer):
        split_entry(entry.public_id, [ShareWish(one.number, 300_00)])
    twice = [ShareWish(one.number, 300_00), ShareWish(one.number, 400_00)]
    with pytest.raises(errors.SharesDiffer):
        split_entry(entry.public_id, twice)
    with transaction():
        shares = [ShareWish(one.number, 300_00), ShareWish(two.number, 400_00)]
        split_entry(entry.public_id, shares)
    assert (one.received_cents, two.received_cents) == (300_00, 400_00)
    with transaction():
        release_entry(entry.public_id, "anders")
    assert (one.received_cents, two.received_cents) == (0, 0)
    assert entry.state is EntryState.SUSPENSE
    assert proven()


@pytest.mark.parametrize("told", ["end_to_end", "amount"])
def test_a_return_with_the_banks_charge_takes_the_payment_back(database, told):
    case, _ = make_case()
    e2e = "E2E-77" if told == "end_to_end" else ""
    book(Transfer(50_00, case.number, end_to_end=e2e))
    book(
        Transfer(-53_00, case.number, end_to_end=e2e, is_return=True, on=date(2026, 11, 5),
                 charges_cents=3_00 if told == "amount" else 0),
        number=2, opening_cents=50_00,
    )  # fmt: skip
    paid, returned = entries(database)
    assert [line.entry.id for line in list_originals(returned)] == [paid.id]
    with transaction():
        confirm_return(returned.public_id, paid.public_id)
    assert case.received_cents == 0
    sums = dict(database.execute(
        select(JournalLine.account, func.sum(JournalLine.amount_cents))
        .group_by(JournalLine.account)).all())  # fmt: skip
    assert (sums[Account.SUSPENSE], sums[Account.BANK_CHARGES]) == (0, 3_00)
    assert proven()


@pytest.mark.parametrize(
    ("cents", "purpose", "name", "reason"),
    [
        pytest.param(100_00, "SW-2026-101 Teilzahlung", "Fremd", "invoice_named", id="part"),
        pytest.param(1_000_00, "SW-2026-101", "Fremd", "invoice_and_amount", id="exact"),
        pytest.param(77_00, "danke", "Greta Ungewöhnlich", "payer_name", id="name"),
        pytest.param(0, "danke", "Greta Ungewöhnlich", "payer_name_and_amount", id="name and sum"),
    ],
)
def test_a_number_or_a_name_proposes_the_case_whatever_the_amount(
    database, cents, purpose, name, reason
):
    case, _ = make_case(
        claims=[claim_details(invoice_number="SW-2026-101")],
        debtors=[debtor_details("Ungewöhnlich", given_name="Greta")],
    )
    cents = cents or statement(case.id, TODAY).open_cents
    book(Transfer(cents, purpose, name=name))
    (entry,) = entries(database)
    assert [(c.case.id, c.reason.value) for c in list_candidates(entry)] == [(case.id, reason)]
