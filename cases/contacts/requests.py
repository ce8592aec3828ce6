"""What a debtor asked us for and we owe an answer to (Anliegen); until then no pressure goes out.

An open request is a hold of the whole case. Information on the claim is owed without delay once a
private person asks for it; no statute counts the days, so the terms are the house's.
Law: RDG § 13a(2) ("unverzüglich").
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from cases.claims import timeline
from cases.claims.ending import Ending
from cases.claims.models import Case, Hold, HoldReason, Phase
from cases.claims.queries import lock_case
from cases.claims.services import lift_hold, set_hold
from cases.core import audit, clock
from cases.core.database import Base, db, new_public_id
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import relock
from cases.core.retention import Retention
from cases.letters.models import LetterKind
from cases.parties.queries import get_agency
from legal.calendar import add_working_days


class RequestKind(StrEnum):
    """What was asked for."""

    INFORMATION = "information"  # Auskunft nach § 13a Abs. 2 RDG
    COPY = "copy"  # Of an invoice, a contract, a delivery note.
    QUESTION = "question"
    INSOLVENCY_STATEMENT = "insolvency_statement"  # Aufstellung nach § 305 Abs. 2 InsO
    COUNSELLOR_PLAN = "counsellor_plan"  # Plan of a debt counsellor, for our answer.


#: Working days that the house gives itself; information is owed "without delay".
TERMS = {
    RequestKind.INFORMATION: 3,
    RequestKind.COPY: 3,
    RequestKind.QUESTION: 5,
    RequestKind.INSOLVENCY_STATEMENT: 5,
    RequestKind.COUNSELLOR_PLAN: 5,  # Unless the counsellor has named a day.
}
#: Kind of letter -> what it answers.
ANSWERS = {
    LetterKind.INFORMATION: frozenset({RequestKind.INFORMATION}),
    LetterKind.REQUEST_ANSWER: frozenset(
        {RequestKind.COPY, RequestKind.QUESTION, RequestKind.COUNSELLOR_PLAN}
    ),
    LetterKind.CLAIMS_STATEMENT: frozenset({RequestKind.INSOLVENCY_STATEMENT}),
    LetterKind.PLAN_OFFER: frozenset({RequestKind.COUNSELLOR_PLAN}),
}


class RequestAnswered(Conflict):
    """This request has been answered already."""


class AnswerMissing(Invalid):
    """Say in a few words what was answered, and how."""


class DebtorRequest(Base):
    """One request of a debtor, with the day by which the house answers it."""

    __tablename__ = "debtor_requests"
    __retention__ = Retention.CASE
    __table_args__ = (
        ForeignKeyConstraint(["case_id", "creditor_id"], ["cases.id", "cases.creditor_id"]),
        Index(
            "ix_debtor_requests_open",
            "case_id",
            postgresql_where=text("answered_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    case_id: Mapped[int] = mapped_column(index=True)
    creditor_id: Mapped[int]
    kind: Mapped[RequestKind]
    words: Mapped[str | None]
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    contact_id: Mapped[int | None]
    hold_id: Mapped[int | None] = mapped_column(ForeignKey("holds.id"))
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[int | None]
    answer: Mapped[str | None]
    withdrawn_at: Mapped[datetime | None]  # The case ended before.


@dataclass(frozen=True, slots=True)
class RequestWish:
    """What the debtor asked for."""

    kind: RequestKind
    words: str = ""
    answer_by: date | None = None  # The day that the debtor, or who speaks for him, has named.


def note_request(case: Case, wish: RequestWish, contact_id: int | None = None) -> DebtorRequest:
    """Keep a request; the case, which is locked, stands still until it is answered."""
    row = DebtorRequest(
        case_id=case.id,
        creditor_id=case.creditor_id,
        kind=wish.kind,
        words=wish.words.strip() or None,
        asked_at=clock.now(),
        due_on=_due_on(wish),
        contact_id=contact_id,
    )
    if case.phase is not Phase.CLOSED:
        row.hold_id = set_hold(case, HoldReason.REQUEST).id
    db.session.add(row)
    db.session.flush()
    timeline.record(
        case, "request.asked", request_id=row.id, request_code=row.kind.value, due_on=row.due_on
    )
    return row


def _due_on(wish: RequestWish) -> date:
    """The house's own term, or the day that was named; a day that has passed means at once."""
    own = add_working_days(clock.today(), TERMS[wish.kind], get_agency().place)
    return max(wish.answer_by, clock.today()) if wish.answer_by else own


def answer_request(request: DebtorRequest, answer: str) -> None:
    """Note that it was answered; the work goes on.

    Raises:
        AnswerMissing, RequestAnswered.
    """
    if not answer.strip():
        raise AnswerMissing
    case = lock_case(request.case_id)
    relock(request)
    if request.answered_at is not None or request.withdrawn_at is not None:
        raise RequestAnswered
    _answered(case, request, answer.strip())


def answer_by_letter(case: Case, kind: LetterKind) -> None:
    """What a letter answers is answered by it; the case is locked."""
    for request in list_open_requests(case.id):
        if request.kind in ANSWERS.get(kind, frozenset()):
            _answered(case, request, None)


def get_request(public_id: str) -> DebtorRequest:
    """The request of that public id; raises NotFound."""
    found = db.session.scalar(select(DebtorRequest).where(DebtorRequest.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def find_request(request_id: int) -> DebtorRequest | None:
    """The request of that id, if there is one."""
    return db.session.get(DebtorRequest, request_id)


def list_open_requests(case_id: int) -> list[DebtorRequest]:
    """What waits for an answer, the nearest day first."""
    query = select(DebtorRequest).where(
        DebtorRequest.case_id == case_id,
        DebtorRequest.answered_at.is_(None),
        DebtorRequest.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(DebtorRequest.due_on, DebtorRequest.id)))


def withdraw_requests(case: Case, ending: Ending) -> None:
    """A case that has ended owes no answer any more but by a letter that somebody writes."""
    for request in list_open_requests(case.id):
        request.withdrawn_at = clock.now()


def _answered(case: Case, request: DebtorRequest, answer: str | None) -> None:
    request.answered_at, request.answered_by = clock.now(), audit.actor_id()
    request.answer = answer
    hold = db.session.get(Hold, request.hold_id) if request.hold_id else None
    if hold is not None and hold.lifted_at is None:
        lift_hold(case, hold, "request answered")
    timeline.record(
        case, "request.answered", request_id=request.id, request_code=request.kind.value
    )
