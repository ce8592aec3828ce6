"""Every night: evidence that is due, answers to debtors that are late, limitation that comes near.

A request that was not answered is reminded of once; after that a person decides what silence
means. From 60 days before the careful day of limitation an undecided objection stands first.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select

from cases.claims import timeline
from cases.claims.models import Case, Claim
from cases.claims.queries import lock_case
from cases.core import clock
from cases.core.database import db
from cases.core.locks import lock_row
from cases.core.runs import RunKind
from cases.dunning.failures import reported
from cases.objections.evidence import EvidenceAnswered, lock_objection
from cases.objections.evidence_models import EvidencePiece
from cases.objections.models import Objection, ObjectionItem
from cases.objections.queries import UNDECIDED
from cases.objections.settings import get_settings
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item

#: So long before the careful day of limitation an objection comes first. House rule.
NEAR = timedelta(days=60)


def cases_to_watch(day: date) -> Select[int]:
    """Cases of which something is due or near on a day."""
    evidence = (
        select(Objection.case_id)
        .join(EvidencePiece, EvidencePiece.objection_id == Objection.id)
        .where(*_unanswered(day))
    )
    late = select(Objection.case_id).where(*_late(day))
    near = (
        select(Objection.case_id)
        .join(ObjectionItem, ObjectionItem.objection_id == Objection.id)
        .join(Claim, Claim.id == ObjectionItem.claim_id)
        .where(UNDECIDED, Claim.limitation_conservative_on <= day + NEAR)
    )
    open_cases = or_(Case.id.in_(evidence), Case.id.in_(late), Case.id.in_(near))
    return select(Case.id).where(Case.closed_at.is_(None), open_cases)


def watch_all(case_ids: Sequence[int], day: date) -> None:
    """Look at some cases, in the order of their ids."""
    for case_id in case_ids:
        watch_case(case_id, day)


def watch_case(case_id: int, day: date) -> None:
    """Remind, and put what is late or near on the worklist; a repeat changes nothing."""
    case = lock_case(case_id)
    if case.closed_at is not None:
        return
    _evidence(case, day)
    _answers(case, day)
    _limitation(case, day)


def _evidence(case: Case, day: date) -> None:
    rows = db.session.scalars(
        select(EvidencePiece)
        .join(Objection, Objection.id == EvidencePiece.objection_id)
        .where(Objection.case_id == case.id, *_unanswered(day))
        .order_by(EvidencePiece.id)
    )
    for piece in rows:
        if piece.reminded_at is None:
            remind(case, piece, day)
        else:
            add_item(
                case,
                WorkQueue.OBJECTION,
                "evidence_silent",
                f"objection:{piece.objection_id}:silent",
                owner_id=case.owner_id,
                due_on=str(piece.due_on),
            )


def remind(case: Case, piece: EvidencePiece, day: date) -> None:
    """Ask once more, with a new day."""
    piece.reminded_at = clock.now()
    piece.due_on = day + timedelta(days=get_settings().reminder_days)
    timeline.record(
        case, "objection.evidence_reminded", objection_id=piece.objection_id,
        from_code=piece.side.value, due_on=piece.due_on,
    )  # fmt: skip


def remind_now(piece_id: int) -> None:
    """Remind by hand. Raises EvidenceAnswered where there is nothing to remind of."""
    found = db.session.get_one(EvidencePiece, piece_id)
    case, _ = lock_objection(found.objection_id)
    piece = lock_row(EvidencePiece, piece_id)
    if piece.answered_at is not None or piece.asked_at is None or piece.closed_at is not None:
        raise EvidenceAnswered
    remind(case, piece, clock.today())


def _answers(case: Case, day: date) -> None:
    for objection in db.session.scalars(
        select(Objection).where(Objection.case_id == case.id, *_late(day))
    ):
        add_item(
            case,
            WorkQueue.OBJECTION,
            "objection_answer_late",
            f"objection:{objection.id}:late",
            since=objection.answer_due_on,
            owner_id=case.owner_id,
            due_on=str(objection.answer_due_on),
        )


def _limitation(case: Case, day: date) -> None:
    rows = db.session.execute(
        select(Objection.id, Claim.limitation_conservative_on)
        .join(ObjectionItem, ObjectionItem.objection_id == Objection.id)
        .join(Claim, Claim.id == ObjectionItem.claim_id)
        .where(
            Objection.case_id == case.id,
            UNDECIDED,
            Claim.limitation_conservative_on <= day + NEAR,
        )
        .order_by(Claim.limitation_conservative_on)
    )
    for objection_id, last_day in rows:
        add_item(
            case,
            WorkQueue.LIMITATION,
            "objection_limitation",
            f"objection:{objection_id}:limitation",
            owner_id=case.owner_id,
            last_day_on=str(last_day),
        )


def _unanswered(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        EvidencePiece.asked_at.is_not(None),
        EvidencePiece.answered_at.is_(None),
        EvidencePiece.closed_at.is_(None),
        EvidencePiece.due_on < day,
    )


def _late(day: date) -> tuple[ColumnElement[bool], ...]:
    return (Objection.answered_at.is_(None), Objection.answer_due_on < day)


OBJECTIONS = RunKind(keys=cases_to_watch, act=watch_all, step_keys=100, **reported())
