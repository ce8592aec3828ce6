"""Two records of one debtor put together, and taken apart again with everything as it was.

The cases of the one go over to the other, with what hangs on them and names the debtor. Letters
and contacts stay under the record that they were made with: they are evidence. What goes over is
kept by its ids, so that nothing is guessed when the two turn out to be different people.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import exists, select, text
from sqlalchemy.orm import aliased

from cases.claims import timeline
from cases.claims.models import Case, CaseDebtor, Phase
from cases.claims.queries import list_case_ids_of_debtor, lock_cases
from cases.claims.services import ReasonMissing
from cases.core import audit, clock, locks
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import Lock, lock_row, relock
from cases.parties.debtor_models import DebtorMerge
from cases.parties.models import Debtor

#: Table that names the debtor of a case -> how its rows are named. The order is that of the moves.
FOLLOWS: dict[str, str] = {
    "case_debtors": "case_id",
    "joint_defaults": "id",
    "limitation_events": "id",
    "objections": "id",
}


class SameRecord(Invalid):
    """Choose two different records."""


class KindsDiffer(Invalid):
    """A person and a company cannot be one debtor."""


class AlreadyMerged(Conflict):
    """One of the two records was put together with another one already."""


class OweTogether(Conflict):
    """Both owe in one case as joint debtors: they are two people there."""


class InCourt(Conflict):
    """Courts know this record by its name: put the two together when the proceedings are over."""


class Undone(Conflict):
    """These two were taken apart already."""


@dataclass(frozen=True, slots=True)
class Two:
    """The record that stays, and the one that is put into it."""

    kept: Debtor
    merged: Debtor


def merge_debtors(kept_id: int, merged_id: int, why: str) -> DebtorMerge:
    """Put one record into another: from now on its cases are cases of the one that stays.

    Raises:
        ReasonMissing, SameRecord, KindsDiffer, AlreadyMerged, OweTogether, InCourt.
    """
    if not why.strip():
        raise ReasonMissing
    if kept_id == merged_id:
        raise SameRecord
    cases = _lock_cases(kept_id, merged_id)
    two = _lock_two(kept_id, merged_id)
    own = {case_id: cases[case_id] for case_id in list_case_ids_of_debtor(merged_id)}
    _require_one_person(two, own.values())
    moved = {table: _move(table, merged_id, kept_id, None) for table in FOLLOWS}
    two.merged.merged_into_id = kept_id
    merge = DebtorMerge(
        kept_id=kept_id,
        merged_id=merged_id,
        why=why.strip(),
        moved=moved,
        merged_at=clock.now(),
        merged_by=audit.actor_id(),
    )
    db.session.add(merge)
    db.session.flush()
    _tell("debtor.merged", own.values())
    audit.record("debtor.merged", "debtor", kept_id, merge_id=merge.id)
    return merge


def unmerge_debtors(public_id: str, why: str) -> DebtorMerge:
    """Take two records apart: every row that went over goes back, and no other.

    Raises:
        NotFound, ReasonMissing, Undone.
    """
    found = db.session.scalar(select(DebtorMerge).where(DebtorMerge.public_id == public_id))
    if found is None:
        raise NotFound
    if not why.strip():
        raise ReasonMissing
    cases = _lock_cases(found.kept_id, found.merged_id)
    two = _lock_two(found.kept_id, found.merged_id)
    relock(found)
    if found.undone_at is not None:
        raise Undone
    for table in FOLLOWS:
        _move(table, found.kept_id, found.merged_id, found.moved.get(table, []))
    two.merged.merged_into_id = None
    found.undone_at, found.undone_by = clock.now(), audit.actor_id()
    found.undone_reason = why.strip()
    db.session.flush()
    back = [cases[case_id] for case_id in found.moved["case_debtors"] if case_id in cases]
    _tell("debtor.unmerged", back)
    audit.record("debtor.unmerged", "debtor", found.kept_id, merge_id=found.id)
    return found


def list_merges(debtor_id: int) -> list[DebtorMerge]:
    """What was put together into a debtor and not taken apart, the newest first."""
    query = select(DebtorMerge).where(
        DebtorMerge.kept_id == debtor_id, DebtorMerge.undone_at.is_(None)
    )
    return list(db.session.scalars(query.order_by(DebtorMerge.id.desc())))


def _lock_cases(*debtor_ids: int) -> dict[int, Case]:
    """Openings wait, so that no new case is made against a record that goes away meanwhile."""
    ids = {case_id for each in debtor_ids for case_id in list_case_ids_of_debtor(each)}
    locked = lock_cases(ids)
    locks.take(Lock.OPENING)
    return locked


def _lock_two(kept_id: int, merged_id: int) -> Two:
    locked = {each: lock_row(Debtor, each) for each in sorted((kept_id, merged_id))}
    return Two(locked[kept_id], locked[merged_id])


def _require_one_person(two: Two, cases: Iterable[Case]) -> None:
    if two.kept.kind is not two.merged.kind:
        raise KindsDiffer
    if two.kept.merged_into_id or two.merged.merged_into_id:
        raise AlreadyMerged
    other = aliased(CaseDebtor)
    both = select(CaseDebtor.case_id).where(
        CaseDebtor.debtor_id == two.kept.id,
        exists().where(other.case_id == CaseDebtor.case_id, other.debtor_id == two.merged.id),
    )
    if db.session.scalar(both.limit(1)) is not None:
        raise OweTogether
    if any({case.phase, case.closed_from} & {Phase.COURT, Phase.ENFORCEMENT} for case in cases):
        raise InCourt


def _move(table: str, from_id: int, to_id: int, only: list[int] | None) -> list[int]:
    """Let rows name the other record; all of them, or those that went over before."""
    key = FOLLOWS[table]
    which = "" if only is None else f" AND {key} = ANY(:only)"
    moved = db.session.execute(
        text(  # Names of tables come from the list above.
            f"UPDATE {table} SET debtor_id = :to WHERE debtor_id = :from{which} RETURNING {key}"
        ),
        {"from": from_id, "to": to_id, **({} if only is None else {"only": only})},
    )
    ids = sorted(int(row[0]) for row in moved)
    db.session.expire_all()
    return ids


def _tell(kind: str, cases: Iterable[Case]) -> None:
    for case in cases:
        timeline.record(case, kind)
