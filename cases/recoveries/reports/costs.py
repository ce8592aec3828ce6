"""What recovery cost the creditor, by the month of the settlement: our fee, costs, court fees."""

from typing import Any

from cases.recoveries.reports.facts import OWN, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share, total_of
from legal.findings import N_

FACTS = f"""
    SELECT c.case_id, date_trunc('month', r.as_of)::date AS month,
           c.principal_cents + c.interest_cents + c.fee_costs_cents + c.creditor_costs_cents
             + c.direct_principal_cents + c.direct_interest_cents + c.direct_costs_cents
             AS received,
           c.fee_cents AS fee, c.costs_kept_cents AS kept
    FROM remittance_cases c JOIN remittances r ON r.id = c.remittance_id
    WHERE r.as_of BETWEEN :first_month AND :day AND r.currency = :currency
      AND r.state NOT IN ('prepared', 'dropped') AND {OWN.format(table="c")}
"""
CONDITION = "month::text = :key"
COLUMNS = (
    Column("month", N_("Settled in"), Unit.MONTH),
    Column("cases", N_("Cases"), Unit.COUNT, sums=False),
    Column("received", N_("Received"), Unit.MONEY),
    Column("fee", N_("Our fee"), Unit.MONEY),
    Column("kept", N_("Costs kept"), Unit.MONEY),
    Column("rate", N_("Cost of each euro recovered"), Unit.SHARE),
    Column("yield", N_("for the client"), Unit.MONEY),
)
_QUERY = f"""
    SELECT month, count(DISTINCT case_id) AS cases, sum(received)::bigint AS received,
           sum(fee)::bigint AS fee, sum(kept)::bigint AS kept,
           sum(received - fee - kept)::bigint AS yield
    FROM ({FACTS}) f GROUP BY month ORDER BY month
"""


def work_out(scope: Scope) -> Figures:
    """The report at a key date; taxes on our fee left out."""
    rows = [_row(found, scope) for found in rows_of(_QUERY, scope.params)]
    total = total_of(COLUMNS, rows)
    if total is not None:
        total = Row({**total.values, "rate": _rate(total.values)})
    return Figures(COLUMNS, rows, Chart("month", ("yield", "fee", "kept")), total=total)


def _rate(values: Any) -> Any:
    """Fee and costs kept, of all that came in."""
    return share(values["fee"] + values["kept"], values["received"])


def _row(found: dict[str, Any], scope: Scope) -> Row:
    month = found["month"]
    values = {**found, "rate": _rate(found)}
    return Row(values, month.isoformat(), unfinished=not scope.month_is_over(month))
