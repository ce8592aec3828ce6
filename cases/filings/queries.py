"""Reads for the workbench: stages, rows by court, what came from courts, deadlines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import case as sql_case
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from cases.claims.models import Case, CaseDebtor
from cases.core import clock
from cases.core.database import db
from cases.filings.applications.models import (
    BatchState,
    Filing,
    FilingBatch,
    FilingState,
)
from cases.filings.court_mail.models import CourtMessage, MessageState
from cases.filings.proceedings.models import DeadlineState, LegalDeadline, Proceeding, Title
from cases.parties.models import Creditor, Debtor
from cases.people.models import User
from legal.court import Whose
from legal.proceeding import State

PAGE = 50
#: Stage of the workbench -> the states of proceedings in it.
STAGES = {
    "filed": (State.APPLIED, State.ORDER_ISSUED, State.ORDER_NEW_SERVICE),
    "served": (State.ORDER_SERVED, State.PARTLY_OPPOSED),
    "not_served": (State.ORDER_NOT_SERVED, State.ENFORCEMENT_NOT_SERVED),
    "opposed": (State.OPPOSED, State.PROTESTED, State.REFERRAL_REQUESTED, State.REFERRED),
    "title": (
        State.ENFORCEMENT_APPLIED, State.ENFORCEMENT_ISSUED, State.ENFORCEMENT_NEW_SERVICE,
        State.ENFORCEMENT_SERVED, State.FINAL,
    ),
    "over": (State.REFUSED, State.LAPSED, State.WITHDRAWN, State.RESOLVED),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FilingRow:
    """One application with the names a row shows."""

    filing: Filing
    number: str
    case_public_id: str
    creditor: str
    defendant: str
    others: int  # Joint debtors beside the first.

    @property
    def is_ready(self) -> bool:
        """Whether it may be ticked."""
        return self.filing.errors == 0 and self.filing.checked_at is not None


def list_drafts(after: int | None = None, limit: int = PAGE) -> list[FilingRow]:
    """Applications in preparation, by court, those with errors first (keyset by id in `after`)."""
    wanted = [Filing.state == FilingState.DRAFT]
    if after is not None:
        wanted.append(Filing.id > after)
    order = (Filing.court.nulls_first(), sql_case((Filing.errors > 0, 0), else_=1), Filing.id)
    return _rows(wanted, order, limit)


def list_of_batch(batch: FilingBatch, limit: int = 5000) -> list[FilingRow]:
    """The applications of one file, the first ones of a long one."""
    return _rows([Filing.batch_id == batch.id], (Filing.id,), limit)


def get_row(filing: Filing) -> FilingRow:
    """One application with its names."""
    return _rows([Filing.id == filing.id], (Filing.id,), 1)[0]


def next_with_error(after: int) -> str | None:
    """Public id of the next application with an error, from the first on after the last."""
    query = select(Filing.public_id).where(Filing.state == FilingState.DRAFT, Filing.errors > 0)
    found = db.session.scalar(query.where(Filing.id > after).order_by(Filing.id).limit(1))
    return found or db.session.scalar(query.order_by(Filing.id).limit(1))


@dataclass(frozen=True, slots=True)
class Stages:
    """How many there are in each stage of the flow, and what each needs next."""

    drafts: int
    drafts_with_errors: int
    drafts_ready: int
    batches_to_confirm: int
    batches_ready: int
    filed: int
    queries: int
    served: int
    enforcement_possible: int
    opposed: int
    undecided: int
    titles: int


def count_stages() -> Stages:
    """The figures above the workbench."""
    drafts = _count(Filing, Filing.state == FilingState.DRAFT)
    wrong = _count(Filing, Filing.state == FilingState.DRAFT, Filing.errors > 0)
    by_state = select(Proceeding.state, func.count()).group_by(Proceeding.state)
    states = {row[0]: row[1] for row in db.session.execute(by_state)}
    today = clock.today()
    return Stages(
        drafts=drafts,
        drafts_with_errors=wrong,
        drafts_ready=_count(Filing, Filing.state == FilingState.DRAFT, Filing.errors == 0,
                            Filing.checked_at.is_not(None)),
        batches_to_confirm=_count(FilingBatch, FilingBatch.state == BatchState.RELEASED),
        batches_ready=_count(FilingBatch, FilingBatch.state == BatchState.CONFIRMED),
        filed=sum(states.get(state, 0) for state in STAGES["filed"]),
        queries=_count(LegalDeadline, LegalDeadline.state == DeadlineState.OPEN,
                       LegalDeadline.rule_id == "OWN"),
        served=sum(states.get(state, 0) for state in STAGES["served"]),
        enforcement_possible=_count(
            LegalDeadline, LegalDeadline.state == DeadlineState.OPEN,
            LegalDeadline.rule_id == "M10", LegalDeadline.last_day <= today,
        ),
        opposed=sum(states.get(state, 0) for state in STAGES["opposed"]),
        undecided=states.get(State.OPPOSED, 0) + states.get(State.PROTESTED, 0),
        titles=_count(Title),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProceedingRow:
    """A proceeding with the names a row shows and its next deadline."""

    proceeding: Proceeding
    number: str
    creditor: str
    debtor: str
    next_on: date | None
    next_name: str | None


def list_proceedings(stage: str, after: int | None = None) -> list[ProceedingRow]:
    """Proceedings of a stage, oldest state first (keyset by id)."""
    query = (
        select(Proceeding, Case.number, Creditor.name, Debtor)
        .join(Case, Case.id == Proceeding.case_id)
        .join(Creditor, Creditor.id == Proceeding.creditor_id)
        .join(Debtor, Debtor.id == Proceeding.debtor_id)
        .where(Proceeding.state.in_(STAGES.get(stage, ())))
        .order_by(Proceeding.id)
        .limit(PAGE)
    )
    if after is not None:
        query = query.where(Proceeding.id > after)
    rows = db.session.execute(query).all()
    upcoming = _next_deadlines([row[0].id for row in rows])
    return [
        ProceedingRow(p, number, creditor, debtor.full_name, *upcoming.get(p.id, (None, None)))
        for p, number, creditor, debtor in rows
    ]


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline with the names a row shows."""

    deadline: LegalDeadline
    number: str
    creditor: str
    debtor: str
    proceeding_public_id: str
    days_left: int

    @property
    def is_missed(self) -> bool:
        """Whether it passed without the act it asks for."""
        ours = self.deadline.whose in {Whose.OURS.value, Whose.HOUSE.value}
        return self.days_left < 0 and ours and self.deadline.state is DeadlineState.OPEN


def list_deadlines(
    until: date | None = None, limit: int = 500, deadline_id: int | None = None
) -> list[DeadlineRow]:
    """Open deadlines up to a day, the most urgent first."""
    query = (
        select(LegalDeadline, Case.number, Creditor.name, Debtor, Proceeding.public_id)
        .join(Case, Case.id == LegalDeadline.case_id)
        .join(Creditor, Creditor.id == LegalDeadline.creditor_id)
        .join(Debtor, Debtor.id == LegalDeadline.debtor_id)
        .join(Proceeding, Proceeding.id == LegalDeadline.proceeding_id)
        .order_by(LegalDeadline.last_day, LegalDeadline.id)
        .limit(limit)
    )
    if deadline_id is not None:
        query = query.where(LegalDeadline.id == deadline_id)
    else:
        query = query.where(LegalDeadline.state == DeadlineState.OPEN)
    if until is not None:
        query = query.where(LegalDeadline.last_day <= until)
    today = clock.today()
    return [
        DeadlineRow(d, number, creditor, debtor.full_name, public_id, (d.last_day - today).days)
        for d, number, creditor, debtor, public_id in db.session.execute(query)
    ]


def count_urgent_deadlines() -> int:
    """Deadlines of ours that end within three days or have passed, for the menu."""
    return _count(
        LegalDeadline,
        LegalDeadline.state == DeadlineState.OPEN,
        LegalDeadline.whose.in_([Whose.OURS.value, Whose.HOUSE.value]),
        LegalDeadline.last_day <= clock.today() + timedelta(days=3),
    )


def count_open_messages() -> int:
    """Court messages that wait for a person."""
    return _count(
        CourtMessage, CourtMessage.state.in_([MessageState.PROPOSED, MessageState.PARKED])
    )


def list_batches(states: Sequence[BatchState], limit: int = PAGE) -> list[FilingBatch]:
    """Files for courts in these states, newest first."""
    query = select(FilingBatch).where(FilingBatch.state.in_(states))
    return list(db.session.scalars(query.order_by(FilingBatch.id.desc()).limit(limit)))


def list_filings_of_case(case_id: int) -> list[Filing]:
    """All applications of a case, the first one first."""
    return list(
        db.session.scalars(select(Filing).where(Filing.case_id == case_id).order_by(Filing.id))
    )


def case_numbers(case_ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Number and public id of cases."""
    query = select(Case.id, Case.number, Case.public_id).where(Case.id.in_(case_ids))
    return {
        case_id: (number, public_id) for case_id, number, public_id in db.session.execute(query)
    }


def names_of(user_ids: Sequence[int | None]) -> dict[int, str]:
    """Names of the people who did something."""
    wanted = [user_id for user_id in user_ids if user_id is not None]
    query = select(User.id, User.name).where(User.id.in_(wanted))
    return {row[0]: row[1] for row in db.session.execute(query)}


def _rows(wanted: Sequence[object], order: tuple[object, ...], limit: int) -> list[FilingRow]:
    first = CaseDebtor.position == 1
    joined = aliased(CaseDebtor)
    joint = (
        select(func.count())
        .select_from(joined)
        .where(joined.case_id == Filing.case_id)
        .scalar_subquery()
    )
    query = (
        select(Filing, Case.number, Case.public_id, Creditor.name, Debtor, joint)
        .join(Case, Case.id == Filing.case_id)
        .join(Creditor, Creditor.id == Filing.creditor_id)
        .join(CaseDebtor, (CaseDebtor.case_id == Filing.case_id) & first)
        .join(Debtor, Debtor.id == CaseDebtor.debtor_id)
        .where(*wanted)  # type: ignore[arg-type]
        .order_by(*order)  # type: ignore[arg-type]
        .limit(limit)
    )
    return [
        FilingRow(filing, number, public_id, creditor, debtor.full_name, count - 1)
        for filing, number, public_id, creditor, debtor, count in db.session.execute(query)
    ]


def _next_deadlines(ids: Sequence[int]) -> dict[int, tuple[date, str]]:
    query = (
        select(LegalDeadline.proceeding_id, LegalDeadline.last_day, LegalDeadline.name)
        .where(LegalDeadline.proceeding_id.in_(ids), LegalDeadline.state == DeadlineState.OPEN)
        .order_by(LegalDeadline.last_day.desc())
    )
    return {found[0]: (found[1], found[2]) for found in db.session.execute(query)}


def _count(model: type, *conditions: object) -> int:
    query = select(func.count()).select_from(model).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(query) or 0
