"""Which columns hold personal data, whose, and what becomes of it: the plan of deletion.

Every column of text, list or document is named here, as personal or as not; a test fails for one
that is not. A personal column goes with its row, whose table has a retention class, unless it is
emptied earlier: then the row stays as evidence without the person.
"""

from enum import StrEnum

from cases.core.retention import Retention


class Whose(StrEnum):
    """Whose data a column holds."""

    DEBTOR = "debtor"  # The person or company the claim is against, and who speaks for it.
    CLIENT = "client"  # People at a creditor.
    USER = "user"  # People who sign in.
    HOUSE = "house"  # The managing directors and other people the law wants named.
    THIRD = "third"  # Payers, witnesses, whoever a text may name.


#: Table -> column -> whose data it is.
PERSONAL: dict[str, dict[str, Whose]] = {
    "account_changes": {"what": Whose.USER},
    "agency_profile": {
        "email": Whose.HOUSE,
        "phone": Whose.HOUSE,
        "managing_directors": Whose.HOUSE,
        "supervisory_chair": Whose.HOUSE,
        "liable_partner": Whose.HOUSE,
        "privacy_contact": Whose.HOUSE,
    },
    "approvals": dict.fromkeys(
        ("subject_words", "before", "after", "reason", "decision_reason"), Whose.USER
    ),
    "second_factors": {"label": Whose.USER},
    "audit_details": {"detail": Whose.THIRD},
    "bank_entries": dict.fromkeys(
        (
            "counterparty_name",
            "counterparty_iban",
            "end_to_end",
            "structured_reference",
            "purpose",
            "reason",
        ),
        Whose.THIRD,
    ),
    "advance_requests": {"reason": Whose.CLIENT},
    "bank_imports": {"taken_back_why": Whose.THIRD},
    "transfers": dict.fromkeys(("name", "iban", "purpose", "reject_reason"), Whose.THIRD),
    "customer_accounts": dict.fromkeys(("iban", "holder", "announced_reason"), Whose.DEBTOR),
    "customer_changes": dict.fromkeys(("before", "after"), Whose.DEBTOR),
    "customer_people": dict.fromkeys(("name", "function", "phone", "email"), Whose.DEBTOR),
    # Customers of a client who are no debtors of ours (yet).
    "customers": dict.fromkeys(
        (
            "number",
            "number_folded",
            "name",
            "given_name",
            "street",
            "postcode",
            "city",
            "email",
            "phone",
        ),
        Whose.DEBTOR,
    ),
    "case_debtors": dict.fromkeys(
        ("submitted_name", "submitted_address", "customer_number"), Whose.DEBTOR
    ),
    "claims": dict.fromkeys(
        (
            "invoice_number",
            "invoice_folded",
            "description",
            "original_creditor",
            "original_postcode",
            "original_city",
            "known_dispute",
            "excluded_reason",
        ),
        Whose.DEBTOR,
    ),
    "client_approvals": dict.fromkeys(("reason", "words"), Whose.DEBTOR),
    "client_papers": {"note": Whose.CLIENT},
    "relationship_rules": {"reason": Whose.DEBTOR},
    "commitments": dict.fromkeys(("what", "moved_reason"), Whose.DEBTOR),
    "contacts": dict.fromkeys(
        ("person", "number_used", "note", "next_step", "overridden_because"), Whose.DEBTOR
    ),
    "court_declarations": dict.fromkeys(("answer", "note"), Whose.DEBTOR),
    "court_messages": dict.fromkeys(("content", "excerpt", "refusal"), Whose.DEBTOR),
    "court_memories": {"value": Whose.CLIENT},
    "creditor_contacts": dict.fromkeys(("name", "phone", "email"), Whose.CLIENT),
    "creditor_reports": dict.fromkeys(("words", "answer"), Whose.DEBTOR),
    "creditor_representatives": {"name": Whose.CLIENT},
    "creditors": dict.fromkeys(
        (
            "name",
            "representative",
            "street",
            "postcode",
            "city",
            "email",
            "phone",
            "iban",
            "address_withheld_reason",
        ),
        Whose.CLIENT,
    )
    | dict.fromkeys(("house_contact", "house_contact_phone", "house_contact_email"), Whose.HOUSE),
    "debtor_addresses": dict.fromkeys(("street", "postcode", "city", "care_of"), Whose.DEBTOR),
    "debtor_changes": dict.fromkeys(("before", "after", "how_known"), Whose.DEBTOR),
    "debtor_contacts": dict.fromkeys(
        ("name", "phone", "email", "language", "how_known"), Whose.DEBTOR
    ),
    "debtor_merges": dict.fromkeys(("why", "undone_reason"), Whose.DEBTOR),
    "debtor_profiles": dict.fromkeys(
        (
            "departments",
            "invoice_way",
            "portal_used",
            "order_number",
            "approver",
            "payment_order_reason",
            "opted_out",
            "payer_type_reason",
        ),
        Whose.DEBTOR,
    ),
    "debtor_requests": dict.fromkeys(("words", "answer"), Whose.DEBTOR),
    "debtor_spokespersons": dict.fromkeys(
        ("name", "street", "postcode", "city", "phone", "email", "reference", "how_known"),
        Whose.DEBTOR,
    ),
    "debtors": dict.fromkeys(
        (
            "name",
            "given_name",
            "salutation",
            "representative",
            "contact",
            "email",
            "phone",
            "language",
        ),
        Whose.DEBTOR,
    ),
    "earlier_verdicts": dict.fromkeys(
        ("verdict_reason", "no_evidence", "reopened_because"), Whose.DEBTOR
    ),
    "filing_batches": {"note": Whose.DEBTOR},
    "filings": dict.fromkeys(
        ("content", "reasons", "findings", "because", "remembered"), Whose.DEBTOR
    ),
    "handover_notes": {"words": Whose.THIRD},
    "holds": dict.fromkeys(("note", "lifted_reason"), Whose.DEBTOR),
    "house_tasks": {"params": Whose.THIRD},
    "journals": {"reference": Whose.THIRD},
    "ledger_entries": {"words": Whose.DEBTOR},
    "legal_deadlines": dict.fromkeys(("notes", "closed_reason"), Whose.DEBTOR),
    "letter_drafts": dict.fromkeys(
        ("text", "next_step", "contract_circumstances", "appointment"), Whose.DEBTOR
    ),
    "letter_attachments": {"name": Whose.THIRD},
    "letter_mails": dict.fromkeys(("to_address", "answer"), Whose.DEBTOR),
    # Customers of a client who are no debtors of ours (yet).
    "own_name_items": dict.fromkeys(("customer", "email", "note"), Whose.DEBTOR),
    "own_name_reminders": dict.fromkeys(("to_address", "answer"), Whose.DEBTOR),
    "post_items": dict.fromkeys(
        ("name", "sender", "excerpt", "how_detail", "set_aside_why"), Whose.DEBTOR
    ),
    "letters": {"content": Whose.DEBTOR},
    "plan_mandates": dict.fromkeys(("name", "iban", "ended_why"), Whose.DEBTOR),
    "report_readers": {"address": Whose.CLIENT},
    "mails": dict.fromkeys(("to_address", "params", "refusal"), Whose.THIRD),
    "liability_log": dict.fromkeys(("subject", "before", "after", "reason"), Whose.USER),
    "limitation_events": dict.fromkeys(("note", "source"), Whose.DEBTOR),
    "login_attempts": {"subject": Whose.USER},
    "login_sessions": {"device": Whose.USER},
    "objection_checks": {"finding": Whose.DEBTOR},
    "objections": dict.fromkeys(
        (
            "words",
            "words_language",
            "verdict_reason",
            "no_evidence",
            "told_creditor",
            "rest_released_why",
        ),
        Whose.DEBTOR,
    ),
    "claim_documents": dict.fromkeys(("signed_by", "signed_as"), Whose.DEBTOR),
    "complaints": dict.fromkeys(("words", "answer"), Whose.DEBTOR),
    "objection_evidence": dict.fromkeys(("answer_words", "explained"), Whose.DEBTOR),
    "objection_mentions": {"words": Whose.DEBTOR},
    "outbox_effects": {"details": Whose.THIRD},
    "payments": {"reversed_reason": Whose.DEBTOR},
    "cash_receipts": dict.fromkeys(("payer", "taken_back_because"), Whose.DEBTOR),
    "safety_notes": {"words": Whose.DEBTOR},
    "estates": dict.fromkeys(("how_known", "heirs"), Whose.DEBTOR),
    "meetings": dict.fromkeys(
        ("place", "attendees", "agenda", "minutes", "ended_because"), Whose.DEBTOR
    ),
    "visits": dict.fromkeys(
        ("with_whom", "place_note", "overridden_because", "ended_because", "cost_words"),
        Whose.DEBTOR,
    ),
    "plans": dict.fromkeys(("reason", "ended_reason"), Whose.DEBTOR),
    "proceeding_events": {"note": Whose.DEBTOR},
    "remittances": dict.fromkeys(("iban", "payee_name"), Whose.CLIENT),
    "request_counts": {"subject": Whose.USER},
    "stored_files": {"filename": Whose.THIRD},
    "submission_rows": dict.fromkeys(
        ("raw", "corrections", "answers", "parsed", "findings", "invoice_key", "debtor_key"),
        Whose.DEBTOR,
    ),
    "submissions": dict.fromkeys(("findings", "answers"), Whose.THIRD),
    "timeline_events": {"params": Whose.DEBTOR},
    "users": dict.fromkeys(
        ("email", "name", "phone", "password_hash", "proposed_password_hash", "locale", "theme"),
        Whose.USER,
    ),
    "work_items": {"params": Whose.DEBTOR},
}

#: Emptied when the retention of its own class ends, although the row stays longer.
EMPTIED: dict[str, dict[str, Retention]] = {
    "audit_details": {"detail": Retention.CASE},  # The chain holds with its digest alone.
}


#: Text that names no person: codes, numbers of files, references, digests, law.
IMPERSONAL: dict[str, list[str]] = {
    table: columns.split()
    for table, columns in {
        "plans": "public_id",
        "customer_accounts": "public_id",
        "customer_changes": "field",
        "customer_people": "public_id",
        "customers": ("public_id legal_form register_court register_number vat_id sector"),
        "submissions": ("public_id format encoding columns mapping conventions"),
        "post_items": "public_id sha256 how fault",
        "print_runs": "public_id",
        "post_mailboxes": "name fault",
        "own_name_items": "public_id folded invoice_number currency",
        "own_name_reminders": "message_id",
        "own_name_terms": "rules",
        "proceedings": ("public_id own_ref court_number court place trial_court trial_place"),
        "filing_batches": ("public_id court file_number sums returned channel"),
        "creditors": ("public_id legal_form register_court register_number vat_id sector"),
        "court_payables": ("public_id own_ref payee iban reference paid_from"),
        "court_messages": ("public_id fingerprint kind event own_ref court_numbers"),
        "bank_imports": ("public_id iban refused_code statement_number findings"),
        "audit_events": ("action record_type fields detail_digest prev_hash hash"),
        "agency_profile": (
            "name street postcode city website register_entry authority_name "
            "authority_address authority_contact privacy_authority vat_id legal_form seat "
            "register_court register_number trust_iban trust_bic operating_iban place "
            "kennziffer tax_number datev_accounts sepa_creditor_id sepa_mandate_text"
        ),
        "address_inquiries": "public_id provider",
        "announcements": "step dropped_reason",
        "attempts": "outcome letter_number",
        "case_strategies": "next_key waits_for ended_why",
        "intentions": "step_key template why closed_why",
        "strategies": "public_id name shipped_as",
        "strategy_nights": "act why",
        "strategy_versions": "public_id plan",
        "approvals": "public_id kind",
        "audit_details": "salt",
        "backup_drills": "backup findings",
        "bank_entries": "public_id iban fingerprint",
        "plan_mandates": "public_id reference",
        "debit_runs": "public_id",
        "debits": "number",
        "bank_files": "public_id format findings trust_proof",
        "bank_rules": "public_id name iban words",
        "bills": "public_id payee iban number withdrawn_reason",
        "open_item_checks": "public_id findings",
        "open_item_questions": "public_id",
        "transfer_runs": "public_id sepa_sha256",
        "advance_requests": "public_id number",
        "transfers": "public_id number journal_ids",
        "bulk_actions": "public_id case_ids before",
        "cases": "public_id number",
        "claim_documents": "public_id",
        "client_approvals": "public_id",
        "client_papers": "public_id",
        "house_dates": "public_id what done_note",
        "relationship_rules": "public_id without",
        "claims": "public_id default_basis kind reminders",
        "commitments": "public_id",
        "contact_policy": "rules closed_days",
        "contacts": "public_id guide",
        "court_declarations": "kind remembered_from",
        "court_directories": "public_id source filename",
        "court_files": "sha256",
        "court_inbox_files": "sha256 findings",
        "court_memories": "key",
        "court_settings": "file_letters confirmed_fields credit_in",
        "creditor_contacts": "public_id",
        "creditor_contracts": "fee_terms",
        "creditor_reports": "public_id",
        "creditor_representatives": "public_id function",
        "debtor_addresses": "traced_at",
        "debtor_changes": "field",
        "debtor_contacts": "public_id",
        "debtor_merges": "public_id moved",
        "debtor_profiles": "sector routing_id payment_run_days",
        "debtor_requests": "public_id",
        "debtors": "public_id legal_form",
        "directory_courts": ("kind place postcode court_name court_place court_postcode"),
        "filings": "public_id own_ref court",
        "form_answers": "key location body_digest",
        "holds": "public_id",
        "house_tasks": "public_id reason cause",
        "joint_defaults": "default_basis",
        "journals": "kind",
        "law_rates": "source",
        "ledger_entries": "computation",
        "legal_deadlines": "public_id rule_id name whose law",
        "letter_attachments": "public_id",
        "letter_mails": "message_id",
        "letter_texts": "public_id language body",
        "letter_drafts": "public_id language",
        "letters": "public_id number language template_version",
        "liability_log": "action",
        "limitation_events": "public_id",
        "access_links": "public_id token_digest",
        "login_sessions": "public_id token_digest challenge",
        "people_rules": "factor_roles works_council_note",
        "teams": "public_id name",
        "absences": "public_id",
        "recovery_codes": "code_digest",
        "second_factors": "public_id sealed_secret credential_id public_key",
        "claim_facts": "fact",
        "complaints": "public_id",
        "house_indicators": "public_id kinds condition law english german",
        "mails": "public_id kind language path seed file_ids",
        "report_readers": "public_id",
        "objection_checks": "question",
        "objection_evidence": "public_id label",
        "objection_items": "default_was_by",
        "objection_mentions": "channel",
        "objections": "public_id channel indicators_then",
        "outbox_effects": "public_id kind key token last_error",
        "payments": "public_id designated_claims",
        "payout_runs": "public_id sepa_sha256 left_out",
        "remittances": "public_id number reject_reason taxed invoice_number",
        "request_counts": "kind",
        "run_failures": "kind reason",
        "runs": "kind",
        "sent_letters": "sha256",
        "stored_files": "public_id sha256 media_type",
        "submission_rows": "public_id",
        "timeline_events": "kind",
        "titles": "public_id court court_number",
        "trial_courts_known": "postcode kind court_postcode court_place case_number",
        "users": "public_id feed_digest",
        "cash_receipts": "public_id number",
        "visit_papers": "public_id",
        "visits": "public_id",
        "meetings": "public_id",
        "estates": "court",
        "handover_notes": "public_id",
        "worklist_views": "public_id name args",
        "work_items": "public_id reason cause",
    }.items()
}
