"""Transfers, bills, advances and comparisons of open items, one of each."""

from itertools import count

from cases.claims.models import Case
from cases.claims.queries import list_claims
from cases.core import clock, files
from cases.core.database import db
from cases.parties.models import Creditor
from cases.payments.own_accounts import HouseAccount
from cases.recoveries.open_items.models import (
    CheckState,
    Difference,
    OpenItemCheck,
    OpenItemQuestion,
    QuestionState,
)
from cases.remittances.models import RunState
from cases.remittances.transfers.advances import ask_advance
from cases.remittances.transfers.bill_models import BillKind, BillSource
from cases.remittances.transfers.bills import BillWish, LineWish, enter_bill
from cases.remittances.transfers.models import (
    Transfer,
    TransferKind,
    TransferRun,
    TransferState,
)

PAYEE = "DE75512108001245126199"
_serial = count(1)


def make_transfer() -> tuple[str, str]:
    """The public ids of a released order file and of a transfer in it."""
    orders = files.store_file(b"<Document/>", "orders.xml", "application/xml", None)
    run = TransferRun(
        account=HouseAccount.TRUST, currency="EUR", made_on=clock.today(),
        state=RunState.RELEASED, prepared_at=clock.now(), released_at=clock.now(),
        sepa_file_id=orders.id, sepa_sha256=orders.sha256,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    transfer = Transfer(
        run_id=run.id, kind=TransferKind.SHARE, state=TransferState.ORDERED, amount_cents=10_00,
        currency="EUR", name="Hanse", iban=PAYEE, purpose="Entnahme", number=f"V-{run.id}",
    )  # fmt: skip
    db.session.add(transfer)
    db.session.flush()
    return run.public_id, transfer.public_id


def make_bill(case: Case) -> str:
    """A bailiff's bill for one case."""
    today = clock.today()
    wish = BillWish(
        kind=BillKind.BAILIFF, payee="OGV Beispiel", iban=PAYEE, number=f"DR II {next(_serial)}",
        billed_on=today, due_on=today, amount_cents=38_40, source=BillSource.OPERATING,
        lines=[LineWish(case.number, 38_40, on_debtor=False)],
    )  # fmt: skip
    return enter_bill(wish).public_id


def make_advance(creditor: Creditor) -> str:
    """An advance that a client is asked for."""
    return ask_advance(creditor.id, 100_00, "Gerichtskosten", clock.today()).public_id


def make_open_item_check(creditor: Creditor) -> str:
    """A comparison that is done."""
    return _check(creditor).public_id


def make_open_item_question(creditor: Creditor, case: Case) -> str:
    """A difference that waits for the client's answer."""
    claim = list_claims(case.id)[0]
    question = OpenItemQuestion(
        check_id=_check(creditor).id, creditor_id=creditor.id, case_id=case.id, claim_id=claim.id,
        difference=Difference.MISSING, our_cents=claim.principal_cents, his_cents=0,
        state=QuestionState.OPEN,
    )  # fmt: skip
    db.session.add(question)
    db.session.flush()
    return question.public_id


def _check(creditor: Creditor) -> OpenItemCheck:
    stored = files.store_file(b"Rechnung;Offen", "offen.csv", "text/csv", creditor.id)
    check = OpenItemCheck(
        creditor_id=creditor.id, as_of=clock.today(), file_id=stored.id, state=CheckState.DONE,
        taken_in_at=clock.now(),
    )  # fmt: skip
    db.session.add(check)
    db.session.flush()
    return check
