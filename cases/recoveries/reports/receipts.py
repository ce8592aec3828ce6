"""What came in, month by month: principal, interest and costs; what went back counts against it."""

from typing import Any

from cases.recoveries.reports.facts import MONEY_IN, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, total_of
from legal.findings import N_

FACTS = f"""
    SELECT date_trunc('month', m.booked_on)::date AS month, m.case_id, m.component, m.cents
    FROM ({MONEY_IN} AND e.booked_on BETWEEN :first_month AND :day) m
"""
CONDITION = "month::text = :key"
COLUMNS = (
    Column("month", N_("Month"), Unit.MONTH),
    Column("cases", N_("Cases"), Unit.COUNT, sums=False),
    Column("principal", N_("Principal"), Unit.MONEY),
    Column("interest", N_("Interest"), Unit.MONEY),
    Column("costs", N_("Costs"), Unit.MONEY),
    Column("all", N_("Together"), Unit.MONEY),
)
_QUERY = f"""
    SELECT month, count(DISTINCT case_id) AS cases,
           coalesce(sum(cents) FILTER (WHERE component = 'principal'), 0)::bigint AS principal,
           coalesce(sum(cents) FILTER (WHERE component = 'interest'), 0)::bigint AS interest,
           coalesce(sum(cents) FILTER (WHERE component = 'costs'), 0)::bigint AS costs,
           sum(cents)::bigint AS "all"
    FROM ({FACTS}) f GROUP BY month ORDER BY month
"""


def work_out(scope: Scope) -> Figures:
    """The report at a key date."""
    rows = [_row(found, scope) for found in rows_of(_QUERY, scope.params)]
    chart = Chart("month", ("principal", "interest", "costs"))
    return Figures(COLUMNS, rows, chart, total=total_of(COLUMNS, rows))


def _row(found: dict[str, Any], scope: Scope) -> Row:
    month = found["month"]
    return Row(found, month.isoformat(), unfinished=not scope.month_is_over(month))
