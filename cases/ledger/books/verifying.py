"""Recomputing everything: cached balances, both sides of every booking, the trust account."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import text

from cases.core.database import db
from cases.ledger.trust import prove_trust


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two figures that must be equal are not."""

    check: str  # A key of CHECKS, or "trust".
    record: str
    kept_cents: int
    computed_cents: int


#: Name -> query that answers record, kept and computed cents, where they differ.
CHECKS = {
    "journal_balance": """
        SELECT 'journal ' || journal_id || ' ' || currency, 0, sum(amount_cents)
        FROM journal_lines GROUP BY journal_id, currency HAVING sum(amount_cents) <> 0
    """,
    "case_balances": """
        WITH signed AS (
            SELECT e.case_id, e.component, coalesce(o.kind, e.kind) AS kind,
                   CASE e.direction WHEN 'debit' THEN e.amount_cents ELSE -e.amount_cents END AS c
            FROM ledger_entries e LEFT JOIN ledger_entries o ON o.id = e.reverses_id
        ), computed AS (
            SELECT case_id,
                coalesce(sum(c) FILTER (WHERE component = 'principal'
                    AND kind NOT IN ('payment', 'direct_payment')), 0) AS principal,
                coalesce(sum(c) FILTER (WHERE component <> 'interest'), 0) AS booked,
                coalesce(-sum(c) FILTER
                    (WHERE kind IN ('payment', 'direct_payment')), 0) AS received
            FROM signed GROUP BY case_id
        )
        SELECT 'case ' || k.number || ' ' || v.name, v.kept, v.computed
        FROM cases k LEFT JOIN computed c ON c.case_id = k.id
        CROSS JOIN LATERAL (VALUES
            ('principal', k.principal_cents, coalesce(c.principal, 0)),
            ('booked_open', k.booked_open_cents, coalesce(c.booked, 0)),
            ('received', k.received_cents, coalesce(c.received, 0))
        ) AS v (name, kept, computed)
        WHERE v.kept <> v.computed
    """,
    "claims_mirrored": """
        WITH entries AS (
            SELECT journal_id,
                   sum(CASE direction WHEN 'debit' THEN amount_cents ELSE -amount_cents END) AS c
            FROM ledger_entries WHERE component <> 'interest' GROUP BY journal_id
        ), mirrored AS (
            SELECT journal_id, sum(amount_cents) AS c
            FROM journal_lines WHERE account = 'claims_due' GROUP BY journal_id
        )
        SELECT 'journal ' || journal_id, coalesce(m.c, 0), coalesce(e.c, 0)
        FROM entries e FULL JOIN mirrored m USING (journal_id)
        WHERE coalesce(m.c, 0) <> coalesce(e.c, 0)
    """,
    "period_balances": """
        WITH computed AS (
            SELECT p.last_day, l.account, l.creditor_id, l.currency, sum(l.amount_cents) AS cents
            FROM (SELECT max(last_day) AS last_day FROM closed_periods) p
            JOIN journals j ON j.booked_on <= p.last_day
            JOIN journal_lines l ON l.journal_id = j.id
            GROUP BY 1, 2, 3, 4 HAVING sum(l.amount_cents) <> 0
        ), kept AS (
            SELECT * FROM period_balances
            WHERE last_day = (SELECT max(last_day) FROM closed_periods)
        )
        SELECT 'balance of ' || coalesce(k.account, c.account) || ' '
            || coalesce(k.currency, c.currency), coalesce(k.amount_cents, 0), coalesce(c.cents, 0)
        FROM kept k FULL JOIN computed c ON k.account = c.account AND k.currency = c.currency
            AND coalesce(k.creditor_id, 0) = coalesce(c.creditor_id, 0)
        WHERE coalesce(k.amount_cents, 0) <> coalesce(c.cents, 0)
    """,
    "reversals": """
        SELECT 'entry ' || e.id, e.amount_cents, o.amount_cents
        FROM ledger_entries e JOIN ledger_entries o ON o.id = e.reverses_id
        WHERE e.amount_cents <> o.amount_cents OR e.direction = o.direction
           OR e.component <> o.component OR e.case_id <> o.case_id
           OR e.claim_id IS DISTINCT FROM o.claim_id OR e.value_on <> o.value_on
    """,
}


def verify_ledger() -> Iterator[Difference]:
    """Every difference in the books; none when all is right."""
    for name, query in CHECKS.items():
        for record, kept, computed in db.session.execute(text(query)):
            yield Difference(name, record, int(kept), int(computed))
    for proof in prove_trust():
        if proof.difference_cents:
            owned = sum(proof.owned_cents.values())
            yield Difference("trust", proof.currency, proof.trust_bank_cents, owned)


def count_cases() -> int:
    """How many cases the check looked at."""
    return int(db.session.scalar(text("SELECT count(*) FROM cases")) or 0)
