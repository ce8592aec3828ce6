"""The creditor reports a payment made to him, a credit note, a withdrawal, or writes to us.

A report changes nothing by itself: it is a proposal. But while a payment, a credit note or a
withdrawal waits for our answer, no step of pressure goes out. The portal writes no timeline; a
worker tells the staff, and the worklist follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.models import Case, Hold, HoldReason, Phase
from cases.claims.queries import lock_case
from cases.claims.report_models import CreditorReport, ReportKind
from cases.claims.services import lift_hold, set_hold
from cases.core import audit, clock
from cases.core.database import db
from cases.core.errors import Conflict, Invalid, NotFound
from cases.core.outbox import register_effect

EFFECT = "case.report_arrived"
#: Kinds that say what was paid or let go.
WITH_AMOUNT = {ReportKind.DIRECT_PAYMENT, ReportKind.CREDIT_NOTE}


class ReportAmountMissing(Invalid):
    """Please enter the amount."""


class ReportDayMissing(Invalid):
    """Please enter the day."""


class ReportDayAhead(Invalid):
    """The day lies in the future."""


class ReportWordsMissing(Invalid):
    """Please write a few words."""


class ReportAnswerMissing(Invalid):
    """Please write what was done; the creditor reads it."""


class AlreadyAnswered(Conflict):
    """This report is answered already."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a creditor tells us about a case."""

    kind: ReportKind
    amount_cents: int | None = None
    happened_on: date | None = None
    words: str = ""


def report(case: Case, user_id: int, told: Report) -> CreditorReport:
    """Keep a report of the creditor; a worker tells the staff.

    Raises:
        ReportAmountMissing, ReportDayMissing, ReportDayAhead, ReportWordsMissing.
    """
    _require_complete(told)
    with_amount = told.kind in WITH_AMOUNT
    kept = CreditorReport(
        case_id=case.id,
        creditor_id=case.creditor_id,
        kind=told.kind,
        amount_cents=told.amount_cents if with_amount else None,
        happened_on=told.happened_on if with_amount else None,
        words=told.words.strip() or None,
        reported_at=clock.now(),
        reported_by=user_id,
    )
    db.session.add(kept)
    db.session.flush()
    audit.record("creditor_report.made", "creditor_report", kept.id, creditor_id=case.creditor_id)
    register_effect(EFFECT, f"report:{kept.id}", report_id=kept.id)
    return kept


def tell_report(key: str, report_id: int) -> None:
    """Carry out the effect `case.report_arrived`: what it concerns waits, somebody answers it."""
    kept = db.session.get_one(CreditorReport, report_id)
    case = lock_case(kept.case_id)
    audit.set_actor(kept.reported_by)
    if kept.kind is not ReportKind.MESSAGE and case.phase is not Phase.CLOSED:
        kept.hold_id = set_hold(case, HoldReason.CREDITOR, note=kept.words).id
    timeline.record(
        case,
        "report.arrived",
        report_id=kept.id,
        report_code=kept.kind.value,
        amount_cents=kept.amount_cents,
    )


def answer_report(public_id: str, answer: str) -> CreditorReport:
    """Tell the creditor what was done; what waited for it goes on.

    Raises:
        ReportAnswerMissing, AlreadyAnswered.
    """
    if not answer.strip():
        raise ReportAnswerMissing
    case = lock_case(get_report(public_id).case_id)
    kept = get_report(public_id)
    if kept.answered_at is not None:
        raise AlreadyAnswered
    kept.answer, kept.answered_at, kept.answered_by = answer.strip(), clock.now(), audit.actor_id()
    hold = db.session.get(Hold, kept.hold_id) if kept.hold_id else None
    if hold is not None and hold.lifted_at is None:
        lift_hold(case, hold)
    timeline.record(case, "report.answered", report_id=kept.id, report_code=kept.kind.value)
    return kept


def get_report(public_id: str) -> CreditorReport:
    """The report of that public id. For a creditor only its own exist; raises NotFound."""
    query = select(CreditorReport).where(CreditorReport.public_id == public_id)
    found = db.session.scalar(query.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def find_report(report_id: int) -> CreditorReport | None:
    """The report of that id, if there is one."""
    return db.session.get(CreditorReport, report_id)


def list_reports(case_id: int) -> Sequence[CreditorReport]:
    """The reports about a case, newest first."""
    query = select(CreditorReport).where(CreditorReport.case_id == case_id)
    return db.session.scalars(query.order_by(CreditorReport.id.desc())).all()


def _require_complete(told: Report) -> None:
    if told.kind in WITH_AMOUNT:
        if told.amount_cents is None:
            raise ReportAmountMissing
        if told.happened_on is None:
            raise ReportDayMissing
        if told.happened_on > clock.today():
            raise ReportDayAhead
    elif not told.words.strip():
        raise ReportWordsMissing
