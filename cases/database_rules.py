"""What the database itself refuses: grants, row-level security, triggers and functions.

Alembic's comparison misses all of them. Migrations write them out; this is the one declared list
that a test compares with the catalogue of a migrated database.
"""

OWNER, APP, PORTAL = "recoup_owner", "recoup_app", "recoup_portal"

#: No UPDATE, DELETE or TRUNCATE, by trigger and by missing grant.
APPEND_ONLY = frozenset({
    "attempts",
    "audit_events",
    "closed_periods",
    "contacts",
    "court_declarations",
    "court_files",
    "court_inbox_files",
    "debtor_changes",
    "earlier_verdicts",
    "journal_lines",
    "journals",
    "law_rates",
    "ledger_entries",
    "period_balances",
    "liability_log",
    "proceeding_events",
    "sent_letters",
    "timeline_events",
})  # fmt: skip

#: What the staff's role may do where it is less than everything.
APP_GRANTS = {
    **dict.fromkeys(APPEND_ONLY, ("SELECT", "INSERT")),
    # Written once: the day on which a claim was first contested decides about lawyers' costs.
    "first_contests": ("SELECT", "INSERT"),
    "objection_mentions": ("SELECT", "INSERT"),
    "audit_details": ("SELECT", "INSERT"),
    "letters": ("SELECT", "INSERT", "UPDATE (state)"),
    "stored_files": ("SELECT", "INSERT"),
}
APP_DEFAULT = ("SELECT", "INSERT", "UPDATE", "DELETE")

#: What the portal's role may do; every table but those of the whole house has row-level
#: security that shows and takes rows of the creditor in `recoup.creditor_id` only.
PORTAL_GRANTS = {
    "advance_requests": ("SELECT",),
    "agency_profile": ("SELECT",),
    "audit_details": ("INSERT",),
    "audit_events": ("INSERT",),
    "care_services": ("SELECT",),
    "case_debtors": ("SELECT",),
    "cases": ("SELECT",),
    "claim_documents": ("SELECT", "INSERT"),
    "claims": ("SELECT",),
    "client_approvals": ("SELECT", "UPDATE"),
    "complaints": ("SELECT", "UPDATE"),
    "creditor_contracts": ("SELECT",),
    "creditor_reports": ("SELECT", "INSERT"),
    "creditors": ("SELECT",),
    "customer_accounts": ("SELECT", "INSERT", "UPDATE"),
    "customer_changes": ("SELECT", "INSERT"),
    "customer_people": ("SELECT", "INSERT", "UPDATE"),
    "customers": ("SELECT", "INSERT", "UPDATE"),
    "form_answers": ("INSERT",),
    "holds": ("SELECT",),
    "law_rates": ("SELECT",),
    "ledger_entries": ("SELECT",),
    "letters": ("SELECT",),
    "objection_evidence": ("SELECT", "UPDATE"),
    "objection_items": ("SELECT",),
    "objections": ("SELECT",),
    "open_item_questions": ("SELECT", "UPDATE"),
    "outbox_effects": ("SELECT", "INSERT"),
    "payments": ("SELECT",),
    "plan_instalments": ("SELECT",),
    "plans": ("SELECT",),
    "promises": ("SELECT",),
    "remittance_cases": ("SELECT",),
    "remittances": ("SELECT",),
    "root_causes": ("SELECT",),
    "sent_letters": ("SELECT",),
    "stored_files": ("SELECT", "INSERT"),
    "submission_rows": ("SELECT", "INSERT", "UPDATE"),
    "submissions": ("SELECT", "INSERT", "UPDATE"),
    "timeline_events": ("SELECT",),
    "visits": ("SELECT",),
}
#: What concerns every creditor alike: read without a wall.
HOUSE_WIDE = frozenset({"agency_profile", "law_rates"})
_OWN = "creditor_id = (NULLIF(current_setting('recoup.creditor_id'::text, true), ''::text))::bigint"
#: Table -> what makes a row the creditor's own, where it is not just `creditor_id`.
PORTAL_ROWS = {
    **dict.fromkeys(sorted(set(PORTAL_GRANTS) - HOUSE_WIDE), _OWN),
    "creditors": _OWN.removeprefix("creditor_"),
    # What a debtor asked for himself is answered to him alone.
    "letters": f"{_OWN} AND kind::text <> 'request_answer'::text",
    "timeline_events": f"{_OWN} AND creditor_visible",
}

#: Trigger name -> (table, function, sentence of CREATE TRIGGER before the table).
TRIGGERS = {
    **{
        f"{table}_append_only": (table, "refuse_change", "BEFORE UPDATE OR DELETE OR TRUNCATE")
        for table in sorted(APPEND_ONLY)
    },
    "journal_lines_balanced": ("journal_lines", "check_journal_balance", "AFTER INSERT"),
    "journals_period_open": ("journals", "refuse_closed_period", "AFTER INSERT"),
    "ledger_entries_period_open": ("ledger_entries", "refuse_closed_period", "AFTER INSERT"),
}
