"""The step of the collection fee to 0.9: raised after the window, taken back if paid in it.

Law: VV RVG 2300 note (2). The window is the fortnight of the first demand plus postal days; one
imported bank day after it proves that no payment of its last day is missing.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import Date, Select, Update, delete, func, literal, select
from sqlalchemy.dialects.postgresql import insert

from cases.claims import timeline
from cases.claims.law import law_of
from cases.claims.models import Case, Hold, Phase
from cases.claims.queries import list_open_holds, lock_case
from cases.claims.timeline import Happened
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.core.outbox import register_effect
from cases.core.runs import RunKind
from cases.costs.booking import STEP, cases_with_step, list_cost_journals, raise_fee, take_back_step
from cases.dunning.failures import reported
from cases.dunning.models import FeeDecision
from cases.ledger.models import Journal
from cases.ledger.queries import list_postings, statement
from cases.ledger.statement import SETTLING
from cases.letters.models import Letter, LetterKind
from cases.parties.queries import find_agency, get_agency
from cases.payments.booking import reallocate_payments
from cases.payments.models import BankFile, BankFileState, BankImport
from legal.calendar import roll_forward
from legal.fee_step import FeeStep, FeeStepRule, FirstDemand

REASON = "paid_in_window"


def cases_to_review(_: date) -> Select[int]:
    """Cases whose window has passed and of which nothing was decided yet.

    What stands still, or owes nothing, is asked again when that has changed.
    """
    held = select(Hold.id).where(Hold.case_id == Case.id, Hold.lifted_at.is_(None))
    decided = select(FeeDecision.case_id).where(FeeDecision.case_id == Case.id)
    return (
        select(Case.id)
        .join(Letter, Letter.case_id == Case.id)
        .where(
            Letter.kind == LetterKind.FIRST_DEMAND,
            Letter.pay_by < literal(bank_imported_through(), Date),
            Case.phase == Phase.AMICABLE,
            Case.booked_open_cents > 0,
            ~held.exists(),
            ~decided.exists(),
        )
        .group_by(Case.id)
    )


def review_cases(case_ids: Sequence[int], _: date) -> None:
    """Raise the fee of some cases, or remember why it stays."""
    for case_id in case_ids:
        review_case(case_id)


#: Each raised fee is a booking of its own: few to a transaction.
FEES = RunKind(keys=cases_to_review, act=review_cases, step_keys=50, **reported())


def review_fee(key: str, case_id: int) -> None:
    """The same for one case after a payment; carried out inside its effect's transaction."""
    review_case(case_id)


def review_case(case_id: int) -> FeeStep:
    """Do with the fee of a case what the bank has shown so far."""
    case = lock_case(case_id)
    letter = _first_demand(case_id)
    rule = law_of(case).fee_steps
    if rule is None or letter is None or case.phase is not Phase.AMICABLE:
        return FeeStep.KEEP
    step = next((j for j in list_cost_journals(case) if j.kind == STEP), None)
    settled_on = _settled_on(letter)
    decision = rule.decide(
        FirstDemand(
            window_last_day=window_of(letter, rule),
            bank_imported_through=bank_imported_through(),
            settled_value_on=settled_on,
            raised=step is not None,
        )
    )
    if decision is FeeStep.RAISE and not _may_raise(case):
        return FeeStep.KEEP
    _carry_out(case, decision, step)
    if decision is FeeStep.RAISE or step is not None or settled_on is not None:
        _remember(case, decision)
    return decision


def window_of(letter: Letter, rule: FeeStepRule) -> date:
    """The last day of the debtor's fortnight, postal days included."""
    place = get_agency().place
    window = rule.window_last_day(
        letter.dispatched_on,
        int(letter.content["postal_days"]),
        lambda day: roll_forward(day, place),
    )
    return max(window, letter.pay_by or window)


def bank_imported_through() -> date | None:
    """The last day of the trust account whose statement is in the books and matched.

    None before the first statement, and in a house that has not entered its profile yet.
    """
    agency = find_agency()
    if agency is None:
        return None
    return db.session.scalar(
        select(func.max(BankImport.last_day))
        .join(BankFile, BankFile.id == BankImport.bank_file_id)
        .where(
            BankFile.state == BankFileState.DONE,
            BankImport.refused_code.is_(None),
            BankImport.iban == agency.trust_iban,
        )
    )


def on_payments(events: Sequence[Happened], beside: Update) -> None:
    """Payments that count from a day inside the window may take the step back; all are forgotten.

    The next run decides anew about each case. What is to be written `beside` goes with the same
    statement.
    """
    cases = [event.case_id for event in events]
    gone = delete(FeeDecision).where(one_of(FeeDecision.case_id, cases))
    written = (gone.cte("forgotten"), beside.cte("beside"))
    raised = set(db.session.scalars(cases_with_step(cases).add_cte(*written)))
    for event in events:
        if event.case_id in raised:
            key = f"costs:{event.case_id}:{event.params['payment_id']}"
            register_effect("costs.review", key, case_id=event.case_id)


def forget(case: Case) -> None:
    """Money has moved, or a claim came in: the next run decides anew."""
    db.session.execute(delete(FeeDecision).where(FeeDecision.case_id == case.id))


def _remember(case: Case, decision: FeeStep) -> None:
    """Until money moves, asking again every night would find the same."""
    values = {"decision": decision.value, "decided_on": clock.today()}
    db.session.execute(
        insert(FeeDecision)
        .values(case_id=case.id, creditor_id=case.creditor_id, **values)
        .on_conflict_do_update(index_elements=["case_id"], set_=values)
    )


def _carry_out(case: Case, decision: FeeStep, step: Journal | None) -> None:
    if decision is FeeStep.RAISE:
        raise_fee(case, clock.today())
    elif decision is FeeStep.REVERSE and step is not None:
        cents = take_back_step(case, REASON)
        # What was paid on the step goes to what is still owed, or back to the debtor.
        reallocate_payments(case, step.booked_on)
        timeline.record(case, "costs.reversed", amount_cents=cents)


def _may_raise(case: Case) -> bool:
    """Nothing is raised while something stands still, or when nothing is owed any more."""
    return not list_open_holds(case.id) and statement(case.id).open_cents > 0


def _first_demand(case_id: int) -> Letter | None:
    return db.session.scalar(
        select(Letter)
        .where(Letter.case_id == case_id, Letter.kind == LetterKind.FIRST_DEMAND)
        # Of joint debtors the one who owes all of it: the fee is settled by that sum.
        .order_by(Letter.demanded_cents.desc().nulls_last(), Letter.id)
        .limit(1)
    )


def _settled_on(letter: Letter) -> date | None:
    """The value date on which payments reached what the letter demanded."""
    demanded = letter.demanded_cents or 0
    paid = 0
    for day, cents in _paid_by_day(letter.case_id, letter.dispatched_on - timedelta(days=1)):
        paid += cents
        if paid >= demanded:
            return day
    return None


def _paid_by_day(case_id: int, after: date) -> Iterator[tuple[date, int]]:
    postings = list_postings(case_id)
    settling = {p.id for p in postings if p.kind in SETTLING}
    for posting in postings:
        counts = posting.id in settling or posting.reverses_id in settling
        if counts and posting.value_on > after:
            yield posting.value_on, -posting.signed_cents
