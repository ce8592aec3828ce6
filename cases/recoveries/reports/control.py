"""The control report on the books: who paid after a contact, against the new debts of the month.

The same rule as the pure `cases.recoveries.effectiveness`, in one query of sets: a payment is
credited to the latest contact with its debtor on or after the day the debt was opened, on or before
the payment, at most the window before it. A debt is a claim; it is opened with its case. Contacts
are letters, and what of calls, visits and messages of ours reached somebody.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from cases.recoveries.effectiveness import wilson
from cases.recoveries.reports.facts import MONEY_IN, OWN, REACHED, STANDING, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share
from legal.findings import N_

ALL = "all"
METHODS = {
    "letter": N_("Letter"),
    "email": N_("E-mail"),
    "sms": N_("Text message"),
    "phone": N_("Phone call"),
    "visit": N_("Visit"),
    ALL: N_("All methods"),
}
#: Debts with their customer and month; contacts with a number that keeps the order of a day.
_SOURCES = f"""
    debts AS MATERIALIZED (
        SELECT c.id AS claim_id, c.case_id, k.opened_on, c.principal_cents AS cents, d.debtor_id,
               date_trunc('month', k.opened_on)::date AS month
        FROM cases k
        JOIN claims c ON c.case_id = k.id
        JOIN case_debtors d ON d.case_id = k.id AND d.position = 1
        WHERE k.opened_on BETWEEN :first_month AND :day AND k.currency = :currency
          AND {OWN.format(table="k")}
    ), customers AS MATERIALIZED (
        SELECT DISTINCT month, debtor_id FROM debts
    ), approaches AS MATERIALIZED (
        SELECT d.debtor_id, l.dispatched_on AS on_day, 'letter' AS method, 0 AS rank, l.id AS place
        FROM letters l JOIN case_debtors d ON d.case_id = l.case_id AND d.position = 1
        WHERE l.state <> 'cancelled' AND l.dispatched_on <= :day AND l.released_at <= :known_at
          AND {OWN.format(table="l")}
        UNION ALL
        SELECT d.debtor_id, k.occurred_on, k.channel::text, 1, k.id
        FROM contacts k JOIN case_debtors d ON d.case_id = k.case_id AND d.position = 1
        WHERE k.direction = 'outbound' AND k.occurred_on <= :day AND k.at <= :known_at
          AND {REACHED} AND {STANDING}
          AND {OWN.format(table="k")}
    ), first_claims AS (
        SELECT case_id, min(claim_id) AS claim_id FROM debts GROUP BY case_id
    ), money AS MATERIALIZED (
        SELECT d.claim_id, d.case_id, d.debtor_id, d.month, d.opened_on, m.value_on,
               sum(m.cents)::bigint AS cents
        FROM ({MONEY_IN} AND e.value_on <= :day) m
        JOIN first_claims f ON f.case_id = m.case_id
        JOIN debts d ON d.claim_id = coalesce(m.claim_id, f.claim_id)
        GROUP BY d.claim_id, d.case_id, d.debtor_id, d.month, d.opened_on, m.value_on
        HAVING sum(m.cents) <> 0
    ), payers AS (
        SELECT DISTINCT debtor_id FROM money
    ), course AS (
        SELECT a.debtor_id, a.on_day, a.rank, a.place, a.method, a.on_day AS contact_on,
               NULL::date AS month, NULL::date AS opened_on, NULL::bigint AS cents,
               NULL::bigint AS case_id
        FROM approaches a JOIN payers USING (debtor_id)
        UNION ALL
        SELECT m.debtor_id, m.value_on, 2, m.claim_id, NULL, NULL, m.month, m.opened_on, m.cents,
               m.case_id
        FROM money m
    ), numbered AS (
        SELECT *, count(method) OVER (
            PARTITION BY debtor_id ORDER BY on_day, rank, place ROWS UNBOUNDED PRECEDING) AS nth
        FROM course
    ), credited AS (
        SELECT month, case_id, debtor_id, cents, opened_on, on_day,
               first_value(method) OVER same AS method,
               first_value(contact_on) OVER same AS contact_on, cents IS NOT NULL AS is_money
        FROM numbered
        WINDOW same AS (PARTITION BY debtor_id, nth ORDER BY on_day, rank, place)
    )
"""
_CREDITED = """
    SELECT month, case_id, debtor_id, cents,
           CASE WHEN contact_on >= opened_on AND contact_on >= on_day - :window_days
                THEN method END AS method
    FROM credited WHERE is_money
"""
#: What a cell counts: the payments that a method is credited with.
FACTS = f"WITH {_SOURCES} {_CREDITED}"
CONDITION = """
    method IS NOT NULL AND month::text || '|' || method = :key
    OR method IS NOT NULL AND month::text || '|all' = :key
"""
_QUERY = f"""
    WITH {_SOURCES}, paid AS MATERIALIZED ({_CREDITED}), news AS (
        SELECT month, count(DISTINCT debtor_id) AS new_customers, sum(cents)::bigint AS new_cents
        FROM debts GROUP BY month
    ), ways AS MATERIALIZED (
        SELECT DISTINCT debtor_id, method FROM approaches
    ), used AS (
        SELECT c.month, w.method, count(*) AS contacted
        FROM customers c JOIN ways w USING (debtor_id) GROUP BY c.month, w.method
    ), sums AS (
        SELECT month, method, count(DISTINCT debtor_id) AS paid_customers,
               sum(cents)::bigint AS paid_cents
        FROM paid WHERE method IS NOT NULL GROUP BY month, method
    ), reached AS (
        SELECT c.month, count(DISTINCT c.debtor_id) AS contacted
        FROM customers c WHERE EXISTS (
            SELECT FROM ways w WHERE w.debtor_id = c.debtor_id) GROUP BY c.month
    ), every AS (
        SELECT month, count(DISTINCT debtor_id) FILTER (WHERE method IS NOT NULL) AS paid_customers,
               coalesce(sum(cents) FILTER (WHERE method IS NOT NULL), 0)::bigint AS paid_cents,
               coalesce(sum(cents) FILTER (WHERE method IS NULL), 0)::bigint AS uncredited_cents
        FROM paid GROUP BY month
    )
    SELECT n.month, u.method, coalesce(s.paid_customers, 0) AS paid_customers,
           coalesce(s.paid_cents, 0)::bigint AS paid_cents, n.new_customers, n.new_cents,
           u.contacted, 0::bigint AS uncredited_cents
    FROM news n JOIN used u ON u.month = n.month
    LEFT JOIN sums s ON s.month = n.month AND s.method = u.method
    UNION ALL
    SELECT n.month, '{ALL}', coalesce(e.paid_customers, 0), coalesce(e.paid_cents, 0)::bigint,
           n.new_customers, n.new_cents, coalesce(r.contacted, 0),
           coalesce(e.uncredited_cents, 0)::bigint
    FROM news n LEFT JOIN every e ON e.month = n.month LEFT JOIN reached r ON r.month = n.month
    ORDER BY 1, 2
"""
COLUMNS = (
    Column("month", N_("Month"), Unit.MONTH),
    Column("method", N_("Method"), Unit.WORDS),
    Column("new_customers", N_("New customers"), Unit.COUNT, sums=False),
    Column("new_cents", N_("New debts"), Unit.MONEY, sums=False),
    Column("paid_customers", N_("Customers paid after it"), Unit.COUNT, sums=False),
    Column("paid_cents", N_("Paid after it"), Unit.MONEY, sums=False),
    Column("share_customers", N_("Share of customers"), Unit.SHARE),
    Column("low", N_("Lower bound"), Unit.SHARE),
    Column("high", N_("Upper bound"), Unit.SHARE),
    Column("share_cents", N_("Share of the money"), Unit.SHARE),
    Column("contacted", N_("Contacted"), Unit.COUNT, sums=False),
    Column("share_contacted", N_("of those contacted"), Unit.SHARE),
    Column("trend", N_("Change to the month before"), Unit.SHARE),
    Column("uncredited_cents", N_("Paid without a contact"), Unit.MONEY, sums=False),
)


def work_out(scope: Scope) -> Figures:
    """The report at a key date, by month and method; the first line of a month is for all."""
    before: dict[tuple[date, str], Decimal | None] = {}
    rows = []
    for found in rows_of(_QUERY, scope.params):
        rows.append(_row(found, scope, before))
    chart_rows = Chart("month", ("share_customers", "share_cents"))
    return Figures(COLUMNS, rows, chart_rows, words={"method": METHODS})


def _row(
    found: dict[str, Any], scope: Scope, before: dict[tuple[date, str], Decimal | None]
) -> Row:
    month, method = found["month"], found["method"]
    rate = share(found["paid_customers"], found["new_customers"])
    interval = wilson(found["paid_customers"], found["new_customers"])
    last = (month.replace(day=1) - date.resolution).replace(day=1)
    earlier = before.get((last, method))
    before[month, method] = rate
    return Row(
        {
            **found,
            "share_customers": rate,
            "share_cents": share(found["paid_cents"], found["new_cents"]),
            "low": interval[0] if interval else None,
            "high": interval[1] if interval else None,
            "share_contacted": share(found["paid_customers"], found["contacted"]),
            "trend": rate - earlier if rate is not None and earlier is not None else None,
        },
        f"{month}|{method}",
        unfinished=not scope.month_is_over(month),
    )
