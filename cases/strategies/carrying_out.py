"""A letter that a strategy intends is written and released, or it is said why it cannot be.

Carried out inside the finishing transaction of its effect: a worker that dies before has sent
nothing, and one that dies after it has moved the case on.
"""

from collections.abc import Callable
from datetime import date, timedelta

from cases.claims.models import Case
from cases.claims.queries import list_debtors, lock_case
from cases.core import clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.locks import lock_row
from cases.letters.announced import announcements
from cases.letters.drafting import DemandWish
from cases.letters.errors import HandlerIncomplete
from cases.letters.models import Channel, Letter, LetterKind
from cases.letters.services import Released, release_first_demand
from cases.letters.written.services import begin_letter, change_letter, release_written
from cases.strategies.announced import ANNOUNCED
from cases.strategies.conditions import CaseFacts
from cases.strategies.facts import read_facts
from cases.strategies.models import Attempt, CaseStrategy, Intention, IntentionState
from cases.strategies.planning import announced_by, due_on
from cases.strategies.running import house_place, look_at, plans_of
from cases.strategies.steps import Plan, Step, StepChannel
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items
from legal.calendar import add_working_days
from legal.errors import LawError

#: Why a letter stays in the house; somebody is told, and it is tried again after some days.
REFUSALS = (Conflict, Invalid, NotFound, LawError)
TRY_AGAIN = timedelta(days=7)
#: Working days after the day on which a step is due until it counts as not done.
SLACK_DAYS = 5
LANGUAGES = ("de", "en")


def send_intended(key: str, intention_id: int) -> None:
    """Release the letters of an intention, unless something stands against it by now."""
    found = db.session.get(Intention, intention_id)
    if found is None:
        return
    case = lock_case(found.case_id)
    intention = lock_row(Intention, intention_id)
    row = db.session.get_one(CaseStrategy, case.id, populate_existing=True)
    if intention.state is not IntentionState.OPEN:
        return
    if _stands_against(case, row):
        _begin_again(row, intention, "obstacle")
        return
    plan = plans_of({intention.version_id})[intention.version_id]
    step = next((s for s in plan.steps if s.key == intention.step_key), None)
    facts = read_facts([case.id], house_place(), [plan])[case.id]
    if step is not None and step.channel is StepChannel.EMAIL and not facts.mailbox:
        _begin_again(row, intention, "mailbox")
        return
    try:
        if step is None or case.owner_id is None:
            raise HandlerIncomplete
        with db.session.begin_nested():
            letters = _release(case, plan, step, facts, case.owner_id)
    except REFUSALS as refusal:
        _refused(case, row, intention, type(refusal).__name__)
        return
    sent(case, row, intention, plan, letters)


def _begin_again(row: CaseStrategy, intention: Intention, why: str) -> None:
    """Nothing was sent: the next night looks at the case anew."""
    _close(intention, IntentionState.DROPPED, why)
    row.in_hand_until, row.next_on = None, clock.today() + timedelta(days=1)
    row.cycle += 1


def sent(
    case: Case, row: CaseStrategy, intention: Intention, plan: Plan, letters: list[Letter]
) -> None:
    """The letters are on their way: the case waits for their payment day."""
    for letter in letters:
        db.session.add(
            Attempt(
                intention_id=intention.id, case_id=case.id, creditor_id=case.creditor_id,
                made_on=clock.today(), outcome="released", letter_number=letter.number,
            )
        )  # fmt: skip
    finish_items(case, f"case:{case.id}:letter_refused")
    pay_by = max((letter.pay_by for letter in letters if letter.pay_by), default=clock.today())
    move_on(row, intention, plan, pay_by, "sent")


def move_on(row: CaseStrategy, intention: Intention, plan: Plan, from_on: date, why: str) -> None:
    """A step is done; the next one waits from a day on."""
    if intention.state is IntentionState.OPEN:
        _close(intention, IntentionState.DONE, why)
    row.intensity = max(row.intensity, intention.intensity)
    row.next_key, row.from_on = plan.after(intention.step_key), from_on
    row.in_hand_until, row.hurried, row.waits_for = None, False, None
    row.next_on = max(from_on, clock.today() + timedelta(days=1))


def _release(case: Case, plan: Plan, step: Step, facts: CaseFacts, user_id: int) -> list[Letter]:
    """Write the letter; it announces what this case's strategy does next, and nothing else."""
    following = announced_by(plan, step, facts)
    announced = ANNOUNCED[following.channel] if following else announcements.REVIEW
    today, kind = clock.today(), LetterKind(step.template)
    language = facts.language if facts.language in LANGUAGES else "de"
    channel = Channel.EMAIL if step.channel is StepChannel.EMAIL else Channel.PRINT
    by = Released(program=True, announced_by=_done_by(following, facts), channel=channel)
    if kind is LetterKind.FIRST_DEMAND:
        return release_first_demand(case.id, DemandWish(today, next_step=announced), user_id, by)
    draft = begin_letter(case, kind, language, None)
    change_letter(
        draft, draft.text, term_days=draft.term_days, next_step=announced,
        contract_circumstances="",
    )  # fmt: skip
    return release_written(draft.id, user_id, by=by)


def _done_by(following: Step | None, facts: CaseFacts) -> Callable[[date], date] | None:
    """By which day what a letter announces will have been done, from its payment day."""
    if following is None:
        return None
    place = facts.place
    return lambda pay_by: add_working_days(due_on(following, pay_by, place), SLACK_DAYS, place)


def _stands_against(case: Case, row: CaseStrategy) -> bool:
    """Whether a hold, a promise or a question has come up since the night."""
    if row.ended_on is not None or not list_debtors(case.id):
        return True
    row.in_hand_until = None  # Looked at as if nobody had begun.
    [looked] = look_at([case.id], clock.today())
    return looked.decision.why not in {"due", "last", "not_due", "in_hand", "no_working_day"}


def _refused(case: Case, row: CaseStrategy, intention: Intention, why: str) -> None:
    """The letter lacks something: a person is told what, and the night tries again in a week."""
    db.session.add(
        Attempt(
            intention_id=intention.id, case_id=case.id, creditor_id=case.creditor_id,
            made_on=clock.today(), outcome=f"refused:{why}",
        )
    )  # fmt: skip
    _close(intention, IntentionState.DROPPED, f"refused:{why}")
    row.in_hand_until, row.waits_for = None, f"refused:{why}"
    row.next_on, row.cycle = clock.today() + TRY_AGAIN, row.cycle + 1
    add_item(
        case, WorkQueue.TASK, "letter_refused", f"case:{case.id}:letter_refused",
        owner_id=case.owner_id,
    )  # fmt: skip


def _close(intention: Intention, state: IntentionState, why: str) -> None:
    intention.state, intention.closed_on, intention.closed_why = state, clock.today(), why
