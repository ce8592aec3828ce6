"""A bank file becomes entries in the books; a worker does it, in steps that can be repeated.

First each statement goes in whole or not at all, then payments are matched out of suspense, in
batches of their own.
"""

from sqlalchemy import select

from cases.core import audit, clock, files
from cases.core.database import db, transaction
from cases.core.files import StoredFile
from cases.core.locks import lock_row
from cases.core.outbox import keep_lease, register_effect
from cases.formats.bank.fingerprint import join_pages
from cases.formats.bank.reading import read_statements
from cases.formats.bank.statement import BankStatement
from cases.ledger.trust import prove_trust
from cases.payments.comparing import compare_with_bank
from cases.payments.entries import note_open_lines
from cases.payments.models import BankFile, BankFileState, BankImport
from cases.payments.placing import list_batches, place_batch
from cases.payments.statement_booking import record_statement
from legal.findings import finding_to_json

ENDED = frozenset({BankFileState.DONE, BankFileState.REFUSED})


def receive_file(data: bytes, filename: str) -> BankFile:
    """Keep a bank file as it came; a worker is told to read it.

    Raises:
        FileTooLarge: nothing was stored.
    """
    bank_file = _store(data, filename)
    register_effect("bank.import", f"bank:{bank_file.public_id}", bank_file_id=bank_file.id)
    return bank_file


def import_statement(data: bytes, filename: str) -> BankFile:
    """Keep a bank file and book it at once, within the caller's transaction (small files)."""
    bank_file = _store(data, filename)
    statements = _begin(bank_file, data, filename)
    for position, statement in enumerate(statements, start=1):
        record_statement(bank_file, position, statement)
    for entry_ids in list_batches(bank_file.id):
        place_batch(entry_ids)
    _finish(bank_file)
    return bank_file


def import_file(key: str, bank_file_id: int) -> None:
    """Carry out the effect `bank.import`; a repeat goes on where the last attempt ended."""
    with transaction():
        bank_file = _lock(bank_file_id)
        if bank_file.state in ENDED:
            return
        stored = db.session.get_one(StoredFile, bank_file.file_id)
        audit.set_actor(bank_file.received_by)
        data, filename = files.read_bytes(stored), stored.filename
    with transaction():
        bank_file = _lock(bank_file_id)
        if bank_file.state in ENDED:
            return
        statements = _begin(bank_file, data, filename)
    for position, statement in enumerate(statements, start=1):
        keep_lease()
        with transaction():
            record_statement(_lock(bank_file_id), position, statement)
    with transaction():
        batches = list_batches(bank_file_id)
    for entry_ids in batches:
        keep_lease()
        with transaction():
            _lock(bank_file_id)  # Another worker may go on with this file.
            place_batch(entry_ids)
    with transaction():
        _finish(_lock(bank_file_id))


def _store(data: bytes, filename: str) -> BankFile:
    stored = files.store_file(data, filename, "application/octet-stream", None)
    bank_file = BankFile(
        file_id=stored.id, received_at=clock.now(), received_by=audit.actor_id(), findings=[]
    )
    db.session.add(bank_file)
    db.session.flush()
    audit.record("bank.file_received", "bank_file", bank_file.id)
    return bank_file


def _lock(bank_file_id: int) -> BankFile:
    return lock_row(BankFile, bank_file_id)


def _begin(bank_file: BankFile, data: bytes, filename: str) -> list[BankStatement]:
    read = read_statements(data, filename)
    bank_file.format = read.format
    bank_file.findings = [finding_to_json(each) for each in read.findings]
    bank_file.state = BankFileState.BOOKING
    db.session.flush()
    return join_pages(read.statements)


def _finish(bank_file: BankFile) -> None:
    booked = db.session.scalar(
        select(BankImport.id)
        .where(BankImport.bank_file_id == bank_file.id, BankImport.refused_code.is_(None))
        .limit(1)
    )
    bank_file.state = BankFileState.DONE if booked else BankFileState.REFUSED
    bank_file.finished_at = clock.now()
    compare_with_bank()
    bank_file.trust_proof = {proof.currency: proof.to_json() for proof in prove_trust()}
    note_open_lines()
    audit.record("bank.file_finished", "bank_file", bank_file.id)
