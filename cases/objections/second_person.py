"""A verdict above an amount: one person gives it with reasons, a second one confirms it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from cases.claims.queries import get_case_by_id
from cases.core.database import db
from cases.objections.evidence import lock_objection
from cases.objections.models import Objection, Verdict
from cases.objections.queries import list_disputed
from cases.objections.settings import get_settings
from cases.objections.verdicts import Decision, decide_objection, require_decidable
from cases.people.approvals import Kind, ask, find_open
from cases.people.models import Approval
from cases.people.policy import Permission
from legal.findings import N_

VERDICT = "objection.verdict"
#: Field of the request -> its label.
FIELDS: Mapping[str, str] = {
    "verdict": N_("Verdict"),
    "reason": N_("Reason"),
    "disputed_cents": N_("Disputed amount"),
    "genuine_cents": N_("Genuine part"),
    "genuine_costs_cents": N_("Costs that are not owed"),
    "again_on": N_("Look at it again on"),
    "told_creditor": N_("Explanation for the creditor"),
    "set_off_due_on": N_("Counterclaim due on"),
    "no_evidence": N_("Why there is no document"),
    "to_court": N_("Recommended for court"),
}


def needs_second(objection: Objection, decision: Decision) -> bool:
    """Whether this verdict waits for a second person; an open one changes nothing."""
    limit = get_settings().second_person_cents
    if limit is None or decision.verdict is Verdict.UNDECIDED:
        return False
    return disputed_cents(objection) >= limit


def decide_or_ask(objection_id: int, decision: Decision) -> Objection | Approval:
    """Decide, or ask a second person where the amount wants one.

    Raises what `decide_objection` raises, and AlreadyAsked.
    """
    case, objection = lock_objection(objection_id)
    require_decidable(case, objection, decision)
    if not needs_second(objection, decision):
        return decide_objection(objection_id, decision)
    genuine = {str(claim_id): cents for claim_id, cents in decision.genuine_cents.items()}
    after = {
        "verdict": decision.verdict.value,
        "reason": decision.reason.strip(),
        "disputed_cents": disputed_cents(objection),
        "genuine_cents": sum(genuine.values()) or None,
        "genuine_parts": genuine or None,
        "genuine_costs_cents": decision.genuine_costs_cents,
        "again_on": decision.again_on and decision.again_on.isoformat(),
        "set_off_due_on": decision.set_off_due_on and decision.set_off_due_on.isoformat(),
        "told_creditor": decision.told_creditor.strip() or None,
        "no_evidence": decision.no_evidence.strip() or None,
        "to_court": decision.to_court or None,
    }
    return ask(VERDICT, objection.id, get_case_by_id(case.id).number, after)


def waiting_verdict(objection: Objection) -> Approval | None:
    """What waits for a second person about an objection."""
    return find_open(VERDICT, objection.id)


def disputed_cents(objection: Objection) -> int:
    """All that an objection is against; where it names no claim, nothing."""
    return sum(one.item.amount_cents for one in list_disputed(objection.id))


def _now(approval: Approval) -> Mapping[str, Any]:
    """Nothing of it stands while the objection is open; a verdict given meanwhile is a change."""
    objection = db.session.get_one(Objection, approval.subject_id)
    return {} if objection.is_open else {"verdict": objection.verdict}


def _carry_out(approval: Approval) -> None:
    after = approval.after
    parts = after.get("genuine_parts") or {}
    decision = Decision(
        verdict=Verdict(after["verdict"]),
        reason=after["reason"],
        genuine_cents={int(claim_id): cents for claim_id, cents in parts.items()},
        genuine_costs_cents=after.get("genuine_costs_cents"),
        again_on=_day(after.get("again_on")),
        set_off_due_on=_day(after.get("set_off_due_on")),
        no_evidence=after.get("no_evidence") or "",
        told_creditor=after.get("told_creditor") or "",
        to_court=bool(after.get("to_court")),
    )
    decide_objection(approval.subject_id, decision)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


VERDICT_KINDS: Mapping[str, Kind] = {
    VERDICT: Kind(
        N_("Verdict on an objection"),
        N_("Read the objection, its evidence and the reasons before you confirm."),
        Permission.OBJECTION_DECIDE,
        FIELDS,
        _now,
        _carry_out,
        lock=lock_objection,
    ),
}
