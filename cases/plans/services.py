"""Making a plan: asked for, offered with its notice, granted or accepted.

A forbearance is one-sided: it runs from the day its letter leaves. An agreement runs when the
debtor has accepted it in text form. Beyond the client's limits the client decides first; what the
house lets go beyond its own needs a second person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import delete

from cases.claims import timeline
from cases.claims.asking.models import AskedFor
from cases.claims.asking.services import ask_client, find_of_plan, note_answer
from cases.claims.models import Case
from cases.claims.queries import lock_case
from cases.claims.services import require_open
from cases.contacts.queries import paid_between
from cases.core import audit, clock
from cases.core.database import db
from cases.core.locks import relock
from cases.parties.queries import get_agency
from cases.people import approvals
from cases.plans.building import Limits, PlanWish, Proposal, propose
from cases.plans.ending import SECOND_PERSON
from cases.plans.errors import (
    AcceptanceAhead,
    AcceptanceLate,
    FiguresChanged,
    PlanNotOpen,
    PlanOpen,
)
from cases.plans.letters import send_offer
from cases.plans.models import (
    AcceptedBy,
    EndedBy,
    Plan,
    PlanInstalment,
    PlanKind,
    PlanState,
)
from cases.plans.queries import find_open_plan, list_instalments
from cases.plans.running import end, start
from legal.errors import InvariantBroken

#: So long an offer can be accepted.
OFFER_DAYS = 14


@dataclass(frozen=True, slots=True)
class Acceptance:
    """How the debtor accepted an agreement."""

    on: date
    by: AcceptedBy


def make_plan(case_id: int, wish: PlanWish, limits: Limits, seen: str | None = None) -> Plan:
    """Make a plan; within the limits it is offered at once, else asked for.

    `seen` is the digest of the proposal that was looked at.

    Raises:
        PlanOpen, FiguresChanged, whatever `propose` refuses, and what keeps a letter from leaving.
    """
    case = lock_case(case_id)
    if find_open_plan(case.id) is not None:
        raise PlanOpen
    proposal = propose(case, wish, limits)
    if seen is not None and seen != proposal.digest:
        raise FiguresChanged
    plan = _enter(case, proposal)
    if plan.needs_client:
        ask_client(case, AskedFor.PLAN, reason=plan.reason, subject_id=plan.id)
    if plan.needs_client or plan.needs_second:
        timeline.record(case, "plan.asked", plan_id=plan.id, amount_cents=_total(plan))
        if plan.needs_second:
            approvals.ask(
                SECOND_PERSON, plan.id, case.number,
                {"let_go_cents": plan.let_go_cents, "total_cents": _total(plan)},
                reason=plan.reason,
            )  # fmt: skip
    else:
        _offer(case, plan)
    return plan


def lock_plan(plan: Plan) -> Case:
    """Lock the case of a plan and read the plan anew."""
    case = lock_case(plan.case_id)
    relock(plan)
    return case


def accept_offer(plan: Plan, accepted: Acceptance) -> None:
    """The debtor has accepted an agreement in text form: it runs. Law: BGB §§ 148, 150(1).

    Raises:
        PlanNotOpen, AcceptanceAhead, AcceptanceLate, CaseClosed.
    """
    case = lock_plan(plan)
    require_open(case)
    if plan.state is not PlanState.OFFERED or plan.offered_on is None:
        raise PlanNotOpen
    if not plan.offered_on <= accepted.on <= clock.today():
        raise AcceptanceAhead
    if plan.valid_until is not None and accepted.on > plan.valid_until:
        raise AcceptanceLate(day=plan.valid_until)
    plan.accepted_on, plan.accepted_by = accepted.on, accepted.by
    start(case, plan)


def note_client_decision(plan: Plan, *, agrees: bool, words: str) -> None:
    """The client has told us what he decides; who, when and how is written down.

    Raises:
        PlanNotOpen, WordsMissing, and what keeps a letter from leaving.
    """
    case, asked = lock_plan(plan), find_of_plan(plan.id)
    if plan.state is not PlanState.ASKED or asked is None or asked.is_answered:
        raise PlanNotOpen
    note_answer(asked, agrees=agrees, words=words)
    client_decided(case, plan, agrees=agrees)


def client_decided(case: Case, plan: Plan, *, agrees: bool) -> None:
    """Go on after the client's decision, by whichever way it came. The case is locked."""
    audit.record("plan.decided", "plan", plan.id, creditor_id=plan.creditor_id)
    if not agrees:
        timeline.record(case, "plan.client_refused", plan_id=plan.id)
        approvals.close_open(SECOND_PERSON, plan.id)
        end(case, plan, EndedBy.CLIENT_REFUSED)
        return
    plan.client_agreed_at = clock.now()
    timeline.record(case, "plan.client_agreed", plan_id=plan.id)
    _offer_if_agreed(case, plan)


def second_person_agreed(plan: Plan) -> None:
    """What the house lets go has been confirmed by a second person."""
    case = lock_plan(plan)
    if plan.state is not PlanState.ASKED:
        raise PlanNotOpen
    plan.second_agreed_at = clock.now()
    _offer_if_agreed(case, plan)


def second_person_refused(plan: Plan) -> None:
    """The second person says no, or who asked takes it back."""
    case = lock_plan(plan)
    if plan.state is PlanState.ASKED:
        end(case, plan, EndedBy.SECOND_REFUSED)


def offer_now(plan: Plan) -> None:
    """Offer a plan on which all have agreed, where the first try was refused; raises the same."""
    case = lock_plan(plan)
    require_open(case)
    if plan.state is not PlanState.ASKED or is_waiting(plan):
        raise PlanNotOpen
    _offer_if_agreed(case, plan)


def is_waiting(plan: Plan) -> bool:
    """Whether the client or a second person still has to agree."""
    client = plan.needs_client and plan.client_agreed_at is None
    return client or (plan.needs_second and plan.second_agreed_at is None)


def _offer_if_agreed(case: Case, plan: Plan) -> None:
    if is_waiting(plan):
        return
    # Days have passed: what was agreed stays, its figures are those of today.
    _renew(case, plan)
    _offer(case, plan)


def _offer(case: Case, plan: Plan) -> None:
    """The letter with notice and schedule leaves; a forbearance runs with it."""
    instalments = list_instalments(plan.id)
    plan.offered_on = clock.today()
    if plan.kind is PlanKind.AGREEMENT:
        plan.valid_until = clock.today() + timedelta(days=OFFER_DAYS)
        plan.state = PlanState.OFFERED
    send_offer(case, plan, instalments)
    timeline.record(
        case,
        "plan.offered",
        plan_id=plan.id,
        instalments=len(instalments),
        amount_cents=_total(plan),
        last_on=instalments[-1].due_on,
    )
    if plan.kind is PlanKind.FORBEARANCE:
        start(case, plan)


def draft_plan(case: Case, proposal: Proposal, made_by: int) -> tuple[Plan, list[PlanInstalment]]:
    """The plan of a proposal, kept nowhere: what its letter is looked at with."""
    wish, house = proposal.wish, get_agency()
    plan = Plan(
        case_id=case.id,
        creditor_id=case.creditor_id,
        kind=wish.kind,
        state=PlanState.ASKED,
        currency=case.currency,
        made_by=made_by,
        first_on=wish.first_on,
        every=wish.every,
        instalment_cents=proposal.schedule.instalments[0].amount_cents,
        agreed_cents=proposal.agreed_cents,
        reason=wish.reason.strip() or None,
        tolerance_days=house.plan_tolerance_days,
        tolerance_cents=house.plan_tolerance_cents,
        needs_client=bool(proposal.beyond),
        needs_second=bool(proposal.beyond_house),
        **_figures(case, proposal),
    )
    if plan.kind is PlanKind.AGREEMENT:
        plan.valid_until = clock.today() + timedelta(days=OFFER_DAYS)
    return plan, _instalments(plan, proposal)


def _enter(case: Case, proposal: Proposal) -> Plan:
    made_by = audit.actor_id()
    if made_by is None:
        raise InvariantBroken("a plan is made by somebody")
    plan, instalments = draft_plan(case, proposal, made_by)
    db.session.add(plan)
    db.session.flush()
    _keep_instalments(plan, instalments)
    return plan


def _figures(case: Case, proposal: Proposal) -> dict[str, int | date]:
    today = clock.today()
    return {
        "made_on": today,
        "open_cents": proposal.open_cents,
        "let_go_cents": proposal.schedule.let_go_cents,
        "paid_that_day_cents": paid_between(case.id, today, today),
    }


def _renew(case: Case, plan: Plan) -> None:
    """Work the schedule of an agreed plan out anew from today; raises what `propose` refuses."""
    wish = PlanWish(
        kind=plan.kind,
        first_on=plan.first_on,
        every=plan.every,
        instalment_cents=plan.instalment_cents,
        interest_runs=plan.agreed_cents is None,
        settles=plan.agreed_cents is not None and plan.agreed_cents < plan.open_cents,
        settlement_cents=plan.agreed_cents,
        reason=plan.reason or "",
    )
    proposal = propose(case, wish, Limits(consumer_agreements=True))  # Who may agree has agreed.
    for name, value in _figures(case, proposal).items():
        setattr(plan, name, value)
    db.session.execute(delete(PlanInstalment).where(PlanInstalment.plan_id == plan.id))
    _keep_instalments(plan, _instalments(plan, proposal))


def _instalments(plan: Plan, proposal: Proposal) -> list[PlanInstalment]:
    return [
        PlanInstalment(
            number=number,
            creditor_id=plan.creditor_id,
            due_on=each.on,
            amount_cents=each.amount_cents,
            costs_cents=each.costs_cents,
            interest_cents=each.interest_cents,
            principal_cents=each.principal_cents,
            remaining_cents=each.remaining_cents,
        )
        for number, each in enumerate(proposal.schedule.instalments, start=1)
    ]


def _keep_instalments(plan: Plan, instalments: Sequence[PlanInstalment]) -> None:
    for each in instalments:
        each.plan_id = plan.id
        db.session.add(each)
    db.session.flush()


def _total(plan: Plan) -> int:
    return sum(each.amount_cents for each in list_instalments(plan.id))
