"""Pay-out runs on the real books: settled once, released by two, seen by the bank, proven."""

import io
from datetime import date, timedelta

import pytest
from facturx import get_flavor as get_facturx_flavor
from lxml import etree
from pypdf import PdfReader

from cases.claims.models import Case
from cases.core import audit, clock, files
from cases.core.clock import clock_at
from cases.core.database import db
from cases.core.errors import NotFound
from cases.costs.booking import book_first_costs
from cases.ledger.models import Account
from cases.ledger.queries import statement
from cases.ledger.services import allocate_by_law, post_direct_payment
from cases.ledger.trust import prove_trust
from cases.ledger.trust_bookings import balance_of
from cases.parties.queries import get_agency
from cases.payments.booking import reverse_payment
from cases.payments.models import Payment
from cases.people.approvals import NotSecondPerson, confirm
from cases.people.policy import Role
from cases.remittances.bank_answer import (
    Answer,
    ReportOfAnotherFile,
    ReportUnreadable,
    RunNotReleased,
    take_answer,
)
from cases.remittances.confirming import NotOrdered, confirm_by_statements, reject
from cases.remittances.einvoice import write_cii
from cases.remittances.invoice import invoice_of, keep_invoice, render_invoice
from cases.remittances.models import RemittanceState, RunState
from cases.remittances.preparing import RunOpen, carried_of, prepare, prepare_run
from cases.remittances.queries import (
    get_invoice_file,
    get_order_file,
    get_statement_file,
    list_lines,
)
from cases.remittances.releasing import (
    NothingToRelease,
    RunStale,
    TaxNumberMissing,
    ask_release,
    check_schema,
    drop_run,
    message_id,
)
from cases.remittances.statement import keep_statement, render, statement_csv
from tests.factories.bank_files import Transfer, pain002
from tests.factories.einvoices import broken_rules, value
from tests.factories.payouts import make_paid_case, pay, take_statement
from tests.factories.records import make_agency, make_case, make_creditor, make_user

MONDAY = date(2026, 11, 30)
#: 20 % on principal and interest, costs assigned to the house.
TERMS = {"steps": [{"until_cents": None, "percent": "20"}], "costs_owner": "agency"}


@pytest.fixture
def house(database):
    with clock_at(MONDAY):
        make_agency()
        clerk = make_user(Role.ACCOUNTS)
        audit.set_actor(clerk.id)
        yield clerk


@pytest.fixture
def creditor(house):
    return make_creditor("Stadtwerke Beispiel GmbH", fee_terms=TERMS)


def release(run):
    """As a second person would."""
    asked = ask_release(run.public_id)
    confirm(asked.public_id, make_user(Role.ADMIN).id)
    return run


def only(run):
    [line] = list_lines(run.id)
    return line.remittance


def xmp_of(pdf):
    """What a document says of itself."""
    return pdf.trailer["/Root"]["/Metadata"].get_object().get_data().decode()


def assert_proven():
    assert [proof.difference_cents for proof in prove_trust()] in ([], [0])


def test_a_payment_is_paid_out_less_the_fee_and_its_vat(creditor):
    make_paid_case(creditor, 100_00)
    remittance = only(release(prepare_run(MONDAY)))
    assert (remittance.received_cents, remittance.fee_net_cents) == (100_00, 20_00)
    assert (remittance.vat_cents, remittance.payout_cents) == (3_80, 76_20)
    assert remittance.state is RemittanceState.ORDERED
    assert balance_of(Account.CREDITOR_PAYABLES, creditor.id) == 0
    # Our share stays in trust until somebody withdraws it.
    assert balance_of(Account.SHARE_IN_TRUST, creditor.id) == 23_80
    assert_proven()


def test_nothing_is_settled_twice(creditor):
    case = make_paid_case(creditor, 100_00)
    release(prepare_run(MONDAY))
    again = prepare_run(MONDAY)
    assert list_lines(again.id) == []
    with pytest.raises(NothingToRelease):
        ask_release(again.public_id)
    drop_run(again.public_id)
    pay(case, 50_00, date(2026, 11, 3))
    remittance = only(release(prepare_run(MONDAY)))
    assert (remittance.received_cents, remittance.payout_cents) == (50_00, 38_10)
    assert_proven()


def test_the_order_file_is_valid_and_to_be_had_only_after_the_release(creditor):
    make_paid_case(creditor, 100_00)
    run = prepare_run(MONDAY)
    ask_release(run.public_id)
    with pytest.raises(NotFound):
        get_order_file(run)
    from cases.people.approvals import find_open

    confirm(find_open("payout.release", run.id).public_id, make_user(Role.ADMIN).id)
    data = files.read_bytes(get_order_file(run))
    check_schema(data)
    names = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
    tree = etree.fromstring(data)
    assert tree.xpath("string(//p:InstdAmt)", namespaces=names) == "76.20"
    assert tree.xpath("string(//p:CdtrAcct//p:IBAN)", namespaces=names) == creditor.iban
    assert not tree.xpath("//p:PstlAdr", namespaces=names)


def test_whoever_prepared_does_not_release(creditor, house):
    make_paid_case(creditor)
    asked = ask_release(prepare_run(MONDAY).public_id)
    with pytest.raises(NotSecondPerson):
        confirm(asked.public_id, house.id)


def test_a_payment_between_asking_and_releasing_refuses_the_release(creditor):
    case = make_paid_case(creditor, 100_00)
    run = prepare_run(MONDAY)
    asked = ask_release(run.public_id)
    pay(case, 20_00, date(2026, 11, 4))
    with pytest.raises(RunStale) as caught:
        confirm(asked.public_id, make_user(Role.ADMIN).id)
    assert caught.value.params["name"] == creditor.name
    assert run.state is RunState.PREPARED


def test_two_runs_at_once_are_refused(creditor):
    make_paid_case(creditor)
    prepare_run(MONDAY)
    with pytest.raises(RunOpen):
        prepare_run(MONDAY)


def test_below_the_threshold_it_is_carried_and_paid_later(house):
    creditor = make_creditor(fee_terms={**TERMS, "threshold_cents": 100_00})
    case = make_paid_case(creditor, 100_00)
    first = only(release(prepare_run(MONDAY)))
    assert (first.state, first.carry_forward_cents) == (RemittanceState.CARRIED, 76_20)
    pay(case, 100_00, date(2026, 11, 5))
    second = only(release(prepare_run(MONDAY)))
    assert (second.carried_cents, second.payout_cents) == (76_20, 152_40)
    assert_proven()


def test_the_statement_of_the_bank_confirms_our_own_order(creditor):
    make_paid_case(creditor, 100_00)
    remittance = only(release(prepare_run(MONDAY)))
    take_statement([Transfer(-76_20, end_to_end=remittance.number, on=date(2026, 11, 27))])
    assert confirm_by_statements() == 1
    assert remittance.state is RemittanceState.PAID
    assert confirm_by_statements() == 0
    assert_proven()


def test_another_amount_under_our_number_stays_open(creditor):
    make_paid_case(creditor, 100_00)
    remittance = only(release(prepare_run(MONDAY)))
    take_statement([Transfer(-76_21, end_to_end=remittance.number, on=date(2026, 11, 27))])
    assert confirm_by_statements() == 0
    assert remittance.state is RemittanceState.ORDERED


def test_what_the_bank_rejects_goes_with_the_next_run(creditor):
    make_paid_case(creditor, 100_00)
    remittance = only(release(prepare_run(MONDAY)))
    reject(remittance.public_id, "Account closed")
    with pytest.raises(NotOrdered):
        reject(remittance.public_id, "again")
    assert carried_of(creditor.id, "EUR") == 76_20
    again = only(release(prepare_run(MONDAY)))
    assert (again.received_cents, again.payout_cents) == (0, 76_20)
    assert_proven()


def test_the_banks_answer_puts_rejected_orders_back(creditor):
    make_paid_case(creditor, 100_00)
    other = make_creditor("Möbel Beispiel GmbH", fee_terms=TERMS)
    make_paid_case(other, 50_00, date(2026, 11, 3))
    run = release(prepare_run(MONDAY))
    first, second = (line.remittance for line in list_lines(run.id))
    data = pain002(
        message_id(run), group="PART",
        orders=[
            (first.number, "RJCT", "AC04", "Konto aufgelöst"),
            (second.number, "RVMC", "", "Möbel Beispiel OHG"),
        ],
    )  # fmt: skip
    assert take_answer(run.public_id, data) == Answer(rejected=1, names_differ=1)
    assert (first.state, first.reject_reason) == (RemittanceState.REJECTED, "AC04 Konto aufgelöst")
    assert (second.state, second.payee_name) == (RemittanceState.ORDERED, "Möbel Beispiel OHG")
    assert carried_of(first.creditor_id, "EUR") == 76_20
    assert take_answer(run.public_id, data).rejected == 0  # The same report again.
    assert_proven()


def test_an_answer_to_another_file_or_none_is_refused(creditor):
    make_paid_case(creditor, 100_00)
    run = prepare_run(MONDAY)
    with pytest.raises(RunNotReleased):
        take_answer(run.public_id, pain002(message_id(run), group="RJCT"))
    release(run)
    with pytest.raises(ReportOfAnotherFile):
        take_answer(run.public_id, pain002("RUN-0", group="RJCT"))
    with pytest.raises(ReportUnreadable):
        take_answer(run.public_id, b"<Document/>")
    assert only(run).state is RemittanceState.ORDERED


def test_a_return_after_the_pay_out_is_carried_as_a_debt(creditor):
    case = make_paid_case(creditor, 100_00)
    release(prepare_run(MONDAY))
    payment = db.session.query(Payment).filter_by(case_id=case.id).one()
    reverse_payment(payment.id, "returned")
    # The house has laid it out: no other creditor's money carries it, not for a day.
    assert balance_of(Account.CREDITOR_PAYABLES, creditor.id) == 0
    assert_proven()
    run = prepare_run(MONDAY)
    remittance = only(release(run))
    assert remittance.fee_net_cents == -20_00
    assert (remittance.payout_cents, remittance.carry_forward_cents) == (0, -76_20)
    assert_proven()


def test_new_bank_details_wait_and_the_creditor_is_named(creditor):
    make_paid_case(creditor)
    creditor.iban_paid_from = MONDAY + timedelta(days=3)
    run = prepare_run(MONDAY)
    assert list_lines(run.id) == []
    assert [each["creditor_id"] for each in run.left_out] == [creditor.id]


def test_one_creditor_without_contract_stops_nobody_else(creditor, house):
    make_paid_case(creditor)
    other = make_creditor("Ohne Konto GmbH", fee_terms=TERMS)
    other.iban = None
    make_paid_case(other)
    run = prepare_run(MONDAY)
    assert only(run).creditor_id == creditor.id
    assert run.left_out[0]["creditor_id"] == other.id


def test_the_settlement_reads_back_from_its_pdf(creditor):
    case: Case = make_paid_case(creditor, 100_00)
    remittance = only(release(prepare_run(MONDAY)))
    keep_statement("k", remittance.id)
    kept = remittance.statement_file_id
    keep_statement("k", remittance.id)
    assert remittance.statement_file_id == kept
    pdf = PdfReader(io.BytesIO(files.read_bytes(get_statement_file(remittance))))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert case.number in text
    assert "76,20" in text
    assert f"{case.number};100,00;0,00;0,00;20,00;0,00;80,00" in statement_csv(remittance).decode()
    assert clock.today() == MONDAY


def test_the_invoice_carries_its_e_invoice(creditor):
    make_paid_case(creditor, 100_00)
    remittance = only(release(prepare_run(MONDAY)))
    keep_statement("k", remittance.id)
    data = files.read_bytes(get_invoice_file(remittance))
    pdf = PdfReader(io.BytesIO(data))
    text = "".join(page.extract_text() for page in pdf.pages)
    for shown in (remittance.invoice_number, remittance.number, "20,00", "3,80", "23,80"):
        assert shown in text
    [xml] = pdf.attachments["factur-x.xml"]
    assert broken_rules(xml) == []
    assert [value(xml, name) for name in ("GrandTotalAmount", "DuePayableAmount")] == [
        "23.80", "0.00",
    ]  # fmt: skip
    assert "<fx:ConformanceLevel>EN 16931<" in xmp_of(pdf)
    assert get_facturx_flavor(etree.fromstring(xml)) == "factur-x"
    # The same settlement makes the same bytes.
    again = files.read_bytes(keep_invoice(remittance))
    assert again == data


def test_papers_bear_the_day_of_the_release_whenever_they_are_made(creditor):
    make_paid_case(creditor)
    remittance = only(release(prepare_run(MONDAY)))
    get_agency().register_number = "HRB 4711"
    with clock_at(MONDAY + timedelta(days=27)):
        invoice = invoice_of(remittance, creditor, get_agency())
        assert invoice.day == MONDAY
        assert f"{MONDAY:%d.%m.%Y}" in render(remittance)
        # The number of the register stands with its court, once.
        assert render_invoice(invoice, "de", get_agency()).count("HRB 4711") == 1


def test_a_return_after_the_pay_out_is_invoiced_back(creditor):
    case = make_paid_case(creditor, 100_00)
    release(prepare_run(MONDAY))
    payment = db.session.query(Payment).filter_by(case_id=case.id).one()
    reverse_payment(payment.id, "returned")
    remittance = only(release(prepare_run(MONDAY)))
    invoice = invoice_of(remittance, creditor, get_agency())
    xml = write_cii(invoice)
    assert invoice.gross_cents == -23_80
    assert value(xml, "TypeCode") == "381"
    assert broken_rules(xml) == []


def test_a_client_who_owes_the_tax_himself_needs_his_number(house):
    abroad = make_creditor("Wiener Handel GmbH", fee_terms={**TERMS, "vat": "eu_business"})
    make_paid_case(abroad)
    run = prepare_run(MONDAY)
    assert [each["creditor_id"] for each in run.left_out] == [abroad.id]
    drop_run(run.public_id)
    abroad.vat_id = "ATU13585627"
    remittance = only(release(prepare_run(MONDAY)))
    xml = write_cii(invoice_of(remittance, abroad, get_agency()))
    assert value(xml, "ExemptionReason") == "Steuerschuldnerschaft des Leistungsempfängers"
    assert (remittance.vat_cents, broken_rules(xml)) == (0, [])


def test_a_house_without_tax_number_releases_nothing(creditor):
    make_paid_case(creditor)
    get_agency().tax_number = None
    with pytest.raises(TaxNumberMissing):
        ask_release(prepare_run(MONDAY).public_id)


@pytest.mark.parametrize(
    ("order", "counted"),
    [("law", (423_66, 20_54, 55_80)), ("principal_first", (500_00, 0, 0))],
)
def test_what_the_creditor_got_himself_counts_in_his_contracts_order(house, order, counted):
    creditor = make_creditor(
        "Stadtwerke Beispiel GmbH", fee_terms=TERMS, direct_payment_order=order
    )
    with clock_at(date(2026, 11, 23)):
        case, _ = make_case(creditor)
        book_first_costs(case, date(2026, 11, 2))
        spread = allocate_by_law(statement(case.id), 500_00, clock.today())
        post_direct_payment(case, spread, amount_cents=500_00, value_on=clock.today())
    prepared = prepare(creditor.id, MONDAY, "EUR")
    found, settled = prepared.cases[case.id]
    assert (found.direct_principal, found.direct_interest, found.direct_costs) == counted
    assert settled.fee_cents == (found.direct_principal + found.direct_interest) // 5
