"""Calls and visits of ours: how many reached somebody, and how many whoever decides on the payment;
and why debtors said that they had not paid.
"""

from typing import Any

from cases.contacts.words import NON_PAYMENT as WHY
from cases.recoveries.reports.control import METHODS
from cases.recoveries.reports.facts import OWN, REACHED, STANDING, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share, total_of
from legal.findings import N_

FACTS = f"""
    SELECT k.case_id, date_trunc('month', k.occurred_on)::date AS month, k.channel::text AS channel,
           {REACHED} AS reached,
           coalesce(k.right_person, false) AS right_person
    FROM contacts k
    WHERE k.direction = 'outbound' AND k.channel IN ('phone', 'visit') AND k.outcome IS NOT NULL
      AND {STANDING}
      AND k.occurred_on BETWEEN :first_month AND :day AND k.at <= :known_at
      AND {OWN.format(table="k")}
"""
CONDITION = "month::text || ':' || channel = :key"
COLUMNS = (
    Column("month", N_("Month"), Unit.MONTH),
    Column("channel", N_("Method"), Unit.WORDS),
    Column("attempts", N_("Attempts"), Unit.COUNT),
    Column("reached", N_("somebody reached"), Unit.COUNT),
    Column("right_person", N_("right person reached"), Unit.COUNT),
    Column("rate", N_("right person of the attempts"), Unit.SHARE),
)
_QUERY = f"""
    SELECT month, channel, count(*) AS attempts, count(*) FILTER (WHERE reached) AS reached,
           count(*) FILTER (WHERE right_person) AS right_person
    FROM ({FACTS}) f GROUP BY month, channel ORDER BY month, channel
"""
WHY_FACTS = f"""
    SELECT k.case_id, k.reason::text AS reason
    FROM contacts k
    WHERE k.reason IS NOT NULL AND {STANDING} AND k.occurred_on BETWEEN :first_month AND :day
      AND k.at <= :known_at AND {OWN.format(table="k")}
"""
WHY_CONDITION = "reason = :key"
WHY_COLUMNS = (
    Column("reason", N_("Reason given"), Unit.WORDS),
    Column("contacts", N_("Contacts"), Unit.COUNT),
    Column("cases", N_("Cases"), Unit.COUNT, sums=False),
)
_WHY = f"""
    SELECT reason, count(*) AS contacts, count(DISTINCT case_id) AS cases
    FROM ({WHY_FACTS}) f GROUP BY reason ORDER BY contacts DESC, reason
"""


def work_out(scope: Scope) -> Figures:
    """Attempts by month and method."""
    rows = [_row(found, scope) for found in rows_of(_QUERY, scope.params)]
    total = total_of(COLUMNS, rows)
    if total is not None:
        total = Row({**total.values, "rate": share(total["right_person"], total["attempts"])})
    return Figures(COLUMNS, rows, Chart("month", ("attempts", "right_person")),
                   {"channel": METHODS}, total)  # fmt: skip


def reasons(scope: Scope) -> Figures:
    """Why debtors said that they had not paid."""
    rows = [Row(found, found["reason"]) for found in rows_of(_WHY, scope.params)]
    words = {str(reason.value): said for reason, said in WHY.items()}
    return Figures(WHY_COLUMNS, rows, Chart("reason", ("contacts",)), {"reason": words},
                   total_of(WHY_COLUMNS, rows))  # fmt: skip


def _row(found: dict[str, Any], scope: Scope) -> Row:
    month = found["month"]
    rate = share(found["right_person"], found["attempts"])
    key = f"{month}:{found['channel']}"
    return Row({**found, "rate": rate}, key, not scope.month_is_over(month))
