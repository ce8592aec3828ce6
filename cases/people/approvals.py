"""Approvals (Freigabe): one person asks, a second one confirms, and only then it happens.

Every kind of act that needs four eyes is one row of `KINDS`: who may confirm it, what stands now,
and how it is carried out. The assembly registers them in one place for web and commands alike.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.people.models import Approval, ApprovalState, User
from cases.people.policy import Permission, Role, allows
from cases.people.second_person import is_second_person


class NothingChanged(Invalid):
    """Nothing would change."""


class AlreadyAsked(Conflict):
    """This already waits for a second person. Confirm or withdraw that first."""


class NotSecondPerson(Conflict):
    """A second person has to confirm: not the one who asked, nor an account that the one who asked
    made, reset or changed within the last 30 days."""


class MayNotConfirm(Conflict):
    """Your role may not confirm this."""


class AlreadyDecided(Conflict):
    """This has been decided meanwhile."""


class ChangedMeanwhile(Conflict):
    """What was to be changed has been changed meanwhile. Refuse this and ask anew."""


class RefusalReasonMissing(Invalid):
    """Please say why, so that whoever asked knows."""


class CheckMissing(Invalid):
    """Please note how you checked it: with whom you spoke, or what you compared it with."""


class OnlyTheAsker(Conflict):
    """Only the person who asked withdraws it; others refuse it with a reason."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of act that needs a second person."""

    title: str  # In English; the edge translates it.
    check: str  # What the second person makes sure of before confirming.
    permission: Permission  # Whoever confirms needs it.
    fields: Mapping[str, str]  # Field of before and after -> its label.
    current: Callable[[Approval], Mapping[str, Any]]  # What stands now of these fields.
    carry_out: Callable[[Approval], None]
    #: What is undone when it is refused or withdrawn.
    drop: Callable[[Approval], None] | None = None
    notes_check: bool = False  # Whoever confirms writes down how it was checked.
    #: Locks what stands before the approval in the order of locks, such as the case.
    lock: Callable[[int], object] | None = None


#: Code -> kind; filled by the assembly.
KINDS: dict[str, Kind] = {}


def ask(
    kind: str,
    subject_id: int,
    subject_words: str,
    after: Mapping[str, Any],
    *,
    before: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> Approval:
    """Ask a second person to confirm a change; nothing happens until then.

    The actor of the transaction is the one who asks.

    Raises:
        NothingChanged, AlreadyAsked.
    """
    changed = {name: value for name, value in after.items() if (before or {}).get(name) != value}
    if not changed:
        raise NothingChanged
    asked_by = audit.actor_id()
    if asked_by is None:
        raise NotSecondPerson  # The program itself has nobody to ask for.
    waiting = select(Approval.id).where(
        Approval.kind == kind,
        Approval.subject_id == subject_id,
        Approval.state == ApprovalState.OPEN,
    )
    if db.session.scalar(waiting) is not None:
        raise AlreadyAsked
    approval = Approval(
        kind=kind,
        subject_id=subject_id,
        subject_words=subject_words,
        before={name: (before or {}).get(name) for name in changed},
        after=dict(changed),
        reason=(reason or "").strip() or None,
        asked_by=asked_by,
        asked_at=clock.now(),
    )
    db.session.add(approval)
    db.session.flush()
    audit.record("approval.asked", "approval", approval.id, kind=kind, fields=sorted(changed))
    return approval


def confirm(public_id: str, user_id: int | None, note: str = "") -> Approval:
    """Carry out what was asked for; `user_id` None is the operator's command on the machine.

    Raises:
        NotFound, AlreadyDecided, NotSecondPerson, MayNotConfirm, CheckMissing, ChangedMeanwhile,
        and whatever the act itself refuses.
    """
    _lock_subject(public_id)
    approval = _lock_open(public_id)
    kind = KINDS[approval.kind]
    if user_id is not None:
        _require_second(user_id, approval, kind)
    if kind.notes_check and not note.strip():
        raise CheckMissing
    now = kind.current(approval)
    if any(now.get(name) != value for name, value in approval.before.items()):
        raise ChangedMeanwhile
    _close(approval, ApprovalState.CONFIRMED, user_id, note.strip() or None)
    kind.carry_out(approval)
    return approval


def refuse(public_id: str, user_id: int | None, reason: str) -> Approval:
    """Say no, with the reason; nothing is changed.

    Raises:
        NotFound, AlreadyDecided, NotSecondPerson, MayNotConfirm, RefusalReasonMissing.
    """
    approval = _lock_open(public_id)
    kind = KINDS[approval.kind]
    if user_id is not None:
        _require_second(user_id, approval, kind)
    if not reason.strip():
        raise RefusalReasonMissing
    _close(approval, ApprovalState.REFUSED, user_id, reason.strip())
    if kind.drop is not None:
        kind.drop(approval)
    return approval


def withdraw(public_id: str, user_id: int) -> Approval:
    """Take back what one asked for.

    Raises:
        NotFound, AlreadyDecided, OnlyTheAsker.
    """
    approval = _lock_open(public_id)
    if approval.asked_by != user_id:
        raise OnlyTheAsker
    _close(approval, ApprovalState.WITHDRAWN, user_id)
    kind = KINDS[approval.kind]
    if kind.drop is not None:
        kind.drop(approval)
    return approval


def close_open(kind: str, subject_id: int) -> None:
    """Withdraw what waits for a subject that was given up."""
    waiting = find_open(kind, subject_id)
    if waiting is not None:
        _close(waiting, ApprovalState.WITHDRAWN, audit.actor_id())


def may_confirm(role: Role, user_id: int, approval: Approval) -> bool:
    """Whether this user would be let confirm; what buttons are shown for."""
    kind = KINDS[approval.kind]
    return allows(role, kind.permission) and is_second_person(user_id, approval.asked_by)


def list_open(limit: int = 200) -> list[Approval]:
    """What waits for a second person, oldest first."""
    query = select(Approval).where(Approval.state == ApprovalState.OPEN)
    return list(db.session.scalars(query.order_by(Approval.asked_at, Approval.id).limit(limit)))


def list_decided(limit: int = 50) -> list[Approval]:
    """What was decided last, newest first."""
    query = select(Approval).where(Approval.state != ApprovalState.OPEN)
    return list(db.session.scalars(query.order_by(Approval.decided_at.desc()).limit(limit)))


def count_open() -> int:
    """How many wait for a second person."""
    query = select(func.count()).select_from(Approval).where(Approval.state == ApprovalState.OPEN)
    return db.session.scalar(query) or 0


def find_open(kind: str, subject_id: int) -> Approval | None:
    """What already waits for this subject."""
    query = select(Approval).where(
        Approval.kind == kind,
        Approval.subject_id == subject_id,
        Approval.state == ApprovalState.OPEN,
    )
    return db.session.scalar(query)


def _lock_subject(public_id: str) -> None:
    query = select(Approval.kind, Approval.subject_id).where(Approval.public_id == public_id)
    found = db.session.execute(query).one_or_none()
    if found is not None and (lock := KINDS[found.kind].lock) is not None:
        lock(found.subject_id)


def _lock_open(public_id: str) -> Approval:
    query = select(Approval).where(Approval.public_id == public_id)
    approval = db.session.scalar(
        query.with_for_update(key_share=True).execution_options(populate_existing=True)
    )
    if approval is None:
        raise NotFound
    if approval.state is not ApprovalState.OPEN:
        raise AlreadyDecided
    return approval


def _require_second(user_id: int, approval: Approval, kind: Kind) -> None:
    user = db.session.get_one(User, user_id)
    if not allows(user.role, kind.permission):
        raise MayNotConfirm
    if not is_second_person(user_id, approval.asked_by):
        raise NotSecondPerson


def _close(
    approval: Approval, state: ApprovalState, user_id: int | None, reason: str | None = None
) -> None:
    approval.state = state
    approval.decided_by, approval.decided_at = user_id, clock.now()
    approval.decision_reason = reason
    db.session.flush()
    audit.record(f"approval.{state.value}", "approval", approval.id, kind=approval.kind)
