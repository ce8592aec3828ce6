"""The mandate of a plan: sent for signature, signed, announced with its amounts, ended."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from cases.claims import timeline
from cases.claims.models import Case
from cases.claims.queries import list_debtors, list_open_holds, lock_case
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.locks import relock
from cases.formats.identifiers import find_iban
from cases.letters.errors import EverythingHeld
from cases.letters.models import LetterKind
from cases.parties.models import AgencyProfile
from cases.parties.queries import get_agency
from cases.plans.letters import release
from cases.plans.models import Plan, PlanInstalment, PlanState
from cases.plans.progress import Standing
from cases.plans.queries import list_instalments, progress_of
from cases.remittances.debits import errors
from cases.remittances.debits.models import Mandate
from legal.errors import InvariantBroken

FORM, NOTICE = "mandate", "debit_notice"
CURRENCY = "EUR"
#: What the house has agreed with its bank, as its profile keeps it.
AGREED = ("sepa_creditor_id", "sepa_mandate_text", "sepa_notice_days")
COLLECTED = frozenset({PlanState.OFFERED, PlanState.RUNNING})


def is_set_up(house: AgencyProfile) -> bool:
    """Whether the house has entered what its bank agreed with it."""
    return all(getattr(house, name) is not None for name in AGREED)


def ask_mandate(plan: Plan, name: str, iban: str) -> Mandate:
    """Send the mandate to be signed.

    Raises:
        DebitsNotSetUp, PlanNotCollected, MandateOpen, MandateNameMissing, MandateIbanWrong, and
        what keeps a letter from leaving.
    """
    case = lock_case(plan.case_id)
    relock(plan)
    if not is_set_up(get_agency()):
        raise errors.DebitsNotSetUp
    if plan.state not in COLLECTED or plan.currency != CURRENCY:
        raise errors.PlanNotCollected
    if find_mandate(plan.id) is not None:
        raise errors.MandateOpen
    if not name.strip():
        raise errors.MandateNameMissing
    found = find_iban(iban)
    if found is None:
        raise errors.MandateIbanWrong
    mandate = Mandate(
        plan_id=plan.id,
        case_id=plan.case_id,
        creditor_id=plan.creditor_id,
        reference=_next_reference(case),
        name=name.strip(),
        iban=found,
        asked_on=clock.today(),
        asked_by=_actor(),
    )
    db.session.add(mandate)
    db.session.flush()
    _send(case, mandate, LetterKind.SEPA_MANDATE, FORM, {})
    timeline.record(case, "mandate.asked", mandate_id=mandate.id, number=mandate.reference)
    return mandate


def sign_mandate(mandate: Mandate, signed_on: date) -> None:
    """The signed mandate is there: what will be collected when is announced to the debtor.

    Raises:
        MandateNotOpen, SignedDayWrong; EverythingHeld: something else than the plan lets the case
        stand still; and what keeps a letter from leaving.
    """
    case = lock_case(mandate.case_id)
    relock(mandate)
    if mandate.signed_on is not None or mandate.ended_at is not None:
        raise errors.MandateNotOpen
    if not mandate.asked_on <= signed_on <= clock.today():
        raise errors.SignedDayWrong
    plan = db.session.get_one(Plan, mandate.plan_id)
    if is_held(plan):
        raise EverythingHeld
    mandate.signed_on, mandate.noticed_on = signed_on, clock.today()
    dues = open_instalments(plan, clock.today())
    told = {
        "instalments": [
            {"due_on": due.due_on.isoformat(), "amount_cents": cents} for due, cents in dues
        ],
    }
    _send(case, mandate, LetterKind.DEBIT_NOTICE, NOTICE, told)
    timeline.record(case, "mandate.signed", mandate_id=mandate.id, number=mandate.reference)


def end_mandate(mandate: Mandate, why: str) -> None:
    """Nothing is collected by it any more; raises MandateNotOpen, MandateReasonMissing."""
    case = lock_case(mandate.case_id)
    relock(mandate)
    if mandate.ended_at is not None:
        raise errors.MandateNotOpen
    if not why.strip():
        raise errors.MandateReasonMissing
    mandate.ended_at, mandate.ended_why = clock.now(), why.strip()
    timeline.record(case, "mandate.ended", mandate_id=mandate.id, why=why.strip())


def is_held(plan: Plan) -> bool:
    """Whether something else than the plan lets its case stand still, such as an objection."""
    return any(hold.id != plan.hold_id for hold in list_open_holds(plan.case_id))


def open_instalments(plan: Plan, day: date) -> list[tuple[PlanInstalment, int]]:
    """The instalments of a plan that are not paid, each with what is missing of it."""
    dues = list_instalments(plan.id)
    standing = progress_of(plan, dues, day)
    return [
        (due, each.missing_cents)
        for due, each in zip(dues, standing.instalments, strict=True)
        if each.standing is not Standing.PAID and each.missing_cents
    ]


def find_mandate(plan_id: int) -> Mandate | None:
    """The mandate of a plan that has not ended."""
    return db.session.scalar(
        select(Mandate).where(Mandate.plan_id == plan_id, Mandate.ended_at.is_(None))
    )


def list_mandates(plan_id: int) -> Sequence[Mandate]:
    """All mandates of a plan, the newest first."""
    query = select(Mandate).where(Mandate.plan_id == plan_id).order_by(Mandate.id.desc())
    return db.session.scalars(query).all()


def get_mandate(public_id: str) -> Mandate:
    """The mandate of that public id; raises NotFound."""
    found = db.session.scalar(select(Mandate).where(Mandate.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def _send(
    case: Case, mandate: Mandate, kind: LetterKind, template: str, told: dict[str, Any]
) -> None:
    house = get_agency()
    told = told | {
        "currency": CURRENCY,
        "reference": mandate.reference,
        "holder": mandate.name,
        "iban": mandate.iban,
        "creditor_identifier": house.sepa_creditor_id,
        "mandate_text": house.sepa_mandate_text,
        "signed_on": mandate.signed_on.isoformat() if mandate.signed_on else None,
    }
    for debtor in list_debtors(case.id):
        release(case, debtor, kind, template, told, _actor(), ())


def _next_reference(case: Case) -> str:
    count = select(func.count()).where(Mandate.case_id == case.id)
    return f"{case.number}-M{(db.session.scalar(count) or 0) + 1}"


def _actor() -> int:
    actor = audit.actor_id()
    if actor is None:
        raise InvariantBroken("a mandate is asked for by somebody")
    return actor
