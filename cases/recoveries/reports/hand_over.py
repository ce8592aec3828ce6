"""The effect of the hand-over: paid in so many days after our first letter or call that reached
somebody, against so many days after the creditor's last reminder before it.
"""

from typing import Any

from cases.recoveries.reports.facts import MONEY_IN, OWN, REACHED, STANDING, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share
from legal.findings import N_

FACTS = f"""
    WITH cases_of_month AS MATERIALIZED (
        SELECT a.id AS case_id, date_trunc('month', a.opened_on)::date AS month, a.opened_on,
               (SELECT sum(c.principal_cents) FROM claims c WHERE c.case_id = a.id)::bigint
                   AS handed_in,
               (SELECT max(coalesce((SELECT max(r) FROM unnest(c.reminders) r), c.reminded_on))
                FROM claims c WHERE c.case_id = a.id) AS reminded_on,
               least(
                   (SELECT min(l.dispatched_on) FROM letters l
                    WHERE l.case_id = a.id AND l.state <> 'cancelled' AND l.dispatched_on <= :day),
                   (SELECT min(k.occurred_on) FROM contacts k
                    WHERE k.case_id = a.id AND k.direction = 'outbound' AND k.occurred_on <= :day
                      AND k.outcome IS NOT NULL AND {REACHED} AND {STANDING})) AS contact_on
        FROM cases a
        WHERE a.opened_on BETWEEN :first_month AND :day AND a.currency = :currency
          AND {OWN.format(table="a")}
    )
    SELECT f.case_id, f.month, f.handed_in, f.reminded_on, f.contact_on,
           coalesce((SELECT sum(m.cents) FROM ({MONEY_IN} AND e.value_on <= :day) m
                     WHERE m.case_id = f.case_id
                       AND m.value_on >= f.reminded_on AND m.value_on < f.contact_on
                       AND m.value_on <= f.reminded_on + :window_days), 0)::bigint
               AS after_reminder,
           coalesce((SELECT sum(m.cents) FROM ({MONEY_IN} AND e.value_on <= :day) m
                     WHERE m.case_id = f.case_id AND m.value_on >= f.contact_on
                       AND m.value_on <= f.contact_on + :window_days), 0)::bigint AS after_contact
    FROM cases_of_month f WHERE f.contact_on IS NOT NULL
"""
CONDITION = "month::text = :key"
COLUMNS = (
    Column("month", N_("Handed in"), Unit.MONTH),
    Column("cases", N_("Cases with a contact"), Unit.COUNT),
    Column("handed_in", N_("Principal handed in"), Unit.MONEY),
    Column("after_reminder", N_("Paid after the last reminder"), Unit.MONEY),
    Column("share_reminder", N_("its share"), Unit.SHARE),
    Column("after_contact", N_("Paid after our first contact"), Unit.MONEY),
    Column("share_contact", N_("its share"), Unit.SHARE),
    Column("payers", N_("Cases paid on after it"), Unit.COUNT),
)
_QUERY = f"""
    SELECT month, count(*) AS cases, sum(handed_in)::bigint AS handed_in,
           sum(after_reminder)::bigint AS after_reminder,
           sum(after_contact)::bigint AS after_contact,
           count(*) FILTER (WHERE after_contact > 0) AS payers
    FROM ({FACTS}) f GROUP BY month ORDER BY month
"""


def work_out(scope: Scope) -> Figures:
    """The report at a key date, with the window of the scope."""
    rows = [_row(found, scope) for found in rows_of(_QUERY, scope.params)]
    return Figures(COLUMNS, rows, Chart("month", ("share_reminder", "share_contact")))


def _row(found: dict[str, Any], scope: Scope) -> Row:
    month = found["month"]
    values = {
        **found,
        "share_reminder": share(found["after_reminder"], found["handed_in"]),
        "share_contact": share(found["after_contact"], found["handed_in"]),
    }
    return Row(values, month.isoformat(), unfinished=not scope.month_is_over(month))
