"""Reads about objections."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ARRAY, BigInteger, Select, any_, literal, or_, select

from cases.claims.models import Case, Claim
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.files import StoredFile
from cases.documents.models import ClaimDocument
from cases.objections.checklist import questions_for
from cases.objections.evidence_models import EvidencePiece
from cases.objections.models import (
    EarlierVerdict,
    Objection,
    ObjectionCheck,
    ObjectionItem,
    Verdict,
)

PAGE = 50
UNDECIDED = or_(Objection.verdict.is_(None), Objection.verdict == Verdict.UNDECIDED)


@dataclass(frozen=True, slots=True)
class DisputedClaim:
    """A claim with the part of it that an objection is against."""

    item: ObjectionItem
    claim: Claim


def get_objection(public_id: str) -> Objection:
    """The objection of that public id; raises NotFound."""
    found = db.session.scalar(select(Objection).where(Objection.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def get_objection_by_id(objection_id: int) -> Objection:
    """The objection of that id."""
    return db.session.get_one(Objection, objection_id)


def list_disputed(objection_id: int) -> list[DisputedClaim]:
    """What an objection is against."""
    rows = db.session.execute(
        select(ObjectionItem, Claim)
        .join(Claim, Claim.id == ObjectionItem.claim_id)
        .where(ObjectionItem.objection_id == objection_id)
        .order_by(Claim.position)
    )
    return [DisputedClaim(item, claim) for item, claim in rows]


def list_objections(case_id: int) -> list[Objection]:
    """The objections of a case, newest first."""
    query = select(Objection).where(Objection.case_id == case_id)
    return list(db.session.scalars(query.order_by(Objection.id.desc())))


def list_objections_of_cases(case_ids: Collection[int]) -> dict[int, list[Objection]]:
    """The objections of many cases, by case, newest first."""
    found: dict[int, list[Objection]] = {case_id: [] for case_id in case_ids}
    ids = literal(list(case_ids), ARRAY(BigInteger))
    query = select(Objection).where(Objection.case_id == any_(ids)).order_by(Objection.id.desc())
    for objection in db.session.scalars(query):
        found[objection.case_id].append(objection)
    return found


@dataclass(frozen=True, slots=True)
class ListedObjection:
    """An objection of a list, with its case and what it is against."""

    objection: Objection
    case: Case
    disputed_cents: int


def list_open_objections(after: int | None = None, limit: int = PAGE) -> list[ListedObjection]:
    """Objections without a verdict, or with an open one, the oldest first (keyset by id)."""
    query = (
        select(Objection, Case)
        .join(Case, Case.id == Objection.case_id)
        .where(UNDECIDED, Case.closed_at.is_(None))
        .order_by(Objection.id)
        .limit(limit)
    )
    if after is not None:
        query = query.where(Objection.id > after)
    return _with_sums(query)


def _with_sums(query: Select[Objection, Case]) -> list[ListedObjection]:
    rows = db.session.execute(query).all()
    sums = _disputed_sums([objection.id for objection, _ in rows])
    return [ListedObjection(objection, case, sums[objection.id]) for objection, case in rows]


def list_decided_objections(after: int | None = None, limit: int = PAGE) -> list[ListedObjection]:
    """Objections that have a verdict, and open ones of closed cases, the newest first."""
    query = (
        select(Objection, Case)
        .join(Case, Case.id == Objection.case_id)
        .where(or_(~UNDECIDED, Case.closed_at.is_not(None)))
        .order_by(Objection.id.desc())
        .limit(limit)
    )
    if after is not None:
        query = query.where(Objection.id < after)
    return _with_sums(query)


def list_overdue_objections(
    today: date, after: int | None = None, limit: int = PAGE
) -> list[ListedObjection]:
    """Objections whose debtor should have had our answer, the oldest first."""
    query = (
        select(Objection, Case)
        .join(Case, Case.id == Objection.case_id)
        .where(
            Objection.answered_at.is_(None), Objection.answer_due_on < today,
            Case.closed_at.is_(None),
        )
        .order_by(Objection.id)
        .limit(limit)
    )  # fmt: skip
    if after is not None:
        query = query.where(Objection.id > after)
    return _with_sums(query)


def list_earlier_verdicts(objection_id: int) -> list[EarlierVerdict]:
    """Verdicts on an objection that were taken up again, the newest first."""
    query = select(EarlierVerdict).where(EarlierVerdict.objection_id == objection_id)
    return list(db.session.scalars(query.order_by(EarlierVerdict.id.desc())))


def list_evidence(objection: Objection) -> list[str]:
    """The names of the documents that its findings and answers rest on, each once."""
    by_checks = select(ObjectionCheck.document_id).where(
        ObjectionCheck.objection_id == objection.id, ObjectionCheck.document_id.is_not(None)
    )
    by_pieces = select(EvidencePiece.document_id).where(
        EvidencePiece.objection_id == objection.id, EvidencePiece.document_id.is_not(None)
    )
    query = (
        select(StoredFile.filename)
        .join(ClaimDocument, ClaimDocument.file_id == StoredFile.id)
        .where(ClaimDocument.id.in_(by_checks.union(by_pieces)))
        .order_by(ClaimDocument.id)
    )
    return list(dict.fromkeys(db.session.scalars(query)))


def list_checks(objection: Objection) -> list[tuple[str, ObjectionCheck | None]]:
    """The questions of the checklist in their order, with what was found out so far."""
    query = select(ObjectionCheck).where(ObjectionCheck.objection_id == objection.id)
    found = {check.question: check for check in db.session.scalars(query)}
    return [(question, found.get(question)) for question in questions_for(objection.kind)]


def _disputed_sums(objection_ids: Sequence[int]) -> dict[int, int]:
    sums = dict.fromkeys(objection_ids, 0)
    query = select(ObjectionItem).where(ObjectionItem.objection_id.in_(objection_ids))
    for item in db.session.scalars(query):
        sums[item.objection_id] += item.amount_cents
    return sums
