"""Whether the bank and the books say the same of the trust account; else nothing goes out.

The slice of payments reads the statements and notes here what it found.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

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


def note_comparison(found: Compared) -> None:
    """Keep what was found for a currency; two imports may be the first to say it at once."""
    said = {
        "last_day": found.last_day,
        "places": found.places,
        "bank_cents": found.bank_cents,
        "books_cents": found.books_cents,
        "compared_at": clock.now(),
    }
    entered = insert(BankComparison).values(currency=found.currency, **said)
    db.session.execute(entered.on_conflict_do_update(index_elements=["currency"], set_=said))


def list_comparisons() -> list[BankComparison]:
    """What was found last, by currency."""
    query = select(BankComparison).order_by(BankComparison.currency)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


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
