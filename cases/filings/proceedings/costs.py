"""What courts cost: booked on the claim account, owed to the court, paid, and who advanced it.

A court fee is paid from operating money or from that creditor's own advance. Law: GKG §§ 12(3), 22.
"""

from datetime import date, timedelta

from sqlalchemy import select

from cases.claims import timeline
from cases.claims.queries import lock_case
from cases.core import audit
from cases.core.database import db
from cases.core.errors import NotFound
from cases.core.locks import relock
from cases.filings.court_mail.models import CourtMessage
from cases.filings.court_settings import get_court_settings
from cases.filings.errors import EntryUnknown, PayablePaid
from cases.filings.proceedings.models import CourtPayable, PayableState, Proceeding
from cases.filings.proceedings.services import lock_proceeding, may_happen, take_event
from cases.ledger.court_costs import book_court_costs, title_court_costs
from cases.ledger.models import Account
from cases.ledger.trust_bookings import balance_of, owe_court_fee, pay_court_fee
from cases.worklist.models import WorkQueue
from cases.worklist.services import add_item, finish_items
from legal.court_papers import CourtBill, CourtCosts
from legal.errors import InvariantBroken
from legal.proceeding import CourtEventKind, Event

SOURCES = ("operating", "advance")


def book_costs(row: CourtMessage, costs: CourtCosts) -> None:
    """Book what a cost note adds: the court's costs and those of representation in it.

    The note for the enforcement order repeats earlier costs, so only what exceeds them is booked.
    """
    if row.case_id is None:
        raise InvariantBroken("row.case_id is missing")
    case, reference = lock_case(row.case_id), f"court:{row.own_ref}"
    book_court_costs(
        case, "court_costs", costs.court_cents, costs.on, reference=reference,
        words="Gerichtsgebühr des Mahnverfahrens",
    )  # fmt: skip
    book_court_costs(
        case, "court_representation", costs.own_cents, costs.on, reference=reference,
        words="Kosten der Vertretung im Mahnverfahren",
    )  # fmt: skip


def title_costs(row: CourtMessage, on: date) -> None:
    """With the enforcement order its costs bear interest, which our application asked for."""
    if row.case_id is not None:
        title_court_costs(lock_case(row.case_id), on, f"court:{row.own_ref}")


def record_payable(row: CourtMessage, bill: CourtBill, on: date) -> CourtPayable:
    """What the court asks for, with its reference and our own day to pay it by."""
    case, amount = lock_case(row.case_id or 0), bill.amount_cents
    journal = owe_court_fee(case, amount, on, f"court:{row.own_ref}")
    payable = CourtPayable(
        case_id=case.id,
        creditor_id=case.creditor_id,
        own_ref=row.own_ref,
        message_id=row.id,
        payee=bill.payee,
        iban=bill.iban,
        reference=bill.reference,
        amount_cents=amount,
        due_on=on + timedelta(days=get_court_settings().payment_days),
        journal_id=journal.id,
    )
    db.session.add(payable)
    db.session.flush()
    timeline.record(case, "court.cost", amount_cents=amount, due_on=payable.due_on)
    add_item(
        case, WorkQueue.LEGAL, "court_fee_due", f"court_payable:{payable.id}",
        amount_cents=amount, due_on=payable.due_on.isoformat(),
    )  # fmt: skip
    return payable


def pay_court(payable: CourtPayable, paid_on: date, source: str) -> None:
    """Record that a person has paid the court; without it no enforcement order (§ 12(3) GKG).

    Raises:
        PayablePaid; AdvanceTooSmall: another creditor's money is never used.
    """
    if payable.state is PayableState.PAID:
        raise PayablePaid
    if source not in SOURCES:
        raise EntryUnknown(path="source")
    case = lock_case(payable.case_id)
    journal = pay_court_fee(
        case, payable.amount_cents, paid_on,
        from_advance=source == "advance", reference=payable.reference,
    )  # fmt: skip
    payable.state, payable.paid_on, payable.paid_from = PayableState.PAID, paid_on, source
    payable.paid_by, payable.payment_journal_id = audit.actor_id(), journal.id
    timeline.record(case, "court.fee_paid", amount_cents=payable.amount_cents)
    finish_items(case, f"court_payable:{payable.id}")
    for proceeding_id in db.session.scalars(
        select(Proceeding.id).where(Proceeding.own_ref == payable.own_ref)
    ):
        proceeding = lock_proceeding(proceeding_id)
        if may_happen(proceeding, CourtEventKind.FEE_PAID):
            take_event(
                proceeding, Event(CourtEventKind.FEE_PAID, max(paid_on, proceeding.applied_on))
            )


def advance_cents(creditor_id: int) -> int:
    """What this creditor has advanced for court costs and is not used yet."""
    return balance_of(Account.CREDITOR_ADVANCES, creditor_id)


def get_payable(public_id: str) -> CourtPayable:
    """The payable of that public id, to be looked at; raises NotFound."""
    found = db.session.scalar(select(CourtPayable).where(CourtPayable.public_id == public_id))
    if found is None:
        raise NotFound
    return found


def lock_payable(public_id: str) -> CourtPayable:
    """The same, locked, its case before it: two people cannot pay it twice. Raises NotFound."""
    found = get_payable(public_id)
    lock_case(found.case_id)
    relock(found)
    return found


def list_open_payables(case_id: int | None = None) -> list[CourtPayable]:
    """What courts still wait for, the next day first."""
    query = select(CourtPayable).where(CourtPayable.state == PayableState.OPEN)
    if case_id is not None:
        query = query.where(CourtPayable.case_id == case_id)
    return list(db.session.scalars(query.order_by(CourtPayable.due_on, CourtPayable.id)))


def list_of_case(case_id: int) -> list[CourtPayable]:
    """All that courts have asked for in a case."""
    query = select(CourtPayable).where(CourtPayable.case_id == case_id).order_by(CourtPayable.id)
    return list(db.session.scalars(query))
