"""The facts that reports are read from, as SQL that several of them share.

`:creditor_id` is null where the whole house is asked for; in the portal the database shows a
creditor's own rows only, whatever is asked.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import text

from cases.contacts.catalogue import was_reached
from cases.contacts.models import ContactOutcome
from cases.core.database import db

#: Whose rows.
OWN = "(CAST(:creditor_id AS bigint) IS NULL OR {table}.creditor_id = :creditor_id)"

_IN_VAIN = ", ".join(f"'{each.value}'" for each in ContactOutcome if not was_reached(each))
#: Contacts of table `k` that count: what was put right later counts as it was put right.
STANDING = "NOT EXISTS (SELECT FROM contacts later WHERE later.corrects_id = k.id)"
#: Those in which somebody was spoken to; a message without an outcome reached its reader.
REACHED = f"(k.outcome IS NULL OR k.outcome NOT IN ({_IN_VAIN}))"

#: Money that came in, and money that went back with its sign, each on its own business day.
MONEY_IN = f"""
    SELECT e.case_id, e.claim_id, e.creditor_id, e.component, e.booked_on, e.value_on,
           CASE e.direction WHEN 'credit' THEN e.amount_cents ELSE -e.amount_cents END AS cents
    FROM ledger_entries e
    LEFT JOIN ledger_entries o ON o.id = e.reverses_id
    WHERE coalesce(o.kind, e.kind) IN ('payment', 'direct_payment')
      AND e.currency = :currency AND e.posted_at <= :known_at AND {OWN.format(table="e")}
"""

#: What is open of each claim's principal on the key date.
OPEN_PRINCIPAL = f"""
    SELECT e.claim_id,
           sum(CASE e.direction WHEN 'debit' THEN e.amount_cents ELSE -e.amount_cents END) AS cents
    FROM ledger_entries e
    WHERE e.component = 'principal' AND e.currency = :currency
      AND e.value_on <= :day AND e.posted_at <= :known_at AND {OWN.format(table="e")}
    GROUP BY e.claim_id
    HAVING sum(CASE e.direction WHEN 'debit' THEN e.amount_cents ELSE -e.amount_cents END) > 0
"""


def rows_of(query: str, params: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of a query; numbers that add up come back whole."""
    found = db.session.execute(text(query), dict(params)).mappings()
    return [dict(row) for row in found]


def cases_of(facts: str, condition: str, params: Mapping[str, Any], limit: int) -> list[int]:
    """The cases of the facts for which a condition holds: what a figure counts."""
    query = f"SELECT DISTINCT case_id FROM ({facts}) f WHERE {condition} ORDER BY case_id LIMIT :n"
    return list(db.session.scalars(text(query), {**params, "n": limit}))
