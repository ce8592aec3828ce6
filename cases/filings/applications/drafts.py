"""Applications before they leave: recommended, checked, mended, dropped.

Whoever changes one holds its case first and then the application itself, so that a release at the
same moment waits and freezes what the row then says.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from cases.claims.asking.models import AskedFor
from cases.claims.asking.policies import may_not_yet
from cases.claims.asking.services import ask_client
from cases.claims.models import Case, Phase
from cases.claims.queries import get_case_by_id, list_debtors, lock_case, lock_cases
from cases.claims.services import return_from_court, send_to_court
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.locks import relock
from cases.costs.booking import list_cost_journals
from cases.dunning.fee_watch import review_case
from cases.filings import liability_log
from cases.filings.applications import memory
from cases.filings.applications.case_facts import gather, gather_many
from cases.filings.applications.case_state import DESPITE_HOLD, require_phase
from cases.filings.applications.forms import form_of
from cases.filings.applications.models import (
    CourtDeclaration,
    Filing,
    FilingKind,
    FilingState,
)
from cases.filings.applications.readiness import Checked, check_filing, check_with, keep_result
from cases.filings.errors import (
    ClockLeavesTime,
    EntryUnknown,
    FilingNotDraft,
    PowerEnded,
    ProceedingRuns,
    ReasonNeeded,
)
from cases.filings.proceedings.models import Proceeding
from cases.filings.proceedings.services import is_without_result, list_of_case
from cases.filings.trial_courts.models import TrialCourtKnown
from legal.proceeding import State

#: What can be declared, and the possible answers.
DECLARATIONS = {
    "performance": ("rendered", "not_dependent", "outstanding"),
    "direct_payments": ("none", "reported"),
    "list_enclosed": ("yes",),
}


def recommend(case_id: int, why: str) -> Filing:
    """Send a case to court: a draft of the application for a payment order, checked at once.

    It begins with what is known for every application of this creditor.

    Raises:
        ReasonNeeded; CaseNotAmicable; ProceedingRuns.
    """
    if not why.strip():
        raise ReasonNeeded
    # The step of the fee that is due by now is booked before: nothing raises it in court.
    if list_cost_journals(get_case_by_id(case_id)):
        review_case(case_id)
    case = send_to_court(case_id, why.strip())
    if may_not_yet(case, AskedFor.COURT):
        ask_client(case, AskedFor.COURT, reason=why)
    _require_no_proceeding(case)
    known = _find_draft(case.id, FilingKind.PAYMENT_ORDER, None)
    if known is not None:
        return known
    facts = gather(case)
    content, origins = memory.recall(facts)
    memory.recall_declaration(facts)
    return _draft(
        case, FilingKind.PAYMENT_ORDER, why.strip(), _own_ref(case),
        content=content, remembered=origins,
    )  # fmt: skip


def foresee(case: Case) -> Checked:
    """What stands against an application for this case as it is today; nothing is written."""
    facts = gather(case)
    content, _ = memory.recall(facts)
    filing = Filing(
        case_id=case.id, kind=FilingKind.PAYMENT_ORDER, own_ref=case.number,
        content=dict(content), reasons={},
    )  # fmt: skip
    return check_with(filing, facts)


def draft_filing(
    proceeding: Proceeding,
    kind: FilingKind,
    because: str,
    *,
    message_id: int | None = None,
    content: Mapping[str, Any] | None = None,
) -> Filing:
    """A draft of a later application of a proceeding; the same one twice stays one.

    Raises:
        PowerEnded: the matter is with the court for litigation; CaseInTheWay.
    """
    case = lock_case(proceeding.case_id)
    require_phase(case, kind)
    if proceeding.state is State.REFERRED:
        raise PowerEnded
    known = _find_draft(proceeding.case_id, kind, proceeding.id)
    if known is not None:
        return known
    return _draft(
        case, kind, because, proceeding.own_ref, proceeding, message_id=message_id, content=content
    )


def get_filing(public_id: str) -> Filing:
    """The filing of that public id; raises NotFound."""
    found = db.session.scalar(select(Filing).where(Filing.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def lock_filing(public_id: str) -> Filing:
    """The same, locked, its case before it; raises NotFound, FilingNotDraft."""
    found = get_filing(public_id)
    _lock_draft(found)
    return found


def enter(filing: Filing, values: Mapping[str, str]) -> Checked:
    """Mend a draft in place; what holds beyond this case is kept for the next application.

    Raises:
        FilingNotDraft, EntryUnknown.
    """
    _lock_draft(filing)
    form = form_of(get_case_by_id(filing.case_id))
    for path in values:
        if not form.may_be_entered(path):
            raise EntryUnknown(path=path)
    kept = {**filing.content, **{path: _typed(path, value) for path, value in values.items()}}
    filing.content = {path: value for path, value in kept.items() if value not in ("", None)}
    filing.remembered = {p: case for p, case in filing.remembered.items() if p not in values}
    _remember_trial_courts(filing, values)
    if filing.kind is FilingKind.PAYMENT_ORDER:
        memory.keep_entries(filing, values)
    audit.record(
        "filing.entered", "filing", filing.id, creditor_id=filing.creditor_id, fields=list(values)
    )
    return check_filing(filing)


def give_reason(filing: Filing, code: str, reason: str) -> Checked:
    """File despite a warning that needs a reason.

    Raises:
        FilingNotDraft, ReasonNeeded; ClockLeavesTime: a hold is passed over only near a last day.
    """
    _lock_draft(filing)
    needs_reason = form_of(get_case_by_id(filing.case_id)).needs_reason
    if code not in needs_reason or not reason.strip():
        raise ReasonNeeded
    found = {finding["code"] for finding in filing.findings}
    if code == DESPITE_HOLD and code not in found:
        raise ClockLeavesTime
    filing.reasons = {**filing.reasons, code: reason.strip()}
    liability_log.note(
        filing, "filing", "reason_given", after={"code": code}, reason=reason.strip()
    )
    return check_filing(filing)


def declare(
    case: Case,
    kind: str,
    answer: str,
    declared_on: date,
    note: str | None = None,
    *,
    for_all: bool = False,
) -> CourtDeclaration:
    """Record what the creditor has declared; it is asked, never assumed. Raises EntryUnknown.

    `for_all`: the creditor says so for all its claims; later applications begin with it.
    """
    if answer not in DECLARATIONS.get(kind, ()):
        raise EntryUnknown(path=kind)
    lock_case(case.id)
    row = CourtDeclaration(
        case_id=case.id,
        creditor_id=case.creditor_id,
        kind=kind,
        answer=answer,
        declared_on=declared_on,
        note=note,
        recorded_at=clock.now(),
        recorded_by=audit.actor_id(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record(f"court.declared.{kind}", "case", case.id, creditor_id=case.creditor_id)
    if for_all and kind == memory.PERFORMANCE:
        memory.keep_declaration(row)
    for filing in list_drafts(case.id):
        check_filing(filing)
    return row


def drop(filing: Filing, reason: str) -> None:
    """Take a draft off the workbench; a case without any proceeding goes back.

    Raises:
        FilingNotDraft, ReasonNeeded.
    """
    _lock_draft(filing)
    if not reason.strip():
        raise ReasonNeeded
    filing.state = FilingState.DROPPED
    liability_log.note(filing, "filing", "dropped", before={"kind": filing.kind.value},
                   reason=reason.strip())  # fmt: skip
    db.session.flush()
    in_court = db.session.scalar(
        select(Proceeding.id).where(Proceeding.case_id == filing.case_id).limit(1)
    )
    in_phase = get_case_by_id(filing.case_id).phase is Phase.COURT
    if in_court is None and in_phase and filing.kind is FilingKind.PAYMENT_ORDER:
        return_from_court(filing.case_id, reason.strip())


def list_drafts(case_id: int) -> list[Filing]:
    """What is being prepared in a case."""
    query = select(Filing).where(Filing.case_id == case_id, Filing.state == FilingState.DRAFT)
    return list(db.session.scalars(query.order_by(Filing.id)))


def _draft(
    case: Case,
    kind: FilingKind,
    because: str,
    own_ref: str,
    proceeding: Proceeding | None = None,
    *,
    message_id: int | None = None,
    content: Mapping[str, Any] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> Filing:
    filing = Filing(
        case_id=case.id,
        creditor_id=case.creditor_id,
        kind=kind,
        own_ref=own_ref,
        proceeding_id=proceeding.id if proceeding else None,
        message_id=message_id,
        court=proceeding.court if proceeding else None,
        content=dict(content or {}),
        remembered=dict(remembered or {}),
        reasons={},
        findings=[],
        errors=0,
        warnings=0,
        principal_cents=0,
        costs_cents=0,
        because=because,
        created_at=clock.now(),
        created_by=audit.actor_id(),
    )
    db.session.add(filing)
    db.session.flush()
    audit.record("filing.drafted", "filing", filing.id, creditor_id=case.creditor_id)
    check_filing(filing)
    return filing


def _own_ref(case: Case) -> str:
    """Our reference, which the court repeats: the case number, later ones with a running number."""
    count = db.session.scalar(
        select(func.count(func.distinct(Filing.own_ref))).where(
            Filing.case_id == case.id, Filing.state == FilingState.HANDED_OVER
        )
    )
    return case.number if not count else f"{case.number}/{count + 1}"


def _find_draft(case_id: int, kind: FilingKind, proceeding_id: int | None) -> Filing | None:
    query = select(Filing).where(
        Filing.case_id == case_id,
        Filing.kind == kind,
        Filing.state.in_([FilingState.DRAFT, FilingState.BATCHED]),
        Filing.proceeding_id.is_(None)
        if proceeding_id is None
        else Filing.proceeding_id == proceeding_id,
    )
    return db.session.scalar(query)


def check_drafts(limit: int = 500) -> int:
    """Check what is in preparation once more, with what the records say now; how many there are."""
    rows = db.session.execute(
        select(Filing.id, Filing.case_id)
        .where(Filing.state == FilingState.DRAFT)
        .order_by(Filing.checked_at.nulls_first(), Filing.id)
        .limit(limit)
    ).all()
    cases = lock_cases(sorted({case_id for _, case_id in rows}))
    facts = gather_many(list(cases.values())) if cases else {}
    filings = db.session.scalars(
        select(Filing)
        .where(Filing.id.in_([row.id for row in rows]), Filing.state == FilingState.DRAFT)
        .order_by(Filing.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).all()
    for filing in filings:
        known = facts[filing.case_id]
        keep_result(filing, check_with(filing, known), known)
    return len(filings)


def _lock_draft(filing: Filing) -> None:
    """The case first, then the draft as it is now. Raises FilingNotDraft."""
    lock_case(filing.case_id)
    relock(filing)
    if filing.state is not FilingState.DRAFT:
        raise FilingNotDraft


def _require_no_proceeding(case: Case) -> None:
    """The claims of a case are before the dunning court once; again only where nothing came of it.

    Raises:
        ProceedingRuns.
    """
    if any(not is_without_result(proceeding) for proceeding in list_of_case(case.id)):
        raise ProceedingRuns


def _typed(path: str, value: str) -> Any:
    """Catalogue numbers are numbers, everything else is text."""
    text = value.strip()
    return int(text) if path.endswith("].no") and text.isdigit() else text


def _remember_trial_courts(filing: Filing, values: Mapping[str, str]) -> None:
    if filing.kind is not FilingKind.PAYMENT_ORDER:
        return
    number = get_case_by_id(filing.case_id).number
    for index, party in enumerate(list_debtors(filing.case_id)):
        base = f"defendants[{index}].prozessgericht."
        kind, plz, place = (
            str(filing.content.get(base + key, "")) for key in ("pgm", "plz", "place")
        )
        named = any(path.startswith(base) for path in values)
        if named and kind and plz and place and party.address is not None:
            db.session.merge(
                TrialCourtKnown(
                    postcode=party.address.postcode, kind=kind, court_postcode=plz,
                    court_place=place, case_number=number, typed_on=clock.today(),
                )
            )  # fmt: skip
    db.session.flush()
