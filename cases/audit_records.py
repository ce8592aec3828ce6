"""Whether what the audit trail names is still there, as it was.

A record that somebody has taken out of the database together with its traces is missed here.

Bookings are compared by a digest of journal and lines that stands in their row of the trail, stored
files by the digest of their bytes. A guard test holds the table below to every kind of record.
"""

from collections.abc import Iterator

from sqlalchemy import text

from cases.core.audit import Break
from cases.core.database import db

#: Kind of record in the trail -> its table.
TABLES = {
    "advance_request": "advance_requests",
    "agency": "agency_profile",
    "approval": "approvals",
    "bank_entry": "bank_entries",
    "bank_file": "bank_files",
    "bank_import": "bank_imports",
    "bank_rule": "bank_rules",
    "bill": "bills",
    "case": "cases",
    "cash_deposit": "cash_deposits",
    "claim": "claims",
    "claim_document": "claim_documents",
    "client_approval": "client_approvals",
    "house_date": "house_dates",
    "contact_policy": "contact_policy",
    "court_inbox_file": "court_inbox_files",
    "court_message": "court_messages",
    "court_directory": "court_directories",
    "court_settings": "court_settings",
    "creditor": "creditors",
    "creditor_contract": "creditor_contracts",
    "creditor_report": "creditor_reports",
    "customer": "customers",
    "debtor": "debtors",
    "debit": "debits",
    "debit_run": "debit_runs",
    "file": "stored_files",
    "filing": "filings",
    "filing_batch": "filing_batches",
    "journal": "journals",
    "law_rate": "law_rates",
    "legal_deadline": "legal_deadlines",
    "letter": "letters",
    "complaint": "complaints",
    "house_indicator": "house_indicators",
    "objection": "objections",
    "objection_settings": "objection_settings",
    "open_item_check": "open_item_checks",
    "open_item_question": "open_item_questions",
    "own_name_item": "own_name_items",
    "payment": "payments",
    "payout_run": "payout_runs",
    "people_rules": "people_rules",
    "plan": "plans",
    "post_item": "post_items",
    "print_run": "print_runs",
    "proceeding": "proceedings",
    "remittance": "remittances",
    "report_reader": "report_readers",
    "submission": "submissions",
    "submission_row": "submission_rows",
    "transfer": "transfers",
    "transfer_run": "transfer_runs",
    "user": "users",
    "visit": "visits",
}
#: Named by their day, not by a number.
WITHOUT_ID = frozenset({"closed_period"})
#: What may go without a trace of its own: drafts and teams given up, and technical rows and
#: mails that are cleaned after a time.
MAY_GO = frozenset({
    "bulk_action", "effect", "letter_draft", "letter_text", "login_session", "mail",
    "report_mailing", "strategy", "team", "work_item",
})  # fmt: skip

_MISSING = (
    "SELECT seq FROM audit_events e WHERE e.record_type = :kind AND e.record_id IS NOT NULL"
    " AND NOT EXISTS (SELECT 1 FROM {table} r WHERE r.id = e.record_id) ORDER BY seq"
)
#: A row for many records names each of them.
_MISSING_AMONG = (
    "SELECT e.seq FROM audit_events e JOIN audit_details d ON d.seq = e.seq"
    " WHERE e.record_type = :kind AND d.detail ? 'ids' AND EXISTS ("
    " SELECT 1 FROM jsonb_array_elements_text(d.detail->'ids') AS named (id)"
    " WHERE NOT EXISTS (SELECT 1 FROM {table} r WHERE r.id = named.id::bigint)) ORDER BY e.seq"
)
_OTHER_FILE = (
    "SELECT e.seq FROM audit_events e JOIN audit_details d ON d.seq = e.seq"
    " JOIN stored_files f ON f.id = e.record_id WHERE e.action = 'file.stored'"
    " AND f.sha256 <> d.detail->>'sha256' ORDER BY e.seq"
)
#: The trail's row names a journal, or the first and last of many, with the digest of them all.
_OTHER_JOURNAL = (
    "SELECT e.seq FROM audit_events e JOIN audit_details d ON d.seq = e.seq"
    " WHERE e.record_type = 'journal' AND d.detail ? 'digest' AND d.detail->>'digest'"
    " IS DISTINCT FROM journals_digest(COALESCE((d.detail->>'counter_id')::bigint, e.record_id),"
    " COALESCE((d.detail->>'last_id')::bigint, (d.detail->>'counter_id')::bigint, e.record_id))"
    " ORDER BY e.seq"
)


def verify_records() -> Iterator[Break]:
    """Every place of the trail that names a record which is gone, or is another one now."""
    for kind, table in TABLES.items():
        found: set[int] = set()
        for query in (_MISSING, _MISSING_AMONG):
            missing = text(query.format(table=table))  # Names of our own, from the table above.
            found.update(db.session.scalars(missing, {"kind": kind}))
        for seq in sorted(found):
            yield Break(seq, "record_missing")
    for seq in db.session.scalars(text(_OTHER_FILE)):
        yield Break(seq, "file_changed")
    for seq in db.session.scalars(text(_OTHER_JOURNAL)):
        yield Break(seq, "booking_changed")
