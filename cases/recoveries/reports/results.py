"""What calls and visits came to, by team; by person only where the works council has agreed.

A promise counts for whoever spoke to the debtor, in the month in which it was made.
"""

from typing import Any

from cases.parties.queries import find_agency
from cases.recoveries.reports.facts import OWN, REACHED, STANDING, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share, total_of
from legal.findings import N_

_FACTS = f"""
    SELECT k.case_id, date_trunc('month', k.occurred_on)::date AS month, {{whose}} AS whose,
           {REACHED} AS reached, coalesce(k.right_person, false) AS right_person,
           p.id IS NOT NULL AS promised,
           coalesce(p.state = 'kept' AND p.settled_at <= :known_at, false) AS kept
    FROM contacts k
    JOIN users u ON u.id = k.user_id
    LEFT JOIN team_members m ON m.user_id = u.id
    LEFT JOIN teams t ON t.id = m.team_id
    LEFT JOIN promises p ON p.contact_id = k.id AND p.case_id = k.case_id
                         AND p.made_at <= :known_at
    WHERE k.channel IN ('phone', 'visit') AND k.outcome IS NOT NULL AND {STANDING}
      AND k.occurred_on BETWEEN :first_month AND :day AND k.at <= :known_at
      AND {OWN.format(table="k")}
"""
#: People without a team stand in one line without a name.
TEAM_FACTS = _FACTS.format(whose="coalesce(t.name, '')")
PERSON_FACTS = _FACTS.format(whose="u.name || ' (' || u.id || ')'")
CONDITION = "month::text || ':' || whose = :key"
COUNTED = (
    Column("contacts", N_("Calls and visits"), Unit.COUNT),
    Column("reached", N_("somebody reached"), Unit.COUNT),
    Column("right_person", N_("right person reached"), Unit.COUNT),
    Column("promised", N_("Promises"), Unit.COUNT),
    Column("kept", N_("kept"), Unit.COUNT),
    Column("rate", N_("kept of the promises"), Unit.SHARE),
)
MONTH = Column("month", N_("Month"), Unit.MONTH)
TEAM_COLUMNS = (MONTH, Column("whose", N_("Team"), Unit.WORDS), *COUNTED)
PERSON_COLUMNS = (MONTH, Column("whose", N_("Person"), Unit.WORDS), *COUNTED)
NO_TEAM = {"": N_("without a team")}


def people_may_be_told() -> bool:
    """Whether the house says that its works council has agreed to results of each person."""
    house = find_agency()
    return house is not None and house.people_results_agreed_on is not None


def by_team(scope: Scope) -> Figures:
    """Results of each team and month; who belongs to it today."""
    return _figures(TEAM_FACTS, TEAM_COLUMNS, scope, {"whose": NO_TEAM})


def by_person(scope: Scope) -> Figures:
    """Results of each person and month; nothing where the house may not tell them."""
    if not people_may_be_told():
        return Figures(PERSON_COLUMNS, [])
    return _figures(PERSON_FACTS, PERSON_COLUMNS, scope, {})


def _figures(
    facts: str, columns: tuple[Column, ...], scope: Scope, words: dict[str, dict[str, str]]
) -> Figures:
    query = f"""
        SELECT month, whose, count(*) AS contacts, count(*) FILTER (WHERE reached) AS reached,
               count(*) FILTER (WHERE right_person) AS right_person,
               count(*) FILTER (WHERE promised) AS promised, count(*) FILTER (WHERE kept) AS kept
        FROM ({facts}) f GROUP BY month, whose ORDER BY month, whose
    """
    rows = [_row(found, scope) for found in rows_of(query, scope.params)]
    total = total_of(columns, rows)
    if total is not None:
        total = Row({**total.values, "rate": share(total["kept"], total["promised"])})
    return Figures(columns, rows, Chart("whose", ("contacts", "reached")), words, total)


def _row(found: dict[str, Any], scope: Scope) -> Row:
    month = found["month"]
    rate = share(found["kept"], found["promised"])
    return Row({**found, "rate": rate}, f"{month}:{found['whose']}", not scope.month_is_over(month))
