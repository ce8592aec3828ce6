"""The aged balance (Altersstruktur): open principal by days past due, on any past day."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import text

from cases.core import clock
from cases.core.database import db

#: Days past due at which a bracket begins; the first holds what is not due yet.
BRACKETS = (1, 31, 61, 91, 181, 366)


@dataclass(frozen=True, slots=True)
class AgedRow:
    """What one creditor has open in one currency, by bracket."""

    creditor_id: int
    currency: str
    claims: int
    open_cents: int
    by_bracket_cents: tuple[int, ...]  # Not due, then from each bracket's first day on.


_QUERY = text("""
    WITH balances AS (
        SELECT claim_id, sum(CASE direction WHEN 'debit' THEN amount_cents
                                            ELSE -amount_cents END) AS cents
        FROM ledger_entries
        WHERE component = 'principal' AND value_on <= :day AND posted_at <= :known_at
        GROUP BY claim_id
        HAVING sum(CASE direction WHEN 'debit' THEN amount_cents ELSE -amount_cents END) > 0
    ), aged AS (
        SELECT c.creditor_id, c.currency, b.cents,
               width_bucket(:day - coalesce(c.due_on, c.invoiced_on), :brackets) AS bracket
        FROM balances b JOIN claims c ON c.id = b.claim_id
    )
    SELECT creditor_id, currency, bracket, count(*), sum(cents)
    FROM aged GROUP BY creditor_id, currency, bracket
    ORDER BY creditor_id, currency, bracket
""")


def aged_balance(day: date, known_at: datetime | None = None) -> list[AgedRow]:
    """Open principal of every creditor on a day, as it was known at a moment; now by default."""
    params = {"day": day, "known_at": known_at or clock.now(), "brackets": list(BRACKETS)}
    sums: dict[tuple[int, str], list[int]] = {}
    counts: dict[tuple[int, str], int] = {}
    for creditor_id, currency, bracket, claims, cents in db.session.execute(_QUERY, params):
        key = (int(creditor_id), str(currency))
        sums.setdefault(key, [0] * (len(BRACKETS) + 1))[int(bracket)] = int(cents)
        counts[key] = counts.get(key, 0) + int(claims)
    return [
        AgedRow(creditor_id, currency, counts[creditor_id, currency], sum(cents), tuple(cents))
        for (creditor_id, currency), cents in sums.items()
    ]
