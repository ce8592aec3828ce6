"""What a strategy does with a case on a day: do a step, wait until a day, or end. Pure.

Each step waits for the one before it, from the day on which that was really done or its payment
day has passed. So a program that stood still for a month does one step of a case, never five.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from cases.claims.reaching.allowed import Addressee, Channel, judge
from cases.claims.reaching.allowed import Plan as Approach
from cases.strategies.conditions import CaseFacts, left_out_because
from cases.strategies.relationship import unwanted_because, waits_for
from cases.strategies.steps import LAST, Plan, Step, StepChannel
from legal.calendar import add_days, add_working_days, is_working_day, roll_forward

#: After a promised day, so that the money can be seen.
GRACE_DAYS = 3
#: What stands still without a day is looked at again after so many days.
LOOK_AGAIN_DAYS = 7
#: The hour at which people begin to call and visit.
BEGINS = time(10)


#: What the rules of contact count and judge.
_APPROACHES = {
    StepChannel.CALL: Channel.PHONE,
    StepChannel.VISIT: Channel.VISIT,
    StepChannel.EMAIL: Channel.EMAIL,
}


class Act(StrEnum):
    """What is to be done."""

    DO = "do"
    WAIT = "wait"
    END = "end"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands in its strategy."""

    next_key: str | None
    intensity: int  # The strongest that was reached.
    from_on: date  # From this day the next step waits.
    hurried: bool = False  # Something happened after which it waits no longer.
    in_hand_until: date | None = None  # A step is with a worker or a person until this day.


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done, why, and on which day it is looked at again."""

    act: Act
    why: str
    on: date
    step: Step | None = None
    #: Steps that are not for this case, with the condition that leaves them out.
    left_out: tuple[tuple[str, str], ...] = ()


def decide(plan: Plan, standing: Standing, facts: CaseFacts, today: date) -> Decision:
    """What happens tonight."""
    if not facts.amicable or facts.open_cents <= 0:
        return Decision(Act.END, "paid" if facts.amicable else "phase", today)
    obstacle = _obstacle(facts, today)
    if obstacle is not None:
        return obstacle
    if standing.in_hand_until is not None and today <= standing.in_hand_until:
        return Decision(Act.WAIT, "in_hand", add_days(standing.in_hand_until, 1))
    step, left_out = next_step(plan, standing, facts)
    if step is None:
        return Decision(Act.END, "exhausted", today, left_out=left_out)
    waiting = _not_yet(step, standing, facts, today)
    if waiting is not None:
        return Decision(Act.WAIT, *waiting, step, left_out)
    return _now(step, facts, today, left_out)


def _not_yet(
    step: Step, standing: Standing, facts: CaseFacts, today: date
) -> tuple[str, date] | None:
    """What a step waits for: the client's yes, or its day."""
    if (asked_for := waits_for(step, facts)) is not None:
        # His answer comes as an event before that.
        return f"client:{asked_for.value}", add_days(today, LOOK_AGAIN_DAYS)
    due = today if standing.hurried else due_on(step, standing.from_on, facts.place)
    return ("not_due", due) if today < due else None


def next_step(
    plan: Plan, standing: Standing, facts: CaseFacts
) -> tuple[Step | None, tuple[tuple[str, str], ...]]:
    """The next step that is for a case, and those passed over. It never gets weaker."""
    passed: list[tuple[str, str]] = []
    for step in plan.steps[plan.index(standing.next_key) :]:
        because = left_out_because(step, facts) or unwanted_because(step, facts)
        if because is None and step.intensity < standing.intensity:
            because = "weaker"
        if because is None:
            return step, tuple(passed)
        passed.append((step.key, because))
    return None, tuple(passed)


def due_on(step: Step, from_on: date, place: str) -> date:
    """The first day on which a step may be done: a working day at the debtor's place."""
    if step.working_days:
        return roll_forward(add_working_days(from_on, step.wait_days, place), place)
    return roll_forward(add_days(from_on, step.wait_days), place)


def announced_by(plan: Plan, step: Step, facts: CaseFacts) -> Step | None:
    """What this case's strategy does after a step: all that its letter may announce.

    What the client has yet to agree to is not announced.
    """
    behind = Standing(plan.after(step.key), step.intensity, date.min)
    following, _ = next_step(plan, behind, facts)
    return None if following is None or waits_for(following, facts) else following


def _obstacle(facts: CaseFacts, today: date) -> Decision | None:
    """What stands against any step."""
    again = add_days(today, 1)
    if facts.hold is not None:
        later = facts.hold_until if facts.hold_until and facts.hold_until > today else None
        return Decision(Act.WAIT, f"hold:{facts.hold}", later or add_days(today, LOOK_AGAIN_DAYS))
    if facts.promised_until is not None:
        over = facts.promised_until + timedelta(days=GRACE_DAYS)
        if today <= over:
            return Decision(Act.WAIT, "promise", add_days(over, 1))
    if facts.matter is not None:
        return Decision(Act.WAIT, f"matter:{facts.matter}", again)
    return None


def _now(
    step: Step, facts: CaseFacts, today: date, left_out: tuple[tuple[str, str], ...]
) -> Decision:
    """The step is due: whether its way is open today."""
    if not is_working_day(today, facts.place):
        return Decision(Act.WAIT, "no_working_day", roll_forward(today, facts.place), step)
    if step.channel is StepChannel.LETTER and not facts.post_possible:
        return Decision(Act.WAIT, "address", add_days(today, LOOK_AGAIN_DAYS), step, left_out)
    if step.channel in _APPROACHES:
        refused = _approach(step, facts, today)
        if refused is not None:
            return Decision(Act.WAIT, refused[0], refused[1], step, left_out)
    why = "last" if step.channel in LAST else "due"
    return Decision(Act.DO, why, today, step, left_out)


def _approach(step: Step, facts: CaseFacts, today: date) -> tuple[str, date] | None:
    """Why nobody calls, visits or mails today, and the next day on which it is allowed."""
    to = Addressee.REPRESENTATIVE if facts.represented else Addressee.DEBTOR
    channel = _APPROACHES[step.channel]
    moments = facts.mails if channel is Channel.EMAIL else facts.approaches
    at = datetime.combine(today, BEGINS)
    judged = judge(Approach(channel, at, facts.place, to, moments=moments))
    if judged.allowed:
        return None
    again = judged.next_at.date() if judged.next_at else add_days(today, LOOK_AGAIN_DAYS)
    return f"rule:{judged.reasons[0].value}", max(again, add_days(today, 1))
