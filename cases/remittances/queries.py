"""Reads about pay-out runs and remittances."""

from dataclasses import dataclass

from sqlalchemy import select

from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile
from cases.parties.models import Creditor
from cases.remittances.models import PayoutRun, Remittance, RemittanceState, RunState

#: What a creditor does not see yet, or never will.
NOT_BOOKED = (RemittanceState.PREPARED, RemittanceState.DROPPED)


@dataclass(frozen=True, slots=True)
class Line:
    """A remittance with its creditor."""

    remittance: Remittance
    creditor: Creditor


def list_runs(limit: int = 50) -> list[PayoutRun]:
    """The last runs, newest first."""
    return list(db.session.scalars(select(PayoutRun).order_by(PayoutRun.id.desc()).limit(limit)))


def get_run(public_id: str) -> PayoutRun:
    """The run of that public id; raises NotFound."""
    run = db.session.scalar(select(PayoutRun).where(PayoutRun.public_id == public_id))
    if run is None:
        raise NotFound
    return run


def list_lines(run_id: int) -> list[Line]:
    """The remittances of a run, the largest pay-out first."""
    query = (
        select(Remittance, Creditor)
        .join(Creditor, Creditor.id == Remittance.creditor_id)
        .where(Remittance.run_id == run_id)
        .order_by(Remittance.payout_cents.desc(), Creditor.sort_name)
    )
    return [Line(*row) for row in db.session.execute(query)]


def get_remittance(public_id: str) -> Remittance:
    """The remittance of that public id; for a creditor only its own; raises NotFound."""
    found = db.session.scalar(select(Remittance).where(Remittance.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def get_booked(public_id: str) -> Remittance:
    """A creditor's own settlement once it was booked; raises NotFound."""
    found = get_remittance(public_id)
    if found.state in NOT_BOOKED:
        raise NotFound
    return found


def list_of_creditor(limit: int = 100) -> list[Remittance]:
    """A creditor's settlements that were booked, newest first; the wall says whose."""
    query = (
        select(Remittance)
        .where(Remittance.state.not_in(NOT_BOOKED))
        .order_by(Remittance.id.desc())
        .limit(limit)
    )
    return list(db.session.scalars(query))


def get_order_file(run: PayoutRun) -> StoredFile:
    """The file for the bank, once the run is released; raises NotFound."""
    if run.state is not RunState.RELEASED or run.sepa_file_id is None:
        raise NotFound
    return db.session.get_one(StoredFile, run.sepa_file_id)


def get_invoice_file(remittance: Remittance) -> StoredFile:
    """The invoice that belongs to a settlement, once it was made; raises NotFound."""
    if remittance.invoice_file_id is None:
        raise NotFound
    return db.session.get_one(StoredFile, remittance.invoice_file_id)


def get_statement_file(remittance: Remittance) -> StoredFile:
    """The PDF of a settlement, once it was made; raises NotFound."""
    if remittance.statement_file_id is None:
        raise NotFound
    return db.session.get_one(StoredFile, remittance.statement_file_id)
