"""Money that was collected and can still be taken back: it is not paid out yet."""

from datetime import date, timedelta

from sqlalchemy import select

from cases.claims.models import Case
from cases.core.database import db
from cases.parties.queries import get_contract
from cases.payments.models import Payment
from cases.remittances.debits.models import Debit
from cases.remittances.terms import terms_of

WAY = "direct_debit"


def returnable_journals(creditor_id: int, as_of: date) -> list[int]:
    """The journals of debits whose days of the contract are not over on a day.

    The last of those days counts as over, as everywhere in the settlement.
    """
    rows = db.session.execute(
        select(Payment.journal_id, Payment.value_on, Case.ordered_on)
        .join(Debit, Debit.bank_entry_id == Payment.bank_entry_id)
        .join(Case, Case.id == Payment.case_id)
        .where(Payment.creditor_id == creditor_id, Payment.reversed_at.is_(None))
    ).all()
    held = []
    for journal_id, value_on, ordered_on in rows:
        terms = terms_of(get_contract(creditor_id, ordered_on))
        days = (terms.hold_back_days or {}).get(WAY, 0)
        if as_of < value_on + timedelta(days=days):
            held.append(journal_id)
    return held
