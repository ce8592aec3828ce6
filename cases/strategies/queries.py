"""Reads about strategies: which there are, where a case stands, what the nights did."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select

from cases.claims.models import Case, Hold, Phase
from cases.core import clock
from cases.core.database import db
from cases.strategies.models import (
    Attempt,
    CaseStrategy,
    Intention,
    NightCount,
    Strategy,
    StrategyVersion,
    VersionState,
)
from cases.strategies.planning import Decision
from cases.strategies.running import look_at
from cases.worklist.models import WorkItem

SHOWN = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """A strategy in the list."""

    strategy: Strategy
    live: StrategyVersion | None
    draft: StrategyVersion | None
    cases: int  # Open ones that work by it.
    due: int  # Of these, to be looked at tonight.


@dataclass(frozen=True, slots=True)
class NextOfCase:
    """Where a case stands in its strategy, and what comes next."""

    strategy: Strategy
    version: StrategyVersion
    standing: CaseStrategy
    decision: Decision | None  # None: the strategy has ended.
    tried: Sequence[tuple[Intention, Attempt | None]]


def list_strategies() -> list[Listed]:
    """All strategies, in the order in which cases are offered to them."""
    versions: dict[int, dict[VersionState, StrategyVersion]] = {}
    for version in db.session.scalars(
        select(StrategyVersion).where(StrategyVersion.state != VersionState.RETIRED)
    ):
        versions.setdefault(version.strategy_id, {})[version.state] = version
    counted = {
        strategy_id: (cases, due)
        for strategy_id, cases, due in db.session.execute(
            select(
                StrategyVersion.strategy_id,
                func.count(),
                func.count().filter(CaseStrategy.next_on <= clock.today()),
            )
            .join(CaseStrategy, CaseStrategy.version_id == StrategyVersion.id)
            .where(CaseStrategy.ended_on.is_(None))
            .group_by(StrategyVersion.strategy_id)
        )
    }
    rows = db.session.scalars(select(Strategy).order_by(Strategy.rank, Strategy.id))
    return [
        Listed(
            row,
            versions.get(row.id, {}).get(VersionState.LIVE),
            versions.get(row.id, {}).get(VersionState.DRAFT),
            *counted.get(row.id, (0, 0)),
        )
        for row in rows
    ]


def next_of(case: Case) -> NextOfCase | None:
    """Where a case stands and what comes next; None where no strategy has it."""
    row = db.session.get(CaseStrategy, case.id)
    if row is None:
        return None
    version = db.session.get_one(StrategyVersion, row.version_id)
    looked = look_at([case.id], clock.today())
    tried = db.session.execute(
        select(Intention, Attempt)
        .outerjoin(Attempt, Attempt.intention_id == Intention.id)
        .where(Intention.case_id == case.id)
        .order_by(Intention.id.desc(), Attempt.id.desc())
        .limit(20)
    )
    return NextOfCase(
        db.session.get_one(Strategy, version.strategy_id),
        version,
        row,
        looked[0].decision if looked else None,
        [(intention, attempt) for intention, attempt in tried],
    )


def list_nights(day: date) -> list[NightCount]:
    """What a night did with the cases of each strategy, and what it left and why."""
    query = select(NightCount).where(NightCount.on_day == day)
    ordered = query.order_by(NightCount.strategy_id, NightCount.act, NightCount.cases.desc())
    return list(db.session.scalars(ordered))


def list_night_days(limit: int = 30) -> list[date]:
    """The latest nights on which something was looked at."""
    query = select(NightCount.on_day).distinct().order_by(NightCount.on_day.desc())
    return list(db.session.scalars(query.limit(limit)))


def stranded() -> Select[int]:
    """Open cases out of court for which nothing comes next: no strategy, no task, no hold."""
    active = select(CaseStrategy.case_id).where(
        CaseStrategy.case_id == Case.id, CaseStrategy.ended_on.is_(None)
    )
    item = select(WorkItem.id).where(WorkItem.case_id == Case.id, WorkItem.done_at.is_(None))
    hold = select(Hold.id).where(
        Hold.case_id == Case.id, Hold.lifted_at.is_(None), Hold.claim_id.is_(None)
    )
    return select(Case.id).where(
        Case.phase == Phase.AMICABLE, Case.booked_open_cents > 0,
        ~active.exists(), ~item.exists(), ~hold.exists(),
    )  # fmt: skip


def list_stranded(limit: int = SHOWN) -> list[Case]:
    """Those cases, the highest amount first."""
    query = select(Case).where(Case.id.in_(stranded()))
    return list(db.session.scalars(query.order_by(Case.booked_open_cents.desc()).limit(limit)))
