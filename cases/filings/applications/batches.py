"""A file for a court: released by one person, confirmed by a second, handed over by a person.

Its bytes are made once, at the release, and are what is confirmed, handed over and kept. Nothing
goes to court by itself.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.queries import get_case_by_id, list_debtors
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile, read_bytes, store_file
from cases.filings import liability_log
from cases.filings.applications.case_facts import CaseFacts, gather
from cases.filings.applications.models import (
    BatchState,
    CourtFile,
    Filing,
    FilingBatch,
    FilingKind,
    FilingState,
)
from cases.filings.applications.readiness import as_file, check_filing
from cases.filings.applications.typed_entries import value_at
from cases.filings.court_settings import get_court_settings, next_file_number
from cases.filings.errors import (
    BatchMoved,
    FilingNotReady,
    NothingChosen,
    ReasonNeeded,
    SamePerson,
    SeveralCourts,
)
from cases.filings.proceedings.event_consequences import follow
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import lock_proceeding, open_proceeding, take_event
from legal.de.court.courts import dunning_courts
from legal.de.court.eda.application import encode_file
from legal.de.court.eda.notation import write
from legal.de.court.eda.render import render_file
from legal.de.court.eda.replies import ReadFile, read_file
from legal.proceeding import CourtEventKind, Event

MEDIA_TYPE = "application/octet-stream"
#: What the hand-over of an application does to its proceeding.
EVENTS = {
    FilingKind.ORDER_NEW_SERVICE: CourtEventKind.ORDER_NEW_SERVICE,
    FilingKind.ENFORCEMENT_ORDER: CourtEventKind.ENFORCEMENT_APPLIED,
    FilingKind.ENFORCEMENT_NEW_SERVICE: CourtEventKind.ENFORCEMENT_NEW_SERVICE,
    FilingKind.QUERY_ANSWER: CourtEventKind.QUERY_ANSWERED,
    FilingKind.LITIGATION: CourtEventKind.REFERRAL_REQUESTED,
}


def release(public_ids: Sequence[str], user_id: int) -> list[FilingBatch]:
    """Release drafts: one file for each court and kind, its bytes fixed from now on.

    Raises:
        NothingChosen; FilingNotReady: checked once more, something is missing.
    """
    filings = list(
        db.session.scalars(
            select(Filing)
            .where(Filing.public_id.in_(public_ids), Filing.state == FilingState.DRAFT)
            .order_by(Filing.court, Filing.kind, Filing.id)
            .with_for_update()
        )
    )
    if not filings:
        raise NothingChosen
    groups: dict[tuple[str, FilingKind], list[Filing]] = {}
    for filing in filings:
        groups.setdefault((filing.court or "", filing.kind), []).append(filing)
    return [_release_one(court, kind, some, user_id) for (court, kind), some in groups.items()]


def confirm(batch: FilingBatch, user_id: int) -> None:
    """The second person's yes to exactly these bytes. Raises SamePerson, BatchMoved."""
    _require(batch, BatchState.RELEASED)
    if batch.released_by == user_id:
        raise SamePerson
    batch.state, batch.confirmed_by, batch.confirmed_at = (
        BatchState.CONFIRMED, user_id, clock.now(),
    )  # fmt: skip
    audit.record("filing_batch.confirmed", "filing_batch", batch.id)


def send_back(batch: FilingBatch, user_id: int, reason: str) -> None:
    """Do not let a file go: its applications become drafts again; the file stays on record."""
    if batch.state not in {BatchState.RELEASED, BatchState.CONFIRMED}:
        raise BatchMoved
    if not reason.strip():
        raise ReasonNeeded
    batch.state, batch.note = BatchState.SENT_BACK, reason.strip()
    for filing in list_filings(batch):
        filing.state, filing.batch_id = FilingState.DRAFT, None
    audit.record("filing_batch.sent_back", "filing_batch", batch.id, by=user_id)


def hand_over(batch: FilingBatch, user_id: int, channel: str, at: datetime | None = None) -> None:
    """Record that a person has handed the file to the court, by which safe channel and when.

    Raises:
        BatchMoved: it is not confirmed; ReasonNeeded: the channel is missing.
    """
    _require(batch, BatchState.CONFIRMED)
    if not channel.strip():
        raise ReasonNeeded
    batch.state, batch.channel = BatchState.HANDED_OVER, channel.strip()
    batch.handed_over_by, batch.handed_over_at = user_id, at or clock.now()
    audit.record("filing_batch.handed_over", "filing_batch", batch.id, channel=channel.strip())
    for filing in list_filings(batch):
        _file(filing, batch)


def record_receipt(batch: FilingBatch, message_id: int) -> None:
    """The court has the file. Raises BatchMoved."""
    _require(batch, BatchState.HANDED_OVER)
    batch.state, batch.received_at, batch.receipt_id = (
        BatchState.RECEIVED, clock.now(), message_id,
    )  # fmt: skip
    audit.record("filing_batch.received", "filing_batch", batch.id, message_id=message_id)


def get_batch(public_id: str) -> FilingBatch:
    """The batch of that public id; raises NotFound."""
    found = db.session.scalar(
        select(FilingBatch).where(FilingBatch.public_id == public_id).with_for_update()
    )
    if found is None:
        raise NotFound
    return found


def list_filings(batch: FilingBatch) -> list[Filing]:
    """The applications in a file that has not been sent back."""
    query = select(Filing).where(Filing.batch_id == batch.id).order_by(Filing.id)
    return list(db.session.scalars(query))


def court_file(batch: FilingBatch) -> tuple[CourtFile, StoredFile]:
    """The kept bytes of a batch."""
    found = db.session.execute(
        select(CourtFile, StoredFile)
        .join(StoredFile, StoredFile.id == CourtFile.file_id)
        .where(CourtFile.batch_id == batch.id)
    ).one()
    return found[0], found[1]


def batch_bytes(batch: FilingBatch) -> bytes:
    """The bytes as they were released."""
    return read_bytes(court_file(batch)[1])


def rendering(batch: FilingBatch) -> str:
    """Readable text of exactly these bytes."""
    return "\n\n".join(render_file(file) for file in read_file(batch_bytes(batch)))


def _release_one(court: str, kind: FilingKind, filings: list[Filing], user_id: int) -> FilingBatch:
    """Check once more, encode, keep."""
    facts, notations = [], []
    for filing in filings:
        checked = check_filing(filing)
        case = get_case_by_id(filing.case_id)
        if filing.errors or (filing.court or "") != court:
            raise FilingNotReady(number=case.number)
        facts.append(gather(case))
        notations.append(checked.notation)
    data, number = _encode(facts[0], kind, notations)
    understood = _read_back(data)
    batch = _keep(court, kind, filings, number, understood, user_id)
    stored = store_file(data, f"{number}.eda", MEDIA_TYPE, None)
    db.session.add(
        CourtFile(
            batch_id=batch.id, file_id=stored.id, sha256=stored.sha256, size_bytes=len(data),
            made_at=clock.now(),
        )
    )  # fmt: skip
    for filing in filings:
        filing.state, filing.batch_id = FilingState.BATCHED, batch.id
    db.session.flush()
    audit.record("filing_batch.released", "filing_batch", batch.id, sha256=stored.sha256)
    return batch


def _encode(
    facts: CaseFacts, kind: FilingKind, notations: list[dict[str, Any]]
) -> tuple[bytes, str]:
    number = next_file_number()
    file, problems = as_file(facts, kind, notations, number)
    if problems:
        raise FilingNotReady(number=facts.case.number)
    confirmed = frozenset(get_court_settings().confirmed_fields)
    return encode_file(file, confirmed_fields=confirmed), number


def _read_back(data: bytes) -> ReadFile:
    """What the court will read; a damaged file never leaves."""
    understood = read_file(data)
    assert len(understood) == 1, "one file goes to one court"
    assert not understood[0].is_damaged, understood[0].findings
    return understood[0]


def _keep(
    court: str,
    kind: FilingKind,
    filings: list[Filing],
    number: str,
    understood: ReadFile,
    user_id: int,
) -> FilingBatch:
    if not court:
        raise SeveralCourts
    single = not get_court_settings().four_eyes
    batch = FilingBatch(
        court=court,
        kind=kind,
        state=BatchState.CONFIRMED if single else BatchState.RELEASED,
        file_number=number,
        made_on=clock.today(),
        filings_count=len(filings),
        principal_cents=sum(filing.principal_cents for filing in filings),
        court_fees_cents=sum(filing.costs_cents for filing in filings),
        sums=write(understood.trailer) if understood.trailer else {},
        released_by=user_id,
        released_at=clock.now(),
    )
    db.session.add(batch)
    db.session.flush()
    return batch


def _file(filing: Filing, batch: FilingBatch) -> None:
    """What the hand-over of one application means for its case."""
    filing.state = FilingState.HANDED_OVER
    filed_on = clock.local(batch.handed_over_at or clock.now()).date()
    if filing.kind is FilingKind.PAYMENT_ORDER:
        _open_proceedings(filing, batch)
    else:
        assert filing.proceeding_id is not None
        proceeding = lock_proceeding(filing.proceeding_id)
        event = Event(_event_of(filing), filed_on)
        take_event(proceeding, event, filing_id=filing.id)
        follow(proceeding, event)
    liability_log.note(
        filing, f"filing_{filing.kind.value}", "handed_over",
        after={"filed_on": filed_on, "file_number": batch.file_number, "channel": batch.channel},
    )  # fmt: skip
    case = get_case_by_id(filing.case_id)
    timeline.record(case, "court.filed", filing_code=filing.kind.value)


def _event_of(filing: Filing) -> CourtEventKind:
    if filing.kind is FilingKind.WITHDRAWAL:
        resolved = filing.content.get("kind") == "resolved"
        return CourtEventKind.RESOLVED if resolved else CourtEventKind.WITHDRAWN
    return EVENTS[filing.kind]


def _open_proceedings(filing: Filing, batch: FilingBatch) -> list[Proceeding]:
    """One proceeding for each debtor, with the court for litigation that the file names."""
    court = dunning_courts()[batch.court]
    sent = _application(batch, filing)
    filed_on = clock.local(batch.handed_over_at or clock.now()).date()
    opened = []
    for position, party in enumerate(list_debtors(filing.case_id)):
        trial = value_at(sent, f"defendants[{position}].prozessgericht") or {}
        opened.append(
            open_proceeding(
                case_id=filing.case_id,
                creditor_id=filing.creditor_id,
                debtor_id=party.debtor.id,
                position=position,
                own_ref=filing.own_ref,
                court=batch.court,
                place=court.holiday_place,
                trial_court=f"{trial.get('plz', '')} {trial.get('place', '')}".strip(),
                trial_plz=str(trial.get("plz", "")),
                applied_on=filed_on,
            )
        )
    return opened


def _application(batch: FilingBatch, filing: Filing) -> dict[str, Any]:
    """The application of a filing as the kept bytes say it."""
    for file in read_file(batch_bytes(batch)):
        for application in file.applications.applications if file.applications else ():
            if application.kennsatz and application.kennsatz.own_ref == filing.own_ref:
                return write(application)
    return {}


def _require(batch: FilingBatch, state: BatchState) -> None:
    if batch.state is not state:
        raise BatchMoved
