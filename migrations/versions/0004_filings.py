"""Court filings: applications, batches, proceedings, court messages, deadlines, titles."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = (
    "court_declarations",
    "court_files",
    "court_inbox_files",
    "liability_log",
    "proceeding_events",
)
#: In the order in which they refer to each other.
TABLES = (
    "court_settings",
    "trial_courts_known",
    "court_inbox_files",
    "court_declarations",
    "court_messages",
    "proceedings",
    "court_payables",
    "filing_batches",
    "titles",
    "court_files",
    "filings",
    "proceeding_events",
    "legal_deadlines",
    "liability_log",
)


def upgrade() -> None:
    create_tables()
    protect()


def protect() -> None:
    """Append-only tables and grants; the portal sees none of them."""
    for table in TABLES:
        fixed = table in APPEND_ONLY
        grants = "SELECT, INSERT" if fixed else "SELECT, INSERT, UPDATE, DELETE"
        op.execute(f"GRANT {grants} ON {table} TO recoup_app")
        if fixed:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE "
                f"ON {table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app")


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)


def create_tables() -> None:
    op.create_table(
        "court_settings",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("file_letters", sa.Text(), nullable=False),
        sa.Column("last_file_number", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_fields", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("query_days", sa.BigInteger(), nullable=False),
        sa.Column("payment_days", sa.BigInteger(), nullable=False),
        sa.Column("four_eyes", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_court_settings_one_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_settings")),
    )
    op.create_table(
        "trial_courts_known",
        sa.Column("postcode", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("court_postcode", sa.Text(), nullable=False),
        sa.Column("court_place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("postcode", "kind", name=op.f("pk_trial_courts_known")),
    )
    op.create_table(
        "court_inbox_files",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("messages_count", sa.BigInteger(), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_court_inbox_files_file_id")
        ),
        sa.ForeignKeyConstraint(
            ["received_by"], ["users.id"], name=op.f("fk_court_inbox_files_received_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_inbox_files")),
        sa.UniqueConstraint("file_id", name=op.f("uq_court_inbox_files_file_id")),
        sa.UniqueConstraint("sha256", name=op.f("uq_court_inbox_files_sha256")),
    )
    op.create_table(
        "court_declarations",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("declared_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_court_declarations_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_court_declarations_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_declarations")),
    )
    op.create_index(
        "ix_court_declarations_case_id",
        "court_declarations",
        ["case_id", "kind", "id"],
        unique=False,
    )
    op.create_table(
        "court_messages",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("inbox_file_id", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.BigInteger(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("own_ref", sa.Text(), nullable=False),
        sa.Column("court_numbers", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_damaged", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "proposed",
                "applied",
                "parked",
                "refused",
                "set_aside",
                name="ck_court_messages_messagestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("case_id", sa.BigInteger(), nullable=True),
        sa.Column("creditor_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_court_messages_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_court_messages_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["inbox_file_id"],
            ["court_inbox_files.id"],
            name=op.f("fk_court_messages_inbox_file_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_messages")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_court_messages_fingerprint")),
        sa.UniqueConstraint("public_id", name=op.f("uq_court_messages_public_id")),
    )
    op.create_index("ix_court_messages_case_id", "court_messages", ["case_id", "id"], unique=False)
    op.create_index(
        op.f("ix_court_messages_inbox_file_id"), "court_messages", ["inbox_file_id"], unique=False
    )
    op.create_index("ix_court_messages_state", "court_messages", ["state", "id"], unique=False)
    op.create_table(
        "proceedings",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("own_ref", sa.Text(), nullable=False),
        sa.Column("court_number", sa.Text(), nullable=True),
        sa.Column("court", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("trial_court", sa.Text(), nullable=False),
        sa.Column("trial_place", sa.Text(), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "applied",
                "order_issued",
                "order_not_served",
                "order_new_service",
                "order_served",
                "partly_opposed",
                "enforcement_applied",
                "enforcement_issued",
                "enforcement_not_served",
                "enforcement_new_service",
                "enforcement_served",
                "opposed",
                "protested",
                "referral_requested",
                "referred",
                "final",
                "refused",
                "lapsed",
                "withdrawn",
                "resolved",
                name="ck_proceedings_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("state_since", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_proceedings_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtors.id"], name=op.f("fk_proceedings_debtor_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceedings")),
        sa.UniqueConstraint("own_ref", "position", name=op.f("uq_proceedings_own_ref_position")),
        sa.UniqueConstraint("public_id", name=op.f("uq_proceedings_public_id")),
    )
    op.create_index(op.f("ix_proceedings_case_id"), "proceedings", ["case_id"], unique=False)
    op.create_index("ix_proceedings_court_number", "proceedings", ["court_number"], unique=False)
    op.create_index(op.f("ix_proceedings_debtor_id"), "proceedings", ["debtor_id"], unique=False)
    op.create_index("ix_proceedings_state", "proceedings", ["state", "id"], unique=False)
    op.create_table(
        "court_payables",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("own_ref", sa.Text(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=False),
        sa.Column("payee", sa.Text(), nullable=False),
        sa.Column("iban", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "paid",
                name="ck_court_payables_payablestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("journal_id", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("paid_from", sa.Text(), nullable=True),
        sa.Column("paid_by", sa.BigInteger(), nullable=True),
        sa.Column("payment_journal_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "(state = 'paid') = (paid_on IS NOT NULL)", name=op.f("ck_court_payables_paid_has_day")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_court_payables_amount_positive")),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_court_payables_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["journal_id"], ["journals.id"], name=op.f("fk_court_payables_journal_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["court_messages.id"], name=op.f("fk_court_payables_message_id")
        ),
        sa.ForeignKeyConstraint(["paid_by"], ["users.id"], name=op.f("fk_court_payables_paid_by")),
        sa.ForeignKeyConstraint(
            ["payment_journal_id"],
            ["journals.id"],
            name=op.f("fk_court_payables_payment_journal_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_court_payables")),
        sa.UniqueConstraint("message_id", name=op.f("uq_court_payables_message_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_court_payables_public_id")),
    )
    op.create_index(op.f("ix_court_payables_case_id"), "court_payables", ["case_id"], unique=False)
    op.create_index(
        "ix_court_payables_open",
        "court_payables",
        ["due_on", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "filing_batches",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("court", sa.Text(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "01",
                "07",
                "08",
                "10",
                "20",
                "25",
                "29",
                name="ck_filing_batches_filingkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "released",
                "confirmed",
                "handed_over",
                "received",
                "sent_back",
                name="ck_filing_batches_batchstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("file_number", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("filings_count", sa.BigInteger(), nullable=False),
        sa.Column("principal_cents", sa.BigInteger(), nullable=False),
        sa.Column("court_fees_cents", sa.BigInteger(), nullable=False),
        sa.Column("sums", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("released_by", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.BigInteger(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_over_by", sa.BigInteger(), nullable=True),
        sa.Column("handed_over_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("receipt_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by <> released_by",
            name=op.f("ck_filing_batches_four_eyes"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"], ["users.id"], name=op.f("fk_filing_batches_confirmed_by")
        ),
        sa.ForeignKeyConstraint(
            ["handed_over_by"], ["users.id"], name=op.f("fk_filing_batches_handed_over_by")
        ),
        sa.ForeignKeyConstraint(
            ["receipt_id"], ["court_messages.id"], name=op.f("fk_filing_batches_receipt_id")
        ),
        sa.ForeignKeyConstraint(
            ["released_by"], ["users.id"], name=op.f("fk_filing_batches_released_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filing_batches")),
        sa.UniqueConstraint("public_id", name=op.f("uq_filing_batches_public_id")),
    )
    op.create_index("ix_filing_batches_state", "filing_batches", ["state", "id"], unique=False)
    op.create_table(
        "titles",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), nullable=False),
        sa.Column("proceeding_id", sa.BigInteger(), nullable=False),
        sa.Column("court", sa.Text(), nullable=False),
        sa.Column("court_number", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("final_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("follow_up_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_titles_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(["debtor_id"], ["debtors.id"], name=op.f("fk_titles_debtor_id")),
        sa.ForeignKeyConstraint(
            ["proceeding_id"], ["proceedings.id"], name=op.f("fk_titles_proceeding_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_titles")),
        sa.UniqueConstraint("proceeding_id", name=op.f("uq_titles_proceeding_id")),
        sa.UniqueConstraint("public_id", name=op.f("uq_titles_public_id")),
    )
    op.create_index(op.f("ix_titles_case_id"), "titles", ["case_id"], unique=False)
    op.create_table(
        "court_files",
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("file_id", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["filing_batches.id"], name=op.f("fk_court_files_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["file_id"], ["stored_files.id"], name=op.f("fk_court_files_file_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_court_files")),
        sa.UniqueConstraint("file_id", name=op.f("uq_court_files_file_id")),
    )
    op.create_table(
        "filings",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "01",
                "07",
                "08",
                "10",
                "20",
                "25",
                "29",
                name="ck_filings_filingkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "batched",
                "handed_over",
                "dropped",
                name="ck_filings_filingstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("own_ref", sa.Text(), nullable=False),
        sa.Column("proceeding_id", sa.BigInteger(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("batch_id", sa.BigInteger(), nullable=True),
        sa.Column("court", sa.Text(), nullable=True),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("findings", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("errors", sa.BigInteger(), nullable=False),
        sa.Column("warnings", sa.BigInteger(), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("principal_cents", sa.BigInteger(), nullable=False),
        sa.Column("costs_cents", sa.BigInteger(), nullable=False),
        sa.Column("because", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["filing_batches.id"], name=op.f("fk_filings_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_filings_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(["created_by"], ["users.id"], name=op.f("fk_filings_created_by")),
        sa.ForeignKeyConstraint(
            ["message_id"], ["court_messages.id"], name=op.f("fk_filings_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["proceeding_id"], ["proceedings.id"], name=op.f("fk_filings_proceeding_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filings")),
        sa.UniqueConstraint("public_id", name=op.f("uq_filings_public_id")),
    )
    op.create_index(op.f("ix_filings_batch_id"), "filings", ["batch_id"], unique=False)
    op.create_index(op.f("ix_filings_case_id"), "filings", ["case_id"], unique=False)
    op.create_index("ix_filings_own_ref", "filings", ["own_ref"], unique=False)
    op.create_index(op.f("ix_filings_proceeding_id"), "filings", ["proceeding_id"], unique=False)
    op.create_index("ix_filings_state", "filings", ["state", "court", "id"], unique=False)
    op.create_index(
        "uq_filings_open",
        "filings",
        ["case_id", "kind", sa.literal_column("coalesce(proceeding_id, 0)")],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'batched')"),
    )
    op.create_table(
        "proceeding_events",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("proceeding_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "query",
                "query_answered",
                "refused",
                "action_filed",
                "mb_issued",
                "fee_paid",
                "mb_not_served",
                "mb_new_service",
                "mb_served",
                "opposed",
                "vb_applied",
                "vb_refused",
                "vb_issued",
                "vb_not_served",
                "vb_new_service",
                "vb_served",
                "protested",
                "referral_requested",
                "referred",
                "statement_requested",
                "statement_filed",
                "became_final",
                "lapsed",
                "withdrawn",
                "resolved",
                name="ck_proceeding_events_eventkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("is_partial", sa.Boolean(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("filing_id", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("revokes_id", sa.BigInteger(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["filing_id"], ["filings.id"], name=op.f("fk_proceeding_events_filing_id")
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["court_messages.id"], name=op.f("fk_proceeding_events_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["proceeding_id"], ["proceedings.id"], name=op.f("fk_proceeding_events_proceeding_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_proceeding_events_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["revokes_id"], ["proceeding_events.id"], name=op.f("fk_proceeding_events_revokes_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proceeding_events")),
    )
    op.create_index(
        "ix_proceeding_events_proceeding_id",
        "proceeding_events",
        ["proceeding_id", "id"],
        unique=False,
    )
    op.create_index(
        "uq_proceeding_events_revokes_id", "proceeding_events", ["revokes_id"], unique=True
    )
    op.create_table(
        "legal_deadlines",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("debtor_id", sa.BigInteger(), nullable=False),
        sa.Column("proceeding_id", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("whose", sa.Text(), nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("computed_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("law", sa.Text(), nullable=False),
        sa.Column("notes", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "closed",
                name="ck_legal_deadlines_deadlinestate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("closed_by_event_id", sa.BigInteger(), nullable=True),
        sa.Column("closed_reason", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_legal_deadlines_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["closed_by_event_id"],
            ["proceeding_events.id"],
            name=op.f("fk_legal_deadlines_closed_by_event_id"),
        ),
        sa.ForeignKeyConstraint(
            ["debtor_id"], ["debtors.id"], name=op.f("fk_legal_deadlines_debtor_id")
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["proceeding_events.id"], name=op.f("fk_legal_deadlines_event_id")
        ),
        sa.ForeignKeyConstraint(
            ["proceeding_id"], ["proceedings.id"], name=op.f("fk_legal_deadlines_proceeding_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_deadlines")),
        sa.UniqueConstraint("public_id", name=op.f("uq_legal_deadlines_public_id")),
    )
    op.create_index(
        op.f("ix_legal_deadlines_case_id"), "legal_deadlines", ["case_id"], unique=False
    )
    op.create_index(
        "ix_legal_deadlines_open",
        "legal_deadlines",
        ["last_day", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_index(
        op.f("ix_legal_deadlines_proceeding_id"), "legal_deadlines", ["proceeding_id"], unique=False
    )
    op.create_index(
        "uq_legal_deadlines_event_rule", "legal_deadlines", ["event_id", "rule_id"], unique=True
    )
    op.create_table(
        "liability_log",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.BigInteger(), nullable=False),
        sa.Column("creditor_id", sa.BigInteger(), nullable=False),
        sa.Column("deadline_id", sa.BigInteger(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("before", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("after", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["users.id"], name=op.f("fk_liability_log_by")),
        sa.ForeignKeyConstraint(
            ["case_id", "creditor_id"],
            ["cases.id", "cases.creditor_id"],
            name=op.f("fk_liability_log_case_id_creditor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["deadline_id"], ["legal_deadlines.id"], name=op.f("fk_liability_log_deadline_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_liability_log")),
    )
    op.create_index("ix_liability_log_case_id", "liability_log", ["case_id", "id"], unique=False)
    # ### end Alembic commands ###
