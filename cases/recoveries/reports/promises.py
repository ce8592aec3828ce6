"""Promises by the month of their day: kept, broken, replaced; the share that was kept."""

from typing import Any

from cases.recoveries.reports.facts import OWN, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share, total_of
from legal.findings import N_

FACTS = f"""
    SELECT p.case_id, date_trunc('month', p.due_on)::date AS month, p.amount_cents AS cents,
           CASE WHEN p.settled_at IS NULL OR p.settled_at > :known_at THEN 'open'
                ELSE p.state::text END AS state
    FROM promises p
    WHERE p.due_on BETWEEN :first_month AND :day AND p.made_at <= :known_at
      AND p.currency = :currency AND {OWN.format(table="p")}
"""
CONDITION = "month::text = :key"
COLUMNS = (
    Column("month", N_("Promised for"), Unit.MONTH),
    Column("made", N_("Promises"), Unit.COUNT),
    Column("kept", N_("kept"), Unit.COUNT),
    Column("broken", N_("broken"), Unit.COUNT),
    Column("other", N_("replaced, withdrawn or open"), Unit.COUNT),
    Column("rate", N_("kept of those decided"), Unit.SHARE),
    Column("cents", N_("Promised"), Unit.MONEY),
    Column("kept_cents", N_("kept in money"), Unit.MONEY),
)
_QUERY = f"""
    SELECT month, count(*) AS made, count(*) FILTER (WHERE state = 'kept') AS kept,
           count(*) FILTER (WHERE state = 'broken') AS broken,
           count(*) FILTER (WHERE state NOT IN ('kept', 'broken')) AS other,
           sum(cents)::bigint AS cents,
           coalesce(sum(cents) FILTER (WHERE state = 'kept'), 0)::bigint AS kept_cents
    FROM ({FACTS}) f GROUP BY month ORDER BY month
"""


def work_out(scope: Scope) -> Figures:
    """The report at a key date."""
    rows = [_row(found, scope) for found in rows_of(_QUERY, scope.params)]
    total = total_of(COLUMNS, rows)
    if total is not None:
        total = Row({**total.values, "rate": share(total["kept"], total["kept"] + total["broken"])})
    return Figures(COLUMNS, rows, Chart("month", ("rate",)), total=total)


def _row(found: dict[str, Any], scope: Scope) -> Row:
    rate = share(found["kept"], found["kept"] + found["broken"])
    month = found["month"]
    return Row({**found, "rate": rate}, month.isoformat(), not scope.month_is_over(month))
