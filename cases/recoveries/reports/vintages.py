"""Batches: of what was handed in during a month, how much came in within so many days of it."""

from datetime import timedelta
from typing import Any

from cases.recoveries.reports.facts import MONEY_IN, OWN, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share
from legal.findings import N_

#: Days after the hand-over of a case.
WINDOWS = (30, 60, 90, 180, 365)
FACTS = f"""
    SELECT date_trunc('month', c.opened_on)::date AS month, c.id AS case_id, c.opened_on,
           (SELECT coalesce(sum(l.principal_cents), 0) FROM claims l
            WHERE l.case_id = c.id) AS handed_in
    FROM cases c
    WHERE c.opened_on BETWEEN :first_month AND :day AND c.currency = :currency
      AND {OWN.format(table="c")}
"""
CONDITION = "month::text = :key"
COLUMNS = (
    Column("month", N_("Handed in"), Unit.MONTH),
    Column("cases", N_("Cases"), Unit.COUNT),
    Column("handed_in", N_("Principal handed in"), Unit.MONEY),
    Column("received", N_("Received so far"), Unit.MONEY),
    *(Column(f"within_{days}", N_("within %(days)s days"), Unit.SHARE) for days in WINDOWS),
)
_SUMS = ", ".join(
    f"""coalesce(sum(p.cents) FILTER (WHERE p.booked_on <= f.opened_on + {days}), 0)::bigint
        AS cents_{days}"""
    for days in WINDOWS
)
_SHOWN = ", ".join(f"coalesce(money.cents_{days}, 0)::bigint AS cents_{days}" for days in WINDOWS)
_QUERY = f"""
    WITH f AS MATERIALIZED ({FACTS}), money AS (
        SELECT f.month, coalesce(sum(p.cents), 0)::bigint AS received, {_SUMS}
        FROM f JOIN ({MONEY_IN} AND e.booked_on <= :day) p ON p.case_id = f.case_id
        GROUP BY f.month
    )
    SELECT a.month, a.cases, a.handed_in, coalesce(money.received, 0)::bigint AS received,
           {_SHOWN}
    FROM (SELECT month, count(*) AS cases, sum(handed_in)::bigint AS handed_in FROM f
          GROUP BY month) a
    LEFT JOIN money ON money.month = a.month
    ORDER BY a.month
"""


def work_out(scope: Scope) -> Figures:
    """The report at a key date; a window that is not over for all cases is left open."""
    rows = [_row(found, scope) for found in rows_of(_QUERY, scope.params)]
    total = None
    if len(rows) > 1:
        total = Row({n: sum(row[n] for row in rows) for n in ("cases", "handed_in", "received")})
    return Figures(COLUMNS, rows, Chart("month", ("within_30", "within_90", "within_365")),
                   total=total)  # fmt: skip


def _row(found: dict[str, Any], scope: Scope) -> Row:
    month = found["month"]
    after = (month + timedelta(days=31)).replace(day=1)
    values = {name: found[name] for name in ("month", "cases", "handed_in", "received")}
    for days in WINDOWS:
        is_over = after - timedelta(days=1) + timedelta(days=days) <= scope.day
        values[f"within_{days}"] = (
            share(found[f"cents_{days}"], found["handed_in"]) if is_over else None
        )
    return Row(values, month.isoformat(), unfinished=not scope.month_is_over(month))
