"""What may come in, week by week: instalments of plans that run and promises that are open.

What is disputed is left out. It looks ahead from the key date with plans and promises as they stand
now: what was expected on a past day is nowhere kept.
"""

from cases.recoveries.reports.facts import OWN, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, total_of
from legal.findings import N_

WEEKS = 13
_UNDISPUTED = """
    NOT EXISTS (SELECT FROM holds h WHERE h.case_id = {table}.case_id AND h.lifted_at IS NULL
                AND h.reason = 'objection')
"""
FACTS = f"""
    WITH dues AS (
        SELECT p.case_id, i.due_on, i.amount_cents,
               sum(i.amount_cents) OVER (PARTITION BY p.id ORDER BY i.number) AS until_here,
               coalesce((SELECT sum(y.amount_cents - y.surplus_cents) FROM payments y
                         WHERE y.case_id = p.case_id AND y.reversed_at IS NULL
                           AND y.value_on >= p.made_on), 0) - p.paid_that_day_cents AS paid
        FROM plans p JOIN plan_instalments i ON i.plan_id = p.id
        WHERE p.state = 'running' AND p.currency = :currency AND {OWN.format(table="p")}
          AND {_UNDISPUTED.format(table="p")}
    )
    SELECT case_id, date_trunc('week', due_on)::date AS week, 'plan' AS source,
           least(amount_cents, until_here - paid)::bigint AS cents
    FROM dues
    WHERE until_here > paid AND due_on BETWEEN :day AND CAST(:day AS date) + {7 * WEEKS}
    UNION ALL
    SELECT p.case_id, date_trunc('week', p.due_on)::date, 'promise', p.amount_cents
    FROM promises p
    WHERE p.state = 'open' AND p.due_on BETWEEN :day AND CAST(:day AS date) + {7 * WEEKS}
      AND p.currency = :currency AND {OWN.format(table="p")} AND {_UNDISPUTED.format(table="p")}
"""
CONDITION = "week::text = :key"
COLUMNS = (
    Column("week", N_("Week from"), Unit.DAY),
    Column("cases", N_("Cases"), Unit.COUNT, sums=False),
    Column("plan", N_("Instalments"), Unit.MONEY),
    Column("promise", N_("Promises"), Unit.MONEY),
    Column("all", N_("Together"), Unit.MONEY),
)
_QUERY = f"""
    SELECT week, count(DISTINCT case_id) AS cases,
           coalesce(sum(cents) FILTER (WHERE source = 'plan'), 0)::bigint AS plan,
           coalesce(sum(cents) FILTER (WHERE source = 'promise'), 0)::bigint AS promise,
           sum(cents)::bigint AS "all"
    FROM ({FACTS}) f GROUP BY week ORDER BY week
"""


def work_out(scope: Scope) -> Figures:
    """The weeks ahead."""
    rows = [Row(found, found["week"].isoformat()) for found in rows_of(_QUERY, scope.params)]
    return Figures(COLUMNS, rows, Chart("week", ("plan", "promise")), total=total_of(COLUMNS, rows))
