-- What to beware of at a debtor's. Staff only: no letter, no export and no portal has it.
CREATE TABLE safety_notes (
    debtor_id BIGINT NOT NULL,
    words TEXT NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_by BIGINT,
    CONSTRAINT pk_safety_notes PRIMARY KEY (debtor_id),
    CONSTRAINT fk_safety_notes_changed_by FOREIGN KEY(changed_by) REFERENCES users (id),
    CONSTRAINT fk_safety_notes_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);

-- The estate of one debtor of a case.
CREATE TABLE estates (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    died_on DATE,
    asked_on DATE,
    court TEXT,
    file_id BIGINT,
    heirs_named_at TIMESTAMP WITH TIME ZONE,
    how_known TEXT,
    heirs JSONB,
    CONSTRAINT pk_estates PRIMARY KEY (id),
    CONSTRAINT uq_estates_case_id_debtor_id UNIQUE (case_id, debtor_id),
    CONSTRAINT fk_estates_case_id_creditor_id FOREIGN KEY(case_id, creditor_id) REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_estates_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_estates_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);
CREATE INDEX ix_estates_debtor_id ON estates (debtor_id);

-- One meeting: invited with an agenda, held with minutes.
CREATE TABLE meetings (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    host_id BIGINT NOT NULL,
    begins_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    place TEXT NOT NULL,
    attendees TEXT,
    agenda TEXT NOT NULL,
    state VARCHAR(40) NOT NULL,
    letter_draft_id BIGINT,
    planned_by BIGINT,
    planned_at TIMESTAMP WITH TIME ZONE NOT NULL,
    minutes TEXT,
    held_at TIMESTAMP WITH TIME ZONE,
    ended_because TEXT,
    CONSTRAINT pk_meetings PRIMARY KEY (id),
    CONSTRAINT ck_meetings_meetingstate CHECK (state IN ('planned', 'held', 'cancelled')),
    CONSTRAINT ck_meetings_window CHECK (ends_at > begins_at),
    CONSTRAINT uq_meetings_public_id UNIQUE (public_id),
    CONSTRAINT fk_meetings_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_meetings_host_id FOREIGN KEY(host_id) REFERENCES users (id),
    CONSTRAINT fk_meetings_letter_draft_id FOREIGN KEY(letter_draft_id)
        REFERENCES letter_drafts (id) ON DELETE SET NULL
);
CREATE INDEX ix_meetings_case_id ON meetings (case_id, begins_at);

-- One visit, from the plan to its report.
CREATE TABLE visits (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    visitor_id BIGINT NOT NULL,
    begins_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
    purpose VARCHAR(40) NOT NULL,
    with_whom TEXT,
    place_note TEXT,
    state VARCHAR(40) NOT NULL,
    overridden_because TEXT,
    letter_draft_id BIGINT,
    receipt_id BIGINT NOT NULL,
    planned_by BIGINT,
    planned_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_because TEXT,
    contact_id BIGINT,
    reported_at TIMESTAMP WITH TIME ZONE,
    cost_cents BIGINT,
    cost_words TEXT,
    CONSTRAINT pk_visits PRIMARY KEY (id),
    CONSTRAINT ck_visits_visitpurpose CHECK (purpose IN ('payment', 'clarify', 'documents', 'address')),
    CONSTRAINT ck_visits_visitstate CHECK (state IN ('planned', 'asked', 'refused', 'reported', 'cancelled')),
    CONSTRAINT ck_visits_window CHECK (ends_at > begins_at),
    CONSTRAINT uq_visits_public_id UNIQUE (public_id),
    CONSTRAINT fk_visits_case_id_creditor_id FOREIGN KEY(case_id, creditor_id) REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_visits_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_visits_letter_draft_id FOREIGN KEY(letter_draft_id)
        REFERENCES letter_drafts (id) ON DELETE SET NULL,
    CONSTRAINT fk_visits_receipt_id FOREIGN KEY(receipt_id) REFERENCES cash_receipts (id),
    CONSTRAINT fk_visits_visitor_id FOREIGN KEY(visitor_id) REFERENCES users (id)
);
CREATE INDEX ix_visits_case_id ON visits (case_id, begins_at);
CREATE INDEX ix_visits_debtor_id ON visits (debtor_id);
CREATE INDEX ix_visits_open ON visits (begins_at) WHERE state IN ('planned', 'asked');
CREATE INDEX ix_visits_route ON visits (visitor_id, begins_at);

-- What a client decided about a visit that his contract lets him decide on; written once.
CREATE TABLE visit_decisions (
    visit_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    agrees BOOLEAN NOT NULL,
    words TEXT,
    decided_by BIGINT NOT NULL,
    decided_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_visit_decisions PRIMARY KEY (visit_id),
    CONSTRAINT fk_visit_decisions_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_visit_decisions_decided_by FOREIGN KEY(decided_by) REFERENCES users (id),
    CONSTRAINT fk_visit_decisions_visit_id FOREIGN KEY(visit_id) REFERENCES visits (id)
);
CREATE INDEX ix_visit_decisions_creditor_id ON visit_decisions (creditor_id);

-- A paper that was photographed or fetched at a visit: a document or a receipt.
CREATE TABLE visit_papers (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    visit_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    added_on DATE NOT NULL,
    added_by BIGINT,
    CONSTRAINT pk_visit_papers PRIMARY KEY (id),
    CONSTRAINT ck_visit_papers_paperkind CHECK (kind IN ('receipt', 'payment_proof', 'document', 'letter')),
    CONSTRAINT uq_visit_papers_public_id UNIQUE (public_id),
    CONSTRAINT fk_visit_papers_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_visit_papers_visit_id FOREIGN KEY(visit_id) REFERENCES visits (id)
);
CREATE INDEX ix_visit_papers_visit_id ON visit_papers (visit_id);

-- Changed: One request of a debtor, with the day by which the house answers it.
ALTER TABLE debtor_requests
    DROP CONSTRAINT ck_debtor_requests_requestkind,
    ADD CONSTRAINT ck_debtor_requests_requestkind
        CHECK (kind IN ('information', 'copy', 'question', 'insolvency_statement', 'counsellor_plan'));
