"""What a debtor did so far, over all cases of all creditors: what the payer type is made of."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select

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
from cases.core.many import one_of
from cases.parties.debtor_models import DebtorProfile, PayerType
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
    computed = compute(behaviours_of([debtor_id])[debtor_id])
    profile = find_profile(debtor_id)
    if profile is not None and profile.payer_type is not None:
        return Payer(profile.payer_type, computed, profile.payer_type_reason)
    return Payer(computed.payer_type, computed)


def payer_types_of(debtor_ids: Collection[int]) -> dict[int, PayerType | None]:
    """The payer type of each of many debtors, as `payer_of` says it of one."""
    said: dict[int, PayerType] = {
        row.debtor_id: row.payer_type
        for row in db.session.execute(
            select(DebtorProfile.debtor_id, DebtorProfile.payer_type).where(
                one_of(DebtorProfile.debtor_id, debtor_ids), DebtorProfile.payer_type.is_not(None)
            )
        )
    }
    left = [debtor_id for debtor_id in debtor_ids if debtor_id not in said]
    computed = {key: compute(found).payer_type for key, found in behaviours_of(left).items()}
    return {**computed, **said}


def behaviours_of(debtor_ids: Collection[int]) -> dict[int, Behaviour]:
    """Count it for some debtors, in four statements however many debtors and cases there are."""
    reasons, outcomes = _contacts(debtor_ids)
    promises = _promises(debtor_ids)
    held = _held(debtor_ids)
    soon, late = _paid(debtor_ids)
    return {
        debtor_id: Behaviour(
            objections=max(held[debtor_id], outcomes[debtor_id, ContactOutcome.OBJECTION]),
            refusals=max(
                reasons[debtor_id, NonPaymentReason.REFUSES],
                outcomes[debtor_id, ContactOutcome.REFUSES],
            ),
            cannot_pay=reasons[debtor_id, NonPaymentReason.CANNOT_PAY],
            forgot=sum(reasons[debtor_id, reason] for reason in _FORGOT),
            kept=promises[debtor_id, PromiseState.KEPT],
            broken=promises[debtor_id, PromiseState.BROKEN]
            + promises[debtor_id, PromiseState.PART_KEPT],
            paid_soon=soon[debtor_id],
            paid_late=late[debtor_id],
        )
        for debtor_id in debtor_ids
    }


def _contacts(
    debtor_ids: Collection[int],
) -> tuple[Counter[tuple[int, NonPaymentReason]], Counter[tuple[int, ContactOutcome]]]:
    reasons: Counter[tuple[int, NonPaymentReason]] = Counter()
    outcomes: Counter[tuple[int, ContactOutcome]] = Counter()
    counted = (
        select(CaseDebtor.debtor_id, Contact.reason, Contact.outcome, func.count())
        .join(Contact, Contact.case_id == CaseDebtor.case_id)
        .where(one_of(CaseDebtor.debtor_id, debtor_ids), Contact.corrects_id.is_(None))
        .group_by(CaseDebtor.debtor_id, Contact.reason, Contact.outcome)
    )
    for debtor_id, reason, outcome, number in db.session.execute(counted):
        if reason is not None:
            reasons[debtor_id, reason] += number
        if outcome is not None:
            outcomes[debtor_id, outcome] += number
    return reasons, outcomes


def _promises(debtor_ids: Collection[int]) -> Counter[tuple[int, PromiseState]]:
    counted = (
        select(CaseDebtor.debtor_id, Promise.state, func.count().label("number"))
        .join(Promise, Promise.case_id == CaseDebtor.case_id)
        .where(one_of(CaseDebtor.debtor_id, debtor_ids))
        .group_by(CaseDebtor.debtor_id, Promise.state)
    )
    return Counter({(r.debtor_id, r.state): r.number for r in db.session.execute(counted)})


def _held(debtor_ids: Collection[int]) -> Counter[int]:
    """Objections that hold something now."""
    counted = (
        select(CaseDebtor.debtor_id, func.count().label("number"))
        .join(Hold, Hold.case_id == CaseDebtor.case_id)
        .where(
            one_of(CaseDebtor.debtor_id, debtor_ids),
            Hold.reason == HoldReason.OBJECTION,
            Hold.lifted_at.is_(None),
        )
        .group_by(CaseDebtor.debtor_id)
    )
    return Counter({row.debtor_id: row.number for row in db.session.execute(counted)})


def _paid(debtor_ids: Collection[int]) -> tuple[Counter[int], Counter[int]]:
    """Cases that ended because they were paid: soon after we had them, and later."""
    soon = func.date(Case.closed_at) - Case.opened_on <= SOON.days
    query = (
        select(
            CaseDebtor.debtor_id,
            func.count().filter(soon).label("soon"),
            func.count().filter(~soon).label("late"),
        )
        .join(Case, Case.id == CaseDebtor.case_id)
        .where(one_of(CaseDebtor.debtor_id, debtor_ids), Case.outcome == Outcome.PAID)
        .group_by(CaseDebtor.debtor_id)
    )
    found = db.session.execute(query).all()
    return (
        Counter({row.debtor_id: row.soon for row in found}),
        Counter({row.debtor_id: row.late for row in found}),
    )
