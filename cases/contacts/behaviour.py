"""What a debtor did so far, over all cases of all creditors: what the payer type is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, func, select

from cases.claims.models import Case, CaseDebtor, Hold, HoldReason, Outcome
from cases.contacts.models import (
    Contact,
    ContactOutcome,
    NonPaymentReason,
    Promise,
    PromiseState,
)
from cases.contacts.payer_type import Behaviour, Computed, compute
from cases.core.database import db
from cases.parties.debtor_models import PayerType
from cases.parties.profiles import find_profile

#: Paid within so many days after we had the case: soon.
SOON = timedelta(days=14)
_FORGOT = {NonPaymentReason.FORGOT, NonPaymentReason.INTERNAL_DELAY}


@dataclass(frozen=True, slots=True)
class Payer:
    """How a debtor pays: as a person said, else as the rules compute it."""

    payer_type: PayerType | None
    computed: Computed
    said_because: str | None = None


def payer_of(debtor_id: int) -> Payer:
    """The payer type that counts now, with what stands behind it."""
    computed = compute(behaviour_of(debtor_id))
    profile = find_profile(debtor_id)
    if profile is not None and profile.payer_type is not None:
        return Payer(profile.payer_type, computed, profile.payer_type_reason)
    return Payer(computed.payer_type, computed)


def behaviour_of(debtor_id: int) -> Behaviour:
    """Count it, in three statements however many cases there are."""
    cases = select(CaseDebtor.case_id).where(CaseDebtor.debtor_id == debtor_id)
    reasons, outcomes = _contacts(cases)
    promises = _promises(cases)
    held = db.session.scalar(
        select(func.count()).where(
            Hold.case_id.in_(cases), Hold.reason == HoldReason.OBJECTION, Hold.lifted_at.is_(None)
        )
    )
    soon, late = _paid(cases)
    return Behaviour(
        objections=max(held or 0, outcomes.get(ContactOutcome.OBJECTION, 0)),
        refusals=max(
            reasons.get(NonPaymentReason.REFUSES, 0), outcomes.get(ContactOutcome.REFUSES, 0)
        ),
        cannot_pay=reasons.get(NonPaymentReason.CANNOT_PAY, 0),
        forgot=sum(reasons.get(reason, 0) for reason in _FORGOT),
        kept=promises.get(PromiseState.KEPT, 0),
        broken=promises.get(PromiseState.BROKEN, 0) + promises.get(PromiseState.PART_KEPT, 0),
        paid_soon=soon,
        paid_late=late,
    )


def _contacts(
    cases: Select[int],
) -> tuple[Mapping[NonPaymentReason, int], Mapping[ContactOutcome, int]]:
    reasons: dict[NonPaymentReason, int] = {}
    outcomes: dict[ContactOutcome, int] = {}
    counted = (
        select(Contact.reason, Contact.outcome, func.count())
        .where(Contact.case_id.in_(cases), Contact.corrects_id.is_(None))
        .group_by(Contact.reason, Contact.outcome)
    )
    for reason, outcome, number in db.session.execute(counted):
        if reason is not None:
            reasons[reason] = reasons.get(reason, 0) + number
        if outcome is not None:
            outcomes[outcome] = outcomes.get(outcome, 0) + number
    return reasons, outcomes


def _promises(cases: Select[int]) -> Mapping[PromiseState, int]:
    counted = (
        select(Promise.state, func.count().label("number"))
        .where(Promise.case_id.in_(cases))
        .group_by(Promise.state)
    )
    return {found.state: found.number for found in db.session.execute(counted)}


def _paid(cases: Select[int]) -> tuple[int, int]:
    """Cases that ended because they were paid: soon after we had them, and later."""
    soon = func.date(Case.closed_at) - Case.opened_on <= SOON.days
    query = select(func.count().filter(soon), func.count().filter(~soon)).where(
        Case.id.in_(cases), Case.outcome == Outcome.PAID
    )
    found = db.session.execute(query).one()
    return int(found[0]), int(found[1])
