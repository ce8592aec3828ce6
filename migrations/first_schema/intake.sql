-- One upload of a creditor, with the file as it was.
CREATE TABLE submissions (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    state VARCHAR(40) NOT NULL,
    format TEXT,
    encoding TEXT,
    columns TEXT[],
    mapping JSONB,
    conventions JSONB,
    findings JSONB NOT NULL,
    answers JSONB NOT NULL,
    rows_total BIGINT NOT NULL,
    rows_done BIGINT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    handed_over_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_submissions PRIMARY KEY (id),
    CONSTRAINT ck_submissions_submissionstate
        CHECK (state IN ('uploaded', 'reading', 'mapping', 'checking', 'refused', 'opening', 'done',
            'discarded')),
    CONSTRAINT uq_submissions_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_submissions_public_id UNIQUE (public_id),
    CONSTRAINT fk_submissions_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_submissions_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);
CREATE INDEX ix_submissions_creditor_id ON submissions (creditor_id, id);
CREATE INDEX ix_submissions_file_id ON submissions (file_id);

-- One row of a list, or one invoice, with its verdict.
CREATE TABLE submission_rows (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    submission_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    line BIGINT NOT NULL,
    raw JSONB NOT NULL,
    corrections JSONB NOT NULL,
    answers JSONB NOT NULL,
    parsed JSONB,
    findings JSONB NOT NULL,
    warned BOOLEAN DEFAULT false NOT NULL,
    invoice_key TEXT,
    debtor_key TEXT,
    amount_cents BIGINT,
    state VARCHAR(40) NOT NULL,
    claim_id BIGINT,
    CONSTRAINT pk_submission_rows PRIMARY KEY (id),
    CONSTRAINT ck_submission_rows_rowstate
        CHECK (state IN ('error', 'ready', 'opened', 'duplicate', 'left_out', 'returned')),
    CONSTRAINT uq_submission_rows_public_id UNIQUE (public_id),
    CONSTRAINT uq_submission_rows_submission_id_line UNIQUE (submission_id, line),
    CONSTRAINT fk_submission_rows_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_submission_rows_submission_id_creditor_id FOREIGN KEY(submission_id, creditor_id)
        REFERENCES submissions (id, creditor_id)
);
CREATE INDEX ix_submission_rows_claim_id ON submission_rows (claim_id);
CREATE INDEX ix_submission_rows_debtor_key ON submission_rows (submission_id, state, debtor_key);
CREATE INDEX ix_submission_rows_invoice_key ON submission_rows (creditor_id, invoice_key);
CREATE INDEX ix_submission_rows_state ON submission_rows (submission_id, state, warned, line) INCLUDE (amount_cents);
