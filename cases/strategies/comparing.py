"""Dry runs: what would happen on a night, and what a changed strategy would do otherwise."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from cases.claims.models import Case, Phase
from cases.core.database import db
from cases.core.many import one_of
from cases.letters.models import Letter
from cases.strategies.conditions import CaseFacts, funnel, matches
from cases.strategies.facts import read_facts
from cases.strategies.models import CaseStrategy, Strategy, StrategyVersion, VersionState
from cases.strategies.placing import begin
from cases.strategies.planning import Act, Decision, Standing, decide
from cases.strategies.running import house_place, plans_of, standing_of
from cases.strategies.steps import Conditions, Plan, StepChannel, moved_key

#: So many cases are looked at while somebody waits for the page; more are said to be left out.
MOST = 20_000
CHUNK = 2_000
SHOWN = 100


@dataclass(slots=True)
class Sums:
    """What a night does, added up."""

    cases: int = 0
    letters: Counter[str] = field(default_factory=Counter)  # Copies by post, by kind of letter.
    by_channel: Counter[str] = field(default_factory=Counter)
    waits: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    by_person: Counter[int | None] = field(default_factory=Counter)  # Calls and visits.

    def add(self, facts: CaseFacts, decision: Decision) -> None:
        """One more case."""
        self.cases += 1
        if decision.act is Act.WAIT:
            self.waits[decision.why] += 1
        elif decision.act is Act.END:
            self.ends[decision.why] += 1
        elif decision.step is not None:
            self.by_channel[decision.step.channel.value] += 1
            if decision.step.channel is StepChannel.LETTER:
                # Joint debtors get one each.
                self.letters[decision.step.template] += facts.letters
            if decision.step.channel in {StepChannel.CALL, StepChannel.VISIT}:
                self.by_person[facts.owner_id] += 1


@dataclass(frozen=True, slots=True)
class Paper:
    """What letters are on paper; a kind that never went out is not counted in pages."""

    letters: int
    pages: int
    postage_cents: int


def paper_of(sums: Sums, pages: Mapping[str, float | None], postage_cents: int) -> Paper:
    """Letters, pages by what letters of their kind have had so far, and what posting costs."""
    letters = sums.letters.total()
    counted = sum(number * (pages.get(kind) or 0) for kind, number in sums.letters.items())
    return Paper(letters, round(counted), letters * postage_cents)


@dataclass(frozen=True, slots=True)
class Different:
    """A case that a draft treats otherwise than what is in force."""

    case_id: int
    today: Decision | None  # None: no strategy has it today.
    then: Decision


@dataclass(frozen=True, slots=True)
class DryRun:
    """A night that has not been."""

    today: Sums
    then: Sums
    different: Sequence[Different]
    differ: int  # How many there are; the first of them are shown.
    all_seen: bool
    step_cases: dict[str, int]  # Step -> how many of the cases meet its conditions.
    met: int  # How many meet the conditions of the strategy itself.


def dry_run(strategy: Strategy, plan: Plan, day: date) -> DryRun:
    """What a plan would do with the open cases of its strategy, beside what is done today."""
    today, then, differ = Sums(), Sums(), 0
    different: list[Different] = []
    step_cases, met = Counter[str](), 0
    count = 0
    for facts, own, own_plan, standing in _cases(strategy, plan, day):
        count += 1
        if count > MOST:
            break
        now = decide(own_plan, own, facts, day) if own and own_plan else None
        after = decide(plan, standing, facts, day)
        met += matches(plan.only, facts)
        step_cases.update(step.key for step in plan.steps if matches(step.only, facts))
        if now is not None:
            today.add(facts, now)
        then.add(facts, after)
        if _says(now) != _says(after):
            differ += 1
            if len(different) < SHOWN:
                different.append(Different(facts.case_id, now, after))
    return DryRun(today, then, different, differ, count <= MOST, dict(step_cases), met)


def tonight(day: date) -> dict[int, Sums]:
    """What tonight's run would do, by strategy."""
    found: dict[int, Sums] = {}
    rows = db.session.execute(
        select(CaseStrategy, StrategyVersion.strategy_id)
        .join(StrategyVersion, StrategyVersion.id == CaseStrategy.version_id)
        .where(CaseStrategy.ended_on.is_(None), CaseStrategy.next_on <= day)
        .order_by(CaseStrategy.case_id)
        .limit(MOST)
    ).all()
    for start in range(0, len(rows), CHUNK):
        part = rows[start : start + CHUNK]
        plans = plans_of({row.version_id for row, _ in part})
        facts = read_facts([row.case_id for row, _ in part], house_place(), plans.values())
        for row, strategy_id in part:
            decision = decide(plans[row.version_id], standing_of(row), facts[row.case_id], day)
            found.setdefault(strategy_id, Sums()).add(facts[row.case_id], decision)
    return found


def count_funnel(strategy: Strategy, plan: Plan, only: Conditions, day: date) -> list[int]:
    """How many of today's cases are left by each condition after the other."""
    steps = funnel(only)
    left = [0] * len(steps)
    for count, (facts, *_) in enumerate(_cases(strategy, plan, day)):
        if count >= MOST:
            break
        for place, each in enumerate(steps):
            left[place] += matches(each, facts)
    return left


def _says(decision: Decision | None) -> tuple[str, ...]:
    if decision is None:
        return ()
    key = decision.step.key if decision.step else ""
    return (decision.act.value, decision.why, key, decision.on.isoformat())


def _cases(
    strategy: Strategy, plan: Plan, day: date
) -> Iterator[tuple[CaseFacts, Standing | None, Plan | None, Standing]]:
    """Each open case of a strategy: its facts, where it stands today, where it would stand."""
    for chunk in _chunks(strategy):
        plans = plans_of({row.version_id for row in chunk})
        facts = read_facts([row.case_id for row in chunk], house_place(), [plan, *plans.values()])
        for row in chunk:
            own, own_plan = standing_of(row), plans[row.version_id]
            key = moved_key(own_plan, row.next_key, plan)
            then = Standing(key, own.intensity, own.from_on, own.hurried, own.in_hand_until)
            yield facts[row.case_id], own, own_plan, then
    live = select(StrategyVersion.id).where(
        StrategyVersion.strategy_id == strategy.id, StrategyVersion.state == VersionState.LIVE
    )
    if db.session.scalar(live) is None:
        yield from _would_take(plan, day)


def _chunks(strategy: Strategy) -> Iterator[Sequence[CaseStrategy]]:
    after = 0
    while True:
        rows = db.session.scalars(
            select(CaseStrategy)
            .join(StrategyVersion, StrategyVersion.id == CaseStrategy.version_id)
            .where(
                StrategyVersion.strategy_id == strategy.id,
                CaseStrategy.ended_on.is_(None),
                CaseStrategy.case_id > after,
            )
            .order_by(CaseStrategy.case_id)
            .limit(CHUNK)
        ).all()
        if not rows:
            return
        yield rows
        after = rows[-1].case_id


def _would_take(
    plan: Plan, day: date
) -> Iterator[tuple[CaseFacts, Standing | None, Plan | None, Standing]]:
    """Cases without a strategy that one which was never in force would take."""
    taken = select(CaseStrategy.case_id).where(CaseStrategy.case_id == Case.id)
    query = select(Case.id).where(Case.phase == Phase.AMICABLE, ~taken.exists())
    ids = db.session.scalars(query.order_by(Case.id).limit(MOST)).all()
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        facts = read_facts(part, house_place(), [plan])
        letters: dict[int, list[Letter]] = {}
        for letter in db.session.scalars(
            select(Letter).where(one_of(Letter.case_id, part), Letter.pay_by.is_not(None))
        ):
            letters.setdefault(letter.case_id, []).append(letter)
        for case_id in sorted(facts):
            if matches(plan.only, facts[case_id]):
                made = begin(facts[case_id], StrategyVersion(), plan, letters.get(case_id, []), day)
                yield facts[case_id], None, None, standing_of(made)
