"""Cases on which money came in through the bank, ready to be settled with their creditors."""

from collections.abc import Sequence
from datetime import date

from cases.claims.models import Case
from cases.core import clock, files
from cases.core.database import db
from cases.ledger.bank.comparison import trust_bank_cents
from cases.parties.models import Creditor
from cases.payments.importing import import_statement
from cases.remittances.models import PayoutRun, Remittance, RemittanceState, RunState
from tests.factories.bank_files import Transfer, camt053
from tests.factories.documents import PDF
from tests.factories.records import make_case, make_creditor, make_user


def make_paid_case(
    creditor: Creditor | None = None, cents: int = 100_00, on: date = date(2026, 11, 2)
) -> Case:
    """A case whose debtor paid this much by transfer."""
    case, _ = make_case(creditor or make_creditor(), accepted_by=make_user())
    pay(case, cents, on)
    return case


def pay(case: Case, cents: int, on: date = date(2026, 11, 2)) -> None:
    """Money on a case, through a bank statement."""
    take_statement([Transfer(cents, purpose=case.number, on=on)])


_opening = {"cents": 0, "number": 0}


def take_statement(transfers: Sequence[Transfer]) -> None:
    """The next statement of the trust account."""
    _opening["number"] += 1
    import_statement(
        camt053(transfers, opening_cents=trust_bank_cents("EUR"), number=1000 + _opening["number"]),
        "statement.xml",
    )


def make_payout_run(creditor: Creditor) -> tuple[str, str]:
    """The public ids of a released run and of a settlement in it, both with their files."""
    orders = files.store_file(b"<Document/>", "orders.xml", "application/xml", None)
    run = PayoutRun(
        currency="EUR", as_of=clock.today(), prepared_at=clock.now(), released_at=clock.now(),
        state=RunState.RELEASED, sepa_file_id=orders.id, sepa_sha256=orders.sha256, left_out=[],
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    figures = dict.fromkeys(
        (
            "received_cents", "direct_cents", "costs_kept_cents", "fee_net_cents", "vat_cents",
            "vat_paid_by_debtors_cents", "outlays_cents", "carried_cents", "payout_cents",
            "carry_forward_cents",
        ),
        0,
    )  # fmt: skip
    paper = files.store_file(PDF, "Abrechnung.pdf", "application/pdf", creditor.id)
    remittance = Remittance(
        run_id=run.id, creditor_id=creditor.id, currency="EUR", as_of=clock.today(),
        number=f"A-{run.id}", state=RemittanceState.CARRIED, statement_file_id=paper.id,
        invoice_number=f"R-{run.id}", invoice_file_id=paper.id, **figures,
    )  # fmt: skip
    db.session.add(remittance)
    db.session.flush()
    return run.public_id, remittance.public_id
