"""How cases ended in a period: what came in of them, what was let go, what is lost, and why."""

from cases.recoveries.reports.facts import MONEY_IN, OWN, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, total_of
from cases.recoveries.words import OUTCOMES
from legal.findings import N_

#: Kinds of booking by which something is let go.
LETTING_GO = {
    "waiver": N_("Waiver"),
    "settlement": N_("Settlement"),
    "paid_in_time": N_("Interest after payment in time"),
    "write_off": N_("Write-off"),
    "credit_note": N_("Credit note"),
}
FACTS = f"""
    SELECT k.id AS case_id, k.outcome::text AS outcome,
           (SELECT coalesce(sum(l.principal_cents), 0) FROM claims l WHERE l.case_id = k.id)::bigint
               AS handed_in,
           (SELECT coalesce(sum(CASE e.direction WHEN 'debit' THEN e.amount_cents
                                                 ELSE -e.amount_cents END), 0)
            FROM ledger_entries e WHERE e.case_id = k.id AND e.component = 'principal'
              AND e.value_on <= :day AND e.posted_at <= :known_at)::bigint AS lost
    FROM cases k
    WHERE k.outcome IS NOT NULL AND k.closed_at <= :known_at
      AND k.closed_at >= CAST(:first_month AS date) AND k.currency = :currency
      AND {OWN.format(table="k")}
"""
CONDITION = "outcome = :key"
COLUMNS = (
    Column("outcome", N_("Ended as"), Unit.WORDS),
    Column("cases", N_("Cases"), Unit.COUNT),
    Column("handed_in", N_("Principal handed in"), Unit.MONEY),
    Column("received", N_("Received"), Unit.MONEY),
    Column("lost", N_("Principal left open"), Unit.MONEY),
)
_QUERY = f"""
    WITH f AS MATERIALIZED ({FACTS}), money AS (
        SELECT f.outcome, sum(m.cents)::bigint AS received
        FROM f JOIN ({MONEY_IN} AND e.booked_on <= :day) m ON m.case_id = f.case_id
        GROUP BY f.outcome
    )
    SELECT f.outcome, count(*) AS cases, sum(f.handed_in)::bigint AS handed_in,
           coalesce(max(money.received), 0)::bigint AS received, sum(f.lost)::bigint AS lost
    FROM f LEFT JOIN money ON money.outcome = f.outcome GROUP BY f.outcome ORDER BY f.outcome
"""
LET_GO_FACTS = f"""
    SELECT e.case_id, coalesce(o.kind, e.kind)::text AS kind,
           coalesce(nullif(coalesce(o.words, e.words), ''), '–') AS why,
           CASE e.direction WHEN 'credit' THEN e.amount_cents ELSE -e.amount_cents END AS cents
    FROM ledger_entries e LEFT JOIN ledger_entries o ON o.id = e.reverses_id
    WHERE coalesce(o.kind, e.kind) IN ({", ".join(f"'{kind}'" for kind in LETTING_GO)})
      AND e.booked_on BETWEEN :first_month AND :day AND e.posted_at <= :known_at
      AND e.currency = :currency AND {OWN.format(table="e")}
"""
LET_GO_CONDITION = "kind || ':' || why = :key"
LET_GO_COLUMNS = (
    Column("kind", N_("Let go by"), Unit.WORDS),
    Column("why", N_("Reason"), Unit.WORDS),
    Column("cases", N_("Cases"), Unit.COUNT, sums=False),
    Column("cents", N_("Let go"), Unit.MONEY),
)
_LET_GO = f"""
    SELECT kind, why, count(DISTINCT case_id) AS cases, sum(cents)::bigint AS cents
    FROM ({LET_GO_FACTS}) f GROUP BY kind, why HAVING sum(cents) <> 0
    ORDER BY sum(cents) DESC, kind, why LIMIT 200
"""


def work_out(scope: Scope) -> Figures:
    """Endings in the months up to the key date."""
    rows = [Row(found, found["outcome"]) for found in rows_of(_QUERY, scope.params)]
    words = {str(outcome.value): said for outcome, said in OUTCOMES.items()}
    chart = Chart("outcome", ("received", "lost"))
    return Figures(COLUMNS, rows, chart, {"outcome": words}, total_of(COLUMNS, rows))


def let_go(scope: Scope) -> Figures:
    """What was let go by booking, with the reason that was given."""
    rows = [Row(f, f"{f['kind']}:{f['why']}") for f in rows_of(_LET_GO, scope.params)]
    return Figures(LET_GO_COLUMNS, rows, None, {"kind": LETTING_GO}, total_of(LET_GO_COLUMNS, rows))
