"""Recording an objection and verifying it; the verdict stands in `verdicts`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.asking.services import wait_for_verdict
from cases.claims.models import Case, Claim
from cases.claims.queries import list_claims, list_open_holds, lock_case
from cases.claims.services import lift_hold, require_open
from cases.core import audit, clock
from cases.core.database import db
from cases.objections.catalogue import Contests, reason_of
from cases.objections.checklist import questions_for
from cases.objections.errors import (
    AgainUnclear,
    AlreadyDecided,
    DisputedTooHigh,
    NothingDisputed,
    RaisedInFuture,
    WordsMissing,
)
from cases.objections.evidence import lock_objection
from cases.objections.evidence_models import ObjectionPhase
from cases.objections.holding import (
    hold_case_for,
    hold_disputed,
    open_principal,
    take_over_holds,
)
from cases.objections.indicators import SpeaksFor
from cases.objections.mentions import Again, contest_first, find_same, mention, repeat
from cases.objections.models import (
    Objection,
    ObjectionCheck,
    ObjectionItem,
    ObjectionKind,
)
from cases.objections.queries import list_disputed
from cases.objections.settings import get_settings
from cases.objections.verdicts import take_up


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
    phase: ObjectionPhase = ObjectionPhase.AGENCY
    again: Again | None = None  # What it is where the same was decided before.
    document_id: int | None = None  # The letter or mail that it came with.


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found out about one question, and the document that shows it."""

    finding: str
    speaks_for: SpeaksFor
    document_id: int | None = None


def record_objection(case_id: int, details: ObjectionDetails) -> Objection:
    """Note an objection; the disputed part stands still until it is decided.

    The same of the same person joins the one that is being verified. One that was decided is
    taken up again where it brings something new; without anything new it is answered with
    reference to the first answer: no hold, and no new clock.

    Raises:
        WordsMissing, NothingDisputed, DisputedTooHigh, RaisedInFuture, CaseClosed, AgainUnclear.
    """
    case = lock_case(case_id)
    require_open(case)
    if _beside(details):  # Whatever is ticked: the principal is not disputed.
        details = replace(details, disputed=())
    claims = _require_recordable(case, details)
    disputed_ids = [disputed.claim_id for disputed in details.disputed]
    same = find_same(case.id, details.kind, details.debtor_id, disputed_ids)
    if same is not None and not same.is_open and details.again is None:
        raise AgainUnclear
    if same is not None and details.again is not Again.ANOTHER:
        return _say_again(case, same, details, claims)
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
    objection.answer_due_on = clock.today() + timedelta(days=get_settings().answer_days)
    db.session.add(objection)
    db.session.flush()
    _mention(objection, details)
    take_over_holds(case, objection, {disputed.claim_id for disputed in details.disputed})
    for disputed in details.disputed:
        _dispute(case, objection, disputed, claims[disputed.claim_id])
    if not details.disputed:
        hold_case_for(case, objection)
    timeline.record(
        case,
        "objection.raised",
        objection_id=objection.id,
        kind_code=objection.kind.value,
        contests="yes" if objection.contests else "no",
    )
    wait_for_verdict(case)
    return objection


def _say_again(
    case: Case, same: Objection, details: ObjectionDetails, claims: Mapping[int, Claim]
) -> Objection:
    """Join it with the one that is there; what is disputed beyond is held too."""
    _mention(same, details)
    if not same.is_open and details.again is Again.NOTHING_NEW:
        repeat(case, same)
        return same
    if not same.is_open:
        take_up(case, same, details.words.strip())
    known = {one.claim.id: one.item for one in list_disputed(same.id)}
    for disputed in details.disputed:
        item = known.get(disputed.claim_id)
        if item is None:
            _dispute(case, same, disputed, claims[disputed.claim_id])
        elif disputed.amount_cents > item.amount_cents:
            item.amount_cents = disputed.amount_cents
            for hold in list_open_holds(case.id):
                if (hold.objection_id, hold.claim_id) == (same.id, disputed.claim_id):
                    lift_hold(case, hold)
            hold_disputed(case, same, claims[disputed.claim_id], disputed.amount_cents)
    timeline.record(case, "objection.joined", objection_id=same.id, kind_code=same.kind.value)
    return same


def _mention(objection: Objection, details: ObjectionDetails) -> None:
    mention(
        objection,
        details.phase,
        details.channel,
        details.raised_on,
        details.words,
        details.document_id,
    )
    if details.contests:
        contest_first(objection, [disputed.claim_id for disputed in details.disputed])


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


def _require_recordable(case: Case, details: ObjectionDetails) -> dict[int, Claim]:
    if not details.words.strip():
        raise WordsMissing
    if not details.disputed and not _beside(details):
        raise NothingDisputed
    if details.raised_on > clock.today():
        raise RaisedInFuture
    claims = {claim.id: claim for claim in list_claims(case.id)}
    open_cents = open_principal(case)
    for disputed in details.disputed:
        claim = claims.get(disputed.claim_id)
        if claim is None:
            raise NothingDisputed
        if not 0 < disputed.amount_cents <= open_cents[claim.id]:
            raise DisputedTooHigh(invoice_number=claim.invoice_number)
    return claims


def _beside(details: ObjectionDetails) -> bool:
    """Whether it contests nothing of the principal."""
    return reason_of(details.kind.value).contests is Contests.NOTHING


def _dispute(case: Case, objection: Objection, disputed: Disputed, claim: Claim) -> None:
    db.session.add(
        ObjectionItem(
            objection_id=objection.id,
            claim_id=claim.id,
            creditor_id=case.creditor_id,
            amount_cents=disputed.amount_cents,
        )
    )
    hold_disputed(case, objection, claim, disputed.amount_cents)


def _answer(
    objection: Objection, question: str, answer: Answer, check: ObjectionCheck | None
) -> None:
    if check is None:
        check = ObjectionCheck(
            objection_id=objection.id, creditor_id=objection.creditor_id, question=question
        )
        db.session.add(check)
    found = answer.finding.strip(), answer.speaks_for, answer.document_id
    if (check.finding, check.speaks_for, check.document_id) == found:
        return
    check.finding, check.speaks_for, check.document_id = found
    check.answered_at, check.answered_by = clock.now(), audit.actor_id()


def _lock_undecided(objection_id: int) -> Objection:
    """The objection with its case locked, the case first; raises AlreadyDecided, CaseClosed."""
    case, objection = lock_objection(objection_id)
    require_open(case)
    if not objection.is_open:
        raise AlreadyDecided
    return objection
