"""Whether the bank and the books say the same of the trust account; else nothing goes out.

The slice of payments reads the statements and notes here what it found.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from cases.core import clock
from cases.core.database import db
from cases.ledger.books.balances import sum_accounts
from cases.ledger.errors import TrustDiffers
from cases.ledger.models import Account, BankComparison


@dataclass(frozen=True, slots=True)
class Compared:
    """The latest closing balance of the bank, what the books say, and how many places differ."""

    currency: str
    last_day: date | None
    bank_cents: int
    books_cents: int
    places: int


def note_comparison(found: Compared) -> BankComparison:
    """Keep what was found for a currency."""
    kept = db.session.get(BankComparison, found.currency) or BankComparison(currency=found.currency)
    kept.last_day, kept.places = found.last_day, found.places
    kept.bank_cents, kept.books_cents = found.bank_cents, found.books_cents
    kept.compared_at = clock.now()
    db.session.add(kept)
    db.session.flush()
    return kept


def list_comparisons() -> list[BankComparison]:
    """What was found last, by currency."""
    return list(db.session.scalars(select(BankComparison).order_by(BankComparison.currency)))


def require_reconciled(currency: str | None = None) -> None:
    """Nothing is paid out and no month is closed while bank and books differ.

    Raises:
        TrustDiffers: in this currency, or in any if none is named.
    """
    for kept in list_comparisons():
        if not kept.holds and currency in {None, kept.currency}:
            raise TrustDiffers(currency=kept.currency)


def trust_bank_cents(currency: str) -> int:
    """What the books say lies on the trust account."""
    return sum_accounts([Account.TRUST_BANK]).get((currency, Account.TRUST_BANK), 0)
