-- One paper of a client: uploaded, or made here; its bytes never change.
CREATE TABLE client_papers (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    file_id BIGINT NOT NULL,
    dated_on DATE NOT NULL,
    valid_until DATE,
    note TEXT,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_on DATE,
    CONSTRAINT pk_client_papers PRIMARY KEY (id),
    CONSTRAINT ck_client_papers_paperkind
        CHECK (kind IN ('fee_agreement', 'power_of_attorney', 'contract', 'terms', 'other')),
    CONSTRAINT ck_client_papers_span CHECK (valid_until IS NULL OR valid_until >= dated_on),
    CONSTRAINT uq_client_papers_public_id UNIQUE (public_id),
    CONSTRAINT fk_client_papers_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_client_papers_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);
CREATE INDEX ix_client_papers_creditor_id ON client_papers (creditor_id);

-- Debits that go to the bank in one file, released by a second person.
CREATE TABLE debit_runs (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    made_on DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    prepared_by BIGINT,
    prepared_at TIMESTAMP WITH TIME ZONE NOT NULL,
    released_at TIMESTAMP WITH TIME ZONE,
    sepa_file_id BIGINT,
    sepa_sha256 VARCHAR(64),
    CONSTRAINT pk_debit_runs PRIMARY KEY (id),
    CONSTRAINT ck_debit_runs_debit_run_state CHECK (state IN ('prepared', 'released', 'dropped')),
    CONSTRAINT uq_debit_runs_public_id UNIQUE (public_id),
    CONSTRAINT fk_debit_runs_prepared_by FOREIGN KEY(prepared_by) REFERENCES users (id),
    CONSTRAINT fk_debit_runs_sepa_file_id FOREIGN KEY(sepa_file_id) REFERENCES stored_files (id)
);

-- What lets us collect the instalments of one plan from an account (SEPA-Lastschriftmandat).
CREATE TABLE plan_mandates (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    plan_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    reference TEXT NOT NULL,
    name TEXT NOT NULL,
    iban TEXT NOT NULL,
    asked_on DATE NOT NULL,
    asked_by BIGINT NOT NULL,
    signed_on DATE,
    noticed_on DATE,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_why TEXT,
    CONSTRAINT pk_plan_mandates PRIMARY KEY (id),
    CONSTRAINT uq_plan_mandates_public_id UNIQUE (public_id),
    CONSTRAINT uq_plan_mandates_reference UNIQUE (reference),
    CONSTRAINT fk_plan_mandates_asked_by FOREIGN KEY(asked_by) REFERENCES users (id),
    CONSTRAINT fk_plan_mandates_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_plan_mandates_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id)
);
CREATE UNIQUE INDEX uq_plan_mandates_open ON plan_mandates (plan_id) WHERE ended_at IS NULL;

-- One instalment that is collected from the debtor's account (Lastschrift).
CREATE TABLE debits (
    id BIGSERIAL NOT NULL,
    run_id BIGINT NOT NULL,
    mandate_id BIGINT NOT NULL,
    plan_id BIGINT NOT NULL,
    instalment BIGINT NOT NULL,
    number TEXT NOT NULL,
    collect_on DATE NOT NULL,
    amount_cents BIGINT NOT NULL,
    state VARCHAR(40) NOT NULL,
    bank_entry_id BIGINT,
    CONSTRAINT pk_debits PRIMARY KEY (id),
    CONSTRAINT ck_debits_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT ck_debits_debitstate CHECK (state IN ('prepared', 'ordered', 'paid', 'returned', 'dropped')),
    CONSTRAINT uq_debits_number UNIQUE (number),
    CONSTRAINT fk_debits_bank_entry_id FOREIGN KEY(bank_entry_id) REFERENCES bank_entries (id),
    CONSTRAINT fk_debits_mandate_id FOREIGN KEY(mandate_id) REFERENCES plan_mandates (id),
    CONSTRAINT fk_debits_plan_id FOREIGN KEY(plan_id) REFERENCES plans (id),
    CONSTRAINT fk_debits_run_id FOREIGN KEY(run_id) REFERENCES debit_runs (id)
);
CREATE INDEX ix_debits_bank_entry_id ON debits (bank_entry_id);
CREATE INDEX ix_debits_run_id ON debits (run_id);
CREATE UNIQUE INDEX uq_debits_instalment ON debits (plan_id, instalment) WHERE state <> 'dropped';
