"""The hand-over of a file to the court: recorded by a person, carried out for each application.

The file is read once. A few applications are done in the request; many by a worker in steps, each
of which stands by itself: an application that is handed over says so.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from cases.claims import timeline
from cases.claims.law import court_of, court_reading
from cases.claims.models import Case
from cases.claims.queries import list_debtors_of_cases, lock_cases
from cases.core import audit, clock
from cases.core.database import db, transaction
from cases.core.outbox import keep_lease, register_effect
from cases.filings import liability_log
from cases.filings.applications.batches import batch_bytes, require_state, what_changed
from cases.filings.applications.case_state import InTheWay, event_of, refuse
from cases.filings.applications.models import (
    BatchState,
    Filing,
    FilingBatch,
    FilingKind,
    FilingState,
)
from cases.filings.errors import FileNotFetched, ReasonNeeded
from cases.filings.proceedings.event_consequences import follow
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import build_proceeding, lock_proceeding, take_event
from cases.letters.announced import announcements
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item
from legal.court_papers import TrialCourtNamed
from legal.proceeding import Event

#: Up to here everything is done in the request; more is left to a worker.
AT_ONCE = 50
#: Applications that are handed over in one transaction.
STEP = 500
EFFECT = "filing.hand_over"

#: The courts for litigation that the file names, by our reference and the place of the debtor.
TrialCourts = Mapping[str, Sequence[TrialCourtNamed | None]]


def hand_over(
    batch: FilingBatch,
    user_id: int,
    channel: str,
    at: datetime | None = None,
    *,
    sent_already: bool = False,
) -> None:
    """Record that a person has handed the file to the court, by which safe channel and when.

    `sent_already`: it was on its way before a case moved. That is a fact, so it is recorded, and
    each case in the way comes up to be withdrawn at the court.

    Raises:
        BatchMoved: it is not confirmed; ReasonNeeded: the channel is missing; FileNotFetched;
        CaseInTheWay, BankNotImported.
    """
    require_state(batch, BatchState.CONFIRMED)
    if not channel.strip():
        raise ReasonNeeded
    if sent_already and batch.fetched_at is None and not batch.is_typed:
        raise FileNotFetched
    in_the_way = what_changed(batch, bank_needed=not sent_already)
    if not sent_already:
        refuse(in_the_way)
    batch.state, batch.channel = BatchState.HANDED_OVER, channel.strip()
    batch.handed_over_by, batch.handed_over_at = user_id, at or clock.now()
    audit.record("filing_batch.handed_over", "filing_batch", batch.id, channel=channel.strip())
    _ask_to_withdraw(batch, in_the_way)
    if batch.filings_count <= AT_ONCE:
        _carry_out(batch, _waiting(batch, batch.filings_count), read_trial_courts(batch))
    else:
        register_effect(EFFECT, f"{EFFECT}:{batch.public_id}", batch_id=batch.id)


def hand_over_file(key: str, batch_id: int) -> None:
    """Carry out the effect `filing.hand_over`, step by step; begun again it goes on."""
    with transaction():
        batch = db.session.get_one(FilingBatch, batch_id)
        audit.set_actor(batch.handed_over_by)
        trial_courts = read_trial_courts(batch)
    more = True
    while more:
        keep_lease()
        with transaction():
            batch = db.session.get_one(FilingBatch, batch_id)
            audit.set_actor(batch.handed_over_by)
            waiting = _waiting(batch, STEP)
            _carry_out(batch, waiting, trial_courts)
            more = bool(waiting)


def count_waiting(batch: FilingBatch) -> int:
    """How many applications of a file are still to be carried out."""
    return db.session.scalar(
        select(func.count()).where(
            Filing.batch_id == batch.id, Filing.state == FilingState.BATCHED
        )
    ) or 0  # fmt: skip


def read_trial_courts(batch: FilingBatch) -> TrialCourts:
    """What the kept bytes say, read once."""
    if batch.kind is not FilingKind.PAYMENT_ORDER:
        return {}
    data = batch_bytes(batch)
    return court_reading(data).read_own(data).trial_courts


def _waiting(batch: FilingBatch, limit: int) -> list[Filing]:
    """The next applications to be carried out; their cases are locked first."""
    wanted = (Filing.batch_id == batch.id, Filing.state == FilingState.BATCHED)
    rows = db.session.execute(
        select(Filing.id, Filing.case_id).where(*wanted).order_by(Filing.id).limit(limit)
    ).all()
    lock_cases(sorted({case_id for _, case_id in rows}))
    query = select(Filing).where(*wanted, Filing.id.in_([row.id for row in rows]))
    locked = query.order_by(Filing.id).with_for_update(key_share=True)
    return list(db.session.scalars(locked.execution_options(populate_existing=True)))


def _carry_out(batch: FilingBatch, filings: Sequence[Filing], trial_courts: TrialCourts) -> None:
    """What the hand-over means for these cases."""
    if not filings:
        return
    cases = lock_cases([filing.case_id for filing in filings])
    filed_on = clock.local(batch.handed_over_at or clock.now()).date()
    if batch.kind is FilingKind.PAYMENT_ORDER:
        announcements.keep(list(cases), announcements.COURT)
        _open_proceedings(batch, filings, trial_courts, cases, filed_on)
    else:
        for filing in filings:
            _move_proceeding(filing, filed_on)
    for filing in filings:
        filing.state = FilingState.HANDED_OVER
        liability_log.note(
            filing, f"filing_{filing.kind.value}", "handed_over",
            after={"filed_on": filed_on, "file_number": batch.file_number,
                   "channel": batch.channel},
        )  # fmt: skip
    db.session.flush()
    _tell(batch.kind, filings, cases)


def _tell(kind: FilingKind, filings: Sequence[Filing], cases: dict[int, Case]) -> None:
    """The timeline; the audit trail has one row for the whole file."""
    if len(filings) == 1:
        timeline.record(cases[filings[0].case_id], "court.filed", filing_code=kind.value)
        return
    by_creditor: dict[int, list[tuple[int, dict[str, Any]]]] = {}
    for filing in filings:
        params = {"filing_code": kind.value}
        by_creditor.setdefault(filing.creditor_id, []).append((filing.case_id, params))
    for creditor_id, happened in by_creditor.items():
        timeline.record_many("court.filed", creditor_id, happened)


def _open_proceedings(
    batch: FilingBatch,
    filings: Sequence[Filing],
    trial_courts: TrialCourts,
    cases: Mapping[int, Case],
    filed_on: date,
) -> None:
    """One proceeding for each debtor, with the court for litigation that the file names."""
    place = court_of(cases[filings[0].case_id]).seat(batch.court)
    debtors = list_debtors_of_cases([filing.case_id for filing in filings])
    opened: list[Proceeding] = []
    for filing in filings:
        named = trial_courts.get(filing.own_ref, ())
        for position, party in enumerate(debtors[filing.case_id]):
            trial = named[position] if position < len(named) else None
            opened.append(build_proceeding(
                case_id=filing.case_id,
                creditor_id=filing.creditor_id,
                debtor_id=party.debtor.id,
                position=position,
                own_ref=filing.own_ref,
                court=batch.court,
                place=place,
                trial_court=f"{trial.postcode} {trial.place}".strip() if trial else "",
                trial_plz=trial.postcode if trial else "",
                applied_on=filed_on,
            ))  # fmt: skip
    db.session.add_all(opened)
    for proceeding in opened:
        liability_log.note(proceeding, "proceeding", "opened", after={"applied_on": filed_on})


def _move_proceeding(filing: Filing, filed_on: date) -> None:
    proceeding = lock_proceeding(filing.proceeding_id or 0)
    event = Event(event_of(filing), filed_on)
    take_event(proceeding, event, filing_id=filing.id)
    follow(proceeding, event)


def _ask_to_withdraw(batch: FilingBatch, in_the_way: Sequence[InTheWay]) -> None:
    cases = lock_cases([each.case_id for each in in_the_way])
    for each in in_the_way:
        add_item(
            cases[each.case_id], WorkQueue.LEGAL, "filed_although",
            f"filing:{each.filing_id}:although", why_code=each.obstacle.value,
            file_number=batch.file_number,
        )  # fmt: skip
