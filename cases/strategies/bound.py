"""Letters that announce a step: a new version must do it in time, or those cases keep theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.core.database import db
from cases.letters.models import Announcement, Letter
from cases.strategies.announced import ANNOUNCED
from cases.strategies.facts import read_facts
from cases.strategies.models import CaseStrategy, Intention, IntentionState, StrategyVersion
from cases.strategies.planning import Standing, due_on, next_step
from cases.strategies.running import house_place, plans_of, standing_of
from cases.strategies.steps import Plan, moved_key


@dataclass(frozen=True, slots=True)
class BoundLetter:
    """A letter whose announcement a plan would break."""

    case_id: int
    number: str
    step: str
    due_on: date


def bound_letters(strategy_id: int, plan: Plan) -> Sequence[BoundLetter]:
    """The letters of running cases that announce what this plan would not do by its day."""
    in_hand = select(Intention.id).where(
        Intention.case_id == CaseStrategy.case_id, Intention.state == IntentionState.OPEN
    )
    rows = db.session.execute(
        select(CaseStrategy, Announcement.step, Announcement.due_on, Letter.number)
        .join(StrategyVersion, StrategyVersion.id == CaseStrategy.version_id)
        .join(Announcement, Announcement.case_id == CaseStrategy.case_id)
        .join(Letter, Letter.id == Announcement.letter_id)
        .where(
            StrategyVersion.strategy_id == strategy_id,
            CaseStrategy.ended_on.is_(None),
            Announcement.kept_at.is_(None),
            Announcement.dropped_at.is_(None),
            ~in_hand.exists(),
        )
        .order_by(Announcement.due_on, Announcement.id)
    ).all()
    facts = read_facts([row[0].case_id for row in rows], house_place(), [plan])
    plans = plans_of({row[0].version_id for row in rows})
    found = []
    for row, announced, day, number in rows:
        key = moved_key(plans[row.version_id], row.next_key, plan)
        before = standing_of(row)
        standing = Standing(key, before.intensity, before.from_on)
        step, _ = next_step(plan, standing, facts[row.case_id])
        kept = (
            step is not None
            and ANNOUNCED[step.channel] == announced
            and due_on(step, standing.from_on, facts[row.case_id].place) <= day
        )
        if not kept:
            found.append(BoundLetter(row.case_id, number, announced, day))
    return found
