"""Proceedings: opened with the hand-over, moved by events, which are kept and never changed.

State and deadlines are worked out anew from the events by the law of the case.
"""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ARRAY, BigInteger, any_, literal, select

from cases.claims import timeline
from cases.claims.law import court_of
from cases.claims.queries import get_case_by_id, lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.filings import liability_log
from cases.filings.errors import EventRevoked, NotInThisState, ReasonNeeded
from cases.filings.proceedings import deadlines, limitation
from cases.filings.proceedings.models import Proceeding, ProceedingEvent
from cases.parties.queries import place_of
from legal import proceeding as pure
from legal.court import Court
from legal.errors import LawError
from legal.proceeding import CourtEventKind, Event


def build_proceeding(
    *, case_id: int, creditor_id: int, debtor_id: int, position: int, own_ref: str, court: str,
    place: str, trial_court: str, trial_plz: str, applied_on: date,
) -> Proceeding:  # fmt: skip
    """The proceeding against one debtor, begun with the day of its application; not stored yet."""
    return Proceeding(
        case_id=case_id,
        creditor_id=creditor_id,
        debtor_id=debtor_id,
        position=position,
        own_ref=own_ref,
        court=court,
        place=place,
        trial_court=trial_court,
        trial_place=place_of(trial_plz, place[:2]) or place,
        applied_on=applied_on,
        state=pure.State.APPLIED,
        state_since=applied_on,
    )


def get_proceeding(public_id: str) -> Proceeding:
    """The proceeding of that public id; raises NotFound."""
    found = db.session.scalar(select(Proceeding).where(Proceeding.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def lock_proceeding(proceeding_id: int) -> Proceeding:
    """The proceeding, locked until the end of the transaction, its case before it."""
    case_id = db.session.scalar(select(Proceeding.case_id).where(Proceeding.id == proceeding_id))
    if case_id is None:
        raise NotFound
    lock_case(case_id)
    found = db.session.scalar(
        select(Proceeding)
        .where(Proceeding.id == proceeding_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound
    return found


def list_of_case(case_id: int) -> list[Proceeding]:
    """All proceedings of a case."""
    query = select(Proceeding).where(Proceeding.case_id == case_id).order_by(Proceeding.id)
    return list(db.session.scalars(query))


def list_events(proceeding_id: int, *, revoked: bool = False) -> list[ProceedingEvent]:
    """The events that count, in their order; with `revoked` all rows."""
    query = select(ProceedingEvent).where(ProceedingEvent.proceeding_id == proceeding_id)
    rows = list(db.session.scalars(query.order_by(ProceedingEvent.id)))
    if revoked:
        return rows
    return _standing(rows)


def _standing(rows: Sequence[ProceedingEvent]) -> list[ProceedingEvent]:
    """Without what was revoked, and the revocations themselves."""
    gone = {row.revokes_id for row in rows}
    return [row for row in rows if row.revokes_id is None and row.id not in gone]


def as_event(row: ProceedingEvent) -> Event:
    """A row as the law's state machine reads it."""
    return Event(row.kind, row.happened_on, row.is_partial, row.received_on)


def as_pure(proceeding: Proceeding, rows: list[ProceedingEvent] | None = None) -> pure.Proceeding:
    """The proceeding worked out from its events."""
    court = court_of(get_case_by_id(proceeding.case_id))
    found = pure.Proceeding(
        proceeding.applied_on, proceeding.place, trial_place=proceeding.trial_place
    )
    for row in list_events(proceeding.id) if rows is None else rows:
        found = court.take(found, as_event(row))
    return found


def list_as_pure(proceeding_ids: Collection[int]) -> dict[int, pure.Proceeding]:
    """Many proceedings worked out from their events, in two queries."""
    ids = literal(list(proceeding_ids), ARRAY(BigInteger))
    rows: dict[int, list[ProceedingEvent]] = {}
    query = select(ProceedingEvent).where(ProceedingEvent.proceeding_id == any_(ids))
    for row in db.session.scalars(query.order_by(ProceedingEvent.id)):
        rows.setdefault(row.proceeding_id, []).append(row)
    found = db.session.scalars(select(Proceeding).where(Proceeding.id == any_(ids)))
    return {each.id: as_pure(each, _standing(rows.get(each.id, []))) for each in found}


def fits(court: Court, state: pure.Proceeding, kind: CourtEventKind, on: date) -> bool:
    """Whether such an event fits a proceeding on a day."""
    try:
        court.take(state, Event(kind, max(on, state.applied_on)))
    except LawError:
        return False
    return True


def take_event(
    proceeding: Proceeding,
    event: Event,
    *,
    message_id: int | None = None,
    filing_id: int | None = None,
    note: str | None = None,
) -> bool:
    """Let something happen; False if it was known already. The proceeding must be locked.

    Raises:
        MovesBackwards, NotPossibleNow: it does not fit.
    """
    before = as_pure(proceeding)
    after = court_of(get_case_by_id(proceeding.case_id)).take(before, event)
    if after is before:
        return False
    row = ProceedingEvent(
        proceeding_id=proceeding.id,
        creditor_id=proceeding.creditor_id,
        kind=event.kind,
        happened_on=event.on,
        is_partial=event.partial,
        received_on=event.received_on,
        message_id=message_id,
        filing_id=filing_id,
        note=note,
        recorded_at=clock.now(),
        recorded_by=audit.actor_id(),
    )
    db.session.add(row)
    db.session.flush()
    _carry_over(proceeding, after, event.on)
    timeline.record(
        get_case_by_id(proceeding.case_id),
        "court.event",
        court_event_code=event.kind.value,
        happened_on=event.on,
        proceeding_id=proceeding.id,
    )
    return True


def revoke_event(proceeding: Proceeding, event_id: int, reason: str) -> None:
    """Take back an event that was recorded by mistake; the mistake stays visible.

    Raises:
        EventRevoked, ReasonNeeded; NotInThisState: what came later depends on it.
    """
    if not reason.strip():
        raise ReasonNeeded
    rows = list_events(proceeding.id)
    row = next((r for r in rows if r.id == event_id), None)
    if row is None:
        raise EventRevoked
    try:
        after = as_pure(proceeding, [r for r in rows if r.id != event_id])
    except LawError as error:
        raise NotInThisState from error
    db.session.add(
        ProceedingEvent(
            proceeding_id=proceeding.id,
            creditor_id=proceeding.creditor_id,
            kind=row.kind,
            happened_on=row.happened_on,
            is_partial=row.is_partial,
            revokes_id=row.id,
            note=reason.strip(),
            recorded_at=clock.now(),
            recorded_by=audit.actor_id(),
        )
    )
    db.session.flush()
    liability_log.note(
        proceeding, row.kind.value, "revoked", before={"happened_on": row.happened_on},
        reason=reason.strip(),
    )  # fmt: skip
    _carry_over(proceeding, after, clock.today())


def is_without_result(proceeding: Proceeding) -> bool:
    """Whether the proceeding has ended with nothing, so that the claim may be applied for anew."""
    return proceeding.state in {pure.State.REFUSED, pure.State.LAPSED, pure.State.WITHDRAWN}


def may_happen(proceeding: Proceeding, kind: CourtEventKind) -> bool:
    """Whether such an event fits the present state."""
    court = court_of(get_case_by_id(proceeding.case_id))
    return fits(court, as_pure(proceeding), kind, clock.today())


def _carry_over(proceeding: Proceeding, now: pure.Proceeding, on: date) -> None:
    """Copy state and deadlines from what the events say."""
    if proceeding.state is not now.state:
        proceeding.state, proceeding.state_since = now.state, on
    deadlines.sync(proceeding, now, list_events(proceeding.id))
    joint = [
        now if each.id == proceeding.id else as_pure(each)
        for each in list_of_case(proceeding.case_id)
        if each.own_ref == proceeding.own_ref
    ]
    limitation.sync(proceeding, now, joint)
