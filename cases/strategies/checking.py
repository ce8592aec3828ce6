"""What is wrong with a strategy before anybody works by it. Pure."""

from collections.abc import Iterator

from cases.strategies.steps import (
    EQUAL,
    LAST,
    LONGEST_WAIT,
    MOST_STEPS,
    STRONGEST,
    WRITTEN,
    Conditions,
    Plan,
    Step,
    StepChannel,
)
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "no_steps": N_("A strategy needs steps."),
    "too_many_steps": N_("At most {most} steps."),
    "ends_openly": N_(
        "The last step has to be a recommendation to court or the decision of a person: no case "
        "may stop without a next step."
    ),
    "last_may_be_left_out": N_(
        "The last step must have no condition: a case that does not meet it would stop."
    ),
    "unreachable": N_("Step {number} is never reached: the step before it ends the strategy."),
    "never_matches": N_("Step {number} is for no case: its conditions exclude one another."),
    "weaker": N_("Step {number} is weaker than a step before it."),
    "intensity_unknown": N_("Step {number}: the intensity goes from 1 to {most}."),
    "wait_unknown": N_("Step {number} waits from 0 to {most} days."),
    "mail_unknown": N_(
        "Step {number}: by e-mail goes a reminder only. The first letter and the last one before "
        "court go by post."
    ),
    "letter_unknown": N_("Step {number}: choose a letter that a strategy can send."),
    "first_letter_missing": N_("The first letter has to be a first demand: it carries the duties."),
    "first_letter_again": N_("Step {number}: the first demand is sent once."),
    "threatens_court_first": N_(
        "Step {number}: a first letter may not announce the court. Put another step between."
    ),
    "court_not_next": N_(
        "Step {number}: the last letter before court has to be followed by the recommendation to "
        "court."
    ),
    "announced_late": N_(
        "Step {number} comes more than {most} days after the payment day of the letter that "
        "announces it."
    ),
    "reason_missing": N_("Step {number}: say why a case is ready for court."),
    "tries_unknown": N_("Step {number}: between 1 and 10 tries."),
}
#: What a letter announces comes within so many days after its payment day (house rule).
LATEST_AFTER = 21
#: Letters that need nobody to write anything.
SENDABLE = ("first_demand", "reminder", "before_court")
#: Receipt of an e-mail can hardly be proved: what a title may rest on goes by post (house rule).
MAILABLE = ("reminder",)
FIRST, BEFORE_COURT = "first_demand", "before_court"
MOST_TRIES = 10
#: Not every debtor can be reached that way: the step behind it may come instead.
MAYBE = frozenset({StepChannel.CALL, StepChannel.VISIT, StepChannel.EMAIL})


def check(plan: Plan) -> list[Finding]:
    """Everything that is wrong with a strategy, with the number of the step."""
    if not plan.steps:
        return [_wrong("no_steps")]
    found = [finding for number, step in enumerate(plan.steps, 1) for finding in
             _check_step(plan, number, step)]  # fmt: skip
    if len(plan.steps) > MOST_STEPS:
        found.append(_wrong("too_many_steps", most=MOST_STEPS))
    if plan.steps[-1].channel not in LAST:
        found.append(_wrong("ends_openly"))
    elif plan.steps[-1].only != Conditions():
        found.append(_wrong("last_may_be_left_out"))
    return [*found, *_letters(plan)]


def _check_step(plan: Plan, number: int, step: Step) -> Iterator[Finding]:
    before = plan.steps[: number - 1]
    if not 0 <= step.wait_days <= LONGEST_WAIT:
        yield _wrong("wait_unknown", number, most=LONGEST_WAIT)
    if not 1 <= step.intensity <= STRONGEST:
        yield _wrong("intensity_unknown", number, most=STRONGEST)
    if any(each.intensity > step.intensity for each in before):
        yield _wrong("weaker", number)
    if any(each.channel in LAST and each.only == Conditions() for each in before):
        yield _wrong("unreachable", number)
    if _excludes_itself(step.only) or _exclude(step.only, plan.only):
        yield _wrong("never_matches", number)
    if step.channel is StepChannel.COURT and not step.reason.strip():
        yield _wrong("reason_missing", number)
    if not 1 <= step.tries <= MOST_TRIES:
        yield _wrong("tries_unknown", number)
    if step.channel is StepChannel.LETTER and step.template not in SENDABLE:
        yield _wrong("letter_unknown", number)
    if step.channel is StepChannel.EMAIL and step.template not in MAILABLE:
        yield _wrong("mail_unknown", number)


def _excludes_itself(only: Conditions) -> bool:
    low, high = only.amount_from_cents, only.amount_below_cents
    return low is not None and high is not None and low >= high


def _exclude(one: Conditions, other: Conditions) -> bool:
    """Whether no case can meet both."""
    lows = [each.amount_from_cents or 0 for each in (one, other)]
    highs = [each.amount_below_cents for each in (one, other) if each.amount_below_cents]
    if highs and max(lows) >= min(highs):
        return True
    return any(
        None not in {getattr(one, name), getattr(other, name)}
        and getattr(one, name) != getattr(other, name)
        for name in EQUAL
    )


def _letters(plan: Plan) -> Iterator[Finding]:
    """What letters say must be true for every case that gets them."""
    letters = [(n, s) for n, s in enumerate(plan.steps, 1) if s.channel in WRITTEN]
    if letters and (letters[0][1].template != FIRST or letters[0][1].only != Conditions()):
        yield _wrong("first_letter_missing")
    for place, (number, step) in enumerate(letters):
        if place and step.template == FIRST:
            yield _wrong("first_letter_again", number)
        following = list(_may_follow(plan, number))
        if step.template == FIRST and any(s.channel is StepChannel.COURT for _, s in following):
            yield _wrong("threatens_court_first", number)
        if step.template == BEFORE_COURT and any(
            s.channel is not StepChannel.COURT for _, s in following
        ):
            yield _wrong("court_not_next", number)
        for later, next_step in following:
            if next_step.channel is not StepChannel.REVIEW and next_step.wait_days > LATEST_AFTER:
                yield _wrong("announced_late", later, most=LATEST_AFTER)


def _may_follow(plan: Plan, number: int) -> Iterator[tuple[int, Step]]:
    """The steps that can come next after one: up to the first that is for every case."""
    for later, step in enumerate(plan.steps[number:], number + 1):
        yield later, step
        if step.only == Conditions() and step.channel not in MAYBE:
            return


def _wrong(code: str, number: int | None = None, **params: str | int) -> Finding:
    given: dict[str, str | int] = dict(params)
    if number is not None:
        given["number"] = number
    return Finding(code, Severity.ERROR, "step", number, given)
