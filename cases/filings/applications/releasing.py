"""Releasing applications: each checked once more, encoded into one file for each court and kind.

A few are done in the request of the person who releases them. Many are done by a worker, in sets
and in steps that survive its death; who released them sees how far it is. Nothing leaves the house
by this.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Text, any_, literal, select

from cases.claims.law import court_reading
from cases.claims.queries import get_case_by_id, lock_cases
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.errors import Refusal
from cases.core.files import store_file
from cases.core.many import one_of
from cases.core.outbox import keep_lease, register_effect
from cases.filings.applications.batches import give_free, list_filings, lock_batch_by_id
from cases.filings.applications.case_facts import gather_many
from cases.filings.applications.case_state import list_in_the_way, require_in_place
from cases.filings.applications.forms import ApplicationForm, FileName, form_of
from cases.filings.applications.models import (
    BatchState,
    CourtFile,
    Filing,
    FilingBatch,
    FilingKind,
    FilingState,
)
from cases.filings.applications.money_check import Bank, last_bank_entry, read_bank
from cases.filings.applications.readiness import check_with, keep_result, may_be_typed
from cases.filings.court_settings import get_court_settings, next_file_number
from cases.filings.errors import FilingNotReady, NothingChosen, SeveralCourts
from legal.court_papers import Outgoing

MEDIA_TYPE = "application/octet-stream"
#: Up to here the file is made at once; more are left to a worker.
AT_ONCE = 50
#: Applications that are checked in one transaction.
STEP = 250
EFFECT = "filing.make_file"
#: What stands in the number of a file that no court ever sees.
TYPED_NUMBER = "TYP001"

Notations = dict[int, dict[str, Any]]  # By filing.


class FileDamaged(Exception):
    """The encoded file does not read back as one whole file: it is never kept."""


def release(
    public_ids: Sequence[str] | None, user_id: int, *, is_typed: bool = False
) -> list[FilingBatch]:
    """Release drafts, or with None all that are ready: one file for each court and kind.

    `is_typed`: a person types them field by field where the courts ask for it, because places of
    the file are not confirmed; everything else is as with a file.

    Raises:
        NothingChosen; FilingNotReady; CaseInTheWay: it names the case and what became of it.
    """
    filings = _lock_drafts(public_ids)
    if not filings:
        raise NothingChosen
    _require_ready(filings, is_typed=is_typed)
    groups: dict[tuple[str, FilingKind], list[Filing]] = {}
    for filing in filings:
        groups.setdefault((filing.court or "", filing.kind), []).append(filing)
    batches = [
        _open(court, kind, some, user_id, is_typed=is_typed)
        for (court, kind), some in groups.items()
    ]
    for batch in batches:
        if len(filings) <= AT_ONCE:
            _make_at_once(batch)
        else:
            register_effect(EFFECT, f"{EFFECT}:{batch.public_id}", batch_id=batch.id)
    return batches


def make_file(key: str, batch_id: int) -> None:
    """Carry out the effect `filing.make_file`: check in steps, then encode and keep.

    Begun again after a worker's death it starts over: until the last step nothing is kept but
    the applications that went back.
    """
    notations: Notations = {}
    with transaction():
        batch = lock_batch_by_id(batch_id)
        if batch.state is not BatchState.MAKING:
            return
        batch.done_count, batch.bank_entry_id = 0, last_bank_entry()
        ids = [filing.id for filing in list_filings(batch)]
        bank = read_bank()
    for begin in range(0, len(ids), STEP):
        keep_lease()
        with transaction():
            notations |= check_step(batch_id, ids[begin : begin + STEP], bank)
    keep_lease()
    data = _encode_batch(batch_id, notations)
    keep_lease()
    with transaction():
        finish(lock_batch_by_id(batch_id), notations, data)


def check_step(batch_id: int, filing_ids: Sequence[int], bank: Bank) -> Notations:
    """Check some applications of a file; those not ready any more become drafts again."""
    filings = _lock_filings(filing_ids, batch_id)
    batch = db.session.get_one(FilingBatch, batch_id)
    cases = {filing.case_id: filing for filing in filings}
    facts = gather_many(list(lock_cases(list(cases)).values()), bank)
    in_the_way = {each.filing_id for each in list_in_the_way(filings)}
    notations: Notations = {}
    for filing in filings:
        known = facts[filing.case_id]
        try:
            checked = check_with(filing, known)
        except Refusal:
            in_the_way.add(filing.id)
        else:
            keep_result(filing, checked, known)
            notations[filing.id] = checked.notation
        is_ready = may_be_typed(filing) if batch.is_typed else not filing.errors
        if filing.id in in_the_way or not is_ready or (filing.court or "") != batch.court:
            notations.pop(filing.id, None)
            batch.returned = [*batch.returned, known.case.number]
            give_free(filing)
        else:
            filing.released_balance_cents = known.case.booked_open_cents - known.case.received_cents
    batch.done_count += len(filing_ids)
    return notations


def finish(batch: FilingBatch, notations: Notations, data: bytes | None) -> None:
    """Keep the bytes. What changed since its check goes back, and the file is encoded anew."""
    if batch.state is not BatchState.MAKING:
        return
    filings = list_filings(batch)
    gone = {each.filing_id: each.number for each in list_in_the_way(filings)}
    if gone or data is None:
        for filing in filings:
            if filing.id in gone:
                give_free(filing)
        batch.returned = [*batch.returned, *gone.values()]
        filings = [filing for filing in filings if filing.id not in gone]
        kept = {filing.id: notations[filing.id] for filing in filings}
        data = _encode(batch, kept) if kept else None
    if data is None:
        batch.state, batch.filings_count = BatchState.SENT_BACK, 0
        return
    _keep(batch, filings, data)


def _make_at_once(batch: FilingBatch) -> None:
    """The same steps in the transaction of the request; one that is not ready refuses all."""
    ids = [filing.id for filing in list_filings(batch)]
    batch.bank_entry_id = last_bank_entry()
    notations = check_step(batch.id, ids, read_bank())
    if batch.returned:
        raise FilingNotReady(number=batch.returned[0])
    finish(batch, notations, None)


def _lock_drafts(public_ids: Sequence[str] | None) -> list[Filing]:
    """The cases first, in their order, then the drafts themselves."""
    wanted = [Filing.state == FilingState.DRAFT]
    if public_ids is None:
        wanted += [Filing.errors == 0, Filing.checked_at.is_not(None)]
    else:
        wanted.append(Filing.public_id == any_(literal(list(public_ids), ARRAY(Text))))
    rows = db.session.execute(select(Filing.id, Filing.case_id).where(*wanted)).all()
    case_ids = sorted({case_id for _, case_id in rows})
    for begin in range(0, len(case_ids), STEP):
        lock_cases(case_ids[begin : begin + STEP])
    ids = [filing_id for filing_id, _ in rows]
    found = []
    for begin in range(0, len(ids), STEP):
        found += _lock_filings(ids[begin : begin + STEP])
    return sorted(
        (filing for filing in found if filing.state is FilingState.DRAFT),
        key=lambda filing: (filing.court or "", filing.kind, filing.id),
    )


def _lock_filings(ids: Sequence[int], batch_id: int | None = None) -> list[Filing]:
    query = select(Filing).where(one_of(Filing.id, ids)).order_by(Filing.id)
    if batch_id is not None:
        query = query.where(Filing.batch_id == batch_id, Filing.state == FilingState.BATCHED)
    query = query.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(db.session.scalars(query))


def _require_ready(filings: Sequence[Filing], *, is_typed: bool) -> None:
    require_in_place(filings)
    ready = may_be_typed if is_typed else _is_ready
    wrong = next((filing for filing in filings if not ready(filing)), None)
    if wrong is not None:
        raise FilingNotReady(number=lock_cases([wrong.case_id])[wrong.case_id].number)


def _is_ready(filing: Filing) -> bool:
    return filing.errors == 0 and filing.checked_at is not None


def _open(
    court: str, kind: FilingKind, filings: list[Filing], user_id: int, *, is_typed: bool
) -> FilingBatch:
    """A file in the making, with its number and its applications."""
    if not court:
        raise SeveralCourts
    batch = FilingBatch(
        court=court,
        kind=kind,
        state=BatchState.MAKING,
        file_number=TYPED_NUMBER if is_typed else next_file_number(),
        is_typed=is_typed,
        made_on=clock.today(),
        filings_count=len(filings),
        principal_cents=0,
        court_fees_cents=0,
        sums={},
        released_by=user_id,
        released_at=clock.now(),
        done_count=0,
        returned=[],
        bank_entry_id=0,
    )
    db.session.add(batch)
    db.session.flush()
    for filing in filings:
        filing.state, filing.batch_id = FilingState.BATCHED, batch.id
    db.session.flush()
    return batch


def _encode_batch(batch_id: int, notations: Notations) -> bytes | None:
    """Outside any transaction: encoding and reading back thousands takes its time."""
    if not notations:
        return None
    with transaction():
        batch = db.session.get_one(FilingBatch, batch_id)
        return _encode(batch, notations)


def _encode(batch: FilingBatch, notations: Notations) -> bytes:
    in_order = [notations[filing_id] for filing_id in sorted(notations)]
    name = FileName(batch.kind, batch.file_number, batch.made_on)
    data = _form(batch).encode(name, in_order, is_typed=batch.is_typed)
    if data is None:
        raise FilingNotReady(number=batch.file_number)
    return data


def _form(batch: FilingBatch) -> ApplicationForm:
    """The form of a file: a court has one, so that of its first application."""
    first = select(Filing.case_id).where(Filing.batch_id == batch.id).order_by(Filing.id).limit(1)
    return form_of(get_case_by_id(db.session.scalars(first).one()))


def _read_back(data: bytes) -> Outgoing:
    """What the court will read; a damaged file never leaves. Raises FileDamaged."""
    understood = court_reading(data).read_own(data)
    if understood.is_damaged:
        raise FileDamaged
    return understood


def _keep(batch: FilingBatch, filings: Sequence[Filing], data: bytes) -> None:
    understood = _read_back(data)
    filename = f"{batch.file_number}.{_form(batch).suffix}"
    stored = store_file(data, filename, MEDIA_TYPE, None)
    db.session.add(
        CourtFile(
            batch_id=batch.id, file_id=stored.id, sha256=stored.sha256, size_bytes=len(data),
            made_at=clock.now(),
        )
    )  # fmt: skip
    single = not get_court_settings().four_eyes
    batch.state = BatchState.CONFIRMED if single else BatchState.RELEASED
    batch.filings_count = len(filings)
    batch.principal_cents = sum(filing.principal_cents for filing in filings)
    batch.court_fees_cents = sum(filing.costs_cents for filing in filings)
    batch.sums = understood.sums
    db.session.flush()
    audit.record("filing_batch.released", "filing_batch", batch.id, sha256=stored.sha256)
