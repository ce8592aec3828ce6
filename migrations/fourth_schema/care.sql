-- What a client ordered beside collection, by a contract of its own.
CREATE TABLE care_services (
    creditor_id BIGINT NOT NULL,
    agreed_on DATE,
    active BOOLEAN DEFAULT 'false' NOT NULL,
    receipt_days BIGINT DEFAULT '7' NOT NULL,
    report_days BIGINT DEFAULT '180' NOT NULL,
    CONSTRAINT pk_care_services PRIMARY KEY (creditor_id),
    CONSTRAINT ck_care_services_active_as_agreed CHECK (NOT active OR agreed_on IS NOT NULL),
    CONSTRAINT fk_care_services_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);

-- A customer of a client (Kunde des Mandanten); no debtor of ours before he hands him over.
CREATE TABLE customers (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    number TEXT,
    number_folded TEXT,
    kind VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    given_name TEXT,
    sort_name VARCHAR COLLATE "C" NOT NULL,
    legal_form TEXT,
    register_court TEXT,
    register_number TEXT,
    vat_id TEXT,
    street TEXT,
    postcode TEXT,
    city TEXT,
    country VARCHAR(2) DEFAULT 'DE' NOT NULL,
    email TEXT,
    phone TEXT,
    language VARCHAR(2) DEFAULT 'de' NOT NULL,
    sector TEXT,
    payment_days BIGINT,
    discount_percent NUMERIC,
    discount_days BIGINT,
    credit_limit_cents BIGINT,
    merged_into_id BIGINT,
    archived_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_customers PRIMARY KEY (id),
    CONSTRAINT ck_customers_debtorkind CHECK (kind IN ('natural_person', 'sole_trader', 'company', 'public_body')),
    CONSTRAINT uq_customers_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_customers_public_id UNIQUE (public_id),
    CONSTRAINT fk_customers_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_customers_merged_into_id FOREIGN KEY(merged_into_id) REFERENCES customers (id)
);
CREATE INDEX ix_customers_merged_into_id ON customers (merged_into_id);
CREATE INDEX ix_customers_name ON customers (creditor_id, sort_name, id);
CREATE INDEX ix_customers_number ON customers (creditor_id, number_folded);
CREATE INDEX ix_customers_words ON customers USING gin (to_tsvector('simple'::regconfig, sort_name));

-- One open item: an invoice or a credit note of a client to a customer.
CREATE TABLE care_items (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    customer_id BIGINT,
    folded TEXT NOT NULL,
    invoice_number TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    customer_number TEXT,
    customer_name TEXT,
    email TEXT,
    invoiced_on DATE,
    due_on DATE,
    gross_cents BIGINT NOT NULL,
    open_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    discount_until DATE,
    paid_with_discount BOOLEAN,
    state VARCHAR(40) NOT NULL,
    state_on DATE NOT NULL,
    settled_on DATE,
    CONSTRAINT pk_care_items PRIMARY KEY (id),
    CONSTRAINT ck_care_items_credit_notes_are_negative CHECK ((kind = 'credit_note') = (gross_cents < 0)),
    CONSTRAINT ck_care_items_itemkind CHECK (kind IN ('invoice', 'credit_note')),
    CONSTRAINT ck_care_items_itemstate CHECK (state IN ('open', 'queried', 'paid', 'gone', 'with_us')),
    CONSTRAINT uq_care_items_creditor_id_folded UNIQUE (creditor_id, folded),
    CONSTRAINT uq_care_items_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_care_items_public_id UNIQUE (public_id),
    CONSTRAINT fk_care_items_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_care_items_customer_id_creditor_id FOREIGN KEY(customer_id, creditor_id)
        REFERENCES customers (id, creditor_id)
);
CREATE INDEX ix_care_items_creditor_id_state ON care_items (creditor_id, state, due_on, id);
CREATE INDEX ix_care_items_customer_id ON care_items (customer_id, state);

-- A list of open items of a client (OP-Liste), kept as it came.
CREATE TABLE care_lists (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    as_of DATE NOT NULL,
    file_id BIGINT NOT NULL,
    complete BOOLEAN DEFAULT 'true' NOT NULL,
    state VARCHAR(40) NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_wrong BIGINT NOT NULL,
    rows_new BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    rows_gone BIGINT NOT NULL,
    findings JSONB NOT NULL,
    taken_in_at TIMESTAMP WITH TIME ZONE NOT NULL,
    taken_in_by BIGINT,
    CONSTRAINT pk_care_lists PRIMARY KEY (id),
    CONSTRAINT ck_care_lists_liststate CHECK (state IN ('waiting', 'done', 'refused')),
    CONSTRAINT uq_care_lists_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_care_lists_public_id UNIQUE (public_id),
    CONSTRAINT fk_care_lists_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_care_lists_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_care_lists_taken_in_by FOREIGN KEY(taken_in_by) REFERENCES users (id)
);
CREATE INDEX ix_care_lists_creditor_id ON care_lists (creditor_id, id);

-- A report on a customer's finances that the client obtained (Auskunft).
CREATE TABLE credit_reports (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    source TEXT NOT NULL,
    made_on DATE NOT NULL,
    expires_on DATE,
    score TEXT,
    advises_against BOOLEAN DEFAULT 'false' NOT NULL,
    limit_cents BIGINT,
    file_id BIGINT,
    kept_at TIMESTAMP WITH TIME ZONE NOT NULL,
    kept_by BIGINT,
    CONSTRAINT pk_credit_reports PRIMARY KEY (id),
    CONSTRAINT uq_credit_reports_public_id UNIQUE (public_id),
    CONSTRAINT fk_credit_reports_customer_id_creditor_id FOREIGN KEY(customer_id, creditor_id)
        REFERENCES customers (id, creditor_id),
    CONSTRAINT fk_credit_reports_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_credit_reports_kept_by FOREIGN KEY(kept_by) REFERENCES users (id)
);
CREATE INDEX ix_credit_reports_customer_id ON credit_reports (customer_id, made_on);

-- Bank details of a customer (Bankverbindung), with the days they were first and last seen.
CREATE TABLE customer_accounts (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    iban TEXT NOT NULL,
    holder TEXT,
    source VARCHAR(40) NOT NULL,
    first_seen_on DATE NOT NULL,
    last_seen_on DATE NOT NULL,
    announced_on DATE,
    announced_reason TEXT,
    CONSTRAINT pk_customer_accounts PRIMARY KEY (id),
    CONSTRAINT ck_customer_accounts_accountsource CHECK (source IN ('form', 'notice', 'payment')),
    CONSTRAINT ck_customer_accounts_span CHECK (last_seen_on >= first_seen_on),
    CONSTRAINT uq_customer_accounts_customer_id_iban UNIQUE (customer_id, iban),
    CONSTRAINT uq_customer_accounts_public_id UNIQUE (public_id),
    CONSTRAINT fk_customer_accounts_customer_id_creditor_id FOREIGN KEY(customer_id, creditor_id)
        REFERENCES customers (id, creditor_id)
);

-- What stood in one field of a customer before. Never changed.
CREATE TABLE customer_changes (
    id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_by BIGINT,
    CONSTRAINT pk_customer_changes PRIMARY KEY (id),
    CONSTRAINT fk_customer_changes_changed_by FOREIGN KEY(changed_by) REFERENCES users (id),
    CONSTRAINT fk_customer_changes_customer_id_creditor_id FOREIGN KEY(customer_id, creditor_id)
        REFERENCES customers (id, creditor_id)
);
CREATE INDEX ix_customer_changes_customer_id ON customer_changes (customer_id, id);

-- A decision before a contract, with what was known then. Never changed.
CREATE TABLE customer_decisions (
    id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    decided VARCHAR(40) NOT NULL,
    recommended VARCHAR(40) NOT NULL,
    reasons JSONB NOT NULL,
    deposit_percent BIGINT,
    limit_cents BIGINT,
    words TEXT NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by BIGINT,
    CONSTRAINT pk_customer_decisions PRIMARY KEY (id),
    CONSTRAINT ck_customer_decisions_paymentterms
        CHECK (decided IN ('prepay', 'deposit', 'card', 'invoice', 'no_contract')),
    CONSTRAINT ck_customer_decisions_recommended_terms
        CHECK (recommended IN ('prepay', 'deposit', 'card', 'invoice', 'no_contract')),
    CONSTRAINT fk_customer_decisions_customer_id_creditor_id FOREIGN KEY(customer_id, creditor_id)
        REFERENCES customers (id, creditor_id),
    CONSTRAINT fk_customer_decisions_decided_by FOREIGN KEY(decided_by) REFERENCES users (id)
);
CREATE INDEX ix_customer_decisions_customer_id ON customer_decisions (customer_id, id);

-- Somebody at a customer: who represents it, and whom to talk to; earlier ones stay.
CREATE TABLE customer_people (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    role VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    function TEXT,
    phone TEXT,
    email TEXT,
    language VARCHAR(2) DEFAULT 'de' NOT NULL,
    since DATE NOT NULL,
    ended_on DATE,
    CONSTRAINT pk_customer_people PRIMARY KEY (id),
    CONSTRAINT ck_customer_people_personrole
        CHECK (role IN ('represents', 'liable_partner', 'decides', 'bookkeeping', 'orders')),
    CONSTRAINT uq_customer_people_public_id UNIQUE (public_id),
    CONSTRAINT fk_customer_people_customer_id_creditor_id FOREIGN KEY(customer_id, creditor_id)
        REFERENCES customers (id, creditor_id)
);
CREATE INDEX ix_customer_people_customer_id ON customer_people (customer_id, id);

-- One contact, planned for a day, with what came of it.
CREATE TABLE customer_talks (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    customer_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    planned_on DATE NOT NULL,
    about TEXT,
    outcome VARCHAR(40),
    done_on DATE,
    words TEXT,
    planned_at TIMESTAMP WITH TIME ZONE NOT NULL,
    planned_by BIGINT,
    CONSTRAINT pk_customer_talks PRIMARY KEY (id),
    CONSTRAINT ck_customer_talks_done_with_outcome CHECK ((outcome IS NULL) = (done_on IS NULL)),
    CONSTRAINT ck_customer_talks_talkkind CHECK (kind IN ('check_in', 'offer')),
    CONSTRAINT ck_customer_talks_talkoutcome CHECK (outcome IN ('talked', 'no_answer', 'cancelled')),
    CONSTRAINT uq_customer_talks_public_id UNIQUE (public_id),
    CONSTRAINT fk_customer_talks_customer_id_creditor_id FOREIGN KEY(customer_id, creditor_id)
        REFERENCES customers (id, creditor_id),
    CONSTRAINT fk_customer_talks_planned_by FOREIGN KEY(planned_by) REFERENCES users (id)
);
CREATE INDEX ix_customer_talks_customer_id ON customer_talks (customer_id, id);
CREATE INDEX ix_customer_talks_planned ON customer_talks (creditor_id, outcome, planned_on);

-- One version of a client's general terms (AGB-Fassung).
CREATE TABLE terms_versions (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    audience VARCHAR(40) NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    file_id BIGINT,
    payment_days BIGINT,
    interest_points NUMERIC,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by BIGINT,
    CONSTRAINT pk_terms_versions PRIMARY KEY (id),
    CONSTRAINT ck_terms_versions_audience CHECK (audience IN ('business', 'consumer', 'both')),
    CONSTRAINT uq_terms_versions_creditor_id_audience_valid_from UNIQUE (creditor_id, audience, valid_from),
    CONSTRAINT uq_terms_versions_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_terms_versions_public_id UNIQUE (public_id),
    CONSTRAINT fk_terms_versions_created_by FOREIGN KEY(created_by) REFERENCES users (id),
    CONSTRAINT fk_terms_versions_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_terms_versions_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);

-- A customer's account as it was opened: signature, terms, first order.
CREATE TABLE account_openings (
    id BIGSERIAL NOT NULL,
    customer_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    terms_id BIGINT,
    terms_handed_on DATE,
    terms_handed_how VARCHAR(40),
    terms_agreed BOOLEAN,
    ordered_on DATE,
    delivered_on DATE,
    formal_acceptance BOOLEAN,
    signatory_name TEXT,
    signatory_role TEXT,
    authority VARCHAR(40),
    signed_on DATE,
    file_id BIGINT,
    printed_at TIMESTAMP WITH TIME ZONE,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_by BIGINT,
    CONSTRAINT pk_account_openings PRIMARY KEY (id),
    CONSTRAINT ck_account_openings_authority CHECK (authority IN ('register', 'power_of_attorney', 'unverified')),
    CONSTRAINT ck_account_openings_handedhow
        CHECK (terms_handed_how IN ('with_offer', 'with_form', 'with_order', 'with_confirmation',
            'with_delivery', 'with_invoice')),
    CONSTRAINT ck_account_openings_signed_with_form CHECK ((file_id IS NULL) = (signed_on IS NULL)),
    CONSTRAINT uq_account_openings_customer_id UNIQUE (customer_id),
    CONSTRAINT fk_account_openings_changed_by FOREIGN KEY(changed_by) REFERENCES users (id),
    CONSTRAINT fk_account_openings_customer_id_creditor_id FOREIGN KEY(customer_id, creditor_id)
        REFERENCES customers (id, creditor_id),
    CONSTRAINT fk_account_openings_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_account_openings_terms_id_creditor_id FOREIGN KEY(terms_id, creditor_id)
        REFERENCES terms_versions (id, creditor_id)
);

-- One event of an item's life, with what was open after it. Never changed.
CREATE TABLE care_item_events (
    id BIGSERIAL NOT NULL,
    item_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    happened_on DATE NOT NULL,
    open_cents BIGINT,
    words TEXT,
    list_id BIGINT,
    known_at TIMESTAMP WITH TIME ZONE NOT NULL,
    known_by BIGINT,
    CONSTRAINT pk_care_item_events PRIMARY KEY (id),
    CONSTRAINT ck_care_item_events_eventkind
        CHECK (kind IN ('issued', 'sent', 'received', 'bounced', 'queried', 'answered', 'approved',
            'changed', 'paid', 'gone', 'back', 'handed_over')),
    CONSTRAINT fk_care_item_events_item_id_creditor_id FOREIGN KEY(item_id, creditor_id)
        REFERENCES care_items (id, creditor_id),
    CONSTRAINT fk_care_item_events_known_by FOREIGN KEY(known_by) REFERENCES users (id),
    CONSTRAINT fk_care_item_events_list_id FOREIGN KEY(list_id) REFERENCES care_lists (id)
);
CREATE INDEX ix_care_item_events_creditor_id ON care_item_events (creditor_id, happened_on);
CREATE INDEX ix_care_item_events_item_id ON care_item_events (item_id, happened_on, id);

-- One clause of a version, with its number and words, and what its rules ask about.
CREATE TABLE terms_clauses (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    terms_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    number TEXT NOT NULL,
    words TEXT NOT NULL,
    facts JSONB DEFAULT '{}' NOT NULL,
    place TEXT,
    CONSTRAINT pk_terms_clauses PRIMARY KEY (id),
    CONSTRAINT ck_terms_clauses_clausekind
        CHECK (kind IN ('retention_of_title', 'termination', 'penalty', 'jurisdiction', 'free')),
    CONSTRAINT uq_terms_clauses_public_id UNIQUE (public_id),
    CONSTRAINT fk_terms_clauses_terms_id_creditor_id FOREIGN KEY(terms_id, creditor_id)
        REFERENCES terms_versions (id, creditor_id)
);
CREATE UNIQUE INDEX uq_terms_clauses_kind ON terms_clauses (terms_id, kind) WHERE kind <> 'free';

-- The version in force on the day of a claim's contract.
CREATE TABLE claim_terms (
    claim_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    terms_id BIGINT NOT NULL,
    contract_on DATE NOT NULL,
    made_on DATE NOT NULL,
    CONSTRAINT pk_claim_terms PRIMARY KEY (claim_id),
    CONSTRAINT ck_claim_terms_contract_in_the_past CHECK (contract_on <= made_on),
    CONSTRAINT fk_claim_terms_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_claim_terms_terms_id_creditor_id FOREIGN KEY(terms_id, creditor_id)
        REFERENCES terms_versions (id, creditor_id)
);
CREATE INDEX ix_claim_terms_terms_id ON claim_terms (terms_id);
