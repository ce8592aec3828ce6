"""The first schema: people, parties, cases and claims, ledger, letters, contacts, payments, intake.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "audit_events",
    "contacts",
    "journal_lines",
    "journals",
    "ledger_entries",
    "sent_letters",
    "timeline_events",
)
APP_GRANTS = {
    "audit_details": "SELECT, INSERT",
    "letters": "SELECT, INSERT, UPDATE (state)",
    "stored_files": "SELECT, INSERT",
}
PORTAL_GRANTS = {
    "agency_profile": "SELECT",
    "audit_details": "INSERT",
    "audit_events": "INSERT",
    "case_debtors": "SELECT",
    "cases": "SELECT",
    "claims": "SELECT",
    "creditor_contracts": "SELECT",
    "creditors": "SELECT",
    "holds": "SELECT",
    "ledger_entries": "SELECT",
    "objection_items": "SELECT",
    "objections": "SELECT",
    "outbox_effects": "SELECT, INSERT",
    "payments": "SELECT",
    "stored_files": "SELECT, INSERT",
    "submission_rows": "SELECT, INSERT, UPDATE",
    "submissions": "SELECT, INSERT, UPDATE",
    "timeline_events": "SELECT",
}
OWN = "creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint"
PORTAL_ROWS = {
    "creditors": OWN.removeprefix("creditor_"),
    "timeline_events": f"{OWN} AND creditor_visible",
}

FUNCTIONS = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION check_journal_balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM journal_lines WHERE journal_id = NEW.journal_id
        GROUP BY currency HAVING sum(amount_cents) <> 0
    ) THEN
        RAISE EXCEPTION 'journal % does not sum to zero', NEW.journal_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION refuse_closed_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM added WHERE booked_on <= (SELECT max(last_day) FROM closed_periods)
    ) THEN
        RAISE EXCEPTION 'the period is closed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE SEQUENCE case_serial;
CREATE SEQUENCE letter_serial;

-- The head of the audit chain, without a right to read its rows.
CREATE FUNCTION audit_head(OUT seq bigint, OUT hash bytea) LANGUAGE sql VOLATILE
SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT coalesce(max(head.seq), 0), coalesce(
        (array_agg(head.hash))[1],
        '\\x0000000000000000000000000000000000000000000000000000000000000000'::bytea)
    FROM (SELECT e.seq, e.hash FROM public.audit_events e ORDER BY e.seq DESC LIMIT 1) head
$$;
REVOKE ALL ON FUNCTION audit_head() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_head() TO recoup_app, recoup_portal;
"""

TRIGGERS = """
CREATE CONSTRAINT TRIGGER journal_lines_balanced AFTER INSERT ON journal_lines
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_journal_balance();
CREATE TRIGGER journals_period_open AFTER INSERT ON journals
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_closed_period();
CREATE TRIGGER ledger_entries_period_open AFTER INSERT ON ledger_entries
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_closed_period();
"""


def upgrade() -> None:
    create_tables()
    op.execute(FUNCTIONS)
    op.execute(TRIGGERS)
    protect()


def protect() -> None:
    """Append-only tables, grants, row-level security."""
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    for table in TABLES:
        default = "SELECT, INSERT" if table in APPEND_ONLY else "SELECT, INSERT, UPDATE, DELETE"
        op.execute(f"GRANT {APP_GRANTS.get(table, default)} ON {table} TO recoup_app")
    op.execute("GRANT SELECT ON alembic_version TO recoup_app, recoup_portal")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app")
    for table, grants in PORTAL_GRANTS.items():
        op.execute(f"GRANT {grants} ON {table} TO recoup_portal")
        if table == "agency_profile":
            continue
        own = PORTAL_ROWS.get(table, OWN)
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY staff ON {table} TO recoup_app USING (true) WITH CHECK (true)")
        op.execute(
            f"CREATE POLICY own_rows ON {table} TO recoup_portal USING ({own}) WITH CHECK ({own})"
        )
    for sequence in ("stored_files", "outbox_effects", "submissions", "submission_rows"):
        op.execute(f"GRANT USAGE ON SEQUENCE {sequence}_id_seq TO recoup_portal")


def create_tables() -> None:
    op.create_table(
        "agency_profile",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("website", sa.Text(), nullable=True),
        sa.Column("register_entry", sa.Text(), nullable=False),
        sa.Column("authority_name", sa.Text(), nullable=False),
        sa.Column("authority_address", sa.Text(), nullable=False),
        sa.Column("authority_contact", sa.Text(), nullable=False),
        sa.Column("privacy_contact", sa.Text(), nullable=True),
        sa.Column("vat_id", sa.Text(), nullable=True),
        sa.Column("trust_iban", sa.Text(), nullable=False),
        sa.Column("trust_bic", sa.Text(), nullable=True),
        sa.Column("operating_iban", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("postal_days", sa.BigInteger(), nullable=False),
        sa.Column("kennziffer", sa.Text(), nullable=True),
        sa.CheckConstraint("id = 1", name=op.f("ck_agency_profile_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_profile")),
    )
    op.create_table(
        "audit_details",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_details")),
    )
    op.create_table(
        "audit_events",
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("creditor_id", sa.BigInteger(), nullable=True),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("record_type", sa.Text(), nullable=False),
        sa.Column("record_id", sa.BigInteger(), nullable=True),
        sa.Column("fields", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("detail_digest", sa.LargeBinary(), nullable=True),
        sa.Column("prev_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("occurred_on", "seq", name=op.f("pk_audit_events")),
    )
    op.create_index(
        "ix_audit_events_record", "audit_events", ["record_type", "record_id"], unique=False
    )
    op.create_index("ix_audit_events_seq", "audit_events", ["seq"], unique=False)
    op.create_index("uq_audit_events_prev_hash", "audit_events", ["prev_hash"], unique=True)
    op.create_table(
        "closed_periods",
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("last_day", name=op.f("pk_closed_periods")),
    )
    op.create_table(
        "creditors",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_name", sa.String(collation="C"), nullable=False),
        sa.Column("legal_form", sa.Text(), nullable=True),
        sa.Column("representative", sa.Text(), nullable=True),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("iban", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_creditors")),
        sa.UniqueConstraint("public_id", name=op.f("uq_creditors_public_id")),
    )
    op.create_index(op.f("ix_creditors_sort_name"), "creditors", ["sort_name"], unique=False)
    op.create_table(
        "debtors",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "natural_person",
                "sole_trader",
                "company",
                "public_body",
                name="ck_debtors_debtorkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("given_name", sa.Text(), nullable=True),
        sa.Column("salutation", sa.Text(), nullable=True),
        sa.Column("legal_form", sa.Text(), nullable=True),
        sa.Column("representative", sa.Text(), nullable=True),
        sa.Column("sort_name", sa.String(collation="C"), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), server_default="de", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debtors")),
        sa.UniqueConstraint("public_id", name=op.f("uq_debtors_public_id")),
    )
    op.create_index(op.f("ix_debtors_sort_name"), "debtors", ["sort_name"], unique=False)
    op.create_index(
        "ix_debtors_words",
        "debtors",
        [sa.literal_column("to_tsvector('simple'::regconfig, sort_name)")],
        postgresql_using="gin",
    )
    op.create_table(
        "journals",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("posted_by", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["journals.id"], name=op.f("fk_journals_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journals")),
    )
    op.create_index("ix_journals_booked_on", "journals", ["booked_on", "id"], unique=False)
    op.create_index("uq_journals_reverses_id", "journals", ["reverses_id"], unique=True)
    op.create_table(
        "login_attempts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempts")),
    )
    op.create_index(
        "ix_login_attempts_subject_at", "login_attempts", ["subject", "at"], unique=False
    )
    op.create_table(
        "outbox_effects",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "leased",
                "done",
                "failed",
                name="ck_outbox_effects_effectstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("token", sa.Text(), nullable=True),
        sa.Column(
            "available_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_effects")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_effects_key")),
    )
    op.create_index(
        "ix_outbox_effects_due",
        "outbox_effects",
        ["available_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('waiting', 'leased')"),
    )
    op.create_table(
        "stored_files",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column(
            "stored_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_stored_files_size_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stored_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_stored_files_public_id")),
    )
    op.create_index(
        op.f("ix_stored_files_creditor_id"), "stored_files", ["creditor_id"], unique=False
    )
    op.create_index(op.f("ix_stored_files_sha256"), "stored_files", ["sha256"], unique=False)
    op.create_table(
        "creditor_contracts",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("deducts_input_tax", sa.Boolean(), nullable=False),
        sa.Column("owes_collection_fee", sa.Boolean(), nullable=False),
        sa.Column("success_fee_percent", sa.Numeric(), nullable=False),
        sa.Column("power_of_attorney_on", sa.Date(), nullable=True),
        sa.Column("court_needs_approval", sa.Boolean(), nullable=False),
        sa.Column("direct_payment_order", sa.Text(), server_default="law", nullable=False),
        sa.ForeignKeyConstraint(
            ["creditor_id"], ["creditors.id"], name=op.f("fk_creditor_contracts_creditor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_creditor_contracts")),
        sa.UniqueConstraint(
            "creditor_id", "valid_from", name=op.f("uq_creditor_contracts_creditor_id_valid_from")
        ),
    )
    op.create_index(
        op.f("ix_creditor_contracts_creditor_id"),
        "creditor_contracts",
        ["creditor_id"],
        unique=False,
    )
    op.create_table(
        "debtor_addresses",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), nullable=False),
        sa.Column("street", sa.Text(), nullable=False),
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("undeliverable_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtors.id"], name=op.f("fk_debtor_addresses_debtor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debtor_addresses")),
    )
    op.create_index(
        op.f("ix_debtor_addresses_debtor_id"), "debtor_addresses", ["debtor_id"], unique=False
    )
    op.create_index(
        "uq_debtor_addresses_current",
        "debtor_addresses",
        ["debtor_id"],
        unique=True,
        postgresql_where=sa.text("valid_until IS NULL"),
    )
    op.create_table(
        "submissions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "uploaded",
                "reading",
                "mapping",
                "checking",
                "refused",
                "opening",
                "done",
                name="ck_submissions_submissionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("columns", sa.ARRAY(sa.Text()), nullable=True),
        sa.Column("mapping", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("conventions", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rows_total", sa.BigInteger(), nullable=False),
        sa.Column("rows_done", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["creditor_id"], ["creditors.id"], name=op.f("fk_submissions_creditor_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_submissions_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.UniqueConstraint("id", "creditor_id", name=op.f("uq_submissions_id_creditor_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_submissions_public_id")),
    )
    op.create_index(
        "ix_submissions_creditor_id", "submissions", ["creditor_id", "id"], unique=False
    )
    op.create_index(op.f("ix_submissions_file_id"), "submissions", ["file_id"], unique=False)
    op.create_table(
        "users",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=True),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "creditor",
                "case_worker",
                "accounts",
                "legal",
                "admin",
                name="ck_users_role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=True),
        sa.Column("theme", sa.Text(), nullable=True),
        sa.Column("shortcuts", sa.Boolean(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(role = 'creditor') = (creditor_id IS NOT NULL)", name=op.f("ck_users_creditor_side")
        ),
        sa.ForeignKeyConstraint(
            ["creditor_id"], ["creditors.id"], name=op.f("fk_users_creditor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
        sa.UniqueConstraint("public_id", name=op.f("uq_users_public_id")),
    )
    op.create_index(op.f("ix_users_creditor_id"), "users", ["creditor_id"], unique=False)
    op.create_table(
        "bank_files",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "booking",
                "done",
                "refused",
                name="ck_bank_files_bankfilestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("format", sa.Text(), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("trust_proof", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_bank_files_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["users.id"], name=op.f("fk_bank_files_received_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_files")),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_files_public_id")),
    )
    op.create_index(op.f("ix_bank_files_file_id"), "bank_files", ["file_id"], unique=False)
    op.create_table(
        "bank_imports",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("bank_file_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("refused_code", sa.Text(), nullable=True),
        sa.Column("entries_new", sa.BigInteger(), nullable=False),
        sa.Column("entries_known", sa.BigInteger(), nullable=False),
        sa.Column("statement_number", sa.Text(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("opening_cents", sa.BigInteger(), nullable=True),
        sa.Column("closing_cents", sa.BigInteger(), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "imported_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["bank_file_id"], ["bank_files.id"], name=op.f("fk_bank_imports_bank_file_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_imports")),
        sa.UniqueConstraint(
            "bank_file_id", "position", name=op.f("uq_bank_imports_bank_file_id_position")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_imports_public_id")),
    )
    op.create_index(
        "ix_bank_imports_account_closing", "bank_imports", ["iban", "last_day"], unique=False
    )
    op.create_table(
        "cases",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("jurisdiction", sa.String(length=2), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "new",
                "amicable",
                "court",
                "enforcement",
                "closed",
                name="ck_cases_phase",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "paid",
                "settled",
                "withdrawn",
                "unfounded",
                "uncollectible",
                "insolvent",
                "time_barred",
                "refused",
                name="ck_cases_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("principal_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("booked_open_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("received_cents", sa.BigInteger(), server_default="0", nullable=False),
        sa.CheckConstraint(
            "(phase = 'closed') = (outcome IS NOT NULL)", name=op.f("ck_cases_outcome_when_closed")
        ),
        sa.ForeignKeyConstraint(
            ["creditor_id"], ["creditors.id"], name=op.f("fk_cases_creditor_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_cases_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("id", "creditor_id", name=op.f("uq_cases_id_creditor_id")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_cases_public_id")),
    )
    op.create_index(
        "ix_cases_creditor_id_phase", "cases", ["creditor_id", "phase", "id"], unique=False
    )
    op.create_index(op.f("ix_cases_owner_id"), "cases", ["owner_id"], unique=False)
    op.create_table(
        "login_sessions",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("token_digest", sa.Text(), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("device", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_login_sessions_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_sessions")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_login_sessions_token_digest")),
    )
    op.create_index(op.f("ix_login_sessions_user_id"), "login_sessions", ["user_id"], unique=False)
    op.create_table(
        "bank_entries",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("import_id", sa.BigInteger(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("part", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.BigInteger(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("counterparty_name", sa.Text(), nullable=True),
        sa.Column("counterparty_iban", sa.Text(), nullable=True),
        sa.Column("end_to_end", sa.Text(), nullable=True),
        sa.Column("structured_reference", sa.Text(), nullable=True),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("is_return", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "booked",
                "suspense",
                "assigned",
                "refunded",
                "outgoing",
                "returned",
                "foreign",
                "operating",
                name="ck_bank_entries_entrystate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("journal_id", sa.BigInteger(), nullable=True),
        sa.Column("refund_journal_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["import_id"], ["bank_imports.id"], name=op.f("fk_bank_entries_import_id")
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["journals.id"], name=op.f("fk_bank_entries_journal_id")
        ),
        sa.ForeignKeyConstraint(
            ["refund_journal_id"], ["journals.id"], name=op.f("fk_bank_entries_refund_journal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_entries")),
        sa.UniqueConstraint(
            "iban",
            "fingerprint",
            "part",
            name=op.f("uq_bank_entries_iban_fingerprint_part"),
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_bank_entries_public_id")),
    )
    op.create_index(op.f("ix_bank_entries_import_id"), "bank_entries", ["import_id"], unique=False)
    op.create_index(
        "ix_bank_entries_suspense",
        "bank_entries",
        ["value_on", "id"],
        unique=False,
        postgresql_where=sa.text("state IN ('suspense', 'foreign')"),
    )
    op.create_index(
        "ix_bank_entries_amount", "bank_entries", ["amount_cents", "value_on"], unique=False
    )
    op.create_index(
        "ix_bank_entries_payer",
        "bank_entries",
        ["counterparty_iban"],
        unique=False,
        postgresql_where=sa.text("state IN ('booked', 'assigned')"),
    )
    op.create_table(
        "case_debtors",
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("submitted_name", sa.Text(), nullable=False),
        sa.Column("submitted_address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_case_debtors_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtors.id"], name=op.f("fk_case_debtors_debtor_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "debtor_id", name=op.f("pk_case_debtors")),
        sa.UniqueConstraint("case_id", "position", name=op.f("uq_case_debtors_case_id_position")),
    )
    op.create_index(op.f("ix_case_debtors_debtor_id"), "case_debtors", ["debtor_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("invoice_number", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("contract_on", sa.Date(), nullable=True),
        sa.Column("invoiced_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column(
            "due_basis",
            sa.Enum(
                "contract",
                "invoice",
                "statute",
                name="ck_claims_duebasis",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("consumer_notice", sa.Boolean(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "consumer",
                "business",
                name="ck_claims_purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_remuneration", sa.Boolean(), nullable=False),
        sa.Column("is_consumer_loan", sa.Boolean(), nullable=False),
        sa.Column("agreed_rate_percent", sa.Numeric(), nullable=True),
        sa.Column("principal_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("performed", sa.Boolean(), nullable=False),
        sa.Column("known_dispute", sa.Text(), nullable=True),
        sa.Column("default_on", sa.Date(), nullable=True),
        sa.Column("default_basis", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("arose_on", sa.Date(), nullable=True),
        sa.Column("excluded_reason", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "due_on IS NULL OR due_on >= invoiced_on", name=op.f("ck_claims_due_after_invoice")
        ),
        sa.CheckConstraint("principal_cents > 0", name=op.f("ck_claims_principal_positive")),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_claims_case_id_creditor_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("public_id", name=op.f("uq_claims_public_id")),
    )
    op.create_index(op.f("ix_claims_case_id"), "claims", ["case_id"], unique=False)
    op.create_index(
        "ix_claims_folded_invoice",
        "claims",
        [sa.literal_column("upper(regexp_replace(invoice_number, '[^[:alnum:]]', '', 'g'))")],
        unique=False,
    )
    op.create_index(
        "ix_claims_creditor_id_invoice_number",
        "claims",
        ["creditor_id", "invoice_number"],
        unique=False,
    )
    op.create_table(
        "commitments",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("moved_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_commitments_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_commitments_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("public_id", name=op.f("uq_commitments_public_id")),
    )
    op.create_index(op.f("ix_commitments_case_id"), "commitments", ["case_id"], unique=False)
    op.create_index(
        "ix_commitments_open",
        "commitments",
        ["due_at"],
        unique=False,
        postgresql_where=sa.text("kept_at IS NULL"),
    )
    op.create_table(
        "contacts",
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "channel",
            sa.Enum(
                "letter",
                "email",
                "sms",
                "phone",
                "visit",
                name="ck_contacts_contactchannel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum(
                "outbound",
                "inbound",
                name="ck_contacts_contactdirection",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "outcome",
            sa.Enum(
                "reached_pays",
                "promise",
                "instalments",
                "objection",
                "call_back",
                "wrong_number",
                "not_reached",
                "refuses",
                name="ck_contacts_contactoutcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("right_person", sa.Boolean(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "cannot_pay",
                "forgot",
                "not_received",
                "internal_delay",
                "dispute",
                "refuses",
                "unknown",
                name="ck_contacts_nonpaymentreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("number_used", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_contacts_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtors.id"], name=op.f("fk_contacts_debtor_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_contacts_user_id")),
        sa.PrimaryKeyConstraint("occurred_on", "id", name=op.f("pk_contacts")),
    )
    op.create_index("ix_contacts_case_id_at", "contacts", ["case_id", "at", "id"], unique=False)
    op.create_table(
        "journal_lines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("journal_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "account",
            sa.Enum(
                "trust_bank",
                "operating_bank",
                "suspense",
                "creditor_payables",
                "creditor_advances",
                "creditor_receivables",
                "refunds_due",
                "share_in_trust",
                "court_payables",
                "court_costs_advanced",
                "agency_income",
                "vat_payable",
                "claims_due",
                "claims_held",
                name="ck_journal_lines_account",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("creditor_id", sa.BigInteger(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.CheckConstraint("amount_cents <> 0", name=op.f("ck_journal_lines_amount_not_zero")),
        sa.ForeignKeyConstraint(["case_id"], ["cases.id"], name=op.f("fk_journal_lines_case_id")),
        sa.ForeignKeyConstraint(
            ["creditor_id"], ["creditors.id"], name=op.f("fk_journal_lines_creditor_id")
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["journals.id"], name=op.f("fk_journal_lines_journal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_lines")),
    )
    op.create_index(
        "ix_journal_lines_account", "journal_lines", ["account", "creditor_id"], unique=False
    )
    op.create_index(op.f("ix_journal_lines_case_id"), "journal_lines", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_journal_lines_journal_id"), "journal_lines", ["journal_id"], unique=False
    )
    op.create_table(
        "letters",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "first_demand",
                "objection_reply",
                name="ck_letters_letterkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "print",
                "email",
                name="ck_letters_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sent",
                name="ck_letters_letterstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("template_version", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("demanded_cents", sa.BigInteger(), nullable=True),
        sa.Column("dispatched_on", sa.Date(), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=True),
        sa.Column("released_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "released_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_letters_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtors.id"], name=op.f("fk_letters_debtor_id")),
        sa.ForeignKeyConstraint(["released_by"], ["users.id"], name=op.f("fk_letters_released_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
        sa.UniqueConstraint("number", name=op.f("uq_letters_number")),
        sa.UniqueConstraint("public_id", name=op.f("uq_letters_public_id")),
    )
    op.create_index("ix_letters_case_id", "letters", ["case_id", "id"], unique=False)
    op.create_table(
        "objections",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "paid",
                "not_ordered",
                "not_delivered",
                "defect",
                "wrong_amount",
                "withdrawn",
                "time_barred",
                "not_liable",
                "set_off",
                "other",
                name="ck_objections_objectionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("words_language", sa.Text(), nullable=False),
        sa.Column("contests", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.Column(
            "verdict",
            sa.Enum(
                "pretext",
                "genuine",
                "partly_genuine",
                "undecided",
                name="ck_objections_verdict",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("verdict_reason", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "verdict IS NULL OR length(btrim(verdict_reason)) > 0",
            name=op.f("ck_objections_verdict_has_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_objections_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtors.id"], name=op.f("fk_objections_debtor_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_objections_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_objections_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objections")),
        sa.UniqueConstraint("public_id", name=op.f("uq_objections_public_id")),
    )
    op.create_index(op.f("ix_objections_case_id"), "objections", ["case_id"], unique=False)
    op.create_index(
        "ix_objections_open",
        "objections",
        ["case_id"],
        unique=False,
        postgresql_where=sa.text("verdict IS NULL"),
    )
    op.create_table(
        "promises",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("contact_id", sa.BigInteger(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "kept",
                "broken",
                "replaced",
                name="ck_promises_promisestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_promises_amount_positive")),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_promises_case_id_creditor_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promises")),
    )
    op.create_index(op.f("ix_promises_case_id"), "promises", ["case_id"], unique=False)
    op.create_index(
        "ix_promises_open",
        "promises",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "timeline_events",
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("creditor_visible", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_timeline_events_case_id_creditor_id"),
        ),
        sa.PrimaryKeyConstraint("occurred_on", "id", name=op.f("pk_timeline_events")),
    )
    op.create_index(
        "ix_timeline_events_case_id_at", "timeline_events", ["case_id", "at", "id"], unique=False
    )
    op.create_table(
        "work_items",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "queue",
            sa.Enum(
                "new_case",
                "follow_up",
                "commitment",
                "broken_promise",
                "objection",
                "payment",
                "step_due",
                "legal",
                "limitation",
                "task",
                name="ck_work_items_workqueue",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("urgency", sa.BigInteger(), nullable=False),
        sa.Column("negative_cents", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("visible_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.BigInteger(), nullable=True),
        sa.Column("reserved_by", sa.BigInteger(), nullable=True),
        sa.Column("reserved_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_work_items_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["users.id"], name=op.f("fk_work_items_owner_id")),
        sa.ForeignKeyConstraint(
            ["reserved_by"], ["users.id"], name=op.f("fk_work_items_reserved_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_work_items")),
        sa.UniqueConstraint("public_id", name=op.f("uq_work_items_public_id")),
    )
    op.create_index(
        "ix_work_items_case_id",
        "work_items",
        ["case_id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "ix_work_items_order",
        "work_items",
        ["urgency", "negative_cents", "since", "id"],
        unique=False,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_index(
        "uq_work_items_cause",
        "work_items",
        ["cause"],
        unique=True,
        postgresql_where=sa.text("done_at IS NULL"),
    )
    op.create_table(
        "announcements",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("letter_id", sa.BigInteger(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_announcements_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_announcements_letter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcements")),
    )
    op.create_index(
        op.f("ix_announcements_letter_id"), "announcements", ["letter_id"], unique=False
    )
    op.create_index(
        "ix_announcements_open",
        "announcements",
        ["due_on"],
        unique=False,
        postgresql_where=sa.text("kept_at IS NULL"),
    )
    op.create_table(
        "holds",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column(
            "reason",
            sa.Enum(
                "objection",
                "deceased",
                "insolvency",
                "represented",
                "address_unknown",
                "creditor",
                name="ck_holds_holdreason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("objection_id", sa.BigInteger(), nullable=True),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.BigInteger(), nullable=True),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "amount_cents IS NULL OR amount_cents > 0", name=op.f("ck_holds_amount_positive")
        ),
        sa.CheckConstraint(
            "amount_cents IS NULL OR claim_id IS NOT NULL", name=op.f("ck_holds_amount_of_claim")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_holds_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_holds_claim_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holds")),
    )
    op.create_index(op.f("ix_holds_objection_id"), "holds", ["objection_id"], unique=False)
    op.create_index(
        "ix_holds_open",
        "holds",
        ["case_id"],
        unique=False,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "ledger_entries",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=True),
        sa.Column("journal_id", sa.BigInteger(), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "direction",
            sa.Enum(
                "debit",
                "credit",
                name="ck_ledger_entries_direction",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "component",
            sa.Enum(
                "principal",
                "interest",
                "costs",
                name="ck_ledger_entries_component",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "kind",
            sa.Enum(
                "principal",
                "interest_arrears",
                "collection_fee",
                "outlays",
                "reminder_costs",
                "lump_sum",
                "vat",
                "settlement_fee",
                "court_costs",
                "enforcement_costs",
                "payment",
                "direct_payment",
                "credit_note",
                "waiver",
                "settlement",
                "reversal",
                name="ck_ledger_entries_entrykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("bears_interest", sa.Boolean(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id IS NOT NULL)",
            name=op.f("ck_ledger_entries_reversal_named"),
        ),
        sa.CheckConstraint(
            "component = 'costs' OR claim_id IS NOT NULL",
            name=op.f("ck_ledger_entries_claim_named"),
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_ledger_entries_amount_positive")),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_ledger_entries_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_ledger_entries_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["journals.id"], name=op.f("fk_ledger_entries_journal_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["ledger_entries.id"], name=op.f("fk_ledger_entries_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entries")),
    )
    op.create_index(
        "ix_ledger_entries_case_id", "ledger_entries", ["case_id", "value_on", "id"], unique=False
    )
    op.create_index(
        "ix_ledger_entries_claim_id",
        "ledger_entries",
        ["claim_id"],
        unique=False,
        postgresql_where=sa.text("claim_id > 0"),
    )
    op.create_index(
        op.f("ix_ledger_entries_journal_id"), "ledger_entries", ["journal_id"], unique=False
    )
    op.create_index("uq_ledger_entries_reverses_id", "ledger_entries", ["reverses_id"], unique=True)
    op.create_table(
        "objection_items",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("objection_id", sa.BigInteger(), nullable=False),
        sa.Column("claim_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("genuine_cents", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_objection_items_amount_positive")),
        sa.CheckConstraint(
            "genuine_cents BETWEEN 0 AND amount_cents",
            name=op.f("ck_objection_items_genuine_within"),
        ),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_objection_items_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["objection_id"], ["objections.id"], name=op.f("fk_objection_items_objection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection_items")),
        sa.UniqueConstraint(
            "objection_id", "claim_id", name=op.f("uq_objection_items_objection_id_claim_id")
        ),
    )
    op.create_index(
        op.f("ix_objection_items_claim_id"), "objection_items", ["claim_id"], unique=False
    )
    op.create_table(
        "payments",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("bank_entry_id", sa.BigInteger(), nullable=True),
        sa.Column("journal_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("value_on", sa.Date(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.Column("costs_cents", sa.BigInteger(), nullable=False),
        sa.Column("interest_cents", sa.BigInteger(), nullable=False),
        sa.Column("principal_cents", sa.BigInteger(), nullable=False),
        sa.Column("surplus_cents", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reversed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reversed_reason", sa.Text(), nullable=True),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_payments_amount_positive")),
        sa.ForeignKeyConstraint(
            ["bank_entry_id"], ["bank_entries.id"], name=op.f("fk_payments_bank_entry_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_payments_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["journals.id"], name=op.f("fk_payments_journal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("journal_id", name=op.f("uq_payments_journal_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_payments_public_id")),
    )
    op.create_index("ix_payments_case_id", "payments", ["case_id", "value_on"], unique=False)
    op.create_index(
        "uq_payments_bank_entry_live",
        "payments",
        ["bank_entry_id"],
        unique=True,
        postgresql_where=sa.text("reversed_at IS NULL"),
    )
    op.create_table(
        "sent_letters",
        sa.Column("letter_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("pages", sa.BigInteger(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_sent_letters_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letters.id"], name=op.f("fk_sent_letters_letter_id")
        ),
        sa.PrimaryKeyConstraint("letter_id", name=op.f("pk_sent_letters")),
        sa.UniqueConstraint("file_id", name=op.f("uq_sent_letters_file_id")),
    )
    op.create_table(
        "submission_rows",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("submission_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.BigInteger(), nullable=False),
        sa.Column("raw", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("corrections", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("parsed", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("warned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("invoice_key", sa.Text(), nullable=True),
        sa.Column("debtor_key", sa.Text(), nullable=True),
        sa.Column("amount_cents", sa.BigInteger(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "error",
                "ready",
                "opened",
                "duplicate",
                "left_out",
                "returned",
                name="ck_submission_rows_rowstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("claim_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_submission_rows_claim_id")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id", "creditor_id"],
            ["submissions.id", "submissions.creditor_id"],
            name=op.f("fk_submission_rows_submission_id_creditor_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_rows")),
        sa.UniqueConstraint("public_id", name=op.f("uq_submission_rows_public_id")),
        sa.UniqueConstraint(
            "submission_id", "line", name=op.f("uq_submission_rows_submission_id_line")
        ),
    )
    op.create_index(
        op.f("ix_submission_rows_claim_id"), "submission_rows", ["claim_id"], unique=False
    )
    op.create_index(
        "ix_submission_rows_state",
        "submission_rows",
        ["submission_id", "state", "warned", "line"],
        unique=False,
        postgresql_include=["amount_cents"],
    )
    op.create_index(
        "ix_submission_rows_invoice_key",
        "submission_rows",
        ["creditor_id", "invoice_key"],
        unique=False,
    )
    op.create_index(
        "ix_submission_rows_debtor_key",
        "submission_rows",
        ["submission_id", "state", "debtor_key"],
        unique=False,
    )


TABLES = (
    "agency_profile",
    "announcements",
    "audit_details",
    "audit_events",
    "bank_entries",
    "bank_files",
    "bank_imports",
    "case_debtors",
    "cases",
    "claims",
    "closed_periods",
    "commitments",
    "contacts",
    "creditor_contracts",
    "creditors",
    "debtor_addresses",
    "debtors",
    "holds",
    "journal_lines",
    "journals",
    "ledger_entries",
    "letters",
    "login_attempts",
    "login_sessions",
    "objection_items",
    "objections",
    "outbox_effects",
    "payments",
    "promises",
    "sent_letters",
    "stored_files",
    "submission_rows",
    "submissions",
    "timeline_events",
    "users",
    "work_items",
)
