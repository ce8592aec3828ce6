-- One comparison with a list of a client (Abgleich der offenen Posten).
CREATE TABLE open_item_checks (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    as_of DATE NOT NULL,
    file_id BIGINT NOT NULL,
    state VARCHAR(40) NOT NULL,
    rows_read BIGINT NOT NULL,
    claims_compared BIGINT NOT NULL,
    equal_claims BIGINT NOT NULL,
    not_with_us BIGINT NOT NULL,
    findings JSONB NOT NULL,
    taken_in_at TIMESTAMP WITH TIME ZONE NOT NULL,
    taken_in_by BIGINT,
    CONSTRAINT pk_open_item_checks PRIMARY KEY (id),
    CONSTRAINT ck_open_item_checks_checkstate CHECK (state IN ('waiting', 'done', 'refused')),
    CONSTRAINT uq_open_item_checks_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_open_item_checks_public_id UNIQUE (public_id),
    CONSTRAINT fk_open_item_checks_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_open_item_checks_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_open_item_checks_taken_in_by FOREIGN KEY(taken_in_by) REFERENCES users (id)
);
CREATE INDEX ix_open_item_checks_creditor_id ON open_item_checks (creditor_id, id);

-- One claim in which his list and ours differ, and what he says of it.
CREATE TABLE open_item_questions (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    check_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    claim_id BIGINT NOT NULL,
    difference VARCHAR(40) NOT NULL,
    our_cents BIGINT NOT NULL,
    his_cents BIGINT NOT NULL,
    state VARCHAR(40) NOT NULL,
    answer VARCHAR(40),
    report_id BIGINT,
    answered_at TIMESTAMP WITH TIME ZONE,
    answered_by BIGINT,
    CONSTRAINT pk_open_item_questions PRIMARY KEY (id),
    CONSTRAINT ck_open_item_questions_answered_with_words CHECK ((state = 'answered') = (answer IS NOT NULL)),
    CONSTRAINT ck_open_item_questions_clientanswer CHECK (answer IN ('paid', 'credited', 'still_open')),
    CONSTRAINT ck_open_item_questions_difference CHECK (difference IN ('missing', 'less', 'more')),
    CONSTRAINT ck_open_item_questions_questionstate CHECK (state IN ('open', 'answered', 'noted', 'gone')),
    CONSTRAINT uq_open_item_questions_public_id UNIQUE (public_id),
    CONSTRAINT fk_open_item_questions_answered_by FOREIGN KEY(answered_by) REFERENCES users (id),
    CONSTRAINT fk_open_item_questions_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_open_item_questions_check_id_creditor_id FOREIGN KEY(check_id, creditor_id)
        REFERENCES open_item_checks (id, creditor_id),
    CONSTRAINT fk_open_item_questions_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_open_item_questions_report_id FOREIGN KEY(report_id) REFERENCES creditor_reports (id)
);
CREATE INDEX ix_open_item_questions_check_id ON open_item_questions (check_id);
CREATE INDEX ix_open_item_questions_claim_id ON open_item_questions (claim_id);
CREATE INDEX ix_open_item_questions_creditor_id ON open_item_questions (creditor_id, state, id);
