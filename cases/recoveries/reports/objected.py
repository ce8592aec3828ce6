"""What debtors objected, and what the check found: for the creditor, what to change at its root."""

from cases.objections.words import OBJECTIONS
from cases.recoveries.reports.facts import OWN, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share, total_of
from legal.findings import N_

FACTS = f"""
    SELECT o.case_id, o.kind::text AS kind,
           CASE WHEN o.decided_at <= :known_at THEN o.verdict::text END AS verdict,
           (SELECT coalesce(sum(i.amount_cents), 0) FROM objection_items i
            WHERE i.objection_id = o.id)::bigint AS cents
    FROM objections o JOIN cases k ON k.id = o.case_id
    WHERE o.raised_on BETWEEN :first_month AND :day AND o.recorded_at <= :known_at
      AND k.currency = :currency AND {OWN.format(table="o")}
"""
CONDITION = "kind = :key"
COLUMNS = (
    Column("kind", N_("Objection"), Unit.WORDS),
    Column("objections", N_("Objections"), Unit.COUNT),
    Column("genuine", N_("founded, at least in part"), Unit.COUNT),
    Column("pretext", N_("unfounded"), Unit.COUNT),
    Column("open", N_("not decided"), Unit.COUNT),
    Column("rate", N_("founded of those decided"), Unit.SHARE),
    Column("cents", N_("Disputed"), Unit.MONEY),
)
_QUERY = f"""
    SELECT kind, count(*) AS objections,
           count(*) FILTER (WHERE verdict IN ('genuine', 'partly_genuine')) AS genuine,
           count(*) FILTER (WHERE verdict = 'pretext') AS pretext,
           count(*) FILTER (WHERE verdict IS NULL OR verdict = 'undecided') AS open,
           sum(cents)::bigint AS cents
    FROM ({FACTS}) f GROUP BY kind ORDER BY objections DESC, kind
"""


def work_out(scope: Scope) -> Figures:
    """Objections raised in the months up to the key date."""
    rows = [
        Row(
            {**found, "rate": share(found["genuine"], found["genuine"] + found["pretext"])},
            found["kind"],
        )
        for found in rows_of(_QUERY, scope.params)
    ]
    words = {str(kind.value): said for kind, said in OBJECTIONS.items()}
    chart = Chart("kind", ("genuine", "pretext", "open"))
    return Figures(COLUMNS, rows, chart, {"kind": words}, total_of(COLUMNS, rows))
