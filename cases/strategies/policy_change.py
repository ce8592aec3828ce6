"""A client's relationship policy has changed: what runs is looked at once more."""

from sqlalchemy import select, update

from cases.claims.asking.models import Asked, AskedFor, ClientApproval
from cases.claims.asking.policies import policies_of
from cases.claims.asking.services import find_open, withdraw
from cases.claims.queries import list_cases_by_id, lock_case_rows
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.strategies.events import begin_anew, drop_open
from cases.strategies.facts import read_facts
from cases.strategies.models import CaseStrategy, Intention, IntentionState
from cases.strategies.relationship import unwanted_because, waits_for
from cases.strategies.running import house_place, plans_of


def reconsider(key: str, creditor_id: int) -> None:
    """Carry out the effect `relationship.changed`: drop what is not wanted, ask no needless thing.

    Cases that wait for the client are looked at tonight; the others meet the policy at their next
    step anyway.
    """
    intended = select(Intention.case_id).where(
        Intention.creditor_id == creditor_id, Intention.state == IntentionState.OPEN
    )
    asked = select(ClientApproval.case_id).where(
        ClientApproval.creditor_id == creditor_id, ClientApproval.state == Asked.OPEN
    )
    case_ids = sorted(set(db.session.scalars(intended)) | set(db.session.scalars(asked)))
    lock_case_rows(case_ids)
    _drop_unwanted(case_ids)
    _ask_no_longer(case_ids)
    db.session.execute(
        update(CaseStrategy)
        .where(
            CaseStrategy.creditor_id == creditor_id,
            CaseStrategy.ended_on.is_(None),
            CaseStrategy.waits_for.startswith("client:"),
        )
        .values(next_on=clock.today())
    )


def _drop_unwanted(case_ids: list[int]) -> None:
    """What was put into somebody's hands and is not wanted any more."""
    query = select(Intention).where(
        one_of(Intention.case_id, case_ids), Intention.state == IntentionState.OPEN
    )
    intentions = db.session.scalars(query.execution_options(populate_existing=True)).all()
    plans = plans_of({each.version_id for each in intentions})
    cases, facts = list_cases_by_id(case_ids), read_facts(case_ids, house_place(), plans.values())
    for intention in intentions:
        case, known = cases[intention.case_id], facts[intention.case_id]
        steps = plans[intention.version_id].steps
        step = next((each for each in steps if each.key == intention.step_key), None)
        if step and (unwanted_because(step, known) or waits_for(step, known)):
            drop_open(case, "policy")
            row = db.session.get_one(CaseStrategy, case.id, populate_existing=True)
            begin_anew(row, clock.today())


def _ask_no_longer(case_ids: list[int]) -> None:
    """Questions of the night that the new policy does not ask; what a person asked stays asked."""
    cases, policies = list_cases_by_id(case_ids), policies_of(case_ids)
    for case_id, policy in policies.items():
        asks = {
            AskedFor.COURT: policy.needs_court_approval,
            AskedFor.VISIT: policy.asks_visit,
        }
        for asked_for, still in asks.items():
            known = None if still else find_open(case_id, asked_for)
            if known is not None and known.asked_by is None:
                withdraw(cases[case_id], asked_for)
