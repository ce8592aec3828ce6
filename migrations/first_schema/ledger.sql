-- What the bank said last of the trust account, against the books; one row by currency.
CREATE TABLE bank_comparisons (
    currency VARCHAR(3) NOT NULL,
    last_day DATE,
    bank_cents BIGINT NOT NULL,
    books_cents BIGINT NOT NULL,
    places BIGINT NOT NULL,
    compared_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_bank_comparisons PRIMARY KEY (currency)
);

-- A month that accepts no more bookings.
CREATE TABLE closed_periods (
    last_day DATE NOT NULL,
    closed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    closed_by BIGINT,
    CONSTRAINT pk_closed_periods PRIMARY KEY (last_day)
);

-- One business transaction; its lines sum to zero (checked when it is committed).
CREATE TABLE journals (
    id BIGSERIAL NOT NULL,
    booked_on DATE NOT NULL,
    posted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    posted_by BIGINT,
    kind TEXT NOT NULL,
    reference TEXT,
    reverses_id BIGINT,
    CONSTRAINT pk_journals PRIMARY KEY (id),
    CONSTRAINT fk_journals_reverses_id FOREIGN KEY(reverses_id) REFERENCES journals (id)
);
CREATE INDEX ix_journals_booked_on ON journals (booked_on, id);
CREATE UNIQUE INDEX uq_journals_reverses_id ON journals (reverses_id);

-- A base rate that the agency entered before a release brought it; the newest row counts.
CREATE TABLE law_rates (
    id BIGSERIAL NOT NULL,
    jurisdiction VARCHAR(2) NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    rate_percent NUMERIC NOT NULL,
    source TEXT NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    entered_by BIGINT,
    CONSTRAINT pk_law_rates PRIMARY KEY (id),
    CONSTRAINT ck_law_rates_span CHECK (valid_to > valid_from)
);

-- What stood on an account when a period was closed, by creditor and currency.
CREATE TABLE period_balances (
    id BIGSERIAL NOT NULL,
    last_day DATE NOT NULL,
    account VARCHAR(40) NOT NULL,
    creditor_id BIGINT,
    currency VARCHAR(3) NOT NULL,
    amount_cents BIGINT NOT NULL,
    CONSTRAINT pk_period_balances PRIMARY KEY (id),
    CONSTRAINT ck_period_balances_account
        CHECK (account IN ('trust_bank', 'trust_in_transit', 'operating_bank', 'suspense',
            'creditor_payables', 'creditor_advances', 'creditor_receivables', 'refunds_due',
            'share_in_trust', 'court_payables', 'court_costs_advanced', 'agency_income',
            'bank_charges', 'vat_payable', 'claims_due', 'claims_held')),
    CONSTRAINT fk_period_balances_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_period_balances_last_day FOREIGN KEY(last_day) REFERENCES closed_periods (last_day)
);
CREATE INDEX ix_period_balances_creditor_id ON period_balances (creditor_id);
CREATE INDEX ix_period_balances_last_day ON period_balances (last_day, account, creditor_id);

-- One side of a journal: positive is debit, negative is credit.
CREATE TABLE journal_lines (
    id BIGSERIAL NOT NULL,
    journal_id BIGINT NOT NULL,
    account VARCHAR(40) NOT NULL,
    creditor_id BIGINT,
    case_id BIGINT,
    amount_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    CONSTRAINT pk_journal_lines PRIMARY KEY (id),
    CONSTRAINT ck_journal_lines_account
        CHECK (account IN ('trust_bank', 'trust_in_transit', 'operating_bank', 'suspense',
            'creditor_payables', 'creditor_advances', 'creditor_receivables', 'refunds_due',
            'share_in_trust', 'court_payables', 'court_costs_advanced', 'agency_income',
            'bank_charges', 'vat_payable', 'claims_due', 'claims_held')),
    CONSTRAINT ck_journal_lines_amount_not_zero CHECK (amount_cents <> 0),
    CONSTRAINT fk_journal_lines_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_journal_lines_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_journal_lines_journal_id FOREIGN KEY(journal_id) REFERENCES journals (id)
);
CREATE INDEX ix_journal_lines_account ON journal_lines (account, creditor_id);
CREATE INDEX ix_journal_lines_case_id ON journal_lines (case_id);
CREATE INDEX ix_journal_lines_journal_id ON journal_lines (journal_id);

-- One line of the claim account (Buchung). Never changed; a mistake is reversed.
CREATE TABLE ledger_entries (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    claim_id BIGINT,
    journal_id BIGINT NOT NULL,
    value_on DATE NOT NULL,
    booked_on DATE NOT NULL,
    posted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    direction VARCHAR(40) NOT NULL,
    component VARCHAR(40) NOT NULL,
    kind VARCHAR(40) NOT NULL,
    bears_interest BOOLEAN NOT NULL,
    amount_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    words TEXT,
    computation JSONB,
    reverses_id BIGINT,
    CONSTRAINT pk_ledger_entries PRIMARY KEY (id),
    CONSTRAINT ck_ledger_entries_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT ck_ledger_entries_claim_named CHECK (component <> 'principal' OR claim_id IS NOT NULL),
    CONSTRAINT ck_ledger_entries_component CHECK (component IN ('principal', 'interest', 'costs')),
    CONSTRAINT ck_ledger_entries_direction CHECK (direction IN ('debit', 'credit')),
    CONSTRAINT ck_ledger_entries_entrykind
        CHECK (kind IN ('principal', 'interest_arrears', 'collection_fee', 'outlays',
            'reminder_costs', 'lump_sum', 'vat', 'settlement_fee', 'court_costs',
            'enforcement_costs', 'payment', 'direct_payment', 'credit_note', 'waiver',
            'paid_in_time', 'write_off', 'settlement', 'reversal')),
    CONSTRAINT ck_ledger_entries_reversal_named CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL)),
    CONSTRAINT fk_ledger_entries_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_ledger_entries_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_ledger_entries_journal_id FOREIGN KEY(journal_id) REFERENCES journals (id),
    CONSTRAINT fk_ledger_entries_reverses_id FOREIGN KEY(reverses_id) REFERENCES ledger_entries (id)
);
CREATE INDEX ix_ledger_entries_case_id ON ledger_entries (case_id, value_on, id);
CREATE INDEX ix_ledger_entries_claim_id ON ledger_entries (claim_id) WHERE claim_id > 0;
CREATE INDEX ix_ledger_entries_creditor_id ON ledger_entries (creditor_id, kind, booked_on);
CREATE INDEX ix_ledger_entries_journal_id ON ledger_entries (journal_id);
CREATE UNIQUE INDEX uq_ledger_entries_reverses_id ON ledger_entries (reverses_id);
