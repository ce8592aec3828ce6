"""A file for a court: what is in it, its second person, and what can stop it.

Its bytes are made once, at the release, and are what is confirmed, fetched, handed over and kept.
"""

from collections.abc import Sequence

from sqlalchemy import select

from cases.claims.law import court_reading
from cases.claims.queries import list_claims_of_cases, list_debtors_of_cases, lock_cases
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile, read_bytes
from cases.filings.applications.case_state import InTheWay, Obstacle, list_in_the_way, refuse
from cases.filings.applications.models import (
    BatchState,
    CourtFile,
    Filing,
    FilingBatch,
    FilingState,
)
from cases.filings.applications.money_check import (
    NEED_BANK,
    cases_with_money,
    marks_of_case,
    read_bank,
    require_bank,
)
from cases.filings.errors import (
    BatchMoved,
    FileInTheMaking,
    NotConfirmedYet,
    ReasonNeeded,
    SamePerson,
    TypedByHand,
)
from legal.court_papers import TypedApplication

LOCK_STEP = 5_000
#: From here on its bytes may leave the program.
_CONFIRMED = frozenset({BatchState.CONFIRMED, BatchState.HANDED_OVER, BatchState.RECEIVED})


def get_batch(public_id: str) -> FilingBatch:
    """The batch of that public id, to be looked at; raises NotFound."""
    found = db.session.scalar(select(FilingBatch).where(FilingBatch.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def lock_batch(public_id: str) -> FilingBatch:
    """The batch with all its cases, locked: the cases first, in their order. Raises NotFound."""
    return lock_batch_by_id(get_batch(public_id).id)


def lock_batch_by_id(batch_id: int) -> FilingBatch:
    """The same for a worker, who knows its id."""
    case_ids = sorted(set(db.session.scalars(
        select(Filing.case_id).where(Filing.batch_id == batch_id)
    )))  # fmt: skip
    for begin in range(0, len(case_ids), LOCK_STEP):
        lock_cases(case_ids[begin : begin + LOCK_STEP])
    return db.session.scalars(
        select(FilingBatch)
        .where(FilingBatch.id == batch_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def confirm(batch: FilingBatch, user_id: int) -> None:
    """The second person's yes to exactly these bytes; what became of the cases is asked again.

    Raises:
        SamePerson, BatchMoved, CaseInTheWay, BankNotImported, BankNeverImported.
    """
    require_state(batch, BatchState.RELEASED)
    if batch.released_by == user_id:
        raise SamePerson
    require_unchanged(batch)
    batch.state, batch.confirmed_by, batch.confirmed_at = (
        BatchState.CONFIRMED, user_id, clock.now(),
    )  # fmt: skip
    audit.record("filing_batch.confirmed", "filing_batch", batch.id)


def fetch(batch: FilingBatch, user_id: int) -> bytes:
    """The bytes for the court: only once confirmed, and only while every case still allows it.

    Raises:
        NotConfirmedYet, TypedByHand, CaseInTheWay, BankNotImported, BankNeverImported.
    """
    if not is_confirmed(batch):
        raise NotConfirmedYet
    if batch.is_typed:
        raise TypedByHand
    if batch.state is BatchState.CONFIRMED:
        require_unchanged(batch)
        batch.fetched_by, batch.fetched_at = user_id, clock.now()
        audit.record("filing_batch.fetched", "filing_batch", batch.id)
    return batch_bytes(batch)


def send_back(batch: FilingBatch, user_id: int, reason: str) -> None:
    """Do not let a file go: its applications become drafts again; the file stays on record."""
    if batch.state not in {BatchState.MAKING, BatchState.RELEASED, BatchState.CONFIRMED}:
        raise BatchMoved
    if not reason.strip():
        raise ReasonNeeded
    batch.state, batch.note = BatchState.SENT_BACK, reason.strip()
    for filing in list_filings(batch):
        give_free(filing)
    audit.record("filing_batch.sent_back", "filing_batch", batch.id, by=user_id)


def give_free(filing: Filing) -> None:
    """Out of its file: a draft again, to be mended or dropped."""
    filing.state, filing.batch_id, filing.released_balance_cents = FilingState.DRAFT, None, None


def require_unchanged(batch: FilingBatch) -> None:
    """What was released still holds: cases, amounts, bank, unmatched money.

    Raises:
        CaseInTheWay, BankNotImported, BankNeverImported.
    """
    refuse(what_changed(batch))


def what_changed(batch: FilingBatch, *, bank_needed: bool = True) -> list[InTheWay]:
    """The cases that are in the way of a released file now. Raises BankNotImported."""
    filings = list_filings(batch)
    found = list_in_the_way(filings)
    if not any(filing.kind in NEED_BANK for filing in filings):
        return found
    bank = read_bank(batch.bank_entry_id)
    if bank_needed:
        require_bank(bank)
    if not bank.unmatched:
        return found
    numbers = {each.id: each.number for each in lock_cases([f.case_id for f in filings]).values()}
    named = cases_with_money(bank.unmatched, _marks(list(numbers), numbers))
    return found + [
        InTheWay(filing.id, filing.case_id, numbers[filing.case_id], Obstacle.MONEY)
        for filing in filings
        if filing.case_id in named
    ]


def record_receipt(batch: FilingBatch, message_id: int) -> None:
    """The court has the file. Raises BatchMoved."""
    require_state(batch, BatchState.HANDED_OVER)
    batch.state, batch.received_at, batch.receipt_id = (
        BatchState.RECEIVED, clock.now(), message_id,
    )  # fmt: skip
    audit.record("filing_batch.received", "filing_batch", batch.id, message_id=message_id)


def list_filings(batch: FilingBatch) -> list[Filing]:
    """The applications in a file that has not been sent back."""
    query = select(Filing).where(Filing.batch_id == batch.id).order_by(Filing.id)
    return list(db.session.scalars(query))


def find_court_file(batch: FilingBatch) -> CourtFile | None:
    """What is known of the kept bytes; None while they are being made."""
    return db.session.get(CourtFile, batch.id)


def batch_bytes(batch: FilingBatch) -> bytes:
    """The bytes as they were released; raises FileInTheMaking."""
    stored = db.session.scalar(
        select(StoredFile)
        .join(CourtFile, CourtFile.file_id == StoredFile.id)
        .where(CourtFile.batch_id == batch.id)
    )
    if stored is None:
        raise FileInTheMaking
    return read_bytes(stored)


def rendering(batch: FilingBatch, first: int | None = None) -> str:
    """Readable text of exactly these bytes, or of the first applications in them."""
    if find_court_file(batch) is None:
        return ""
    data = batch_bytes(batch)
    if first is not None:
        return court_reading(data).show_first(data, first)
    return court_reading(data).show(data)


def is_confirmed(batch: FilingBatch) -> bool:
    """Whether its second person has said yes."""
    return batch.state in _CONFIRMED


def entries_to_type(batch: FilingBatch) -> tuple[TypedApplication, ...]:
    """What a person types for each application, field by field, once it is confirmed.

    Raises:
        NotConfirmedYet.
    """
    if not is_confirmed(batch):
        raise NotConfirmedYet
    data = batch_bytes(batch)
    return court_reading(data).entries_to_type(data)


def require_state(batch: FilingBatch, state: BatchState) -> None:
    """Raises BatchMoved if the file is at another step."""
    if batch.state is not state:
        raise BatchMoved


def _marks(case_ids: Sequence[int], numbers: dict[int, str]) -> dict[int, list[str]]:
    """The words by which payers name these cases."""
    claims, debtors = list_claims_of_cases(case_ids), list_debtors_of_cases(case_ids)
    return {
        case_id: marks_of_case(numbers[case_id], claims[case_id], debtors[case_id])
        for case_id in case_ids
    }
