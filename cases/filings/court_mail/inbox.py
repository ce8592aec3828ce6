"""Files of courts: kept as they came, read, matched by our own reference, shown as proposals."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from cases.claims.law import court_of, court_reading
from cases.claims.queries import get_case_by_id, lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import store_file
from cases.core.locks import relock
from cases.filings.applications.models import BatchState, FilingBatch
from cases.filings.court_mail.models import CourtInboxFile, CourtMessage, MessageState
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import as_pure
from legal import proceeding as pure
from legal.court_papers import Incoming, Proposal
from legal.errors import LawError

MEDIA_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of one file."""

    filename: str
    messages: int  # New ones.
    known: int  # Came before; nothing happened.
    findings: tuple[dict[str, Any], ...]
    file_known: bool = False


def import_file(data: bytes, filename: str, user_id: int) -> Imported:
    """Keep and read one file; the same file or message again changes nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    known = db.session.scalar(select(CourtInboxFile).where(CourtInboxFile.sha256 == sha256))
    if known is not None:
        return Imported(filename, 0, known.messages_count, (), file_known=True)
    files = court_reading(data).read_messages(data, clock.today())
    findings = [dict(found) for file in files for found in file.findings]
    kept = CourtInboxFile(
        file_id=store_file(data, filename, MEDIA_TYPE, None).id,
        sha256=sha256,
        messages_count=sum(len(file.messages) for file in files),
        findings=findings,
        received_at=clock.now(),
        received_by=user_id,
    )
    db.session.add(kept)
    db.session.flush()
    audit.record("court_file.imported", "court_inbox_file", kept.id, sha256=sha256)
    new = [_keep(kept, message) for file in files for message in file.messages]
    added = sum(1 for row in new if row is not None)
    return Imported(filename, added, len(new) - added, tuple(findings))


def lock_message(public_id: str) -> CourtMessage:
    """The message of that public id, locked, its case before it; raises NotFound."""
    query = select(CourtMessage).where(CourtMessage.public_id == public_id)
    found = db.session.scalar(query)
    if found is None:
        raise NotFound
    if found.case_id is not None:
        lock_case(found.case_id)
    relock(found)
    return found


def match(row: CourtMessage) -> None:
    """Find the case a message is about: by our reference, else by the court's number."""
    found = _by_reference(row)
    if found is None:
        row.state, row.case_id, row.creditor_id = MessageState.PARKED, None, None
        return
    row.state, row.case_id, row.creditor_id = (
        MessageState.PROPOSED, found.case_id, found.creditor_id,
    )  # fmt: skip


def find_proceeding(proposal: Proposal) -> Proceeding | None:
    """The proceeding a proposal means: by court number, else by reference and place in order."""
    number = proposal.court_number
    if number:
        found = db.session.scalar(select(Proceeding).where(Proceeding.court_number == number))
        if found is not None:
            return found
    if not proposal.own_ref:
        return None
    own = list(
        db.session.scalars(
            select(Proceeding)
            .where(Proceeding.own_ref == proposal.own_ref)
            .order_by(Proceeding.position)
        )
    )
    free = [p for p in own if p.court_number in {None, number}]
    if len(own) == 1:
        return free[0] if free else None
    # The first message names all numbers in the order of the application; later ones name one.
    return next((p for p in free if p.position == proposal.defendant), None)


def refusal_of(proposals: Sequence[Proposal]) -> tuple[str | None, bool]:
    """Why a message cannot be applied now, and whether all of it is known already."""
    known = 0
    for proposal in proposals:
        proceeding = find_proceeding(proposal)
        if proceeding is None:
            return "proceeding_unknown", False
        court, state = court_of(get_case_by_id(proceeding.case_id)), as_pure(proceeding)
        try:
            known += court.take(state, proposal.event) is state
        except pure.MovesBackwards:
            return "moves_backwards", False
        except LawError:
            return "not_possible_now", False
    return None, bool(proposals) and known == len(proposals)


def is_overtaken(message: Incoming) -> bool:
    """Whether a cost note came after a later message: its costs count, its event no longer."""
    if message.costs is None:
        return False
    found = [find_proceeding(proposal) for proposal in message.proposals]
    return all(
        proceeding is not None and as_pure(proceeding).find(proposal.event.kind) is None
        for proceeding, proposal in zip(found, message.proposals, strict=True)
    )


def list_messages(
    states: Sequence[MessageState], case_id: int | None = None, limit: int = 200
) -> list[CourtMessage]:
    """Messages in these states, in the order in which they are to be applied."""
    query = select(CourtMessage).where(CourtMessage.state.in_(states))
    if case_id is not None:
        query = query.where(CourtMessage.case_id == case_id)
    query = query.order_by(CourtMessage.sent_on, CourtMessage.id).limit(limit)
    return list(db.session.scalars(query))


def list_decided(limit: int = 30) -> list[CourtMessage]:
    """What people have decided on lately, newest first."""
    query = select(CourtMessage).where(CourtMessage.decided_at.is_not(None))
    return list(db.session.scalars(query.order_by(CourtMessage.decided_at.desc()).limit(limit)))


def awaiting_receipt() -> list[FilingBatch]:
    """Files that were handed over and whose receipt has not come; what is typed gets none."""
    query = select(FilingBatch).where(
        FilingBatch.state == BatchState.HANDED_OVER, FilingBatch.is_typed.is_(False)
    )
    return list(db.session.scalars(query.order_by(FilingBatch.handed_over_at)))


def _keep(kept: CourtInboxFile, message: Incoming) -> CourtMessage | None:
    known = select(CourtMessage.id).where(CourtMessage.fingerprint == message.fingerprint)
    if db.session.scalar(known):
        return None
    row = CourtMessage(
        inbox_file_id=kept.id,
        record=message.record,
        fingerprint=message.fingerprint,
        kind=message.kind,
        event=message.event,
        own_ref=message.own_ref,
        court_numbers=list(message.court_numbers),
        sent_on=message.sent_on,
        content=message.content,
        excerpt=message.excerpt,
        is_damaged=message.is_damaged,
        state=MessageState.PARKED,
    )
    db.session.add(row)
    db.session.flush()
    if message.is_receipt:
        row.state = MessageState.PROPOSED
        return row
    match(row)
    if row.state is MessageState.PROPOSED:
        _judge(row, message)
    return row


def _judge(row: CourtMessage, message: Incoming) -> None:
    """Backward messages are refused at once and shown; known ones are set aside."""
    refusal, known = refusal_of(message.proposals)
    if known:
        row.state, row.refusal, row.decided_at = MessageState.SET_ASIDE, "known", clock.now()
    elif refusal == "moves_backwards" and not is_overtaken(message):
        row.state, row.refusal, row.decided_at = MessageState.REFUSED, refusal, clock.now()


def _by_reference(row: CourtMessage) -> Proceeding | None:
    numbers = [number for number in row.court_numbers if number]
    conditions: list[ColumnElement[bool]] = []
    if numbers:
        conditions.append(Proceeding.court_number.in_(numbers))
    if row.own_ref:
        conditions.append(Proceeding.own_ref == row.own_ref)
    if not conditions:
        return None
    found = list(db.session.scalars(select(Proceeding).where(or_(*conditions)).limit(10)))
    # A reference that is ours beside a number of another case is nobody's: a person looks at it.
    return found[0] if len({p.case_id for p in found}) == 1 else None
