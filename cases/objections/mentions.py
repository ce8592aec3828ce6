"""Every time that an objection is raised: the first, again while it is open, and after a verdict.

The same from the same person is one object: it is joined while it is verified. Once it was decided
it is taken up again where it brings something new; else we refer to the first answer.
"""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from cases.claims import timeline
from cases.claims.models import Case
from cases.core import audit, clock
from cases.core.database import db
from cases.objections.evidence_models import FirstContest, ObjectionMention, ObjectionPhase
from cases.objections.models import Objection, ObjectionItem, ObjectionKind
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item


class Again(StrEnum):
    """What it is that is said once more after a verdict."""

    SOMETHING_NEW = "something_new"
    NOTHING_NEW = "nothing_new"
    ANOTHER = "another"  # The same kind, but another matter.


def mention(
    objection: Objection,
    phase: ObjectionPhase,
    channel: str,
    raised_on: date,
    words: str,
    document_id: int | None = None,
) -> None:
    """Keep one time that it was raised."""
    db.session.add(
        ObjectionMention(
            objection_id=objection.id,
            creditor_id=objection.creditor_id,
            phase=phase,
            channel=channel,
            raised_on=raised_on,
            words=words.strip(),
            document_id=document_id,
            recorded_at=clock.now(),
            recorded_by=audit.actor_id(),
        )
    )
    db.session.flush()


def list_mentions(objection_id: int) -> list[ObjectionMention]:
    """Every time that it was raised, the first one first."""
    query = select(ObjectionMention).where(ObjectionMention.objection_id == objection_id)
    return list(db.session.scalars(query.order_by(ObjectionMention.raised_on, ObjectionMention.id)))


def contest_first(objection: Objection, claim_ids: Collection[int]) -> None:
    """Note the day on which each claim was first contested; a later one changes nothing."""
    rows = [
        {
            "claim_id": claim_id,
            "creditor_id": objection.creditor_id,
            "objection_id": objection.id,
            "contested_on": objection.raised_on,
            "noted_at": clock.now(),
        }
        for claim_id in claim_ids
    ]
    if rows:
        db.session.execute(insert(FirstContest).values(rows).on_conflict_do_nothing())


def first_contested(claim_ids: Collection[int]) -> dict[int, date]:
    """When these claims were first contested, those that ever were."""
    query = select(FirstContest.claim_id, FirstContest.contested_on)
    rows = db.session.execute(query.where(FirstContest.claim_id.in_(claim_ids)))
    return {row.claim_id: row.contested_on for row in rows}


def find_same(
    case_id: int, kind: ObjectionKind, debtor_id: int | None, claim_ids: Collection[int]
) -> Objection | None:
    """The newest of this kind that the same person raised against one of these claims.

    Open ones come first; without claims it is one that names none either.
    """
    query = select(Objection).where(
        Objection.case_id == case_id,
        Objection.kind == kind,
        Objection.debtor_id.is_not_distinct_from(debtor_id),
    )
    found = [
        one
        for one in db.session.scalars(query.order_by(Objection.id.desc()))
        if _share(_claims_of(one), set(claim_ids))
    ]
    return next((one for one in found if one.is_open), next(iter(found), None))


def _claims_of(objection: Objection) -> set[int]:
    query = select(ObjectionItem.claim_id).where(ObjectionItem.objection_id == objection.id)
    return set(db.session.scalars(query))


def _share(own: set[int], others: set[int]) -> bool:
    return bool(own & others) or not (own or others)


def repeat(case: Case, objection: Objection) -> None:
    """A decided one was said again without anything new: the first answer is referred to."""
    timeline.record(
        case, "objection.repeated", objection_id=objection.id, kind_code=objection.kind.value
    )
    add_item(
        case,
        WorkQueue.TASK,
        "objection_repeated",
        f"objection:{objection.id}:repeated",
        owner_id=case.owner_id,
        kind_code=objection.kind.value,
    )
