-- A bill of somebody outside the house, laid out for clients (Fremdrechnung).
CREATE TABLE bills (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    payee TEXT NOT NULL,
    iban TEXT NOT NULL,
    number TEXT NOT NULL,
    billed_on DATE NOT NULL,
    due_on DATE NOT NULL,
    amount_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    source VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    entered_by BIGINT,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    paid_on DATE,
    withdrawn_reason TEXT,
    CONSTRAINT pk_bills PRIMARY KEY (id),
    CONSTRAINT ck_bills_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT ck_bills_billkind CHECK (kind IN ('court', 'bailiff', 'register', 'inquiry')),
    CONSTRAINT ck_bills_billsource CHECK (source IN ('operating', 'advance')),
    CONSTRAINT ck_bills_billstate CHECK (state IN ('open', 'ordered', 'paid', 'withdrawn')),
    CONSTRAINT uq_bills_public_id UNIQUE (public_id),
    CONSTRAINT fk_bills_entered_by FOREIGN KEY(entered_by) REFERENCES users (id)
);
CREATE INDEX ix_bills_open ON bills (due_on, id) WHERE state = 'open';

-- Transfers from one account of the house, released together (Überweisungsauftrag).
CREATE TABLE transfer_runs (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    account VARCHAR(40) NOT NULL,
    currency VARCHAR(3) NOT NULL,
    made_on DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    prepared_by BIGINT,
    prepared_at TIMESTAMP WITH TIME ZONE NOT NULL,
    released_at TIMESTAMP WITH TIME ZONE,
    sepa_file_id BIGINT,
    sepa_sha256 TEXT,
    CONSTRAINT pk_transfer_runs PRIMARY KEY (id),
    CONSTRAINT ck_transfer_runs_transfer_account CHECK (account IN ('trust', 'operating')),
    CONSTRAINT ck_transfer_runs_transfer_run_state CHECK (state IN ('prepared', 'released', 'dropped')),
    CONSTRAINT uq_transfer_runs_public_id UNIQUE (public_id),
    CONSTRAINT fk_transfer_runs_prepared_by FOREIGN KEY(prepared_by) REFERENCES users (id),
    CONSTRAINT fk_transfer_runs_sepa_file_id FOREIGN KEY(sepa_file_id) REFERENCES stored_files (id)
);

-- What one case bears of a bill.
CREATE TABLE bill_lines (
    id BIGSERIAL NOT NULL,
    bill_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    amount_cents BIGINT NOT NULL,
    journal_id BIGINT NOT NULL,
    costs_journal_id BIGINT,
    CONSTRAINT pk_bill_lines PRIMARY KEY (id),
    CONSTRAINT ck_bill_lines_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT fk_bill_lines_bill_id FOREIGN KEY(bill_id) REFERENCES bills (id),
    CONSTRAINT fk_bill_lines_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_bill_lines_costs_journal_id FOREIGN KEY(costs_journal_id) REFERENCES journals (id),
    CONSTRAINT fk_bill_lines_journal_id FOREIGN KEY(journal_id) REFERENCES journals (id)
);
CREATE INDEX ix_bill_lines_bill_id ON bill_lines (bill_id);
CREATE INDEX ix_bill_lines_case_id ON bill_lines (case_id);

-- An advance on costs that a client is asked for (Vorschussanforderung).
CREATE TABLE advance_requests (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    number TEXT,
    amount_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    reason TEXT NOT NULL,
    asked_on DATE NOT NULL,
    due_on DATE NOT NULL,
    asked_by BIGINT,
    state VARCHAR(40) NOT NULL,
    bank_entry_id BIGINT,
    decided_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_advance_requests PRIMARY KEY (id),
    CONSTRAINT ck_advance_requests_advancestate CHECK (state IN ('open', 'received', 'withdrawn')),
    CONSTRAINT ck_advance_requests_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT uq_advance_requests_number UNIQUE (number),
    CONSTRAINT uq_advance_requests_public_id UNIQUE (public_id),
    CONSTRAINT fk_advance_requests_asked_by FOREIGN KEY(asked_by) REFERENCES users (id),
    CONSTRAINT fk_advance_requests_bank_entry_id FOREIGN KEY(bank_entry_id) REFERENCES bank_entries (id),
    CONSTRAINT fk_advance_requests_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);
CREATE INDEX ix_advance_requests_creditor_id ON advance_requests (creditor_id, id);

-- One transfer: to whom, how much, what it pays, and what became of it.
CREATE TABLE transfers (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    run_id BIGINT,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    number TEXT,
    entry_id BIGINT,
    case_id BIGINT,
    bill_id BIGINT,
    amount_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    name TEXT NOT NULL,
    iban TEXT NOT NULL,
    purpose TEXT NOT NULL,
    other_account BOOLEAN NOT NULL,
    journal_ids JSONB NOT NULL,
    bank_entry_id BIGINT,
    decided_at TIMESTAMP WITH TIME ZONE,
    reject_reason TEXT,
    CONSTRAINT pk_transfers PRIMARY KEY (id),
    CONSTRAINT ck_transfers_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT ck_transfers_bill_of_bill CHECK ((kind = 'bill') = (bill_id IS NOT NULL)),
    CONSTRAINT ck_transfers_refund_of_entry CHECK ((kind = 'refund') = (entry_id IS NOT NULL)),
    CONSTRAINT ck_transfers_transferkind CHECK (kind IN ('refund', 'bill', 'share')),
    CONSTRAINT ck_transfers_transferstate CHECK (state IN ('prepared', 'ordered', 'paid', 'rejected', 'dropped')),
    CONSTRAINT uq_transfers_number UNIQUE (number),
    CONSTRAINT uq_transfers_public_id UNIQUE (public_id),
    CONSTRAINT fk_transfers_bank_entry_id FOREIGN KEY(bank_entry_id) REFERENCES bank_entries (id),
    CONSTRAINT fk_transfers_bill_id FOREIGN KEY(bill_id) REFERENCES bills (id),
    CONSTRAINT fk_transfers_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_transfers_entry_id FOREIGN KEY(entry_id) REFERENCES bank_entries (id),
    CONSTRAINT fk_transfers_run_id FOREIGN KEY(run_id) REFERENCES transfer_runs (id)
);
CREATE INDEX ix_transfers_entry_id ON transfers (entry_id) WHERE entry_id IS NOT NULL;
CREATE INDEX ix_transfers_run_id ON transfers (run_id);
CREATE UNIQUE INDEX uq_transfers_bill_live ON transfers (bill_id) WHERE state IN ('prepared', 'ordered', 'paid');
