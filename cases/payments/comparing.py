"""Reads the statements of the trust account and what the books have of them; notes the result."""

from datetime import date, timedelta

from sqlalchemy import func, select

from cases.core import audit
from cases.core.database import db, new_public_id
from cases.core.errors import Conflict
from cases.core.locks import take_name
from cases.ledger.bank.comparison import Compared, note_comparison, trust_bank_cents
from cases.parties.queries import find_agency
from cases.payments.models import BankEntry, BankFile, BankFileState, BankImport, EntryState
from cases.payments.own_accounts import clean_trust_iban
from cases.payments.queries import get_statement
from cases.payments.reconciling import Balances, Place, Reconciliation, reconcile
from cases.payments.standing import Standing
from cases.payments.statement_booking import book_entry

OPENING = "opening"


class NoOpeningBalance(Conflict):
    """The books have a balance already; only the very first statement opens them."""


def compare_with_bank() -> list[Reconciliation]:
    """The comparison of every currency of the trust account, kept for whoever pays or closes.

    Who compares takes turns: what is kept is the later one's, and it has seen the earlier's books.
    """
    take_name("bank comparison")
    found = list_reconciliations()
    for each in found:
        note_comparison(
            Compared(
                each.currency, each.last_day, each.bank_cents, each.books_cents,
                len(each.mismatches),
            )
        )  # fmt: skip
    return found


def list_reconciliations() -> list[Reconciliation]:
    """Bank against books, by currency; none before the first statement."""
    agency = find_agency()
    if agency is None:
        return []
    iban = clean_trust_iban(agency)
    statements = _statements(iban)
    return [
        reconcile(currency, rows, booked, trust_bank_cents(currency) - sum(booked.values()))
        for currency, rows in sorted(statements.items())
        for booked in [_booked(iban, currency)]
    ]


def book_opening_balance(statement_public_id: str) -> BankEntry:
    """Take over what lay on the account before the first statement; it waits in suspense.

    Raises:
        NoOpeningBalance: the statement is not the first one, or opens with nothing new.
    """
    noted = get_statement(statement_public_id)
    found = [
        mismatch
        for each in list_reconciliations()
        for mismatch in each.mismatches
        if mismatch.place is Place.OPENING
        and mismatch.statement
        and mismatch.statement.public_id == noted.public_id
    ]
    if not found:
        raise NoOpeningBalance
    day = (noted.first_day or noted.last_day or date.min) - timedelta(days=1)
    entry = BankEntry(
        public_id=new_public_id(),
        import_id=noted.id,
        iban=noted.iban,
        fingerprint=f"{OPENING}:{noted.public_id}",
        part=1,
        parts=1,
        booked_on=day,
        value_on=day,
        amount_cents=found[0].cents,
        currency=noted.currency,
        purpose="",
        is_return=False,
        state=EntryState.SUSPENSE,
        reason=Standing.OPENING_BALANCE.value,
    )
    db.session.add(entry)
    db.session.flush()
    book_entry(entry)
    audit.record("bank.opening_balance", "bank_entry", entry.id)
    compare_with_bank()
    return entry


def _statements(iban: str) -> dict[str, list[Balances]]:
    query = (
        select(BankImport)
        .join(BankFile, BankFile.id == BankImport.bank_file_id)
        .where(
            BankImport.iban == iban,
            BankImport.refused_code.is_(None),
            BankImport.taken_back_at.is_(None),
            BankImport.last_day.is_not(None),
            BankFile.state != BankFileState.REFUSED,
        )
        .order_by(BankImport.last_day, BankImport.id)
    )
    found: dict[str, list[Balances]] = {}
    for row in db.session.scalars(query):
        if row.last_day is not None:
            found.setdefault(row.currency, []).append(
                Balances(
                    row.public_id, row.first_day or row.last_day, row.last_day,
                    row.opening_cents, row.closing_cents,
                )
            )  # fmt: skip
    return found


def _booked(iban: str, currency: str) -> dict[date, int]:
    """What the books have of the bank's entries, by the bank's days."""
    query = (
        select(BankEntry.booked_on, func.sum(BankEntry.amount_cents))
        .where(
            BankEntry.iban == iban,
            BankEntry.currency == currency,
            BankEntry.journal_id.is_not(None),
            BankEntry.state != EntryState.TAKEN_BACK,
        )
        .group_by(BankEntry.booked_on)
    )
    return {day: int(cents) for day, cents in db.session.execute(query)}
