"""Which strategy a case works by: the first in force that matches, from where it stands already."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select

from cases.claims import timeline
from cases.claims.models import Case, Phase
from cases.core import audit
from cases.core.database import db
from cases.core.many import one_of
from cases.letters.models import Letter
from cases.strategies.conditions import CaseFacts, matches
from cases.strategies.errors import NotOutOfCourt
from cases.strategies.facts import read_facts
from cases.strategies.models import (
    CaseStrategy,
    Strategy,
    StrategyVersion,
    VersionState,
)
from cases.strategies.running import house_place
from cases.strategies.steps import Plan, read_plan
from cases.worklist.services import finish_reasons_of

#: Steps that people were asked for before there was a strategy.
TAKEN_OVER = ("first_demand_due", "deadline_passed", "no_next_step")


def list_live() -> list[tuple[StrategyVersion, Plan]]:
    """The versions in force, in the order in which cases are offered to them."""
    rows = db.session.scalars(
        select(StrategyVersion)
        .join(Strategy, Strategy.id == StrategyVersion.strategy_id)
        .where(StrategyVersion.state == VersionState.LIVE)
        .order_by(Strategy.rank, Strategy.id)
    )
    return [(version, read_plan(version.plan)) for version in rows]


def cases_without(day: date) -> Select[int]:
    """Cases worked out of court that no strategy has taken so far, while one is in force."""
    taken = select(CaseStrategy.case_id).where(CaseStrategy.case_id == Case.id)
    in_force = select(StrategyVersion.id).where(StrategyVersion.state == VersionState.LIVE)
    return select(Case.id).where(
        Case.phase == Phase.AMICABLE, Case.booked_open_cents > 0, in_force.exists(),
        ~taken.exists(),
    )  # fmt: skip


def place_cases(case_ids: Sequence[int], day: date) -> int:
    """Let cases work by the first strategy that matches; how many found one."""
    live = list_live()
    if not live:
        return 0
    known = set(
        db.session.scalars(
            select(CaseStrategy.case_id).where(one_of(CaseStrategy.case_id, case_ids))
        )
    )
    plans = [plan for _, plan in live]
    facts = read_facts([i for i in case_ids if i not in known], house_place(), plans)
    letters = _letters_of(list(facts))
    placed = []
    for case_id in sorted(facts):
        found = next(((v, p) for v, p in live if matches(p.only, facts[case_id])), None)
        if found is not None and facts[case_id].amicable:
            placed.append(case_id)
            db.session.add(begin(facts[case_id], *found, letters.get(case_id, []), day))
    db.session.flush()
    # What the strategy does by itself is no work for people any more.
    finish_reasons_of(placed, *TAKEN_OVER)
    return len(placed)


def begin(
    facts: CaseFacts, version: StrategyVersion, plan: Plan, letters: Sequence[Letter], day: date
) -> CaseStrategy:
    """Where a case begins: behind the letters that it has already had."""
    had = {letter.kind.value for letter in letters}
    done = [place for place, step in enumerate(plan.steps) if step.template in had]
    first = done[-1] + 1 if done else 0
    from_on = max((letter.pay_by for letter in letters if letter.pay_by), default=day)
    return CaseStrategy(
        case_id=facts.case_id,
        creditor_id=facts.creditor_id,
        version_id=version.id,
        next_key=plan.steps[first].key if first < len(plan.steps) else None,
        intensity=max((plan.steps[place].intensity for place in done), default=0),
        from_on=from_on,
        cycle=1,
        next_on=max(from_on, day),
    )


def choose_strategy(case: Case, version: StrategyVersion, reason: str, day: date) -> None:
    """Let a person put a case into another strategy; it begins behind the letters it had.

    Raises:
        NotOutOfCourt: the case has moved on since the page was opened.
    """
    if case.phase is not Phase.AMICABLE:
        raise NotOutOfCourt
    row = db.session.get(CaseStrategy, case.id)
    plan = read_plan(version.plan)
    facts = read_facts([case.id], house_place(), [plan])[case.id]
    made = begin(facts, version, plan, _letters_of([case.id]).get(case.id, []),
                 day)  # fmt: skip
    if row is None:
        db.session.add(made)
    else:
        row.version_id, row.next_key = made.version_id, made.next_key
        # A person may begin more gently again, and says why.
        row.intensity, row.from_on = made.intensity, max(made.from_on, day)
        row.cycle, row.in_hand_until, row.hurried = row.cycle + 1, None, False
        row.next_on, row.waits_for = day, None
        row.ended_on = row.ended_why = None
    timeline.record(case, "strategy.chosen", why=reason)
    audit.record("strategy.chosen", "case", case.id, creditor_id=case.creditor_id)


def _letters_of(case_ids: Sequence[int]) -> dict[int, list[Letter]]:
    found: dict[int, list[Letter]] = {}
    query = select(Letter).where(one_of(Letter.case_id, case_ids), Letter.pay_by.is_not(None))
    for letter in db.session.scalars(query.order_by(Letter.id)):
        found.setdefault(letter.case_id, []).append(letter)
    return found
