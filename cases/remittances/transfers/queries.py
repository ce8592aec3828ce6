"""Reads about transfers, bills and our share."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from cases.claims.models import Case
from cases.claims.queries import list_cases_by_id
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile
from cases.ledger.trust_bookings import sum_shares
from cases.remittances.models import RunState
from cases.remittances.transfers.bill_models import BillLine
from cases.remittances.transfers.models import Transfer, TransferRun


def list_runs(limit: int = 50) -> list[TransferRun]:
    """The last order files, newest first."""
    query = select(TransferRun).order_by(TransferRun.id.desc()).limit(limit)
    return list(db.session.scalars(query))


def list_prepared() -> list[TransferRun]:
    """What waits for its release."""
    query = select(TransferRun).where(TransferRun.state == RunState.PREPARED)
    return list(db.session.scalars(query.order_by(TransferRun.id)))


def get_run(public_id: str) -> TransferRun:
    """The order file of that public id; raises NotFound."""
    run = db.session.scalar(select(TransferRun).where(TransferRun.public_id == public_id))
    if run is None:
        raise NotFound
    return run


def get_run_of(transfer_public_id: str) -> TransferRun:
    """The order file that a transfer is in; raises NotFound."""
    query = (
        select(TransferRun)
        .join(Transfer, Transfer.run_id == TransferRun.id)
        .where(Transfer.public_id == transfer_public_id)
    )
    run = db.session.scalar(query)
    if run is None:
        raise NotFound
    return run


def get_order_file(run: TransferRun) -> StoredFile:
    """The file for the bank, once it is released; raises NotFound."""
    if run.state is not RunState.RELEASED or run.sepa_file_id is None:
        raise NotFound
    return db.session.get_one(StoredFile, run.sepa_file_id)


def cases_of(transfers: Sequence[Transfer]) -> Mapping[int, Case]:
    """The cases that were paid too much, by id."""
    return list_cases_by_id([each.case_id for each in transfers if each.case_id is not None])


def list_shares(currency: str) -> list[tuple[int, int]]:
    """What of ours lies in trust by client: settled and not withdrawn yet."""
    return [(creditor_id, cents) for creditor_id, cents in sum_shares(currency) if cents]


def shares_of(bill_ids: Sequence[int]) -> dict[int, list[tuple[Case, BillLine]]]:
    """The cases that bear each bill, with their shares."""
    found: dict[int, list[tuple[Case, BillLine]]] = {bill_id: [] for bill_id in bill_ids}
    query = (
        select(BillLine, Case)
        .join(Case, Case.id == BillLine.case_id)
        .where(BillLine.bill_id.in_(bill_ids))
        .order_by(BillLine.id)
    )
    for line, case in db.session.execute(query):
        found[line.bill_id].append((case, line))
    return found
