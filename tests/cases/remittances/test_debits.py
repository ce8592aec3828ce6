"""Direct debits: from the mandate to the file, the statement, and what is taken back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from lxml import etree
from sqlalchemy import select, update

from cases.claims.queries import lock_case
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.files import StoredFile, read_bytes
from cases.letters.errors import EverythingHeld
from cases.letters.models import Letter, LetterKind
from cases.parties.models import CreditorContract
from cases.payments.booking import Money, book_payment
from cases.payments.importing import import_statement
from cases.payments.models import BankEntry, EntryState
from cases.payments.services import confirm_return
from cases.people import approvals
from cases.people.policy import Role
from cases.plans.models import Plan, PlanState
from cases.plans.queries import list_instalments, view_plan
from cases.remittances.debits import errors, runs
from cases.remittances.debits.confirming import RETURNED_WHY, confirm_debits
from cases.remittances.debits.due import list_due
from cases.remittances.debits.identifier import find_creditor_identifier
from cases.remittances.debits.mandates import ask_mandate, end_mandate, sign_mandate
from cases.remittances.debits.models import Debit, DebitState, Mandate
from cases.remittances.debits.pain008 import Collection, CollectionFile, write_collections
from cases.remittances.preparing import prepare
from tests.factories.bank_files import Transfer, camt053
from tests.factories.casework import make_objection
from tests.factories.debits import IBAN, IDENTIFIER, make_mandate_of, set_up_debits
from tests.factories.plans import make_plan_of
from tests.factories.records import make_agency, make_case, make_creditor, make_user

TODAY = date(2026, 11, 23)
NAMES = {"x": "urn:iso:std:iso:20022:tech:xsd:pain.008.001.08"}
ONE = Collection(
    end_to_end="LS-1-1",
    mandate="A-1-M1",
    signed_on=TODAY,
    once=False,
    collect_on=TODAY + timedelta(days=3),
    name="Müller & Söhne",
    iban=IBAN,
    cents=80_00,
    purpose="Aktenzeichen 1 Rate 1",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DE98ZZZ09999999999", IDENTIFIER),
        ("de98 zzz 0999 9999 999", IDENTIFIER),
        ("DE98ABC09999999999", "DE98ABC09999999999"),  # The three letters are the house's own.
        ("DE97ZZZ09999999999", None),
        ("DE98ZZZ09999999998", None),
        ("", None),
        ("DE98", None),
    ],
)
def test_a_creditor_identifier_is_checked(text, expected):
    assert find_creditor_identifier(text) == expected


def test_the_file_fits_the_banks_schema_and_puts_days_and_sequences_apart():
    debits = [
        ONE,
        replace(ONE, end_to_end="LS-1-2", cents=1),
        replace(ONE, end_to_end="LS-1-3", once=True),
        replace(ONE, end_to_end="LS-1-4", collect_on=TODAY + timedelta(days=9)),
    ]
    made = datetime(2026, 11, 23, 12, tzinfo=UTC)
    file = CollectionFile("LS-1", made, "Inkasso Nord", IBAN, None, IDENTIFIER, debits)
    data = write_collections(file)
    runs.check_schema(data)
    assert data == write_collections(replace(file, debits=debits[::-1]))
    root = etree.fromstring(data)
    assert root.findtext(".//x:GrpHdr/x:CtrlSum", namespaces=NAMES) == "240.01"
    blocks = [
        tuple(block.findtext(name, namespaces=NAMES) for name in (".//x:SeqTp", "x:NbOfTxs"))
        for block in root.findall(".//x:PmtInf", NAMES)
    ]
    assert blocks == [("OOFF", "1"), ("RCUR", "2"), ("RCUR", "1")]
    assert root.findtext(".//x:Dbtr/x:Nm", namespaces=NAMES) == "Mueller + Soehne"


@pytest.fixture
def case(app):
    with clock.clock_at(TODAY):
        with transaction():
            make_agency()
            creditor = make_creditor(
                fee_terms={
                    "steps": [{"until_cents": None, "percent": "15"}],
                    "hold_back_days": {"direct_debit": 60},
                }
            )
            found, _ = make_case(creditor, accepted_by=make_user(Role.CASE_WORKER))
            db.session.execute(update(CreditorContract).values(instalment_months=24))
            audit.set_actor(found.owner_id)
        yield found


def signed(case):
    with transaction():
        audit.set_actor(case.owner_id)
        mandate = make_mandate_of(case)
        sign_mandate(mandate, TODAY)
    return mandate


def release():
    """Prepare the debits and let a second person release them."""
    with transaction():
        run = runs.prepare_debits()
        approval = runs.ask_release(run.public_id)
        second = make_user(Role.ADMIN)
    with transaction():
        audit.set_actor(second.id)
        approvals.confirm(approval.public_id, second.id)
    return run


def kinds_of(case):
    query = select(Letter.kind).where(Letter.case_id == case.id).order_by(Letter.id)
    return list(db.session.scalars(query))


def statement(debit, cents, *, on, number, opening, is_return=False):
    purpose = f"Aktenzeichen {debit[1]} Rate 1"
    transfer = Transfer(
        cents, purpose, on=on, name="Eva Weber", iban=IBAN, end_to_end=debit[0],
        is_return=is_return,
    )  # fmt: skip
    with clock.clock_at(on), transaction():
        import_statement(camt053([transfer], number=number, opening_cents=opening), f"{number}.xml")
        confirm_debits()


def test_nothing_is_announced_or_collected_while_an_objection_is_verified(case):
    signed(case)
    with transaction():
        run = runs.prepare_debits()
        make_objection(case, 10_00)
    with pytest.raises(errors.DebitRunStale), transaction():
        runs.ask_release(run.public_id)
    with transaction():
        runs.drop_run(run.public_id)
    assert not list_due()
    with transaction():
        end_mandate(db.session.scalars(select(Mandate)).one(), "Widerruf")
        again = make_mandate_of(case)
    with pytest.raises(EverythingHeld), transaction():
        sign_mandate(again, TODAY)


def test_an_instalment_is_collected_held_back_and_returned(case):
    signed(case)
    assert kinds_of(case)[-2:] == [LetterKind.SEPA_MANDATE, LetterKind.DEBIT_NOTICE]
    run = release()
    [(debit, _, _)] = runs.list_lines(run.id)
    plan = db.session.get_one(Plan, debit.plan_id)
    first = list_instalments(plan.id)[0]
    assert (debit.state, debit.collect_on, debit.amount_cents) == (
        DebitState.ORDERED, first.due_on, first.amount_cents,
    )  # fmt: skip
    runs.check_schema(read_bytes(db.session.get_one(StoredFile, run.sepa_file_id)))
    assert not list_due()  # Nothing is collected twice.

    number, paid_on, cents = (debit.number, case.number), first.due_on, first.amount_cents
    statement(number, cents, on=paid_on, number=1, opening=0)
    with clock.clock_at(paid_on):
        assert db.session.get_one(Debit, debit.id).state is DebitState.PAID
        assert view_plan(plan).progress.paid_number == 1
    creditor = case.creditor_id
    assert prepare(creditor, paid_on + timedelta(days=59), "EUR") is None
    free = prepare(creditor, paid_on + timedelta(days=60), "EUR")
    assert sum(each.received_cents for each in free.settlement.cases) == cents

    back_on = paid_on + timedelta(days=5)
    statement(number, -cents, on=back_on, number=2, opening=cents, is_return=True)
    came, back = db.session.scalars(select(BankEntry).order_by(BankEntry.id)).all()
    assert came.state is EntryState.BOOKED
    with clock.clock_at(back_on), transaction():
        confirm_return(back.public_id, came.public_id)
    with clock.clock_at(back_on):
        db.session.expire_all()
        assert db.session.get_one(Debit, debit.id).state is DebitState.RETURNED
        assert db.session.scalars(select(Mandate)).one().ended_why == RETURNED_WHY
        assert view_plan(plan).progress.paid_number == 0
        assert plan.state is PlanState.RUNNING
        assert not list_due()


def test_what_was_paid_or_ended_meanwhile_is_not_collected(case):
    mandate = signed(case)
    with transaction():
        run = runs.prepare_debits()
        with pytest.raises(errors.DebitRunOpen):
            runs.prepare_debits()
        book_payment(lock_case(case.id), Money(10_00, "EUR", TODAY, TODAY, None, "test"))
        with pytest.raises(errors.DebitRunStale):
            runs.ask_release(run.public_id)
        runs.drop_run(run.public_id)
        with pytest.raises(errors.DebitRunNotPrepared):
            runs.drop_run(run.public_id)
        again = runs.prepare_debits()
        end_mandate(mandate, "Widerrufen am Telefon")
        with pytest.raises(errors.DebitRunStale):
            runs.ask_release(again.public_id)
    with clock.clock_at(TODAY + timedelta(days=7)), pytest.raises(errors.DebitDayPassed):
        runs.ask_release(again.public_id)


def test_nothing_is_collected_before_its_notice_is_over(case):
    mandate = signed(case)
    first = list_instalments(mandate.plan_id)[0].due_on
    with transaction():
        mandate.noticed_on = first - timedelta(days=1)
    assert not list_due()
    with pytest.raises(errors.NothingToCollect):
        runs.prepare_debits()


def test_bad_input_is_said(case):
    with transaction():
        audit.set_actor(case.owner_id)
        plan = make_plan_of(case)
        with pytest.raises(errors.DebitsNotSetUp):
            ask_mandate(plan, "Eva Weber", IBAN)
        set_up_debits()
        for name, iban, refusal in (
            ("", IBAN, errors.MandateNameMissing),
            ("Eva Weber", "DE02120300000000202052", errors.MandateIbanWrong),
            ("Eva Weber", "", errors.MandateIbanWrong),
        ):
            with pytest.raises(refusal):
                ask_mandate(plan, name, iban)
        mandate = ask_mandate(plan, "Eva Weber", IBAN)
        with pytest.raises(errors.MandateOpen):
            ask_mandate(plan, "Eva Weber", IBAN)
        for day in (TODAY - timedelta(days=1), TODAY + timedelta(days=1)):
            with pytest.raises(errors.SignedDayWrong):
                sign_mandate(mandate, day)
        with pytest.raises(errors.MandateReasonMissing):
            end_mandate(mandate, " ")
        sign_mandate(mandate, TODAY)
        with pytest.raises(errors.MandateNotOpen):
            sign_mandate(mandate, TODAY)
