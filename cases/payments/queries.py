"""Reads of bank files, statements and entries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select, tuple_

from cases.claims.models import Case
from cases.claims.queries import list_cases_by_id
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile
from cases.payments.models import (
    BankEntry,
    BankFile,
    BankFileState,
    BankImport,
    EntryState,
    Payment,
)

PAGE = 50
#: Nobody reads a larger number than this; counting on would only cost time.
COUNT_LIMIT = 1_000
OPEN_STATES = (EntryState.SUSPENSE, EntryState.FOREIGN, EntryState.DOUBTFUL)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on a bank file is."""

    bank_file: BankFile
    filename: str
    entries: int
    waiting: int

    @property
    def done(self) -> int:
        """Entries that have been looked at."""
        return self.entries - self.waiting


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One statement in the list, with the file it came in."""

    statement: BankImport
    bank_file: BankFile
    filename: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One bank entry with the cases that its money went to, if there are any."""

    entry: BankEntry
    shares: tuple[tuple[Payment, Case], ...] = ()

    @property
    def payment(self) -> Payment | None:
        """The first of its payments."""
        return self.shares[0][0] if self.shares else None

    @property
    def case(self) -> Case | None:
        """The case of the first one."""
        return self.shares[0][1] if self.shares else None


def get_file(public_id: str) -> Progress:
    """A bank file and how far it is; raises NotFound."""
    bank_file = db.session.scalar(select(BankFile).where(BankFile.public_id == public_id))
    if bank_file is None:
        raise NotFound
    return _progress(bank_file)


def get_original(bank_file: BankFile) -> StoredFile:
    """The file as it came."""
    return db.session.get_one(StoredFile, bank_file.file_id)


def list_unfinished_files() -> list[Progress]:
    """Bank files that are being worked on, the newest first."""
    working = [BankFileState.WAITING, BankFileState.BOOKING]
    query = select(BankFile).where(BankFile.state.in_(working)).order_by(BankFile.id.desc())
    return [_progress(each) for each in db.session.scalars(query.limit(PAGE))]


def find_last_finished_file() -> BankFile | None:
    """The bank file whose proof of the trust account is the newest."""
    query = select(BankFile).where(BankFile.finished_at.is_not(None))
    return db.session.scalar(query.order_by(BankFile.finished_at.desc(), BankFile.id.desc()))


def list_statements(
    *, before: int | None = None, bank_file_id: int | None = None, limit: int = PAGE
) -> list[StatementLine]:
    """Statements, the newest first; `before` is the id of the last one seen (keyset)."""
    query = (
        select(BankImport, BankFile, StoredFile.filename)
        .join(BankFile, BankFile.id == BankImport.bank_file_id)
        .join(StoredFile, StoredFile.id == BankFile.file_id)
    )
    if before is not None:
        query = query.where(BankImport.id < before)
    if bank_file_id is not None:
        query = query.where(BankImport.bank_file_id == bank_file_id)
    rows = db.session.execute(query.order_by(BankImport.id.desc()).limit(limit))
    return [StatementLine(*row) for row in rows]


def get_statement(public_id: str) -> BankImport:
    """The statement of that public id; raises NotFound."""
    found = db.session.scalar(select(BankImport).where(BankImport.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def file_of(statement: BankImport) -> BankFile:
    """The file that a statement came with."""
    return db.session.get_one(BankFile, statement.bank_file_id)


def tally(import_id: int) -> dict[EntryState, int]:
    """How many entries of a statement stand where."""
    query = (
        select(BankEntry.state, func.count())
        .where(BankEntry.import_id == import_id)
        .group_by(BankEntry.state)
    )
    return {row[0]: row[1] for row in db.session.execute(query)}


def list_entries(
    import_id: int, *, state: EntryState | None = None, after: int | None = None, limit: int = PAGE
) -> list[EntryLine]:
    """Entries of a statement in its order; `after` is the id of the last one seen (keyset)."""
    query = select(BankEntry).where(BankEntry.import_id == import_id)
    if state is not None:
        query = query.where(BankEntry.state == state)
    if after is not None:
        query = query.where(BankEntry.id > after)
    return with_cases(list(db.session.scalars(query.order_by(BankEntry.id).limit(limit))))


def get_entry(public_id: str) -> EntryLine:
    """The bank entry of that public id; raises NotFound."""
    entry = db.session.scalar(select(BankEntry).where(BankEntry.public_id == public_id))
    if entry is None:
        raise NotFound
    return with_cases([entry])[0]


def find_twin(entry: BankEntry) -> EntryLine | None:
    """The booking that an entry may repeat."""
    twin = db.session.get(BankEntry, entry.twin_id) if entry.twin_id else None
    return with_cases([twin])[0] if twin else None


def list_suspense(*, after: tuple[date, int] | None = None, limit: int = PAGE) -> list[BankEntry]:
    """What waits for a person, the oldest first; `after` is value day and id (keyset)."""
    query = select(BankEntry).where(BankEntry.state.in_(OPEN_STATES))
    if after is not None:
        query = query.where(tuple_(BankEntry.value_on, BankEntry.id) > after)
    query = query.order_by(BankEntry.value_on, BankEntry.id).limit(limit)
    return list(db.session.scalars(query))


def count_suspense() -> int:
    """How many entries wait for a person; counting ends at COUNT_LIMIT."""
    some = select(BankEntry.id).where(BankEntry.state.in_(OPEN_STATES)).limit(COUNT_LIMIT)
    return db.session.scalar(select(func.count()).select_from(some.subquery())) or 0


def with_cases(entries: Sequence[BankEntry]) -> list[EntryLine]:
    """Entries with the payments and cases that came of them."""
    ids = [entry.id for entry in entries]
    query = select(Payment).where(Payment.bank_entry_id.in_(ids), Payment.reversed_at.is_(None))
    payments = list(db.session.scalars(query.order_by(Payment.id)))
    cases = list_cases_by_id({payment.case_id for payment in payments})
    shares: dict[int | None, list[tuple[Payment, Case]]] = {}
    for payment in payments:
        pair = (payment, cases[payment.case_id])
        shares.setdefault(payment.bank_entry_id, []).append(pair)
    return [EntryLine(entry, tuple(shares.get(entry.id, ()))) for entry in entries]


def _progress(bank_file: BankFile) -> Progress:
    query = (
        select(
            func.count(BankEntry.id),
            func.count(BankEntry.id).filter(BankEntry.state == EntryState.WAITING),
        )
        .join(BankImport, BankImport.id == BankEntry.import_id)
        .where(BankImport.bank_file_id == bank_file.id)
    )
    entries, waiting = db.session.execute(query).one()
    return Progress(bank_file, get_original(bank_file).filename, entries, waiting)
