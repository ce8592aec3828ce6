"""What a new client still has to do or to bring, and what stands still without it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, select

from cases.core import clock
from cases.core.database import db
from cases.documents.client_papers.services import powers_of
from cases.intake.models import Submission
from cases.parties.clients import CLIENT_BANK
from cases.parties.models import Creditor
from cases.parties.queries import ContractMissing, get_contract, get_creditor
from cases.parties.relationship_rules import Scope, find_rule
from cases.people.approvals import find_open
from legal.findings import N_


class FirstStep(StrEnum):
    """One step of a new client, in their order."""

    COMPANY = "company"
    CONTRACT = "contract"
    BANK = "bank"
    POWER = "power"
    TONE = "tone"
    UPLOAD = "upload"


class Progress(StrEnum):
    """How far a step is."""

    DONE = "done"
    WAITS = "waits"  # For us.
    OPEN = "open"


#: What stands still as long as a step is not done.
BLOCKS = {
    FirstStep.COMPANY: N_("Courts ask who represents your company; without it nothing is filed."),
    FirstStep.CONTRACT: N_("Without a contract no case can be worked. We prepare it with you."),
    FirstStep.BANK: N_("Without an account nothing can be paid out to you."),
    FirstStep.POWER: N_("Without it we cannot prove that we act for you."),
    FirstStep.TONE: N_("Until you say otherwise, all steps of the strategy are taken."),
    FirstStep.UPLOAD: N_("Hand in your first claims: a list, an invoice, or one claim by form."),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step with how far it is."""

    step: FirstStep
    progress: Progress


def list_steps(creditor_id: int) -> list[Step]:
    """All steps of a client, in their order."""
    creditor = get_creditor(creditor_id)
    found = {
        FirstStep.COMPANY: _done(bool(creditor.representative)),
        FirstStep.CONTRACT: Progress.DONE if _has_contract(creditor) else Progress.WAITS,
        FirstStep.BANK: _bank(creditor),
        FirstStep.POWER: _done(_has_power(creditor)),
        FirstStep.TONE: _done(find_rule(creditor_id, Scope()) is not None),
        FirstStep.UPLOAD: _done(_has_handed_in(creditor_id)),
    }
    return [Step(step, found[step]) for step in FirstStep]


def _done(is_done: bool) -> Progress:
    return Progress.DONE if is_done else Progress.OPEN


def _bank(creditor: Creditor) -> Progress:
    if find_open(CLIENT_BANK, creditor.id) is not None:
        return Progress.WAITS
    return _done(creditor.iban is not None)


def _has_contract(creditor: Creditor) -> bool:
    try:
        get_contract(creditor.id, clock.today())
    except ContractMissing:
        return False
    return True


def _has_power(creditor: Creditor) -> bool:
    today = clock.today()
    powers = powers_of([creditor.id], today)
    if creditor.id in powers:
        return powers[creditor.id] is not None
    known = _has_contract(creditor)
    return known and get_contract(creditor.id, today).power_of_attorney_on is not None


def _has_handed_in(creditor_id: int) -> bool:
    return bool(db.session.scalar(select(exists().where(Submission.creditor_id == creditor_id))))
