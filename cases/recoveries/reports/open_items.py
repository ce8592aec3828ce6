"""What is open: by days past due (per creditor, or per debtor of one), and who owes most."""

from cases.recoveries.reports.facts import OPEN_PRINCIPAL, rows_of
from cases.recoveries.reports.shape import Chart, Column, Figures, Row, Scope, Unit, share, total_of
from legal.findings import N_

#: Days past due at which a bracket begins; before the first nothing is due.
BRACKETS = (1, 31, 61, 91)
LARGEST = 10
FACTS = f"""
    SELECT c.case_id, c.creditor_id, b.cents,
           coalesce(d.submitted_name, '') AS debtor, cr.name AS creditor,
           width_bucket(:day - coalesce(c.due_on, c.invoiced_on),
                        ARRAY[{", ".join(map(str, BRACKETS))}]) AS bracket
    FROM ({OPEN_PRINCIPAL}) b
    JOIN claims c ON c.id = b.claim_id
    JOIN creditors cr ON cr.id = c.creditor_id
    LEFT JOIN case_debtors d ON d.case_id = c.case_id AND d.position = 1
"""
#: Whose name a row bears: the creditor's, or with one creditor the debtor's.
CONDITION = "CASE WHEN CAST(:creditor_id AS bigint) IS NULL THEN creditor ELSE debtor END = :key"
DEBTOR_CONDITION = "debtor = :key"
BRACKET_COLUMNS = (
    Column("not_due", N_("not due"), Unit.MONEY),
    Column("to_30", N_("1 to 30 days"), Unit.MONEY),
    Column("to_60", N_("31 to 60 days"), Unit.MONEY),
    Column("to_90", N_("61 to 90 days"), Unit.MONEY),
    Column("older", N_("more than 90 days"), Unit.MONEY),
)
COLUMNS = (
    Column("name", N_("Name"), Unit.WORDS),
    Column("claims", N_("Claims"), Unit.COUNT),
    *BRACKET_COLUMNS,
    Column("all", N_("Open principal"), Unit.MONEY),
)
_SUMS = ", ".join(
    f'coalesce(sum(cents) FILTER (WHERE bracket = {place}), 0)::bigint AS "{column.name}"'
    for place, column in enumerate(BRACKET_COLUMNS)
)
_QUERY = f"""
    SELECT CASE WHEN CAST(:creditor_id AS bigint) IS NULL THEN creditor ELSE debtor END AS name,
           count(*) AS claims, {_SUMS}, sum(cents)::bigint AS "all"
    FROM ({FACTS}) f GROUP BY 1 ORDER BY "all" DESC, name
"""
LARGEST_COLUMNS = (
    Column("name", N_("Debtor"), Unit.WORDS),
    Column("cases", N_("Cases"), Unit.COUNT),
    Column("all", N_("Open principal"), Unit.MONEY),
    Column("share", N_("of all that is open"), Unit.SHARE),
)
_LARGEST = f"""
    SELECT debtor AS name, count(DISTINCT case_id) AS cases, sum(cents)::bigint AS "all",
           (sum(sum(cents)) OVER ())::bigint AS whole
    FROM ({FACTS}) f GROUP BY debtor ORDER BY "all" DESC, name LIMIT {LARGEST}
"""


def work_out(scope: Scope) -> Figures:
    """The aged balance at a key date."""
    rows = [Row(found, found["name"]) for found in rows_of(_QUERY, scope.params)]
    chart = Chart("name", tuple(column.name for column in BRACKET_COLUMNS))
    return Figures(COLUMNS, rows, chart, total=total_of(COLUMNS, rows))


def largest(scope: Scope) -> Figures:
    """The ten that owe most, and their share of all."""
    rows = [
        Row({**found, "share": share(found["all"], found["whole"])}, found["name"])
        for found in rows_of(_LARGEST, scope.params)
    ]
    total = total_of(LARGEST_COLUMNS, rows)
    if total is not None:
        whole = sum(row["share"] or 0 for row in rows)
        total = Row({**total.values, "share": whole})
    return Figures(LARGEST_COLUMNS, rows, Chart("name", ("all",)), total=total)
