"""How long a creditor waits for his money: days sales outstanding, and days late of what was paid.

Days sales outstanding at the end of a month: open principal, divided by what was invoiced in the
90 days up to it, times 90. Days late: from the due date to the payment, weighted by the money.
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from cases.recoveries.reports.facts import MONEY_IN, OWN, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit
from legal.findings import N_

SPAN_DAYS = 90
ONE_DIGIT = Decimal("0.1")
FACTS = f"""
    SELECT m.case_id, date_trunc('month', m.booked_on)::date AS month, m.cents,
           m.value_on - coalesce(c.due_on, c.invoiced_on) AS days_late
    FROM ({MONEY_IN} AND e.component = 'principal' AND e.booked_on BETWEEN :first_month AND :day) m
    JOIN claims c ON c.id = m.claim_id
"""
CONDITION = "month::text = :key"
COLUMNS = (
    Column("month", N_("Month"), Unit.MONTH),
    Column("open", N_("Open principal at its end"), Unit.MONEY, sums=False),
    Column("invoiced", N_("Invoiced in 90 days"), Unit.MONEY, sums=False),
    Column("dso", N_("Days sales outstanding"), Unit.DAYS),
    Column("paid", N_("Principal paid"), Unit.MONEY),
    Column("days_late", N_("Days late on average"), Unit.DAYS),
    Column("trend", N_("Change to the month before, in days"), Unit.DAYS),
)
_QUERY = f"""
    WITH months AS (
        SELECT month::date,
               least((month + interval '1 month' - interval '1 day')::date, :day) AS last_day
        FROM generate_series(CAST(:first_month AS date), CAST(:day AS date), interval '1 month')
             AS month
    ), moves AS MATERIALIZED (
        SELECT e.value_on, sum(CASE e.direction WHEN 'debit' THEN e.amount_cents
                                                ELSE -e.amount_cents END) AS cents
        FROM ledger_entries e
        WHERE e.component = 'principal' AND e.currency = :currency AND e.value_on <= :day
          AND e.posted_at <= :known_at AND {OWN.format(table="e")}
        GROUP BY e.value_on
    ), invoices AS MATERIALIZED (
        SELECT c.invoiced_on, sum(c.principal_cents) AS cents
        FROM claims c WHERE c.currency = :currency AND {OWN.format(table="c")}
        GROUP BY c.invoiced_on
    ), late AS (
        SELECT month, sum(cents)::bigint AS paid, sum(cents * days_late) AS weighted
        FROM ({FACTS}) f GROUP BY month
    )
    SELECT m.month,
           (SELECT coalesce(sum(v.cents), 0) FROM moves v WHERE v.value_on <= m.last_day)::bigint
               AS open,
           (SELECT coalesce(sum(i.cents), 0) FROM invoices i
            WHERE i.invoiced_on <= m.last_day AND i.invoiced_on > m.last_day - {SPAN_DAYS})::bigint
               AS invoiced,
           coalesce(l.paid, 0)::bigint AS paid, l.weighted
    FROM months m LEFT JOIN late l ON l.month = m.month ORDER BY m.month
"""


def work_out(scope: Scope) -> Figures:
    """The report at a key date."""
    rows: list[Row] = []
    for found in rows_of(_QUERY, scope.params):
        rows.append(_row(found, scope, rows[-1] if rows else None))
    return Figures(COLUMNS, rows, Chart("month", ("dso", "days_late")))


def _row(found: dict[str, Any], scope: Scope, before: Row | None) -> Row:
    dso = _ratio(Decimal(found["open"]) * SPAN_DAYS, found["invoiced"])
    days_late = _ratio(Decimal(found["weighted"] or 0), found["paid"])
    earlier = before["days_late"] if before is not None else None
    trend = days_late - earlier if days_late is not None and earlier is not None else None
    month: date = found["month"]
    values = {**found, "dso": dso, "days_late": days_late, "trend": trend}
    return Row(values, month.isoformat(), unfinished=not scope.month_is_over(month))


def _ratio(part: Decimal, whole: int) -> Decimal | None:
    return (part / whole).quantize(ONE_DIGIT, ROUND_HALF_UP) if whole > 0 else None


def last_day_of(month: date) -> date:
    """The last day of a month."""
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
