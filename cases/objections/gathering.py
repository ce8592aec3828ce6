"""The file of an objection, gathered from the records: what rules and burdens are computed from."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from cases.claims.models import Case, CaseDebtor, Claim, Purpose
from cases.claims.queries import get_case_by_id
from cases.claims.report_models import CreditorReport, ReportKind
from cases.contacts.models import Promise
from cases.core import clock
from cases.core.database import db
from cases.core.many import one_of
from cases.documents.models import ClaimDocument, DocumentKind
from cases.ledger.models import Direction, EntryKind
from cases.ledger.queries import list_postings
from cases.letters.models import Letter
from cases.objections.evidence_models import EvidencePiece
from cases.objections.facts import known_facts
from cases.objections.file_facts import DatedCents, FileFacts, Raised
from cases.objections.models import Objection
from cases.objections.queries import list_disputed
from cases.objections.settings import get_settings
from cases.payments.models import BankEntry, EntryState

#: Fewer cases of a creditor say nothing about his quality.
LEAST_CASES = 20
SETTLING = {EntryKind.PAYMENT, EntryKind.DIRECT_PAYMENT}
UNPLACED = (EntryState.SUSPENSE, EntryState.FOREIGN, EntryState.DOUBTFUL, EntryState.WAITING)


def raised_of(objection: Objection) -> Raised:
    """The objection with the file as it is today."""
    return Raised(
        kind=objection.kind.value,
        raised_on=objection.raised_on,
        as_of=clock.today(),
        file=file_of(objection),
        contests=objection.contests,
    )


def file_of(objection: Objection) -> FileFacts:
    """What the records say about the claims that an objection is against."""
    case, disputed = get_case_by_id(objection.case_id), list_disputed(objection.id)
    claims = [one.claim for one in disputed]
    noted: dict[str, Any] = {}
    for facts in known_facts([claim.id for claim in claims]).values():
        noted |= facts
    cents = sum(one.item.amount_cents for one in disputed)
    found = {
        **_of_claims(claims),
        **_of_case(case),
        **_asked(objection),
        "terms_included": _terms(objection, claims),
        "documents": _documents(case, claims),
        "disputed_cents": cents,
        "suspense_cents": _suspense(case, cents),
        "same_kind_of_creditor_percent": _percent_of_creditor(objection),
        "same_reason_elsewhere": _elsewhere(objection),
    }
    return FileFacts(**(found | noted))


def _of_claims(claims: list[Claim]) -> dict[str, Any]:
    """Earliest days: an objection against several claims is measured at the first."""
    days = [claim.limitation_conservative_on or claim.limitation_on for claim in claims]
    businesses = {claim.purpose is Purpose.BUSINESS for claim in claims}
    same = businesses.pop() if len(businesses) == 1 else None
    return {
        "invoiced_on": _first([claim.invoiced_on for claim in claims]),
        "due_on": _first([claim.due_on or claim.invoiced_on for claim in claims]),
        "contract_on": _first([claim.contract_on for claim in claims]),
        "reminders": tuple(sorted({day for claim in claims for day in claim.reminders})),
        "claim_cents": sum(claim.principal_cents for claim in claims),
        # Businesses are taken for merchants until somebody notes otherwise.
        "merchants": same,
        "consumer": None if same is None else not same,
        "limitation_day": _first(days),
        "default_on": _first([claim.default_on for claim in claims]),
        "known_dispute": any(claim.known_dispute for claim in claims) or None,
    }


def _of_case(case: Case) -> dict[str, Any]:
    postings = list_postings(case.id)
    taken_back = {posting.reverses_id for posting in postings}
    payments = tuple(
        DatedCents(posting.value_on, posting.amount_cents)
        for posting in postings
        if posting.kind in SETTLING
        and posting.direction is Direction.CREDIT
        and posting.id not in taken_back
    )
    direct = db.session.scalar(
        select(func.sum(CreditorReport.amount_cents)).where(
            CreditorReport.case_id == case.id, CreditorReport.kind == ReportKind.DIRECT_PAYMENT
        )
    )
    promises = db.session.scalars(select(Promise).where(Promise.case_id == case.id))
    sent = db.session.scalars(select(Letter.dispatched_on).where(Letter.case_id == case.id))
    return {
        "ordered_on": case.ordered_on,
        "payments": payments,
        "promises": tuple(DatedCents(_day(one.made_at), one.amount_cents) for one in promises),
        "our_letters": tuple(sorted(sent)),
        "direct_payment_reported_cents": direct,
    }


def _asked(objection: Objection) -> dict[str, Any]:
    """Since when the creditor owes an answer, or when he was first asked and answered last."""
    pieces = db.session.scalars(
        select(EvidencePiece).where(
            EvidencePiece.objection_id == objection.id, EvidencePiece.side == "creditor"
        )
    ).all()
    asked = [_day(piece.asked_at) for piece in pieces if piece.asked_at]
    owed = [_day(piece.asked_at) for piece in pieces if piece.asked_at and not piece.answered_at]
    if owed:
        return {"creditor_asked_on": min(owed), "creditor_answered_on": None}
    answered = [_day(piece.answered_at) for piece in pieces if piece.answered_at]
    return {
        "creditor_asked_on": min(asked, default=None),
        "creditor_answered_on": max(answered, default=None),
    }


def _terms(objection: Objection, claims: list[Claim]) -> bool | None:
    """Whether the terms were handed over in time: to a consumer not later than the contract.

    Law: BGB §§ 305(2), 310(1).
    """
    handed_on = db.session.scalar(
        select(func.min(ClaimDocument.handed_on)).where(
            ClaimDocument.case_id == objection.case_id, ClaimDocument.kind == DocumentKind.TERMS
        )
    )
    if handed_on is None:
        return None
    consumers = [claim for claim in claims if claim.purpose is Purpose.CONSUMER]
    return all(claim.contract_on is None or handed_on <= claim.contract_on for claim in consumers)


def _documents(case: Case, claims: list[Claim]) -> tuple[str, ...]:
    """Kinds of documents that are there for these claims, each once."""
    own = [claim.id for claim in claims]
    kinds = db.session.scalars(
        select(ClaimDocument.kind)
        .distinct()
        .where(
            ClaimDocument.case_id == case.id,
            or_(ClaimDocument.claim_id.is_(None), one_of(ClaimDocument.claim_id, own)),
        )
    )
    return tuple(sorted(kind.value for kind in kinds))


def _suspense(case: Case, cents: int) -> tuple[int, ...]:
    """Money of the disputed amount that nobody could place yet."""
    query = select(BankEntry.amount_cents).where(
        BankEntry.amount_cents == cents,
        BankEntry.currency == case.currency,
        BankEntry.state.in_(UNPLACED),
    )
    return tuple(db.session.scalars(query.limit(5)))


def _percent_of_creditor(objection: Objection) -> int | None:
    """How many of a hundred cases of this creditor have the same kind of objection, others'."""
    cases = db.session.scalar(
        select(func.count()).where(
            Case.creditor_id == objection.creditor_id, Case.id != objection.case_id
        )
    )
    if not cases or cases < LEAST_CASES:
        return None
    same = db.session.scalar(
        select(func.count(Objection.case_id.distinct())).where(
            Objection.creditor_id == objection.creditor_id,
            Objection.kind == objection.kind,
            Objection.case_id != objection.case_id,
        )
    )
    return round(100 * (same or 0) / cases)


def _elsewhere(objection: Objection) -> int | None:
    """In how many other creditors' cases the same person gave the same reason, if looked for."""
    if not get_settings().looks_elsewhere:
        return None
    persons = select(CaseDebtor.debtor_id).where(CaseDebtor.case_id == objection.case_id)
    return db.session.scalar(
        select(func.count(Objection.id.distinct()))
        .join(CaseDebtor, CaseDebtor.case_id == Objection.case_id)
        .where(
            CaseDebtor.debtor_id.in_(persons),
            or_(Objection.debtor_id.is_(None), Objection.debtor_id == CaseDebtor.debtor_id),
            Objection.kind == objection.kind,
            Objection.creditor_id != objection.creditor_id,
        )
    )


def _first(days: list[date | None]) -> date | None:
    return min((day for day in days if day is not None), default=None)


def _day(moment: datetime) -> date:
    return clock.local(moment).date()
