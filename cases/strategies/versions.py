"""Strategies are written as drafts, and put in force by a second person."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select, update

from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.locks import lock_row
from cases.core.many import one_of
from cases.people import approvals
from cases.people.approvals import ChangedMeanwhile, Kind
from cases.people.models import Approval
from cases.people.policy import Permission
from cases.strategies.bound import bound_letters
from cases.strategies.checking import check
from cases.strategies.errors import (
    BreaksAnnouncements,
    DraftWaits,
    NameMissing,
    NotADraft,
    ReleaseAsked,
    StrategyFaulty,
)
from cases.strategies.models import CaseStrategy, Strategy, StrategyVersion, VersionState
from cases.strategies.shipped import SHIPPED
from cases.strategies.steps import Plan, as_data, moved_key, read_plan
from legal.findings import N_

RELEASE = "strategy.release"
#: What becomes of the cases that work by the version before.
MOVE, FINISH, MOVE_UNBOUND = "move", "finish", "move_unbound"
RUNNING = (MOVE, MOVE_UNBOUND, FINISH)


def get_strategy(public_id: str) -> Strategy:
    """The strategy of that public id; raises NotFound."""
    strategy = db.session.scalar(select(Strategy).where(Strategy.public_id == public_id))
    if strategy is None:
        raise NotFound
    return strategy


def find_version(strategy_id: int, state: VersionState) -> StrategyVersion | None:
    """The draft of a strategy, or the version in force."""
    return db.session.scalar(
        select(StrategyVersion).where(
            StrategyVersion.strategy_id == strategy_id, StrategyVersion.state == state
        )
    )


def take_over(code: str, name: str, user_id: int) -> Strategy:
    """Begin a strategy with the steps of one that ships."""
    shipped = next((each for each in SHIPPED if each.code == code), None)
    if shipped is None:
        raise NotFound
    known = db.session.scalar(select(Strategy).where(Strategy.shipped_as == code))
    if known is not None:
        return known
    return _begin(name, shipped.rank, code, shipped.plan, user_id)


def begin_strategy(name: str, user_id: int) -> Strategy:
    """Begin a strategy without steps. Raises NameMissing."""
    if not name.strip():
        raise NameMissing
    last = db.session.scalar(select(func.max(Strategy.rank))) or 0
    return _begin(name.strip(), last + 10, None, Plan(()), user_id)


def _begin(name: str, rank: int, code: str | None, plan: Plan, user_id: int) -> Strategy:
    strategy = Strategy(name=name, rank=rank, shipped_as=code)
    db.session.add(strategy)
    db.session.flush()
    _write(strategy, plan, user_id)
    audit.record("strategy.begun", "strategy", strategy.id)
    return strategy


def begin_draft(strategy: Strategy, user_id: int) -> StrategyVersion:
    """A draft that begins with what is in force. Raises DraftWaits, NotFound."""
    if find_version(strategy.id, VersionState.DRAFT) is not None:
        raise DraftWaits
    live = find_version(strategy.id, VersionState.LIVE)
    if live is None:
        raise NotFound
    return _write(strategy, read_plan(live.plan), user_id)


def _write(strategy: Strategy, plan: Plan, user_id: int) -> StrategyVersion:
    last = db.session.scalar(
        select(func.max(StrategyVersion.number)).where(StrategyVersion.strategy_id == strategy.id)
    )
    version = StrategyVersion(
        strategy_id=strategy.id,
        number=(last or 0) + 1,
        plan=as_data(plan),
        written_by=user_id,
        changed_at=clock.now(),
    )
    db.session.add(version)
    db.session.flush()
    return version


def change_draft(version: StrategyVersion, plan: Plan, name: str, rank: int, user_id: int) -> None:
    """Keep what was typed, right or wrong. Raises NotADraft, ReleaseAsked, NameMissing."""
    if version.state is not VersionState.DRAFT:
        raise NotADraft
    if approvals.find_open(RELEASE, version.id) is not None:
        raise ReleaseAsked
    if not name.strip():
        raise NameMissing
    strategy = db.session.get_one(Strategy, version.strategy_id)
    strategy.name, strategy.rank = name.strip(), rank
    version.plan, version.written_by, version.changed_at = as_data(plan), user_id, clock.now()
    audit.record("strategy.changed", "strategy", strategy.id, version=version.number)


def drop_draft(version: StrategyVersion) -> None:
    """Throw a draft away; a strategy that was never in force goes with it."""
    if version.state is not VersionState.DRAFT:
        raise NotADraft
    approvals.close_open(RELEASE, version.id)
    strategy = db.session.get_one(Strategy, version.strategy_id)
    db.session.delete(version)
    db.session.flush()
    others = select(StrategyVersion.id).where(StrategyVersion.strategy_id == strategy.id)
    if db.session.scalar(others.limit(1)) is None:
        db.session.delete(strategy)
    audit.record("strategy.draft_dropped", "strategy", strategy.id)


def ask_release(version: StrategyVersion, running: str) -> Approval:
    """Ask a second person to put a draft in force.

    Raises:
        NotADraft, StrategyFaulty, BreaksAnnouncements, AlreadyAsked.
    """
    if version.state is not VersionState.DRAFT:
        raise NotADraft
    _require_sound(version, running)
    strategy = db.session.get_one(Strategy, version.strategy_id)
    return approvals.ask(
        RELEASE,
        version.id,
        f"{strategy.name}, {version.number}",
        {"running": running, "digest": digest_of(version)},
    )


def digest_of(version: StrategyVersion) -> str:
    """What a version says, in short: two persons look at the same one."""
    text = json.dumps(version.plan, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _require_sound(version: StrategyVersion, running: str) -> None:
    plan = read_plan(version.plan)
    findings = check(plan)
    if findings:
        raise StrategyFaulty(findings)
    if running == MOVE:
        bound = bound_letters(version.strategy_id, plan)
        if bound:
            raise BreaksAnnouncements(letters=len(bound))


def put_in_force(approval: Approval) -> None:
    """Carry out what was asked: the draft is in force, and running cases go where it says."""
    version = lock_row(StrategyVersion, approval.subject_id)
    running = str(approval.after["running"])
    if version.state is not VersionState.DRAFT or digest_of(version) != approval.after["digest"]:
        raise ChangedMeanwhile
    _require_sound(version, running)
    before = find_version(version.strategy_id, VersionState.LIVE)
    if before is not None:
        before.state = VersionState.RETIRED
        db.session.flush()
    version.state, version.live_from = VersionState.LIVE, clock.today()
    db.session.flush()
    if before is not None and running != FINISH:
        _move(version, keep=running == MOVE_UNBOUND)
    audit.record("strategy.released", "strategy", version.strategy_id, version=version.number)


def _move(version: StrategyVersion, *, keep: bool) -> None:
    """Running cases go on with the new version at the same step; the bound ones finish theirs."""
    plan = read_plan(version.plan)
    stay = {each.case_id for each in bound_letters(version.strategy_id, plan)} if keep else set()
    older = select(StrategyVersion.id, StrategyVersion.plan).where(
        StrategyVersion.strategy_id == version.strategy_id, StrategyVersion.id != version.id
    )
    for old_id, data in db.session.execute(older).all():
        for key in (*(step.key for step in read_plan(data).steps), None):
            db.session.execute(
                update(CaseStrategy)
                .where(
                    CaseStrategy.version_id == old_id,
                    CaseStrategy.ended_on.is_(None),
                    CaseStrategy.next_key.is_not_distinct_from(key),
                    ~one_of(CaseStrategy.case_id, stay),
                )
                .values(
                    version_id=version.id,
                    next_key=moved_key(read_plan(data), key, plan),
                    cycle=CaseStrategy.cycle + 1,
                    next_on=func.least(CaseStrategy.next_on, clock.today()),
                )
            )


def _current(approval: Approval) -> Mapping[str, Any]:
    return {}


STRATEGY_KINDS: Mapping[str, Kind] = {
    RELEASE: Kind(
        N_("Put a strategy in force"),
        N_(
            "Look at the steps, at what they announce, and at the comparison with what is in "
            "force today."
        ),
        Permission.STRATEGY_RELEASE,
        {"running": N_("Running cases"), "digest": N_("Check sum of the steps")},
        _current,
        put_in_force,
    ),
}
