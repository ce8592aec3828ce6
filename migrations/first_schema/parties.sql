-- The house itself, as letters, filings and payment codes name it. There is one row.
CREATE TABLE agency_profile (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    country VARCHAR(2) NOT NULL,
    phone TEXT NOT NULL,
    email TEXT NOT NULL,
    website TEXT,
    register_entry TEXT NOT NULL,
    authority_name TEXT NOT NULL,
    authority_address TEXT NOT NULL,
    authority_contact TEXT NOT NULL,
    privacy_contact TEXT,
    privacy_authority TEXT,
    vat_id TEXT,
    tax_number TEXT,
    legal_form TEXT,
    seat TEXT,
    register_court TEXT,
    register_number TEXT,
    managing_directors TEXT,
    supervisory_chair TEXT,
    liable_partner TEXT,
    trust_iban TEXT NOT NULL,
    trust_bic TEXT,
    operating_iban TEXT NOT NULL,
    place TEXT NOT NULL,
    postal_days BIGINT NOT NULL,
    datev_consultant BIGINT DEFAULT '1001' NOT NULL,
    datev_client BIGINT DEFAULT '1' NOT NULL,
    datev_chart VARCHAR(2) DEFAULT '04' NOT NULL,
    datev_accounts JSONB DEFAULT '{}' NOT NULL,
    costs_waiver_cents BIGINT DEFAULT '0' NOT NULL,
    kennziffer TEXT,
    payment_day_bears_interest BOOLEAN DEFAULT 'true' NOT NULL,
    all_interest_first BOOLEAN DEFAULT 'false' NOT NULL,
    CONSTRAINT pk_agency_profile PRIMARY KEY (id),
    CONSTRAINT ck_agency_profile_one_row CHECK (id = 1)
);

-- A client who hands in claims (Gläubiger, Mandant).
CREATE TABLE creditors (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_name VARCHAR COLLATE "C" NOT NULL,
    legal_form TEXT,
    representative TEXT,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    country VARCHAR(2) NOT NULL,
    email TEXT,
    phone TEXT,
    iban TEXT,
    address_withheld_reason TEXT,
    iban_paid_from DATE,
    register_court TEXT,
    register_number TEXT,
    vat_id TEXT,
    sector TEXT,
    language VARCHAR(2) DEFAULT 'de' NOT NULL,
    archived_at TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_creditors PRIMARY KEY (id),
    CONSTRAINT uq_creditors_public_id UNIQUE (public_id)
);
CREATE INDEX ix_creditors_sort_name ON creditors (sort_name);

-- A person or company that owes (Schuldner). Staff only.
CREATE TABLE debtors (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    given_name TEXT,
    salutation TEXT,
    legal_form TEXT,
    representative TEXT,
    contact TEXT,
    sort_name VARCHAR COLLATE "C" NOT NULL,
    email TEXT,
    phone TEXT,
    language TEXT DEFAULT 'de' NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_debtors PRIMARY KEY (id),
    CONSTRAINT ck_debtors_debtorkind CHECK (kind IN ('natural_person', 'sole_trader', 'company', 'public_body')),
    CONSTRAINT uq_debtors_public_id UNIQUE (public_id)
);
CREATE INDEX ix_debtors_phone ON debtors (right(regexp_replace(phone, '[^0-9]', '', 'g'), 6)) WHERE phone IS NOT NULL;
CREATE INDEX ix_debtors_sort_name ON debtors (sort_name);
CREATE INDEX ix_debtors_words ON debtors USING gin (to_tsvector('simple'::regconfig, sort_name));

-- A person to talk to at a creditor (Ansprechpartner).
CREATE TABLE creditor_contacts (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    role VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    email TEXT,
    since DATE NOT NULL,
    ended_on DATE,
    CONSTRAINT pk_creditor_contacts PRIMARY KEY (id),
    CONSTRAINT ck_creditor_contacts_contactrole CHECK (role IN ('decides', 'bookkeeping', 'sales', 'it')),
    CONSTRAINT uq_creditor_contacts_public_id UNIQUE (public_id),
    CONSTRAINT fk_creditor_contacts_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);
CREATE INDEX ix_creditor_contacts_creditor_id ON creditor_contacts (creditor_id);

-- The terms between a creditor and the agency (Inkassovertrag), by version.
CREATE TABLE creditor_contracts (
    id BIGSERIAL NOT NULL,
    creditor_id BIGINT NOT NULL,
    valid_from DATE NOT NULL,
    deducts_input_tax BOOLEAN NOT NULL,
    owes_collection_fee BOOLEAN NOT NULL,
    fee_terms JSONB NOT NULL,
    mandate_type VARCHAR(40) DEFAULT 'continuous' NOT NULL,
    payout_rhythm VARCHAR(40) DEFAULT 'monthly' NOT NULL,
    instalment_months BIGINT DEFAULT '0' NOT NULL,
    discount_percent NUMERIC DEFAULT '0' NOT NULL,
    discount_cents BIGINT DEFAULT '0' NOT NULL,
    interest_waiver_cents BIGINT DEFAULT '0' NOT NULL,
    trivial_rest_cents BIGINT DEFAULT '0' NOT NULL,
    power_of_attorney_on DATE,
    court_needs_approval BOOLEAN NOT NULL,
    direct_payment_order VARCHAR(40) DEFAULT 'law' NOT NULL,
    CONSTRAINT pk_creditor_contracts PRIMARY KEY (id),
    CONSTRAINT ck_creditor_contracts_directpaymentorder CHECK (direct_payment_order IN ('law', 'principal_first')),
    CONSTRAINT ck_creditor_contracts_mandatetype CHECK (mandate_type IN ('one_off', 'campaign', 'continuous')),
    CONSTRAINT ck_creditor_contracts_payoutrhythm CHECK (payout_rhythm IN ('weekly', 'monthly', 'each')),
    CONSTRAINT uq_creditor_contracts_creditor_id_valid_from UNIQUE (creditor_id, valid_from),
    CONSTRAINT fk_creditor_contracts_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);
CREATE INDEX ix_creditor_contracts_creditor_id ON creditor_contracts (creditor_id);

-- Who represents a creditor by law (gesetzlicher Vertreter); the court asks for it.
CREATE TABLE creditor_representatives (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    function TEXT,
    valid_from DATE NOT NULL,
    valid_until DATE,
    CONSTRAINT pk_creditor_representatives PRIMARY KEY (id),
    CONSTRAINT ck_creditor_representatives_span CHECK (valid_until IS NULL OR valid_until >= valid_from),
    CONSTRAINT uq_creditor_representatives_public_id UNIQUE (public_id),
    CONSTRAINT fk_creditor_representatives_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);
CREATE INDEX ix_creditor_representatives_creditor_id ON creditor_representatives (creditor_id);

-- Where a debtor can be reached by post; old addresses stay.
CREATE TABLE debtor_addresses (
    id BIGSERIAL NOT NULL,
    debtor_id BIGINT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    country VARCHAR(2) NOT NULL,
    care_of TEXT,
    source VARCHAR(40) DEFAULT 'creditor' NOT NULL,
    traced_at TEXT,
    valid_from DATE NOT NULL,
    valid_until DATE,
    undeliverable_on DATE,
    CONSTRAINT pk_debtor_addresses PRIMARY KEY (id),
    CONSTRAINT ck_debtor_addresses_addresssource CHECK (source IN ('creditor', 'debtor', 'traced')),
    CONSTRAINT fk_debtor_addresses_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_debtor_addresses_debtor_id ON debtor_addresses (debtor_id);
CREATE INDEX ix_debtor_addresses_postcode ON debtor_addresses (postcode) WHERE valid_until IS NULL;
CREATE INDEX ix_debtor_addresses_street ON debtor_addresses USING gin (to_tsvector('simple'::regconfig, regexp_replace(replace(lower(translate(street, 'ÄÖÜäöüÀÁÂÃÅàáâãåÈÉÊËèéêëÌÍÎÏìíîïÒÓÔÕØòóôõøÙÚÛùúûÇçÑñŞşĞğİıŁłŚśŹźŻżĆćŃńĘęĄąŠšŽžČčŘřĐđÝýÿ', 'aouaouaaaaaaaaaaeeeeeeeeiiiiiiiioooooooooouuuuuuccnnssggiillsszzzzccnneeaasszzccrrddyyy')), 'ß', 'ss'), '[^[:alnum:]]+', ' ', 'g'))) WHERE valid_until IS NULL;
CREATE UNIQUE INDEX uq_debtor_addresses_current ON debtor_addresses (debtor_id) WHERE valid_until IS NULL;

-- What stood in one field of a debtor before, and how we know better. Never changed.
CREATE TABLE debtor_changes (
    id BIGSERIAL NOT NULL,
    debtor_id BIGINT NOT NULL,
    field TEXT NOT NULL,
    before TEXT,
    after TEXT,
    how_known TEXT NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_by BIGINT,
    CONSTRAINT pk_debtor_changes PRIMARY KEY (id),
    CONSTRAINT fk_debtor_changes_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_debtor_changes_debtor_id ON debtor_changes (debtor_id);

-- Somebody who speaks for a debtor (Bevollmächtigte, Betreuer); earlier ones stay.
CREATE TABLE debtor_spokespersons (
    id BIGSERIAL NOT NULL,
    debtor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    city TEXT NOT NULL,
    country VARCHAR(2) NOT NULL,
    phone TEXT,
    email TEXT,
    reference TEXT,
    papers_seen_on DATE,
    how_known TEXT NOT NULL,
    valid_from DATE NOT NULL,
    valid_until DATE,
    named_by BIGINT,
    CONSTRAINT pk_debtor_spokespersons PRIMARY KEY (id),
    CONSTRAINT ck_debtor_spokespersons_spokespersonkind CHECK (kind IN ('lawyer', 'counsellor', 'guardian')),
    CONSTRAINT fk_debtor_spokespersons_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_debtor_spokespersons_debtor_id ON debtor_spokespersons (debtor_id);
CREATE UNIQUE INDEX uq_debtor_spokespersons_current ON debtor_spokespersons (debtor_id) WHERE valid_until IS NULL;
