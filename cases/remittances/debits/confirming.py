"""What new statements show of debits: collected, or returned; a return ends the mandate."""

from sqlalchemy import select

from cases.claims.queries import lock_cases
from cases.core import audit, locks
from cases.core.database import db
from cases.payments.models import BankEntry
from cases.remittances.debits.mandates import end_mandate
from cases.remittances.debits.models import Debit, DebitState, Mandate

#: Why a mandate has ended that nobody ended.
RETURNED_WHY = "Rücklastschrift"


def confirm_debits() -> None:
    """What new statements show: collected, or returned; a return ends the mandate."""
    live = (DebitState.ORDERED, DebitState.PAID)
    rows = db.session.execute(
        select(Debit.id, BankEntry.id, BankEntry.amount_cents, Mandate.case_id)
        .join(BankEntry, BankEntry.end_to_end == Debit.number)
        .join(Mandate, Mandate.id == Debit.mandate_id)
        .where(Debit.state.in_(live), BankEntry.journal_id.is_not(None))
        .order_by(BankEntry.id)
    ).all()
    lock_cases({case_id for *_, case_id in rows})
    for debit_id, entry_id, cents, _ in rows:
        debit = locks.lock_row(Debit, debit_id)
        if cents < 0 and debit.state in live:
            debit.state = DebitState.RETURNED
            mandate = db.session.get_one(Mandate, debit.mandate_id)
            if mandate.ended_at is None:
                end_mandate(mandate, RETURNED_WHY)
            audit.record("debit.returned", "debit", debit.id)
        elif cents == debit.amount_cents and debit.state is DebitState.ORDERED:
            debit.state, debit.bank_entry_id = DebitState.PAID, entry_id
            audit.record("debit.paid", "debit", debit.id)
