"""The verdict on an objection, its consequences, and its reopening.

What is genuine was never owed: it is credited from the day of the invoice on, what is set off from
the day on which both claims faced each other; the costs follow it, and payments that came later are
allocated anew. A verdict argues; for the law the claim
stays contested as long as its debtor contests it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from cases.claims import timeline
from cases.claims.asking.services import wait_for_verdict
from cases.claims.ending import Ending, end_case
from cases.claims.models import Case, Claim, Outcome
from cases.claims.queries import list_claims
from cases.claims.services import ReasonMissing, require_open
from cases.core import audit, clock
from cases.core.database import db
from cases.costs.reduction import costs_fall, costs_follow, restore_costs
from cases.ledger.journals import list_standing
from cases.ledger.models import EntryKind, Journal
from cases.ledger.posting import reverse_journal
from cases.ledger.services import Share, owed_on, owed_principal, post_correction
from cases.objections import errors
from cases.objections.evidence import (
    close_pieces,
    list_needs,
    lock_objection,
    reopen_pieces,
    unmet,
)
from cases.objections.gathering import raised_of
from cases.objections.holding import hold_again, lift_holds
from cases.objections.indicators import SpeaksFor, find_indicators
from cases.objections.models import EarlierVerdict, Objection, ObjectionKind, Verdict
from cases.objections.outcomes.deferring import defer, only_due, take_deferral_back
from cases.objections.outcomes.setting_off import (
    costs_were_owed,
    counterclaim_due_on,
    credited_from,
    note_due_day,
    require_dated,
)
from cases.objections.outcomes.sparing import bar, end_if_all_barred, frees_one, spare_one
from cases.objections.queries import list_checks, list_disputed
from cases.objections.settings import get_settings, house_rules
from cases.payments.booking import reallocate_payments
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item
from legal.allocation import Component

#: Verdicts that find something to be genuine.
FOUND_GENUINE = frozenset({Verdict.GENUINE, Verdict.PARTLY_GENUINE})


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its reason; `genuine_cents` by claim when it is partly genuine."""

    verdict: Verdict
    reason: str
    genuine_cents: Mapping[int, int] = field(default_factory=dict)
    # When an open verdict is looked at again, or what is not due yet comes up.
    again_on: date | None = None
    no_evidence: str = ""  # Why no document supports it, where none does.
    told_creditor: str = ""  # How it is explained to the creditor.
    to_court: bool = False  # Whether the case is recommended for court afterwards.
    genuine_costs_cents: int | None = None  # So much of the costs alone is not owed.
    set_off_due_on: date | None = None  # Since when the counterclaim is due, if not on file yet.


def decide_objection(objection_id: int, decision: Decision) -> Objection:
    """Decide an objection: the hold ends, what is genuine is taken off the claim account.

    A case in which nothing is owed any more ends as unfounded. An open verdict (undecided) keeps
    the hold and comes up again on its day.

    Raises:
        CaseClosed, AlreadyDecided, VerdictReasonMissing, ChecklistIncomplete, EvidenceOpen,
        EvidenceMissing, GenuineAmountWrong, AgainMissing, CounterclaimUndated,
        CounterclaimNotDue: nothing was changed.
    """
    case, objection = lock_objection(objection_id)
    require_decidable(case, objection, decision)
    if decision.verdict in FOUND_GENUINE:
        note_due_day(objection, decision.set_off_due_on)
    objection.verdict, objection.verdict_reason = decision.verdict, decision.reason.strip()
    objection.no_evidence = decision.no_evidence.strip() or None
    objection.told_creditor = decision.told_creditor.strip() or None
    objection.decided_at, objection.decided_by = clock.now(), audit.actor_id()
    found = find_indicators(raised_of(objection), house_rules())
    objection.indicators_then = [one.code for one in found]
    db.session.flush()
    if decision.verdict is not Verdict.UNDECIDED:
        objection.decisions += 1
        close_pieces(objection)
        lift_holds(case, objection)
        _take_off(case, objection, decision)
    timeline.record(
        case,
        "objection.decided",
        objection_id=objection.id,
        kind_code=objection.kind.value,
        verdict_code=decision.verdict.value,
        again_on=decision.again_on if decision.verdict is Verdict.UNDECIDED else None,
    )
    if decision.verdict in FOUND_GENUINE and objection.kind is ObjectionKind.TIME_BARRED:
        end_if_all_barred(case, objection)
    elif decision.verdict is Verdict.GENUINE:
        _end_if_unfounded(case)
    if case.closed_at is not None:
        _ask_for_reply(case, objection)
    if decision.to_court and decision.verdict is Verdict.PRETEXT:
        _recommend_court(case, objection)
    return objection


def reopen_objection(objection_id: int, reason: str) -> Objection:
    """Verify a decided objection again: what its verdict booked is taken back, the hold returns.

    Raises:
        CaseClosed, NotDecided, ReasonMissing: nothing was changed.
    """
    case, objection = lock_objection(objection_id)
    require_open(case)
    if objection.is_open:
        raise errors.NotDecided
    if not reason.strip():
        raise ReasonMissing
    take_up(case, objection, reason.strip())
    return objection


def take_up(case: Case, objection: Objection, reason: str) -> None:
    """The same of a decided objection whose case is locked."""
    _keep_verdict(objection, reason)
    lift_holds(case, objection)  # What waited for its day.
    _put_back(case, objection)
    objection.verdict = objection.verdict_reason = objection.no_evidence = None
    objection.told_creditor = objection.answered_at = None
    objection.answer_due_on = clock.today() + timedelta(days=get_settings().answer_days)
    reopen_pieces(objection)
    objection.decided_at = objection.decided_by = None
    db.session.flush()
    hold_again(case, objection)
    timeline.record(
        case, "objection.reopened", objection_id=objection.id, kind_code=objection.kind.value
    )
    wait_for_verdict(case)


def require_decidable(case: Case, objection: Objection, decision: Decision) -> None:
    """Raises what `decide_objection` would; both rows are locked."""
    require_open(case)
    if not objection.is_open:
        raise errors.AlreadyDecided
    if not decision.reason.strip():
        raise errors.VerdictReasonMissing
    _require_day(objection, decision)
    if decision.verdict is Verdict.UNDECIDED:
        return
    if decision.verdict is Verdict.PARTLY_GENUINE:
        _require_part(case, objection, decision)
    if decision.verdict in FOUND_GENUINE:
        require_dated(objection, decision.set_off_due_on)
    checks = list_checks(objection)
    if missing := sum(check is None for _, check in checks):
        raise errors.ChecklistIncomplete(missing=missing)
    if lacking := unmet(list_needs(objection)):
        raise errors.EvidenceOpen(missing=len(lacking))
    proven = any(c and c.document_id and c.speaks_for is not SpeaksFor.OPEN for _, c in checks)
    if not proven and not decision.no_evidence.strip():
        raise errors.EvidenceMissing


def _require_day(objection: Objection, decision: Decision) -> None:
    """An open verdict comes up again, and so does what is only not due yet."""
    waits = decision.verdict is Verdict.UNDECIDED or (
        decision.verdict in FOUND_GENUINE and only_due(objection)
    )
    if waits and (decision.again_on is None or decision.again_on <= clock.today()):
        raise errors.AgainMissing


def _require_part(case: Case, objection: Objection, decision: Decision) -> None:
    if objection.kind is ObjectionKind.COSTS_ONLY:
        owed = owed_on(case, clock.today()).costs.open_cents
        if not 0 < (decision.genuine_costs_cents or 0) < owed:
            raise errors.GenuineCostsWrong
        return
    disputed = list_disputed(objection.id)
    parts = [decision.genuine_cents.get(one.claim.id, 0) for one in disputed]
    limits = [one.item.amount_cents for one in disputed]
    within = all(0 <= part <= limit for part, limit in zip(parts, limits, strict=True))
    if not within or not 0 < sum(parts) < sum(limits):
        raise errors.GenuineAmountWrong


def _take_off(case: Case, objection: Objection, decision: Decision) -> None:
    """Credit what is genuine: from then on no interest ran on it."""
    parts = _genuine_parts(objection, decision)
    if only_due(objection):
        if decision.again_on is not None:
            defer(case, objection, parts, decision.again_on, reference_of(objection))
        return
    if decision.verdict in FOUND_GENUINE and frees_one(case, objection):
        spare_one(case, objection)
        return
    if decision.verdict in FOUND_GENUINE and objection.kind is ObjectionKind.TIME_BARRED:
        bar(case, objection, parts, reference_of(objection))
        return
    owed_cents, due_on = owed_principal(case), counterclaim_due_on(objection)
    credited: list[date] = []
    for one in list_disputed(objection.id):
        genuine = one.item.genuine_cents = parts[one.claim.id]
        # What was paid on it was not owed either: the new allocation sets it free.
        if (cents := min(genuine, owed_cents[one.claim.id])) > 0:
            value_on = credited_from(one.claim, due_on)
            _post_credit_note(case, objection, one.claim, cents, value_on)
            credited.append(value_on)
    db.session.flush()
    if objection.kind is ObjectionKind.COSTS_ONLY and decision.verdict in FOUND_GENUINE:
        _take_costs_off(case, objection, decision)
    elif credited:
        if not costs_were_owed(case, due_on):
            costs_follow(case, reference_of(objection))
        reallocate_payments(case, min(credited))


def _genuine_parts(objection: Objection, decision: Decision) -> dict[int, int]:
    """What the verdict finds to be genuine of each claim."""
    disputed = list_disputed(objection.id)
    if decision.verdict is Verdict.GENUINE:
        return {one.claim.id: one.item.amount_cents for one in disputed}
    found = decision.genuine_cents if decision.verdict is Verdict.PARTLY_GENUINE else {}
    return {one.claim.id: found.get(one.claim.id, 0) for one in disputed}


def _take_costs_off(case: Case, objection: Objection, decision: Decision) -> None:
    """All costs, or so much of them as was not owed."""
    reference = reference_of(objection)
    objection.genuine_costs_cents = owed_on(case, clock.today()).costs.open_cents
    if decision.verdict is Verdict.GENUINE:
        costs_fall(case, reference)
        reallocate_payments(case, min(claim.invoiced_on for claim in list_claims(case.id)))
        return
    cents = objection.genuine_costs_cents = decision.genuine_costs_cents or 0
    share = Share(None, Component.COSTS, cents)
    post_correction(case, EntryKind.CREDIT_NOTE, [share], clock.today(), reference=reference)
    timeline.record(case, "costs.reversed", amount_cents=cents)


def _post_credit_note(
    case: Case, objection: Objection, claim: Claim, cents: int, value_on: date
) -> None:
    share = Share(claim.id, Component.PRINCIPAL, cents)
    post_correction(
        case,
        EntryKind.CREDIT_NOTE,
        [share],
        value_on,
        reference=reference_of(objection),
    )
    timeline.record(case, "claim.reduced", invoice_number=claim.invoice_number, amount_cents=cents)


def _recommend_court(case: Case, objection: Objection) -> None:
    add_item(
        case,
        WorkQueue.LEGAL,
        "court_after_verdict",
        f"objection:{objection.id}:court",
        kind_code=objection.kind.value,
    )


def reference_of(objection: Objection) -> str:
    """What the bookings of its present verdict are found by."""
    return f"objection:{objection.id}:{objection.decisions}"


def _end_if_unfounded(case: Case) -> None:
    """Where nothing was ever owed, the case ends; what is left of others is worked on."""
    if case.principal_cents <= 0 and owed_on(case, clock.today()).open_cents <= 0:
        end_case(case.id, Ending.usual(Outcome.UNFOUNDED))


def _ask_for_reply(case: Case, objection: Objection) -> None:
    """Whoever was right is told so although the case, and with it all other work, has ended."""
    add_item(
        case,
        WorkQueue.TASK,
        "objection_decided",
        f"objection:{objection.id}:reply",
        owner_id=case.owner_id,
        verdict_code=objection.verdict.value if objection.verdict else "",
    )


def _keep_verdict(objection: Objection, reason: str) -> None:
    db.session.add(
        EarlierVerdict(
            objection_id=objection.id,
            creditor_id=objection.creditor_id,
            verdict=objection.verdict,
            verdict_reason=objection.verdict_reason,
            no_evidence=objection.no_evidence,
            decided_at=objection.decided_at,
            decided_by=objection.decided_by,
            reopened_at=clock.now(),
            reopened_by=audit.actor_id(),
            reopened_because=reason,
        )
    )


def _put_back(case: Case, objection: Objection) -> None:
    """Take back what the verdict booked: credit notes, and the costs that followed them."""
    disputed = list_disputed(objection.id)
    credited = list_standing(
        case.id,
        Journal.kind.in_([EntryKind.CREDIT_NOTE.value, EntryKind.WRITE_OFF.value]),
        Journal.reference == reference_of(objection),
    )
    for one in disputed:
        one.item.genuine_cents = None
    objection.genuine_costs_cents = None
    take_deferral_back(case, objection, reference_of(objection))
    if objection.kind is ObjectionKind.COSTS_ONLY:
        restore_costs(case, reference_of(objection))
        reallocate_payments(case, min(claim.invoiced_on for claim in list_claims(case.id)))
    if not credited:
        return
    for journal in credited:
        reverse_journal(journal, reference_of(objection), case=case)
    restore_costs(case, reference_of(objection))
    if disputed:
        reallocate_payments(case, min(one.claim.invoiced_on for one in disputed))
