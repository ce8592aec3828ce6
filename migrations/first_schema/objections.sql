-- What a debtor says against the claims of a case (Einwand).
CREATE TABLE objections (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT,
    kind VARCHAR(40) NOT NULL,
    words TEXT NOT NULL,
    words_language TEXT NOT NULL,
    contests BOOLEAN NOT NULL,
    channel TEXT NOT NULL,
    raised_on DATE NOT NULL,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by BIGINT,
    verdict VARCHAR(40),
    verdict_reason TEXT,
    no_evidence TEXT,
    decided_at TIMESTAMP WITH TIME ZONE,
    decided_by BIGINT,
    decisions BIGINT DEFAULT '0' NOT NULL,
    CONSTRAINT pk_objections PRIMARY KEY (id),
    CONSTRAINT ck_objections_objectionkind
        CHECK (kind IN ('paid', 'not_ordered', 'not_delivered', 'defect', 'wrong_amount',
            'withdrawn', 'time_barred', 'not_liable', 'set_off', 'other')),
    CONSTRAINT ck_objections_verdict CHECK (verdict IN ('pretext', 'genuine', 'partly_genuine', 'undecided')),
    CONSTRAINT ck_objections_verdict_has_reason CHECK (verdict IS NULL OR length(btrim(verdict_reason)) > 0),
    CONSTRAINT uq_objections_public_id UNIQUE (public_id),
    CONSTRAINT fk_objections_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_objections_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_objections_decided_by FOREIGN KEY(decided_by) REFERENCES users (id),
    CONSTRAINT fk_objections_recorded_by FOREIGN KEY(recorded_by) REFERENCES users (id)
);
CREATE INDEX ix_objections_case_id ON objections (case_id);
CREATE INDEX ix_objections_open ON objections (case_id) WHERE verdict IS NULL;

-- A verdict that was given and taken up again, with the reason. Never changed.
CREATE TABLE earlier_verdicts (
    id BIGSERIAL NOT NULL,
    objection_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    verdict VARCHAR(40) NOT NULL,
    verdict_reason TEXT NOT NULL,
    no_evidence TEXT,
    decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by BIGINT,
    reopened_at TIMESTAMP WITH TIME ZONE NOT NULL,
    reopened_by BIGINT,
    reopened_because TEXT NOT NULL,
    CONSTRAINT pk_earlier_verdicts PRIMARY KEY (id),
    CONSTRAINT ck_earlier_verdicts_verdict
        CHECK (verdict IN ('pretext', 'genuine', 'partly_genuine', 'undecided')),
    CONSTRAINT fk_earlier_verdicts_decided_by FOREIGN KEY(decided_by) REFERENCES users (id),
    CONSTRAINT fk_earlier_verdicts_objection_id FOREIGN KEY(objection_id) REFERENCES objections (id),
    CONSTRAINT fk_earlier_verdicts_reopened_by FOREIGN KEY(reopened_by) REFERENCES users (id)
);
CREATE INDEX ix_earlier_verdicts_objection_id ON earlier_verdicts (objection_id);

-- Which claim, and how much of it, an objection is against.
CREATE TABLE objection_items (
    id BIGSERIAL NOT NULL,
    objection_id BIGINT NOT NULL,
    claim_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    amount_cents BIGINT NOT NULL,
    genuine_cents BIGINT,
    CONSTRAINT pk_objection_items PRIMARY KEY (id),
    CONSTRAINT ck_objection_items_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT ck_objection_items_genuine_within CHECK (genuine_cents BETWEEN 0 AND amount_cents),
    CONSTRAINT uq_objection_items_objection_id_claim_id UNIQUE (objection_id, claim_id),
    CONSTRAINT fk_objection_items_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_objection_items_objection_id FOREIGN KEY(objection_id) REFERENCES objections (id)
);
CREATE INDEX ix_objection_items_claim_id ON objection_items (claim_id);

-- What the file says about one question of the checklist. Staff only; changed until decided.
CREATE TABLE objection_checks (
    id BIGSERIAL NOT NULL,
    objection_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    question TEXT NOT NULL,
    finding TEXT NOT NULL,
    speaks_for VARCHAR(40) NOT NULL,
    document_id BIGINT,
    answered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    answered_by BIGINT,
    CONSTRAINT pk_objection_checks PRIMARY KEY (id),
    CONSTRAINT ck_objection_checks_speaksfor CHECK (speaks_for IN ('pretext', 'genuine', 'open')),
    CONSTRAINT uq_objection_checks_objection_id_question UNIQUE (objection_id, question),
    CONSTRAINT fk_objection_checks_answered_by FOREIGN KEY(answered_by) REFERENCES users (id),
    CONSTRAINT fk_objection_checks_document_id FOREIGN KEY(document_id) REFERENCES claim_documents (id),
    CONSTRAINT fk_objection_checks_objection_id FOREIGN KEY(objection_id) REFERENCES objections (id)
);
