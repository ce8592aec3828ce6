-- Somebody at a debtor whom one can reach; earlier ones stay.
CREATE TABLE debtor_contacts (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    debtor_id BIGINT NOT NULL,
    role VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    language TEXT DEFAULT 'de' NOT NULL,
    how_known TEXT NOT NULL,
    right_person_on DATE,
    valid_from DATE NOT NULL,
    valid_until DATE,
    added_by BIGINT,
    CONSTRAINT pk_debtor_contacts PRIMARY KEY (id),
    CONSTRAINT ck_debtor_contacts_debtorrole
        CHECK (role IN ('decides', 'payables', 'purchasing', 'authorises', 'head_office', 'lawyer', 'other')),
    CONSTRAINT ck_debtor_contacts_span CHECK (valid_until IS NULL OR valid_until >= valid_from),
    CONSTRAINT uq_debtor_contacts_public_id UNIQUE (public_id),
    CONSTRAINT fk_debtor_contacts_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_debtor_contacts_debtor_id ON debtor_contacts (debtor_id, valid_until);

-- Two records that were one debtor: which was put into which, and what went with it.
CREATE TABLE debtor_merges (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kept_id BIGINT NOT NULL,
    merged_id BIGINT NOT NULL,
    why TEXT NOT NULL,
    moved JSONB NOT NULL,
    merged_at TIMESTAMP WITH TIME ZONE NOT NULL,
    merged_by BIGINT,
    undone_at TIMESTAMP WITH TIME ZONE,
    undone_by BIGINT,
    undone_reason TEXT,
    CONSTRAINT pk_debtor_merges PRIMARY KEY (id),
    CONSTRAINT ck_debtor_merges_two_records CHECK (kept_id <> merged_id),
    CONSTRAINT uq_debtor_merges_public_id UNIQUE (public_id),
    CONSTRAINT fk_debtor_merges_kept_id FOREIGN KEY(kept_id) REFERENCES debtors (id),
    CONSTRAINT fk_debtor_merges_merged_id FOREIGN KEY(merged_id) REFERENCES debtors (id)
);
CREATE INDEX ix_debtor_merges_kept_id ON debtor_merges (kept_id);
CREATE UNIQUE INDEX uq_debtor_merges_merged ON debtor_merges (merged_id) WHERE undone_at IS NULL;

-- Class and organisation of a debtor, and what must be minded when approaching him.
CREATE TABLE debtor_profiles (
    debtor_id BIGINT NOT NULL,
    size VARCHAR(40),
    sector TEXT,
    is_public BOOLEAN,
    risk VARCHAR(40),
    organisation VARCHAR(40),
    departments TEXT,
    invoice_way TEXT,
    portal_used TEXT,
    payment_run_days BIGINT[] DEFAULT '{}' NOT NULL,
    order_number TEXT,
    approver TEXT,
    routing_id TEXT,
    payment_order VARCHAR(40),
    payment_order_reason TEXT,
    head_office_id BIGINT,
    head_office_pays BOOLEAN DEFAULT 'false' NOT NULL,
    opted_out TEXT[] DEFAULT '{}' NOT NULL,
    minor BOOLEAN DEFAULT 'false' NOT NULL,
    consent_reserved BOOLEAN DEFAULT 'false' NOT NULL,
    payer_type VARCHAR(40),
    payer_type_reason TEXT,
    payer_type_at TIMESTAMP WITH TIME ZONE,
    payer_type_by BIGINT,
    CONSTRAINT pk_debtor_profiles PRIMARY KEY (debtor_id),
    CONSTRAINT ck_debtor_profiles_debtorrisk CHECK (risk IN ('low', 'normal', 'high')),
    CONSTRAINT ck_debtor_profiles_debtorsize CHECK (size IN ('micro', 'small', 'medium', 'large')),
    CONSTRAINT ck_debtor_profiles_not_its_own_head CHECK (head_office_id <> debtor_id),
    CONSTRAINT ck_debtor_profiles_organisation
        CHECK (organisation IN ('person', 'small', 'large', 'public', 'multi_site')),
    CONSTRAINT ck_debtor_profiles_payertype
        CHECK (payer_type IN ('prompt', 'forgetful', 'late', 'disputing', 'cannot', 'will_not')),
    CONSTRAINT ck_debtor_profiles_paymentorder
        CHECK (payment_order IN ('unknown', 'missing', 'issued', 'rejected')),
    CONSTRAINT fk_debtor_profiles_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_debtor_profiles_head_office_id FOREIGN KEY(head_office_id) REFERENCES debtors (id),
    CONSTRAINT fk_debtor_profiles_payer_type_by FOREIGN KEY(payer_type_by) REFERENCES users (id)
);
CREATE INDEX ix_debtor_profiles_head_office_id ON debtor_profiles (head_office_id);
CREATE INDEX ix_debtor_profiles_organisation ON debtor_profiles (organisation);

-- Changed: The house itself, as letters, filings and payment codes name it. There is one row.
ALTER TABLE agency_profile
    ADD COLUMN datev_income VARCHAR(16),
    ADD COLUMN datev_stop_key VARCHAR(4),
    ADD COLUMN let_go_alone_cents BIGINT DEFAULT '0' NOT NULL,
    ADD COLUMN plan_tolerance_days BIGINT DEFAULT '10' NOT NULL,
    ADD COLUMN plan_tolerance_cents BIGINT DEFAULT '0' NOT NULL,
    ADD COLUMN plan_remind_before_days BIGINT DEFAULT '0' NOT NULL,
    ADD COLUMN plan_remind_after_days BIGINT DEFAULT '4' NOT NULL,
    ADD COLUMN plan_consumer_agreements BOOLEAN DEFAULT 'false' NOT NULL;

-- Changed: A person or company that owes (Schuldner). Staff only.
ALTER TABLE debtors
    ADD COLUMN merged_into_id BIGINT,
    ADD CONSTRAINT fk_debtors_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES debtors (id);
CREATE INDEX ix_debtors_merged_into_id ON debtors (merged_into_id);
