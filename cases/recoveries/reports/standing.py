"""Each claim: where it stands, what is next, what is open, what came in."""

from cases.recoveries.reports.facts import OPEN_PRINCIPAL, OWN, rows_of
from cases.recoveries.reports.shape import Column, Figures, Row, Scope, Unit, total_of
from cases.recoveries.words import NEXT, STAGES
from legal.findings import N_

#: A page and a file hold so many; the newest first.
MOST = 5000
FACTS = f"""
    SELECT c.case_id, k.number, coalesce(d.submitted_name, '') AS debtor, c.invoice_number,
           c.invoiced_on, c.principal_cents::bigint AS handed_in,
           coalesce(o.cents, 0)::bigint AS open,
           CASE WHEN k.phase IN ('closed', 'enforcement', 'court') THEN k.phase::text
                WHEN EXISTS (SELECT FROM holds h WHERE h.case_id = k.id AND h.lifted_at IS NULL
                             AND h.reason = 'objection') THEN 'objection'
                WHEN k.phase = 'amicable' THEN 'amicable' ELSE 'new' END AS stage
    FROM claims c JOIN cases k ON k.id = c.case_id
    LEFT JOIN case_debtors d ON d.case_id = k.id AND d.position = 1
    LEFT JOIN ({OPEN_PRINCIPAL}) o ON o.claim_id = c.id
    WHERE k.currency = :currency AND k.opened_on <= :day AND {OWN.format(table="c")}
    ORDER BY c.id DESC
"""
CONDITION = "number = :key"
COLUMNS = (
    Column("number", N_("Case"), Unit.WORDS),
    Column("debtor", N_("Debtor"), Unit.WORDS),
    Column("invoice_number", N_("Invoice"), Unit.WORDS),
    Column("invoiced_on", N_("Date"), Unit.DAY),
    Column("stage", N_("Stage"), Unit.WORDS),
    Column("next", N_("What is next"), Unit.WORDS),
    Column("handed_in", N_("Principal handed in"), Unit.MONEY),
    Column("open", N_("Open principal"), Unit.MONEY),
)


def work_out(scope: Scope) -> Figures:
    """The claims with what is open on the key date; the stage is that of today."""
    found = rows_of(f"SELECT * FROM ({FACTS}) f LIMIT {MOST}", scope.params)
    rows = [Row({**row, "next": row["stage"]}, row["number"]) for row in found]
    words = {"stage": dict(STAGES), "next": dict(NEXT)}
    return Figures(COLUMNS, rows, None, words, total_of(COLUMNS, rows))
