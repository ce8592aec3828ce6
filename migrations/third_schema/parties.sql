-- How a client's customers are treated: all, those of a kind, or one (Umgangsregel).
CREATE TABLE relationship_rules (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_kind VARCHAR(40),
    debtor_id BIGINT,
    tone VARCHAR(40) NOT NULL,
    without TEXT[] DEFAULT '{}' NOT NULL,
    asks_court BOOLEAN NOT NULL,
    asks_visit BOOLEAN NOT NULL,
    reason TEXT,
    set_on DATE NOT NULL,
    ended_on DATE,
    CONSTRAINT pk_relationship_rules PRIMARY KEY (id),
    CONSTRAINT ck_relationship_rules_one_scope CHECK (debtor_kind IS NULL OR debtor_id IS NULL),
    CONSTRAINT ck_relationship_rules_rule_kind
        CHECK (debtor_kind IN ('natural_person', 'sole_trader', 'company', 'public_body')),
    CONSTRAINT ck_relationship_rules_tone CHECK (tone IN ('soft', 'balanced', 'firm')),
    CONSTRAINT uq_relationship_rules_public_id UNIQUE (public_id),
    CONSTRAINT fk_relationship_rules_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_relationship_rules_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_relationship_rules_creditor_id ON relationship_rules (creditor_id);
CREATE INDEX ix_relationship_rules_debtor_id ON relationship_rules (debtor_id);
CREATE UNIQUE INDEX uq_relationship_rules_scope ON relationship_rules (creditor_id, debtor_kind, debtor_id) NULLS NOT DISTINCT WHERE ended_on IS NULL;

-- Changed: The house itself, as letters, filings and payment codes name it. There is one row.
ALTER TABLE agency_profile
    ADD COLUMN postage_cents BIGINT DEFAULT '0' NOT NULL,
    ADD COLUMN sepa_creditor_id TEXT,
    ADD COLUMN sepa_mandate_text TEXT,
    ADD COLUMN sepa_notice_days BIGINT,
    ADD COLUMN people_results_agreed_on DATE;

-- Changed: A client who hands in claims (Gläubiger, Mandant).
ALTER TABLE creditors
    ADD COLUMN house_contact TEXT,
    ADD COLUMN house_contact_phone TEXT,
    ADD COLUMN house_contact_email TEXT;

-- Changed: A person or company that owes (Schuldner). Staff only.
ALTER TABLE debtors
    ADD COLUMN email_refused_on DATE;

-- Changed: The terms between a creditor and the agency (Inkassovertrag), by version.
ALTER TABLE creditor_contracts
    ADD COLUMN report_rhythm VARCHAR(40) DEFAULT 'none' NOT NULL,
    ADD COLUMN visits_need_approval BOOLEAN DEFAULT 'false' NOT NULL,
    ADD CONSTRAINT ck_creditor_contracts_reportrhythm CHECK (report_rhythm IN ('none', 'daily', 'weekly', 'monthly'));
