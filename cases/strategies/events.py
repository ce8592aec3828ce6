"""What happens in a case moves its strategy: an acceptance, a letter, a call, money, an answer."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case, TimelineEvent
from cases.claims.queries import list_debtors
from cases.core import clock
from cases.core.database import db
from cases.letters.models import Letter
from cases.strategies.carrying_out import move_on, sent
from cases.strategies.models import Attempt, CaseStrategy, Intention, IntentionState
from cases.strategies.placing import TAKEN_OVER, place_cases
from cases.strategies.running import plans_of
from cases.strategies.steps import WRITTEN, Plan, StepChannel
from cases.worklist.services import finish_items, finish_reasons

#: Outcomes of a call or visit in which nobody spoke to the debtor.
IN_VAIN = frozenset({"not_reached", "wrong_number", ""})
#: So long the debtor is left alone after he was spoken to.
QUIET = timedelta(days=3)


def watch_timeline() -> None:
    """Begin to listen, behind what puts cases on the worklist; called once by the shell."""
    if _on_event not in timeline.LISTENERS:
        timeline.LISTENERS.append(_on_event)


def _on_event(case: Case, event: TimelineEvent) -> None:
    rule = _RULES.get(event.kind)
    if rule is None:
        return
    if event.kind == "case.accepted":
        place_cases([case.id], clock.today())
        _take_over(case)
        return
    row = db.session.get(CaseStrategy, case.id)
    if row is not None and (row.ended_on is None or rule is _to_court):
        rule(case, row, event)


def _take_over(case: Case) -> None:
    """What the strategy does by itself is no work for people any more."""
    row = db.session.get(CaseStrategy, case.id)
    if row is not None and row.ended_on is None:
        finish_reasons(case, *TAKEN_OVER)


def _letter(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """A letter left: the step's own, or one that a person sent before it."""
    _take_over(case)
    intention = _open_intention(case.id)
    letter = db.session.get(Letter, event.params["letter_id"])
    if letter is None or letter.pay_by is None:
        return
    code = event.params["letter_code"]
    plan = _plan(row)
    if intention is not None:
        # The effect of a letter closes it itself, with all its copies, once the last is written.
        by_person = letter.released_by is not None
        if by_person and intention.channel in WRITTEN and intention.template == code:
            sent(case, row, intention, plan, [letter])
        return
    step = plan.steps[plan.index(row.next_key)] if plan.index(row.next_key) < len(
        plan.steps) else None  # fmt: skip
    if step is not None and step.template == code:
        row.next_key, row.intensity = plan.after(step.key), max(row.intensity, step.intensity)
    row.from_on, row.next_on = letter.pay_by, letter.pay_by


def _spoken(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """A call or visit: a try of what was intended, or the debtor was spoken to anyway."""
    outcome = event.params.get("outcome_code") or ""
    visit = event.kind == "contact.visit"
    channel = StepChannel.VISIT if visit else StepChannel.CALL
    intention = _open_intention(case.id)
    if intention is None or intention.channel is not channel:
        if outcome not in IN_VAIN:
            _leave_alone(row)
        return
    made = Attempt(
        intention_id=intention.id, case_id=case.id, creditor_id=case.creditor_id,
        made_on=event.occurred_on, outcome=f"contact:{outcome or 'none'}",
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    plan = _plan(row)
    tries = next((s.tries for s in plan.steps if s.key == intention.step_key), 1)
    if outcome in IN_VAIN and outcome != "wrong_number" and _tries(intention) < tries:
        return  # The item comes up again tomorrow.
    finish_items(case, f"intention:{intention.id}")
    reached = outcome not in IN_VAIN
    move_on(row, intention, plan, clock.today(), "reached" if reached else "not_reached")
    if reached:
        _leave_alone(row)


def _leave_alone(row: CaseStrategy) -> None:
    row.from_on = max(row.from_on, clock.today() + QUIET)
    row.next_on = max(row.next_on, clock.today() + timedelta(days=1))


def _paid(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """Money came: what was intended is dropped, tries count anew, and nothing happens a while."""
    drop_open(case, "payment")
    pause = timedelta(days=_plan(row).pause_after_payment_days)
    row.from_on = max(row.from_on, clock.today() + pause)
    begin_anew(row, row.from_on)


def _taken_back(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """Money went back: the wait that it had brought is over."""
    begin_anew(row, clock.today())


def _broken(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """A promise was broken: the next step waits no longer."""
    row.hurried, row.next_on = True, clock.today()


def _look_again(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """Something that stood against it may be gone."""
    row.next_on = min(row.next_on, clock.today())


def _changed(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """What is known of a debtor has changed: an address that was lost may be found."""
    if all(debtor.post is not None for debtor in list_debtors(case.id)):
        finish_reasons(case, "address_lost")
    _look_again(case, row, event)


def _agreed(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """A promise, plan, hold or objection: what was intended is not to be done any more."""
    drop_open(case, event.kind)
    begin_anew(row, clock.today())


def _post_came_back(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """Nothing more goes to that address; the step goes on from the next good one."""
    _agreed(case, row, event)


def _not_delivered(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    """A letter by e-mail reached nobody: its days do not run, and the next step waits from now."""
    row.from_on = row.next_on = clock.today()


def _to_court(case: Case, row: CaseStrategy, event: TimelineEvent) -> None:
    drop_open(case, "court")
    finish_reasons(case, "court_recommended", "strategy_over")
    if row.ended_on is None:
        row.ended_on, row.ended_why = clock.today(), "phase"


def drop_open(case: Case, why: str) -> None:
    """Leave undone what was intended in a case."""
    intention = _open_intention(case.id)
    if intention is None:
        return
    intention.state, intention.closed_on = IntentionState.DROPPED, clock.today()
    intention.closed_why = why
    finish_items(case, f"intention:{intention.id}")


def begin_anew(row: CaseStrategy, next_on: date) -> None:
    row.cycle, row.in_hand_until, row.hurried = row.cycle + 1, None, False
    row.next_on = next_on


def _open_intention(case_id: int) -> Intention | None:
    return db.session.scalar(
        select(Intention).where(
            Intention.case_id == case_id, Intention.state == IntentionState.OPEN
        )
    )


def _tries(intention: Intention) -> int:
    query = select(Attempt.id).where(Attempt.intention_id == intention.id)
    return len(db.session.scalars(query).all())


def _plan(row: CaseStrategy) -> Plan:
    return plans_of({row.version_id})[row.version_id]


_RULES: dict[str, Callable[[Case, CaseStrategy, TimelineEvent], None]] = {
    "case.accepted": _look_again,
    "letter.released": _letter,
    "letter.written": _letter,
    "contact.phone": _spoken,
    "contact.visit": _spoken,
    "payment.received": _paid,
    "payment.reversed": _taken_back,
    "promise.made": _agreed,
    "promise.broken": _broken,
    "hold.set": _agreed,
    "objection.raised": _agreed,
    "debtor.post_came_back": _post_came_back,
    "letter.mail_failed": _not_delivered,
    "court.sent": _to_court,
    "debtor.changed": _changed,
    **dict.fromkeys(
        (
            "hold.lifted", "objection.decided", "commitment.kept",
            "report.answered", "promise.kept", "claim.added", "remainder.let_go",
            "client.agreed", "client.refused", "client.silent",
        ),
        _look_again,
    ),
}  # fmt: skip
