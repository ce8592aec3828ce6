-- One run over creditors (Auszahlungslauf): prepared, released by a second person, sent.
CREATE TABLE payout_runs (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    as_of DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    prepared_by BIGINT,
    prepared_at TIMESTAMP WITH TIME ZONE NOT NULL,
    released_at TIMESTAMP WITH TIME ZONE,
    share_cents BIGINT NOT NULL,
    sepa_file_id BIGINT,
    sepa_sha256 TEXT,
    left_out JSONB NOT NULL,
    CONSTRAINT pk_payout_runs PRIMARY KEY (id),
    CONSTRAINT ck_payout_runs_runstate CHECK (state IN ('prepared', 'released', 'dropped')),
    CONSTRAINT uq_payout_runs_public_id UNIQUE (public_id),
    CONSTRAINT fk_payout_runs_prepared_by FOREIGN KEY(prepared_by) REFERENCES users (id),
    CONSTRAINT fk_payout_runs_sepa_file_id FOREIGN KEY(sepa_file_id) REFERENCES stored_files (id)
);

-- The settlement with one creditor and what is paid to him (Auskehrung, Abrechnung).
CREATE TABLE remittances (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    run_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    number TEXT,
    currency VARCHAR(3) NOT NULL,
    as_of DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    iban TEXT,
    received_cents BIGINT NOT NULL,
    direct_cents BIGINT NOT NULL,
    costs_kept_cents BIGINT NOT NULL,
    fee_net_cents BIGINT NOT NULL,
    vat_cents BIGINT NOT NULL,
    vat_paid_by_debtors_cents BIGINT NOT NULL,
    outlays_cents BIGINT NOT NULL,
    carried_cents BIGINT NOT NULL,
    payout_cents BIGINT NOT NULL,
    carry_forward_cents BIGINT NOT NULL,
    statement_file_id BIGINT,
    bank_entry_id BIGINT,
    decided_at TIMESTAMP WITH TIME ZONE,
    reject_reason TEXT,
    CONSTRAINT pk_remittances PRIMARY KEY (id),
    CONSTRAINT ck_remittances_never_negative CHECK (payout_cents >= 0),
    CONSTRAINT ck_remittances_remittancestate
        CHECK (state IN ('prepared', 'ordered', 'carried', 'paid', 'rejected', 'dropped')),
    CONSTRAINT uq_remittances_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_remittances_number UNIQUE (number),
    CONSTRAINT uq_remittances_public_id UNIQUE (public_id),
    CONSTRAINT uq_remittances_run_id_creditor_id UNIQUE (run_id, creditor_id),
    CONSTRAINT fk_remittances_bank_entry_id FOREIGN KEY(bank_entry_id) REFERENCES bank_entries (id),
    CONSTRAINT fk_remittances_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_remittances_run_id FOREIGN KEY(run_id) REFERENCES payout_runs (id),
    CONSTRAINT fk_remittances_statement_file_id FOREIGN KEY(statement_file_id) REFERENCES stored_files (id)
);
CREATE INDEX ix_remittances_creditor_id ON remittances (creditor_id, id);

-- One case of a remittance: what came in since the last one, and what it was settled to.
CREATE TABLE remittance_cases (
    id BIGSERIAL NOT NULL,
    remittance_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    principal_cents BIGINT NOT NULL,
    interest_cents BIGINT NOT NULL,
    fee_costs_cents BIGINT NOT NULL,
    creditor_costs_cents BIGINT NOT NULL,
    direct_principal_cents BIGINT NOT NULL,
    direct_interest_cents BIGINT NOT NULL,
    direct_costs_cents BIGINT NOT NULL,
    waived_cents BIGINT DEFAULT '0' NOT NULL,
    base_cents BIGINT NOT NULL,
    fee_cents BIGINT NOT NULL,
    costs_kept_cents BIGINT NOT NULL,
    CONSTRAINT pk_remittance_cases PRIMARY KEY (id),
    CONSTRAINT uq_remittance_cases_remittance_id_case_id UNIQUE (remittance_id, case_id),
    CONSTRAINT fk_remittance_cases_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_remittance_cases_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_remittance_cases_remittance_id FOREIGN KEY(remittance_id) REFERENCES remittances (id)
);
CREATE INDEX ix_remittance_cases_case_id ON remittance_cases (case_id);
