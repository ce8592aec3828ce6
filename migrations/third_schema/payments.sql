-- One rule of the accounts: which lines of the trust account it books, and as what.
CREATE TABLE bank_rules (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    iban TEXT NOT NULL,
    words TEXT NOT NULL,
    most_cents BIGINT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    made_by BIGINT,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    withdrawn_by BIGINT,
    CONSTRAINT pk_bank_rules PRIMARY KEY (id),
    CONSTRAINT ck_bank_rules_most_positive CHECK (most_cents > 0),
    CONSTRAINT ck_bank_rules_rulekind CHECK (kind IN ('fee', 'transfer_out', 'transfer_in')),
    CONSTRAINT ck_bank_rules_says_which_lines CHECK (name <> '' OR iban <> '' OR words <> ''),
    CONSTRAINT uq_bank_rules_public_id UNIQUE (public_id),
    CONSTRAINT fk_bank_rules_made_by FOREIGN KEY(made_by) REFERENCES users (id),
    CONSTRAINT fk_bank_rules_withdrawn_by FOREIGN KEY(withdrawn_by) REFERENCES users (id)
);

-- What one person paid in to the trust account at once (Einzahlung).
CREATE TABLE cash_deposits (
    id BIGSERIAL NOT NULL,
    user_id BIGINT NOT NULL,
    amount_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    paid_in_on DATE NOT NULL,
    journal_id BIGINT NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    entered_by BIGINT,
    CONSTRAINT pk_cash_deposits PRIMARY KEY (id),
    CONSTRAINT ck_cash_deposits_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT uq_cash_deposits_journal_id UNIQUE (journal_id),
    CONSTRAINT fk_cash_deposits_journal_id FOREIGN KEY(journal_id) REFERENCES journals (id),
    CONSTRAINT fk_cash_deposits_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_cash_deposits_user_id ON cash_deposits (user_id);

-- A numbered receipt: reserved for a visit, then written or left unused. No number is lost.
CREATE TABLE cash_receipts (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    year BIGINT NOT NULL,
    serial BIGINT NOT NULL,
    number TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    reserved_at TIMESTAMP WITH TIME ZONE NOT NULL,
    currency VARCHAR(3) NOT NULL,
    amount_cents BIGINT,
    received_on DATE,
    received_by BIGINT,
    payer TEXT,
    journal_id BIGINT,
    file_id BIGINT,
    deposit_id BIGINT,
    taken_back_at TIMESTAMP WITH TIME ZONE,
    taken_back_because TEXT,
    CONSTRAINT pk_cash_receipts PRIMARY KEY (id),
    CONSTRAINT ck_cash_receipts_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT uq_cash_receipts_journal_id UNIQUE (journal_id),
    CONSTRAINT uq_cash_receipts_public_id UNIQUE (public_id),
    CONSTRAINT fk_cash_receipts_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_cash_receipts_deposit_id FOREIGN KEY(deposit_id) REFERENCES cash_deposits (id),
    CONSTRAINT fk_cash_receipts_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_cash_receipts_journal_id FOREIGN KEY(journal_id) REFERENCES journals (id),
    CONSTRAINT fk_cash_receipts_received_by FOREIGN KEY(received_by) REFERENCES users (id)
);
CREATE INDEX ix_cash_receipts_case_id ON cash_receipts (case_id);
CREATE INDEX ix_cash_receipts_on_hand ON cash_receipts (received_by) WHERE journal_id IS NOT NULL AND deposit_id IS NULL AND taken_back_at IS NULL;
CREATE UNIQUE INDEX uq_cash_receipts_number ON cash_receipts (year, serial);

-- Changed: One entry of a bank statement, or one payment of a batch; never booked twice.
ALTER TABLE bank_entries
    ADD COLUMN rule_id BIGINT,
    ADD CONSTRAINT fk_bank_entries_rule_id FOREIGN KEY(rule_id) REFERENCES bank_rules (id);
CREATE INDEX ix_bank_entries_rule ON bank_entries (rule_id) WHERE rule_id IS NOT NULL;
