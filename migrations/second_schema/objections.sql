-- How this house verifies objections. There is one row at most; without it the defaults.
CREATE TABLE objection_settings (
    id BIGSERIAL NOT NULL,
    answer_days BIGINT DEFAULT '14' NOT NULL,
    evidence_days BIGINT DEFAULT '7' NOT NULL,
    reminder_days BIGINT DEFAULT '7' NOT NULL,
    second_person_cents BIGINT DEFAULT '500000',
    looks_elsewhere BOOLEAN DEFAULT 'false' NOT NULL,
    CONSTRAINT pk_objection_settings PRIMARY KEY (id),
    CONSTRAINT ck_objection_settings_one_row CHECK (id = 1)
);

-- An indicator that this house added to those shipped; switched off, never deleted.
CREATE TABLE house_indicators (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kinds TEXT NOT NULL,
    condition TEXT NOT NULL,
    speaks_for VARCHAR(40) NOT NULL,
    weight VARCHAR(40) NOT NULL,
    law TEXT NOT NULL,
    english TEXT NOT NULL,
    german TEXT NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    added_by BIGINT,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_by BIGINT,
    CONSTRAINT pk_house_indicators PRIMARY KEY (id),
    CONSTRAINT ck_house_indicators_speaksfor CHECK (speaks_for IN ('pretext', 'genuine', 'open')),
    CONSTRAINT ck_house_indicators_weight CHECK (weight IN ('strong', 'medium', 'weak')),
    CONSTRAINT uq_house_indicators_public_id UNIQUE (public_id),
    CONSTRAINT fk_house_indicators_added_by FOREIGN KEY(added_by) REFERENCES users (id),
    CONSTRAINT fk_house_indicators_ended_by FOREIGN KEY(ended_by) REFERENCES users (id)
);

-- Dissatisfaction without an objection, answered by the creditor (Beschwerde).
CREATE TABLE complaints (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    words TEXT NOT NULL,
    raised_on DATE NOT NULL,
    due_on DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by BIGINT,
    answer TEXT,
    answered_at TIMESTAMP WITH TIME ZONE,
    answered_by BIGINT,
    CONSTRAINT pk_complaints PRIMARY KEY (id),
    CONSTRAINT ck_complaints_answered_with_words CHECK ((answered_at IS NULL) = (answer IS NULL)),
    CONSTRAINT uq_complaints_public_id UNIQUE (public_id),
    CONSTRAINT fk_complaints_answered_by FOREIGN KEY(answered_by) REFERENCES users (id),
    CONSTRAINT fk_complaints_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_complaints_recorded_by FOREIGN KEY(recorded_by) REFERENCES users (id)
);
CREATE INDEX ix_complaints_case_id ON complaints (case_id, id);
CREATE INDEX ix_complaints_open ON complaints (creditor_id, due_on) WHERE answered_at IS NULL;

-- When a claim was first contested. Written once: § 13f RDG turns on the day.
CREATE TABLE first_contests (
    claim_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    objection_id BIGINT NOT NULL,
    contested_on DATE NOT NULL,
    noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_first_contests PRIMARY KEY (claim_id),
    CONSTRAINT fk_first_contests_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_first_contests_objection_id FOREIGN KEY(objection_id) REFERENCES objections (id)
);
CREATE INDEX ix_first_contests_objection_id ON first_contests (objection_id);

-- One time that an objection was raised, with the words of that day. Never changed.
CREATE TABLE objection_mentions (
    id BIGSERIAL NOT NULL,
    objection_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    phase VARCHAR(40) NOT NULL,
    channel TEXT NOT NULL,
    raised_on DATE NOT NULL,
    words TEXT NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by BIGINT,
    CONSTRAINT pk_objection_mentions PRIMARY KEY (id),
    CONSTRAINT ck_objection_mentions_objectionphase CHECK (phase IN ('query', 'creditor', 'agency', 'court')),
    CONSTRAINT fk_objection_mentions_objection_id FOREIGN KEY(objection_id) REFERENCES objections (id),
    CONSTRAINT fk_objection_mentions_recorded_by FOREIGN KEY(recorded_by) REFERENCES users (id)
);
CREATE INDEX ix_objection_mentions_objection_id ON objection_mentions (objection_id);

-- Why an objection, a complaint or a failure to pay came about. The newest of each counts.
CREATE TABLE root_causes (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    objection_id BIGINT,
    complaint_id BIGINT,
    reason VARCHAR(40),
    cause VARCHAR(40) NOT NULL,
    noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    noted_by BIGINT,
    CONSTRAINT pk_root_causes PRIMARY KEY (id),
    CONSTRAINT ck_root_causes_cause
        CHECK (cause IN ('invoice_never_arrived', 'wrong_address', 'wrong_order_number',
            'delivery_fault', 'price', 'advice', 'other')),
    CONSTRAINT ck_root_causes_cause_reason
        CHECK (reason IN ('cannot_pay', 'forgot', 'not_received', 'internal_delay', 'dispute',
            'refuses', 'unknown')),
    CONSTRAINT ck_root_causes_of_one CHECK (num_nonnulls(objection_id, complaint_id, reason) = 1),
    CONSTRAINT fk_root_causes_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_root_causes_complaint_id FOREIGN KEY(complaint_id) REFERENCES complaints (id),
    CONSTRAINT fk_root_causes_noted_by FOREIGN KEY(noted_by) REFERENCES users (id),
    CONSTRAINT fk_root_causes_objection_id FOREIGN KEY(objection_id) REFERENCES objections (id)
);
CREATE INDEX ix_root_causes_case_id ON root_causes (case_id);
CREATE INDEX ix_root_causes_creditor_id ON root_causes (creditor_id, noted_at);

-- A piece of evidence that we ask for, with its day and what came of it.
CREATE TABLE objection_evidence (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    objection_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    label TEXT NOT NULL,
    side VARCHAR(40) NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE,
    asked_by BIGINT,
    due_on DATE,
    reminded_at TIMESTAMP WITH TIME ZONE,
    answered_at TIMESTAMP WITH TIME ZONE,
    answered_by BIGINT,
    has_none BOOLEAN DEFAULT 'false' NOT NULL,
    answer_on DATE,
    answer_yes BOOLEAN,
    answer_words TEXT,
    document_id BIGINT,
    explained TEXT,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_objection_evidence PRIMARY KEY (id),
    CONSTRAINT ck_objection_evidence_evidence_side CHECK (side IN ('creditor', 'debtor')),
    CONSTRAINT uq_objection_evidence_objection_id_label UNIQUE (objection_id, label),
    CONSTRAINT uq_objection_evidence_public_id UNIQUE (public_id),
    CONSTRAINT fk_objection_evidence_answered_by FOREIGN KEY(answered_by) REFERENCES users (id),
    CONSTRAINT fk_objection_evidence_asked_by FOREIGN KEY(asked_by) REFERENCES users (id),
    CONSTRAINT fk_objection_evidence_document_id FOREIGN KEY(document_id) REFERENCES claim_documents (id),
    CONSTRAINT fk_objection_evidence_objection_id FOREIGN KEY(objection_id) REFERENCES objections (id)
);
CREATE INDEX ix_objection_evidence_creditor ON objection_evidence (creditor_id, due_on) WHERE answered_at IS NULL AND closed_at IS NULL;
CREATE INDEX ix_objection_evidence_open ON objection_evidence (due_on) WHERE answered_at IS NULL AND closed_at IS NULL;

-- What the file of a claim says: a day, yes or no, or an amount. The newest counts.
CREATE TABLE claim_facts (
    id BIGSERIAL NOT NULL,
    claim_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    fact TEXT NOT NULL,
    fact_on DATE,
    fact_yes BOOLEAN,
    fact_cents BIGINT,
    piece_id BIGINT,
    noted_at TIMESTAMP WITH TIME ZONE NOT NULL,
    noted_by BIGINT,
    CONSTRAINT pk_claim_facts PRIMARY KEY (id),
    CONSTRAINT ck_claim_facts_one_value CHECK (num_nonnulls(fact_on, fact_yes, fact_cents) = 1),
    CONSTRAINT fk_claim_facts_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_claim_facts_noted_by FOREIGN KEY(noted_by) REFERENCES users (id),
    CONSTRAINT fk_claim_facts_piece_id FOREIGN KEY(piece_id) REFERENCES objection_evidence (id)
);
CREATE INDEX ix_claim_facts_claim_id ON claim_facts (claim_id, id);

-- Changed: What a debtor says against the claims of a case (Einwand).
ALTER TABLE objections
    DROP CONSTRAINT ck_objections_objectionkind,
    ADD COLUMN rest_released_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN rest_released_by BIGINT,
    ADD COLUMN rest_released_why TEXT,
    ADD COLUMN answer_due_on DATE,
    ADD COLUMN answered_at TIMESTAMP WITH TIME ZONE,
    ADD COLUMN told_creditor TEXT,
    ADD COLUMN indicators_then VARCHAR[],
    ADD CONSTRAINT ck_objections_objectionkind
        CHECK (kind IN ('paid', 'not_ordered', 'not_delivered', 'defect', 'wrong_amount',
            'price_not_agreed', 'withdrawn', 'cancelled', 'subscription_trap', 'not_liable',
            'identity_misuse', 'minor', 'deceased_debt', 'set_off', 'retention',
            'instalments_agreed', 'invoice_not_received', 'time_barred', 'costs_only',
            'no_authority', 'other')),
    ADD CONSTRAINT fk_objections_rest_released_by FOREIGN KEY(rest_released_by) REFERENCES users (id);
CREATE INDEX ix_objections_creditor_id_kind ON objections (creditor_id, kind, case_id);
