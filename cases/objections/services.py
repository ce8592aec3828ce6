"""Recording an objection, verifying it, and the verdict with its consequences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case, Claim, HoldReason, Outcome
from cases.claims.queries import list_claims, list_open_holds, lock_case
from cases.claims.services import close_case, lift_hold, set_hold
from cases.core import audit, clock
from cases.core.database import db
from cases.ledger.models import Direction, EntryKind
from cases.ledger.posting import ClaimEntry, post
from cases.ledger.services import owed_on
from cases.objections.checklist import questions_for
from cases.objections.errors import (
    AgainMissing,
    AlreadyDecided,
    DisputedTooHigh,
    GenuineAmountWrong,
    NothingDisputed,
    RaisedInFuture,
    VerdictReasonMissing,
    WordsMissing,
)
from cases.objections.indicators import SpeaksFor
from cases.objections.models import (
    Objection,
    ObjectionCheck,
    ObjectionItem,
    ObjectionKind,
    Verdict,
)
from cases.objections.queries import list_disputed
from legal.allocation import Component


@dataclass(frozen=True, slots=True)
class Disputed:
    """A claim and how much of it is disputed."""

    claim_id: int
    amount_cents: int


@dataclass(frozen=True, slots=True)
class ObjectionDetails:
    """What a debtor says against claims of a case."""

    kind: ObjectionKind
    words: str
    contests: bool
    channel: str
    raised_on: date
    disputed: Sequence[Disputed]
    debtor_id: int | None = None
    language: str = "de"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the file says about one question of the checklist."""

    finding: str
    speaks_for: SpeaksFor


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its reason; `genuine_cents` by claim when it is partly genuine."""

    verdict: Verdict
    reason: str
    genuine_cents: Mapping[int, int] = field(default_factory=dict)
    again_on: date | None = None  # When an open verdict is looked at again.


def record_objection(case_id: int, details: ObjectionDetails) -> Objection:
    """Note an objection; the disputed part stands still until it is decided.

    Raises:
        WordsMissing, NothingDisputed, DisputedTooHigh, RaisedInFuture, CaseClosed.
    """
    case = lock_case(case_id)
    claims = _require_recordable(case, details)
    objection = Objection(
        case_id=case.id,
        creditor_id=case.creditor_id,
        debtor_id=details.debtor_id,
        kind=details.kind,
        words=details.words.strip(),
        words_language=details.language,
        contests=details.contests,
        channel=details.channel,
        raised_on=details.raised_on,
        recorded_at=clock.now(),
        recorded_by=audit.actor_id(),
    )
    db.session.add(objection)
    db.session.flush()
    _take_over_holds(case, objection, details)
    for disputed in details.disputed:
        _dispute(case, objection, disputed, claims[disputed.claim_id])
    timeline.record(
        case,
        "objection.raised",
        objection_id=objection.id,
        kind_code=objection.kind.value,
        contests="yes" if objection.contests else "no",
    )
    return objection


def answer_questions(objection_id: int, answers: Mapping[str, Answer]) -> None:
    """Keep what was found out; an empty finding takes an answer back. Raises AlreadyDecided."""
    objection = _lock_undecided(objection_id)
    known = {
        check.question: check
        for check in db.session.scalars(
            select(ObjectionCheck).where(ObjectionCheck.objection_id == objection.id)
        )
    }
    for question in questions_for(objection.kind):
        answer = answers.get(question)
        if answer is None:
            continue
        check = known.get(question)
        if not answer.finding.strip():
            if check is not None:
                db.session.delete(check)
        else:
            _answer(objection, question, answer, check)
    audit.record("objection.verified", "objection", objection.id, creditor_id=objection.creditor_id)


def decide_objection(objection_id: int, decision: Decision) -> Objection:
    """Decide an objection: the hold ends, what is genuine is credited, an empty case is closed.

    An open verdict (undecided) keeps the hold and comes up again on its day. What the debtor
    contests stays contested for the law, whatever the verdict.

    Raises:
        AlreadyDecided, VerdictReasonMissing, GenuineAmountWrong, AgainMissing.
    """
    objection = _lock_undecided(objection_id)
    case = lock_case(objection.case_id)
    _require_decidable(objection, decision)
    objection.verdict, objection.verdict_reason = decision.verdict, decision.reason.strip()
    objection.decided_at, objection.decided_by = clock.now(), audit.actor_id()
    db.session.flush()
    if decision.verdict is not Verdict.UNDECIDED:
        _lift_holds(case, objection)
        _credit(case, objection, decision)
    timeline.record(
        case,
        "objection.decided",
        objection_id=objection.id,
        kind_code=objection.kind.value,
        verdict_code=decision.verdict.value,
        again_on=decision.again_on if decision.verdict is Verdict.UNDECIDED else None,
    )
    if decision.verdict is Verdict.GENUINE and owed_on(case, clock.today()).open_cents <= 0:
        close_case(case.id, Outcome.UNFOUNDED)
    return objection


def _require_recordable(case: Case, details: ObjectionDetails) -> dict[int, Claim]:
    if not details.words.strip():
        raise WordsMissing
    if not details.disputed:
        raise NothingDisputed
    if details.raised_on > clock.today():
        raise RaisedInFuture
    claims = {claim.id: claim for claim in list_claims(case.id)}
    open_cents = _open_principal(case)
    for disputed in details.disputed:
        claim = claims.get(disputed.claim_id)
        if claim is None:
            raise NothingDisputed
        if not 0 < disputed.amount_cents <= open_cents[claim.id]:
            raise DisputedTooHigh(invoice_number=claim.invoice_number)
    return claims


def _dispute(case: Case, objection: Objection, disputed: Disputed, claim: Claim) -> None:
    db.session.add(
        ObjectionItem(
            objection_id=objection.id,
            claim_id=claim.id,
            creditor_id=case.creditor_id,
            amount_cents=disputed.amount_cents,
        )
    )
    whole = disputed.amount_cents == _open_principal(case)[claim.id]
    set_hold(
        case,
        HoldReason.OBJECTION,
        claim_id=claim.id,
        amount_cents=None if whole else disputed.amount_cents,
        objection_id=objection.id,
    )


def _take_over_holds(case: Case, objection: Objection, details: ObjectionDetails) -> None:
    """A hold for what the creditor had declared as disputed is this objection's from now on."""
    named = {disputed.claim_id for disputed in details.disputed}
    for hold in list_open_holds(case.id):
        declared = hold.reason is HoldReason.OBJECTION and hold.objection_id is None
        if declared and hold.claim_id in named:
            hold.objection_id = objection.id


def _answer(
    objection: Objection, question: str, answer: Answer, check: ObjectionCheck | None
) -> None:
    if check is None:
        check = ObjectionCheck(
            objection_id=objection.id, creditor_id=objection.creditor_id, question=question
        )
        db.session.add(check)
    elif (check.finding, check.speaks_for) == (answer.finding.strip(), answer.speaks_for):
        return
    check.finding, check.speaks_for = answer.finding.strip(), answer.speaks_for
    check.answered_at, check.answered_by = clock.now(), audit.actor_id()


def _require_decidable(objection: Objection, decision: Decision) -> None:
    if not decision.reason.strip():
        raise VerdictReasonMissing
    if decision.verdict is Verdict.UNDECIDED and (
        decision.again_on is None or decision.again_on <= clock.today()
    ):
        raise AgainMissing
    if decision.verdict is Verdict.PARTLY_GENUINE:
        disputed = list_disputed(objection.id)
        parts = [decision.genuine_cents.get(one.claim.id, 0) for one in disputed]
        limits = [one.item.amount_cents for one in disputed]
        within = all(0 <= part <= limit for part, limit in zip(parts, limits, strict=True))
        if not within or not 0 < sum(parts) < sum(limits):
            raise GenuineAmountWrong


def _lift_holds(case: Case, objection: Objection) -> None:
    for hold in list_open_holds(case.id):
        if hold.objection_id == objection.id:
            lift_hold(case, hold)


def _credit(case: Case, objection: Objection, decision: Decision) -> None:
    """Credit what is genuine, from the day of the invoice on: on it no interest ever ran."""
    open_cents = _open_principal(case)
    for one in list_disputed(objection.id):
        genuine = {
            Verdict.GENUINE: one.item.amount_cents,
            Verdict.PARTLY_GENUINE: decision.genuine_cents.get(one.claim.id, 0),
        }.get(decision.verdict, 0)
        one.item.genuine_cents = genuine
        credited = min(genuine, open_cents[one.claim.id])
        if credited > 0:
            _post_credit_note(case, one.claim, credited, objection)
    db.session.flush()


def _post_credit_note(case: Case, claim: Claim, cents: int, objection: Objection) -> None:
    post(
        "credit_note",
        case=case,
        value_on=claim.invoiced_on,
        currency=case.currency,
        reference=f"objection:{objection.id}",
        entries=[
            ClaimEntry(
                Direction.CREDIT, Component.PRINCIPAL, EntryKind.CREDIT_NOTE, cents, claim.id
            )
        ],
    )
    timeline.record(case, "claim.reduced", invoice_number=claim.invoice_number, amount_cents=cents)


def _open_principal(case: Case) -> dict[int, int]:
    owed = owed_on(case, clock.today())
    return {claim.terms.claim_id: claim.principal_open_cents for claim in owed.claims}


def _lock_undecided(objection_id: int) -> Objection:
    objection = db.session.scalar(
        select(Objection)
        .where(Objection.id == objection_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if objection is None or objection.verdict not in {None, Verdict.UNDECIDED}:
        raise AlreadyDecided
    return objection
