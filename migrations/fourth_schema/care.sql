-- What a client ordered beside collection, by a contract of its own.
CREATE TABLE care_services (
    creditor_id BIGINT NOT NULL,
    agreed_on DATE,
    active BOOLEAN DEFAULT 'false' NOT NULL,
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
