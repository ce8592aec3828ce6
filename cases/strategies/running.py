"""The nightly run: every case that is due is looked at once, in sets.

The set is the only form there is: a single case is a set of one, so that both do the same. What
leaves the house is an effect or a work item, written in the transaction that moves the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select, update
from sqlalchemy.dialects.postgresql import insert

from cases.claims.asking.models import AskedFor
from cases.claims.asking.services import ask_client, must_wait
from cases.claims.models import Case
from cases.claims.queries import list_cases_by_id, lock_case_rows
from cases.core.database import db
from cases.core.many import one_of
from cases.core.outbox import register_effect
from cases.parties.queries import find_agency
from cases.strategies.conditions import CaseFacts, is_by_people
from cases.strategies.facts import read_facts
from cases.strategies.models import (
    Attempt,
    CaseStrategy,
    Intention,
    IntentionState,
    NightCount,
    StrategyVersion,
)
from cases.strategies.planning import Act, Decision, Standing, decide
from cases.strategies.relationship import waits_for
from cases.strategies.steps import WRITTEN, Plan, Step, StepChannel, read_plan
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items
from legal.calendar import add_working_days

EFFECT = "strategies.letter"
RUN = "strategies.steps"
#: A letter is set within the night; a call or visit within some working days.
LETTER_DAYS, PEOPLE_DAYS = 2, 5
_REASON = {StepChannel.CALL: "strategy_call", StepChannel.VISIT: "strategy_visit"}


@dataclass(frozen=True, slots=True)
class Looked:
    """One case with what is to be done with it."""

    standing: CaseStrategy
    facts: CaseFacts
    plan: Plan
    decision: Decision


def cases_due(day: date) -> Select[int]:
    """Cases that are to be looked at by a day."""
    return select(CaseStrategy.case_id).where(
        CaseStrategy.ended_on.is_(None), CaseStrategy.next_on <= day
    )


def advance(case_ids: Sequence[int], day: date) -> list[Looked]:
    """Do what is due in some cases; every one is left with a day on which it comes up again."""
    lock_case_rows(case_ids)
    _expire(case_ids, day)
    looked = look_at(case_ids, day)
    moving = [
        each.standing.case_id
        for each in looked
        if each.decision.act is not Act.WAIT or _to_ask(each) is not None
    ]
    cases = list_cases_by_id(moving)
    for each in looked:
        _carry_out(each, cases.get(each.standing.case_id), day)
    _count(looked, day)
    return looked


def look_at(case_ids: Sequence[int], day: date) -> list[Looked]:
    """What would be done with some cases on a day; nothing is written."""
    query = select(CaseStrategy).where(
        one_of(CaseStrategy.case_id, case_ids), CaseStrategy.ended_on.is_(None)
    )
    standings = db.session.scalars(
        query.order_by(CaseStrategy.case_id).execution_options(populate_existing=True)
    ).all()
    plans = plans_of({each.version_id for each in standings})
    facts = read_facts([each.case_id for each in standings], house_place(), plans.values())
    return [
        Looked(
            each,
            facts[each.case_id],
            plans[each.version_id],
            decide(plans[each.version_id], standing_of(each), facts[each.case_id], day),
        )
        for each in standings
    ]


def house_place() -> str:
    """Whose holidays count where a debtor's are not known."""
    agency = find_agency()
    return agency.place if agency else "DE"


def standing_of(row: CaseStrategy) -> Standing:
    """Where a case stands, as the plan reads it."""
    return Standing(row.next_key, row.intensity, row.from_on, row.hurried, row.in_hand_until)


def plans_of(version_ids: set[int]) -> dict[int, Plan]:
    """The plans of some versions."""
    rows = db.session.execute(
        select(StrategyVersion.id, StrategyVersion.plan).where(
            one_of(StrategyVersion.id, version_ids)
        )
    )
    return {version_id: read_plan(data) for version_id, data in rows}


def _expire(case_ids: Sequence[int], day: date) -> None:
    """What nobody did by its last day makes room for the next step; it is said, not repeated."""
    over = db.session.execute(
        update(Intention)
        .where(
            one_of(Intention.case_id, case_ids),
            Intention.state == IntentionState.OPEN,
            Intention.latest_on < day,
        )
        .values(state=IntentionState.EXPIRED, closed_on=day, closed_why="not_done")
        .returning(
            Intention.id, Intention.case_id, Intention.creditor_id, Intention.step_key,
            Intention.version_id, Intention.latest_on, Intention.channel,
        )
    ).all()  # fmt: skip
    if not over:
        return
    plans = plans_of({row.version_id for row in over})
    cases = list_cases_by_id([row.case_id for row in over])
    for row in over:
        _try(row.id, row.case_id, row.creditor_id, day, "not_done")
        if row.channel in WRITTEN:
            continue  # A letter is never passed over: it is tried again.
        finish_items(cases[row.case_id], f"intention:{row.id}")
        db.session.execute(
            update(CaseStrategy)
            .where(CaseStrategy.case_id == row.case_id)
            .values(next_key=plans[row.version_id].after(row.step_key), from_on=row.latest_on)
        )
    db.session.execute(
        update(CaseStrategy)
        .where(one_of(CaseStrategy.case_id, [row.case_id for row in over]))
        .values(in_hand_until=None, cycle=CaseStrategy.cycle + 1)
    )


def _carry_out(each: Looked, case: Case | None, day: date) -> None:
    row, decision = each.standing, each.decision
    row.next_on, row.waits_for = decision.on, decision.why
    if case is not None and (asked_for := _to_ask(each)) is not None:
        _ask(case, asked_for)
    if case is not None and decision.act is Act.END:
        _end(each, case, day, decision.why)
    elif case is not None and decision.act is Act.DO and decision.step is not None:
        row.waits_for = "in_hand"
        _begin(each, case, decision.step, day)


def _ask(case: Case, asked_for: AskedFor) -> None:
    """The rest of a case goes on beside an objection; asking about court waits for the verdict."""
    if asked_for is not AskedFor.COURT or not must_wait(case):
        ask_client(case, asked_for)


def _to_ask(each: Looked) -> AskedFor | None:
    """What the client is to be asked, where nobody has asked him yet."""
    step, facts = each.decision.step, each.facts
    if each.decision.act is not Act.WAIT or not each.decision.why.startswith("client:"):
        return None
    asked_for = waits_for(step, facts) if step else None
    return asked_for if asked_for and facts.asked(asked_for) is None else None


def _begin(each: Looked, case: Case, step: Step, day: date) -> None:
    """Put a step into the hands of a worker or a person."""
    row, facts = each.standing, each.facts
    days = LETTER_DAYS if step.channel in WRITTEN else PEOPLE_DAYS
    intention = Intention(
        case_id=row.case_id,
        creditor_id=row.creditor_id,
        version_id=row.version_id,
        cycle=row.cycle,
        step_key=step.key,
        channel=step.channel,
        template=step.template,
        intensity=step.intensity,
        why=each.decision.why,
        earliest_on=day,
        latest_on=add_working_days(day, days, facts.place),
    )
    db.session.add(intention)
    db.session.flush()
    row.next_key, row.hurried = step.key, False
    row.in_hand_until = intention.latest_on
    row.next_on = add_working_days(intention.latest_on, 1, facts.place)
    if step.channel in WRITTEN:
        register_effect(EFFECT, f"intention:{intention.id}", intention_id=intention.id)
    elif is_by_people(step):
        add_item(
            case, WorkQueue.STEP_DUE, _REASON[step.channel], f"intention:{intention.id}",
            owner_id=case.owner_id, until_on=intention.latest_on.isoformat(),
        )  # fmt: skip
    else:
        _hand_over(case, row, intention, step, day)


def _hand_over(case: Case, row: CaseStrategy, intention: Intention, step: Step, day: date) -> None:
    """The last step: a person decides, and the strategy has done its part."""
    court = step.channel is StepChannel.COURT
    add_item(
        case,
        WorkQueue.LEGAL if court else WorkQueue.TASK,
        "court_recommended" if court else "strategy_over",
        f"intention:{intention.id}",
        owner_id=None if court else case.owner_id,
        why=step.reason,
    )
    intention.state, intention.closed_on, intention.closed_why = IntentionState.DONE, day, "handed"
    _try(intention.id, case.id, case.creditor_id, day, "handed_over")
    row.intensity, row.next_key, row.in_hand_until = step.intensity, None, None
    row.ended_on, row.ended_why = day, "court" if court else "review"


def _end(each: Looked, case: Case, day: date, why: str) -> None:
    """The strategy has nothing more to do; where something is still owed, a person decides."""
    row = each.standing
    row.ended_on, row.ended_why, row.in_hand_until = day, why, None
    if why == "exhausted":
        add_item(case, WorkQueue.TASK, "strategy_over", f"case:{case.id}:strategy",
                 owner_id=case.owner_id, why="")  # fmt: skip


def _try(intention_id: int, case_id: int, creditor_id: int, day: date, outcome: str) -> None:
    db.session.add(
        Attempt(
            intention_id=intention_id, case_id=case_id, creditor_id=creditor_id, made_on=day,
            outcome=outcome,
        )
    )  # fmt: skip


def _count(looked: Sequence[Looked], day: date) -> None:
    """Add what was done, and why something was not, to the report of the night."""
    strategies = dict(
        db.session.execute(
            select(StrategyVersion.id, StrategyVersion.strategy_id).where(
                one_of(StrategyVersion.id, {each.standing.version_id for each in looked})
            )
        ).all()
    )
    sums: dict[tuple[int, str, str], int] = {}
    for each in looked:
        channel = each.decision.step.channel.value if each.decision.step else ""
        why = channel if each.decision.act is Act.DO else each.decision.why
        key = (strategies[each.standing.version_id], each.decision.act.value, why)
        sums[key] = sums.get(key, 0) + 1
    for (strategy_id, act, why), cases in sorted(sums.items()):
        db.session.execute(
            insert(NightCount)
            .values(on_day=day, strategy_id=strategy_id, act=act, why=why, cases=cases)
            .on_conflict_do_update(
                index_elements=["on_day", "strategy_id", "act", "why"],
                set_={"cases": NightCount.cases + cases},
            )
        )
