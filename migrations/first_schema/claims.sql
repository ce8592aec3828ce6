-- All claims of one creditor against one debtor, or joint debtors, worked together (Akte).
CREATE TABLE cases (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    number TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    jurisdiction VARCHAR(2) NOT NULL,
    currency VARCHAR(3) NOT NULL,
    phase VARCHAR(40) NOT NULL,
    closed_from VARCHAR(40),
    outcome VARCHAR(40),
    owner_id BIGINT,
    opened_on DATE NOT NULL,
    ordered_on DATE NOT NULL,
    accepted_at TIMESTAMP WITH TIME ZONE,
    closed_at TIMESTAMP WITH TIME ZONE,
    principal_cents BIGINT DEFAULT '0' NOT NULL,
    booked_open_cents BIGINT DEFAULT '0' NOT NULL,
    received_cents BIGINT DEFAULT '0' NOT NULL,
    CONSTRAINT pk_cases PRIMARY KEY (id),
    CONSTRAINT ck_cases_closed_from CHECK (closed_from IN ('new', 'amicable', 'court', 'enforcement', 'closed')),
    CONSTRAINT ck_cases_from_when_closed CHECK ((phase = 'closed') = (closed_from IS NOT NULL)),
    CONSTRAINT ck_cases_outcome
        CHECK (outcome IN ('paid', 'settled', 'withdrawn', 'unfounded', 'uncollectible',
            'insolvent', 'time_barred', 'refused')),
    CONSTRAINT ck_cases_outcome_when_closed CHECK ((phase = 'closed') = (outcome IS NOT NULL)),
    CONSTRAINT ck_cases_phase CHECK (phase IN ('new', 'amicable', 'court', 'enforcement', 'closed')),
    CONSTRAINT uq_cases_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_cases_number UNIQUE (number),
    CONSTRAINT uq_cases_public_id UNIQUE (public_id),
    CONSTRAINT fk_cases_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_cases_owner_id FOREIGN KEY(owner_id) REFERENCES users (id)
);
CREATE INDEX ix_cases_creditor_id ON cases (creditor_id, id);
CREATE INDEX ix_cases_creditor_id_phase ON cases (creditor_id, phase, id);
CREATE INDEX ix_cases_owner_id ON cases (owner_id);
CREATE INDEX ix_cases_serial ON cases (split_part(number, '-'::text, 2));

-- One of the joint debtors (Gesamtschuldner) of a case.
CREATE TABLE case_debtors (
    case_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    submitted_name TEXT NOT NULL,
    submitted_address TEXT NOT NULL,
    customer_number TEXT,
    CONSTRAINT pk_case_debtors PRIMARY KEY (case_id, debtor_id),
    CONSTRAINT uq_case_debtors_case_id_position UNIQUE (case_id, position),
    CONSTRAINT fk_case_debtors_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_case_debtors_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_case_debtors_customer_number ON case_debtors (upper(regexp_replace(customer_number, '[^[:alnum:]]', '', 'g'))) WHERE customer_number IS NOT NULL;
CREATE INDEX ix_case_debtors_debtor_id ON case_debtors (debtor_id);
CREATE INDEX ix_case_debtors_words ON case_debtors USING gin (to_tsvector('simple'::regconfig, (('c' || creditor_id::text) || ' ') || regexp_replace(replace(lower(translate(submitted_name, 'ÄÖÜäöüÀÁÂÃÅàáâãåÈÉÊËèéêëÌÍÎÏìíîïÒÓÔÕØòóôõøÙÚÛùúûÇçÑñŞşĞğİıŁłŚśŹźŻżĆćŃńĘęĄąŠšŽžČčŘřĐđÝýÿ', 'aouaouaaaaaaaaaaeeeeeeeeiiiiiiiioooooooooouuuuuuccnnssggiillsszzzzccnneeaasszzccrrddyyy')), 'ß', 'ss'), '[^[:alnum:]]+', ' ', 'g')));

-- One invoice or other debt item (Forderung).
CREATE TABLE claims (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    invoice_number TEXT NOT NULL,
    invoice_folded TEXT NOT NULL,
    description TEXT,
    contract_on DATE,
    original_creditor TEXT,
    tort_on DATE,
    invoiced_on DATE NOT NULL,
    due_on DATE,
    due_basis VARCHAR(40) NOT NULL,
    reminded_on DATE,
    reminders DATE[] DEFAULT '{}' NOT NULL,
    consumer_notice BOOLEAN NOT NULL,
    purpose VARCHAR(40) NOT NULL,
    is_remuneration BOOLEAN NOT NULL,
    is_consumer_loan BOOLEAN NOT NULL,
    agreed_rate_percent NUMERIC,
    principal_cents BIGINT NOT NULL,
    currency VARCHAR(3) NOT NULL,
    performed BOOLEAN NOT NULL,
    known_dispute TEXT,
    default_on DATE,
    default_basis TEXT,
    kind TEXT,
    arose_on DATE,
    limitation_on DATE,
    limitation_conservative_on DATE,
    limitation_set_on DATE,
    limitation_warned_for DATE,
    limitation_warned_months BIGINT,
    titled_on DATE,
    title_final_on DATE,
    excluded_reason TEXT,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_claims PRIMARY KEY (id),
    CONSTRAINT ck_claims_due_after_invoice CHECK (due_on IS NULL OR due_on >= invoiced_on),
    CONSTRAINT ck_claims_duebasis CHECK (due_basis IN ('contract', 'invoice', 'statute')),
    CONSTRAINT ck_claims_principal_positive CHECK (principal_cents > 0),
    CONSTRAINT ck_claims_purpose CHECK (purpose IN ('consumer', 'business')),
    CONSTRAINT uq_claims_case_id_position UNIQUE (case_id, position),
    CONSTRAINT uq_claims_public_id UNIQUE (public_id),
    CONSTRAINT fk_claims_case_id_creditor_id FOREIGN KEY(case_id, creditor_id) REFERENCES cases (id, creditor_id)
);
CREATE INDEX ix_claims_case_id ON claims (case_id);
CREATE INDEX ix_claims_invoice_folded ON claims (invoice_folded, creditor_id);
CREATE INDEX ix_claims_limitation_conservative_on ON claims (limitation_conservative_on) WHERE limitation_conservative_on IS NOT NULL;

-- A report of the creditor (Meldung): a proposal or message until we have answered.
CREATE TABLE creditor_reports (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    amount_cents BIGINT,
    happened_on DATE,
    words TEXT,
    reported_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reported_by BIGINT NOT NULL,
    hold_id BIGINT,
    answer TEXT,
    answered_at TIMESTAMP WITH TIME ZONE,
    answered_by BIGINT,
    CONSTRAINT pk_creditor_reports PRIMARY KEY (id),
    CONSTRAINT ck_creditor_reports_amount_positive CHECK (amount_cents IS NULL OR amount_cents > 0),
    CONSTRAINT ck_creditor_reports_answered_with_words CHECK ((answered_at IS NULL) = (answer IS NULL)),
    CONSTRAINT ck_creditor_reports_reportkind
        CHECK (kind IN ('direct_payment', 'credit_note', 'withdrawal', 'message')),
    CONSTRAINT uq_creditor_reports_public_id UNIQUE (public_id),
    CONSTRAINT fk_creditor_reports_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id)
);
CREATE INDEX ix_creditor_reports_case_id ON creditor_reports (case_id, id);

-- One thing that happened in a case, newest first on the screen.
CREATE TABLE timeline_events (
    occurred_on DATE NOT NULL,
    id BIGINT GENERATED BY DEFAULT AS IDENTITY,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor_id BIGINT,
    kind TEXT NOT NULL,
    params JSONB NOT NULL,
    creditor_visible BOOLEAN NOT NULL,
    CONSTRAINT pk_timeline_events PRIMARY KEY (occurred_on, id),
    CONSTRAINT fk_timeline_events_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id)
);
CREATE INDEX ix_timeline_events_case_id_at ON timeline_events (case_id, at, id);
CREATE INDEX ix_timeline_events_creditor_id_at ON timeline_events (creditor_id, at DESC, id DESC) WHERE creditor_visible;

-- A reason why no dunning happens (Mahnsperre), for a claim, an amount or the whole case.
CREATE TABLE holds (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    claim_id BIGINT,
    amount_cents BIGINT,
    reason VARCHAR(40) NOT NULL,
    note TEXT,
    objection_id BIGINT,
    until_on DATE,
    set_at TIMESTAMP WITH TIME ZONE NOT NULL,
    set_by BIGINT,
    lifted_at TIMESTAMP WITH TIME ZONE,
    lifted_by BIGINT,
    lifted_reason TEXT,
    CONSTRAINT pk_holds PRIMARY KEY (id),
    CONSTRAINT ck_holds_amount_of_claim CHECK (amount_cents IS NULL OR claim_id IS NOT NULL),
    CONSTRAINT ck_holds_amount_positive CHECK (amount_cents IS NULL OR amount_cents > 0),
    CONSTRAINT ck_holds_holdreason
        CHECK (reason IN ('objection', 'deceased', 'insolvency', 'address_unknown', 'creditor',
            'hospital', 'other')),
    CONSTRAINT uq_holds_public_id UNIQUE (public_id),
    CONSTRAINT fk_holds_case_id_creditor_id FOREIGN KEY(case_id, creditor_id) REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_holds_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id)
);
CREATE INDEX ix_holds_objection_id ON holds (objection_id);
CREATE INDEX ix_holds_open ON holds (case_id) WHERE lifted_at IS NULL;

-- What suspended or restarted the limitation of a claim; legal confirms it.
CREATE TABLE limitation_events (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    claim_id BIGINT NOT NULL,
    debtor_id BIGINT,
    kind VARCHAR(40) NOT NULL,
    first_day DATE,
    last_day DATE,
    applied_on DATE,
    served_on DATE,
    last_act_on DATE,
    note TEXT,
    source TEXT,
    noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    noted_by BIGINT,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    confirmed_by BIGINT,
    CONSTRAINT pk_limitation_events PRIMARY KEY (id),
    CONSTRAINT ck_limitation_events_limitationeventkind
        CHECK (kind IN ('part_payment', 'acknowledgement', 'negotiations', 'deferral',
            'payment_order', 'rejected_application', 'action', 'insolvency', 'enforcement',
            'force_majeure')),
    CONSTRAINT uq_limitation_events_public_id UNIQUE (public_id),
    CONSTRAINT fk_limitation_events_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_limitation_events_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_limitation_events_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_limitation_events_claim_id ON limitation_events (claim_id);
CREATE UNIQUE INDEX uq_limitation_events_source ON limitation_events (claim_id, source) WHERE source IS NOT NULL;
