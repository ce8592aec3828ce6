-- One upload of bank statements, kept as it came, and how far the work on it is.
CREATE TABLE bank_files (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    file_id BIGINT NOT NULL,
    state VARCHAR(40) NOT NULL,
    format TEXT,
    findings JSONB NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_by BIGINT,
    finished_at TIMESTAMP WITH TIME ZONE,
    trust_proof JSONB,
    CONSTRAINT pk_bank_files PRIMARY KEY (id),
    CONSTRAINT ck_bank_files_bankfilestate CHECK (state IN ('waiting', 'booking', 'done', 'refused')),
    CONSTRAINT uq_bank_files_public_id UNIQUE (public_id),
    CONSTRAINT fk_bank_files_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_bank_files_received_by FOREIGN KEY(received_by) REFERENCES users (id)
);
CREATE INDEX ix_bank_files_file_id ON bank_files (file_id);

-- One statement of one account, as the bank sent it.
CREATE TABLE bank_imports (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    bank_file_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    iban TEXT NOT NULL,
    refused_code TEXT,
    entries_new BIGINT NOT NULL,
    entries_known BIGINT NOT NULL,
    statement_number TEXT,
    currency VARCHAR(3) NOT NULL,
    first_day DATE,
    last_day DATE,
    opening_cents BIGINT,
    closing_cents BIGINT,
    findings JSONB NOT NULL,
    imported_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    taken_back_at TIMESTAMP WITH TIME ZONE,
    taken_back_by BIGINT,
    taken_back_why TEXT,
    CONSTRAINT pk_bank_imports PRIMARY KEY (id),
    CONSTRAINT uq_bank_imports_bank_file_id_position UNIQUE (bank_file_id, position),
    CONSTRAINT uq_bank_imports_public_id UNIQUE (public_id),
    CONSTRAINT fk_bank_imports_bank_file_id FOREIGN KEY(bank_file_id) REFERENCES bank_files (id),
    CONSTRAINT fk_bank_imports_taken_back_by FOREIGN KEY(taken_back_by) REFERENCES users (id)
);
CREATE INDEX ix_bank_imports_account_closing ON bank_imports (iban, last_day);

-- One entry of a bank statement, or one payment of a batch; never booked twice.
CREATE TABLE bank_entries (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    import_id BIGINT NOT NULL,
    iban TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    part BIGINT NOT NULL,
    parts BIGINT NOT NULL,
    booked_on DATE NOT NULL,
    value_on DATE NOT NULL,
    amount_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    counterparty_name TEXT,
    counterparty_iban TEXT,
    end_to_end TEXT,
    structured_reference TEXT,
    purpose TEXT NOT NULL,
    is_return BOOLEAN NOT NULL,
    charges_cents BIGINT DEFAULT '0' NOT NULL,
    original_cents BIGINT,
    twin_id BIGINT,
    state VARCHAR(40) NOT NULL,
    reason TEXT NOT NULL,
    journal_id BIGINT,
    settled_journal_id BIGINT,
    CONSTRAINT pk_bank_entries PRIMARY KEY (id),
    CONSTRAINT ck_bank_entries_entrystate
        CHECK (state IN ('waiting', 'booked', 'suspense', 'assigned', 'refunded', 'outgoing',
            'returned', 'foreign', 'operating', 'settled', 'doubtful', 'same', 'taken_back')),
    CONSTRAINT uq_bank_entries_iban_fingerprint_part UNIQUE (iban, fingerprint, part),
    CONSTRAINT uq_bank_entries_public_id UNIQUE (public_id),
    CONSTRAINT fk_bank_entries_import_id FOREIGN KEY(import_id) REFERENCES bank_imports (id),
    CONSTRAINT fk_bank_entries_journal_id FOREIGN KEY(journal_id) REFERENCES journals (id),
    CONSTRAINT fk_bank_entries_settled_journal_id FOREIGN KEY(settled_journal_id) REFERENCES journals (id),
    CONSTRAINT fk_bank_entries_twin_id FOREIGN KEY(twin_id) REFERENCES bank_entries (id)
);
CREATE INDEX ix_bank_entries_account ON bank_entries (iban, currency, booked_on) INCLUDE (amount_cents) WHERE journal_id IS NOT NULL AND state <> 'taken_back';
CREATE INDEX ix_bank_entries_amount ON bank_entries (amount_cents, value_on);
CREATE INDEX ix_bank_entries_import_id ON bank_entries (import_id);
CREATE INDEX ix_bank_entries_payer ON bank_entries (counterparty_iban) WHERE state IN ('booked', 'assigned');
CREATE INDEX ix_bank_entries_suspense ON bank_entries (value_on, id) WHERE state IN ('suspense', 'foreign', 'doubtful');

-- Money that was allocated to a case (Zahlungseingang).
CREATE TABLE payments (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    bank_entry_id BIGINT,
    journal_id BIGINT NOT NULL,
    amount_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    value_on DATE NOT NULL,
    booked_on DATE NOT NULL,
    costs_cents BIGINT NOT NULL,
    interest_cents BIGINT NOT NULL,
    principal_cents BIGINT NOT NULL,
    surplus_cents BIGINT NOT NULL,
    designated_claims JSONB DEFAULT '[]' NOT NULL,
    principal_first BOOLEAN DEFAULT 'false' NOT NULL,
    report_id BIGINT,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reversed_at TIMESTAMP WITH TIME ZONE,
    reversed_reason TEXT,
    CONSTRAINT pk_payments PRIMARY KEY (id),
    CONSTRAINT ck_payments_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT uq_payments_journal_id UNIQUE (journal_id),
    CONSTRAINT uq_payments_public_id UNIQUE (public_id),
    CONSTRAINT fk_payments_bank_entry_id FOREIGN KEY(bank_entry_id) REFERENCES bank_entries (id),
    CONSTRAINT fk_payments_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_payments_journal_id FOREIGN KEY(journal_id) REFERENCES journals (id),
    CONSTRAINT fk_payments_report_id FOREIGN KEY(report_id) REFERENCES creditor_reports (id)
);
CREATE INDEX ix_payments_case_id ON payments (case_id, value_on);
CREATE UNIQUE INDEX uq_payments_bank_entry_live ON payments (bank_entry_id, case_id) WHERE reversed_at IS NULL;
