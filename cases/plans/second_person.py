"""What the house lets go of its own in a plan: a second person confirms."""

from collections.abc import Mapping
from typing import Any

from cases.claims.queries import lock_case
from cases.core.database import db
from cases.people.approvals import Kind
from cases.people.models import Approval
from cases.people.policy import Permission
from cases.plans.ending import SECOND_PERSON
from cases.plans.models import Plan
from cases.plans.services import second_person_agreed, second_person_refused
from legal.findings import N_


def _current(approval: Approval) -> Mapping[str, Any]:
    """Nothing stood there before."""
    return dict.fromkeys(approval.before)


def _lock(plan_id: int) -> object:
    return lock_case(db.session.get_one(Plan, plan_id).case_id)


def _agree(approval: Approval) -> None:
    second_person_agreed(db.session.get_one(Plan, approval.subject_id))


def _refuse(approval: Approval) -> None:
    second_person_refused(db.session.get_one(Plan, approval.subject_id))


PLAN_KINDS = {
    SECOND_PERSON: Kind(
        title=N_("Let go in a plan or settlement"),
        check=N_("Look at the case: is the settlement better than what enforcement would bring?"),
        permission=Permission.REST_CONFIRM,
        fields={
            "let_go_cents": N_("Let go with the last payment"),
            "total_cents": N_("To be paid"),
        },
        current=_current,
        carry_out=_agree,
        drop=_refuse,
        lock=_lock,
    )
}
