-- How the house files: one row.
CREATE TABLE court_settings (
    id BIGSERIAL NOT NULL,
    file_letters TEXT NOT NULL,
    last_file_number BIGINT NOT NULL,
    confirmed_fields TEXT[] NOT NULL,
    query_days BIGINT NOT NULL,
    payment_days BIGINT NOT NULL,
    credit_in TEXT NOT NULL,
    four_eyes BOOLEAN NOT NULL,
    CONSTRAINT pk_court_settings PRIMARY KEY (id),
    CONSTRAINT ck_court_settings_credit_in_one CHECK (credit_in IN ('fee', 'costs')),
    CONSTRAINT ck_court_settings_one_row CHECK (id = 1)
);

-- A court for litigation that legal has typed for a postcode; proposed the next time.
CREATE TABLE trial_courts_known (
    postcode TEXT NOT NULL,
    kind TEXT NOT NULL,
    court_postcode TEXT NOT NULL,
    court_place TEXT NOT NULL,
    case_number TEXT NOT NULL,
    typed_on DATE NOT NULL,
    CONSTRAINT pk_trial_courts_known PRIMARY KEY (postcode, kind)
);

-- One version of the directory: its file, where it is from, and who took it.
CREATE TABLE court_directories (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    state VARCHAR(40) NOT NULL,
    file_id BIGINT NOT NULL,
    filename TEXT NOT NULL,
    source TEXT NOT NULL,
    as_of DATE NOT NULL,
    rows_count BIGINT NOT NULL,
    courts_count BIGINT NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_by BIGINT NOT NULL,
    taken_at TIMESTAMP WITH TIME ZONE,
    taken_by BIGINT,
    CONSTRAINT pk_court_directories PRIMARY KEY (id),
    CONSTRAINT ck_court_directories_directorystate CHECK (state IN ('proposed', 'current', 'replaced')),
    CONSTRAINT uq_court_directories_public_id UNIQUE (public_id),
    CONSTRAINT fk_court_directories_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_court_directories_read_by FOREIGN KEY(read_by) REFERENCES users (id),
    CONSTRAINT fk_court_directories_taken_by FOREIGN KEY(taken_by) REFERENCES users (id)
);
CREATE UNIQUE INDEX uq_court_directories_current ON court_directories (state) WHERE state = 'current';

-- A file of a court as it came. Never changed.
CREATE TABLE court_inbox_files (
    id BIGSERIAL NOT NULL,
    file_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    messages_count BIGINT NOT NULL,
    findings JSONB NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    received_by BIGINT,
    CONSTRAINT pk_court_inbox_files PRIMARY KEY (id),
    CONSTRAINT uq_court_inbox_files_file_id UNIQUE (file_id),
    CONSTRAINT uq_court_inbox_files_sha256 UNIQUE (sha256),
    CONSTRAINT fk_court_inbox_files_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_court_inbox_files_received_by FOREIGN KEY(received_by) REFERENCES users (id)
);

-- What somebody has declared or what legal has asked, with its day. Never changed.
CREATE TABLE court_declarations (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    answer TEXT NOT NULL,
    declared_on DATE NOT NULL,
    note TEXT,
    remembered_from TEXT,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by BIGINT,
    CONSTRAINT pk_court_declarations PRIMARY KEY (id),
    CONSTRAINT fk_court_declarations_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_court_declarations_recorded_by FOREIGN KEY(recorded_by) REFERENCES users (id)
);
CREATE INDEX ix_court_declarations_case_id ON court_declarations (case_id, kind, id);

-- What was entered for one creditor's application and holds for the next one too.
CREATE TABLE court_memories (
    creditor_id BIGINT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    kept_on DATE NOT NULL,
    kept_by BIGINT,
    CONSTRAINT pk_court_memories PRIMARY KEY (creditor_id, key),
    CONSTRAINT fk_court_memories_case_id FOREIGN KEY(case_id) REFERENCES cases (id),
    CONSTRAINT fk_court_memories_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_court_memories_kept_by FOREIGN KEY(kept_by) REFERENCES users (id)
);

-- One message of a court: a proposal until somebody applies it.
CREATE TABLE court_messages (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    inbox_file_id BIGINT NOT NULL,
    record BIGINT NOT NULL,
    fingerprint TEXT NOT NULL,
    kind TEXT NOT NULL,
    event TEXT NOT NULL,
    own_ref TEXT NOT NULL,
    court_numbers TEXT[] NOT NULL,
    sent_on DATE NOT NULL,
    content JSONB NOT NULL,
    excerpt BYTEA NOT NULL,
    is_damaged BOOLEAN NOT NULL,
    state VARCHAR(40) NOT NULL,
    refusal TEXT,
    case_id BIGINT,
    creditor_id BIGINT,
    decided_at TIMESTAMP WITH TIME ZONE,
    decided_by BIGINT,
    CONSTRAINT pk_court_messages PRIMARY KEY (id),
    CONSTRAINT ck_court_messages_messagestate
        CHECK (state IN ('proposed', 'applied', 'parked', 'refused', 'set_aside')),
    CONSTRAINT uq_court_messages_fingerprint UNIQUE (fingerprint),
    CONSTRAINT uq_court_messages_public_id UNIQUE (public_id),
    CONSTRAINT fk_court_messages_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_court_messages_decided_by FOREIGN KEY(decided_by) REFERENCES users (id),
    CONSTRAINT fk_court_messages_inbox_file_id FOREIGN KEY(inbox_file_id) REFERENCES court_inbox_files (id)
);
CREATE INDEX ix_court_messages_case_id ON court_messages (case_id, id);
CREATE INDEX ix_court_messages_inbox_file_id ON court_messages (inbox_file_id);
CREATE INDEX ix_court_messages_state ON court_messages (state, id);

-- One line of the current directory: the court for a postcode, or for one place in it.
CREATE TABLE directory_courts (
    id BIGSERIAL NOT NULL,
    directory_id BIGINT NOT NULL,
    postcode TEXT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    court_postcode TEXT NOT NULL,
    court_place TEXT NOT NULL,
    court_name TEXT NOT NULL,
    CONSTRAINT pk_directory_courts PRIMARY KEY (id),
    CONSTRAINT ck_directory_courts_kind_known CHECK (kind IN ('1', '2')),
    CONSTRAINT fk_directory_courts_directory_id FOREIGN KEY(directory_id) REFERENCES court_directories (id)
);
CREATE INDEX ix_directory_courts_postcode ON directory_courts (postcode, kind);

-- The proceeding against one debtor. State and court number follow from its events.
CREATE TABLE proceedings (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    position BIGINT NOT NULL,
    own_ref TEXT NOT NULL,
    court_number TEXT,
    court TEXT NOT NULL,
    place TEXT NOT NULL,
    trial_court TEXT NOT NULL,
    trial_place TEXT NOT NULL,
    applied_on DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    state_since DATE NOT NULL,
    CONSTRAINT pk_proceedings PRIMARY KEY (id),
    CONSTRAINT ck_proceedings_state
        CHECK (state IN ('applied', 'order_issued', 'order_not_served', 'order_new_service',
            'order_served', 'partly_opposed', 'enforcement_applied', 'enforcement_issued',
            'enforcement_not_served', 'enforcement_new_service', 'enforcement_served', 'opposed',
            'protested', 'referral_requested', 'referred', 'final', 'refused', 'lapsed',
            'withdrawn', 'resolved')),
    CONSTRAINT uq_proceedings_own_ref_position UNIQUE (own_ref, position),
    CONSTRAINT uq_proceedings_public_id UNIQUE (public_id),
    CONSTRAINT fk_proceedings_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_proceedings_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id)
);
CREATE INDEX ix_proceedings_case_id ON proceedings (case_id);
CREATE INDEX ix_proceedings_court_number ON proceedings (court_number);
CREATE INDEX ix_proceedings_debtor_id ON proceedings (debtor_id);
CREATE INDEX ix_proceedings_state ON proceedings (state, id);

-- What a court asks for, with its reference and day (Gerichtskostenrechnung).
CREATE TABLE court_payables (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    own_ref TEXT NOT NULL,
    message_id BIGINT NOT NULL,
    payee TEXT NOT NULL,
    iban TEXT NOT NULL,
    reference TEXT NOT NULL,
    amount_cents BIGINT NOT NULL,
    due_on DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    journal_id BIGINT NOT NULL,
    paid_on DATE,
    paid_from TEXT,
    paid_by BIGINT,
    payment_journal_id BIGINT,
    CONSTRAINT pk_court_payables PRIMARY KEY (id),
    CONSTRAINT ck_court_payables_amount_positive CHECK (amount_cents > 0),
    CONSTRAINT ck_court_payables_paid_has_day CHECK ((state = 'paid') = (paid_on IS NOT NULL)),
    CONSTRAINT ck_court_payables_payablestate CHECK (state IN ('open', 'paid')),
    CONSTRAINT uq_court_payables_message_id UNIQUE (message_id),
    CONSTRAINT uq_court_payables_public_id UNIQUE (public_id),
    CONSTRAINT fk_court_payables_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_court_payables_journal_id FOREIGN KEY(journal_id) REFERENCES journals (id),
    CONSTRAINT fk_court_payables_message_id FOREIGN KEY(message_id) REFERENCES court_messages (id),
    CONSTRAINT fk_court_payables_paid_by FOREIGN KEY(paid_by) REFERENCES users (id),
    CONSTRAINT fk_court_payables_payment_journal_id FOREIGN KEY(payment_journal_id) REFERENCES journals (id)
);
CREATE INDEX ix_court_payables_case_id ON court_payables (case_id);
CREATE INDEX ix_court_payables_open ON court_payables (due_on, id) WHERE state = 'open';

-- One file for one court (Stapel), from its first release on; its bytes never change.
CREATE TABLE filing_batches (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    court TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    file_number TEXT NOT NULL,
    is_typed BOOLEAN NOT NULL,
    made_on DATE NOT NULL,
    filings_count BIGINT NOT NULL,
    principal_cents BIGINT NOT NULL,
    court_fees_cents BIGINT NOT NULL,
    sums JSONB NOT NULL,
    released_by BIGINT NOT NULL,
    released_at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_count BIGINT NOT NULL,
    returned TEXT[] NOT NULL,
    bank_entry_id BIGINT NOT NULL,
    confirmed_by BIGINT,
    confirmed_at TIMESTAMP WITH TIME ZONE,
    fetched_by BIGINT,
    fetched_at TIMESTAMP WITH TIME ZONE,
    handed_over_by BIGINT,
    handed_over_at TIMESTAMP WITH TIME ZONE,
    channel TEXT,
    received_at TIMESTAMP WITH TIME ZONE,
    receipt_id BIGINT,
    note TEXT,
    CONSTRAINT pk_filing_batches PRIMARY KEY (id),
    CONSTRAINT ck_filing_batches_batchstate
        CHECK (state IN ('making', 'released', 'confirmed', 'handed_over', 'received', 'sent_back')),
    CONSTRAINT ck_filing_batches_filingkind CHECK (kind IN ('01', '07', '08', '10', '20', '25', '29')),
    CONSTRAINT ck_filing_batches_four_eyes CHECK (confirmed_by IS NULL OR confirmed_by <> released_by),
    CONSTRAINT uq_filing_batches_public_id UNIQUE (public_id),
    CONSTRAINT fk_filing_batches_confirmed_by FOREIGN KEY(confirmed_by) REFERENCES users (id),
    CONSTRAINT fk_filing_batches_fetched_by FOREIGN KEY(fetched_by) REFERENCES users (id),
    CONSTRAINT fk_filing_batches_handed_over_by FOREIGN KEY(handed_over_by) REFERENCES users (id),
    CONSTRAINT fk_filing_batches_receipt_id FOREIGN KEY(receipt_id) REFERENCES court_messages (id),
    CONSTRAINT fk_filing_batches_released_by FOREIGN KEY(released_by) REFERENCES users (id)
);
CREATE INDEX ix_filing_batches_state ON filing_batches (state, id);

-- An enforceable title (Vollstreckungsbescheid) against one debtor, good for 30 years.
CREATE TABLE titles (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    proceeding_id BIGINT NOT NULL,
    court TEXT NOT NULL,
    court_number TEXT,
    issued_on DATE NOT NULL,
    served_on DATE,
    final_on DATE,
    expires_on DATE,
    follow_up_on DATE NOT NULL,
    CONSTRAINT pk_titles PRIMARY KEY (id),
    CONSTRAINT uq_titles_proceeding_id UNIQUE (proceeding_id),
    CONSTRAINT uq_titles_public_id UNIQUE (public_id),
    CONSTRAINT fk_titles_case_id_creditor_id FOREIGN KEY(case_id, creditor_id) REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_titles_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_titles_proceeding_id FOREIGN KEY(proceeding_id) REFERENCES proceedings (id)
);
CREATE INDEX ix_titles_case_id ON titles (case_id);

-- The bytes of a batch as they left the house, with their hash. Never changed.
CREATE TABLE court_files (
    batch_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    made_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_court_files PRIMARY KEY (batch_id),
    CONSTRAINT uq_court_files_file_id UNIQUE (file_id),
    CONSTRAINT fk_court_files_batch_id FOREIGN KEY(batch_id) REFERENCES filing_batches (id),
    CONSTRAINT fk_court_files_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);

-- One application of a case (Antrag); frozen with its batch.
CREATE TABLE filings (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    own_ref TEXT NOT NULL,
    proceeding_id BIGINT,
    message_id BIGINT,
    batch_id BIGINT,
    court TEXT,
    content JSONB NOT NULL,
    remembered JSONB NOT NULL,
    reasons JSONB NOT NULL,
    findings JSONB NOT NULL,
    errors BIGINT NOT NULL,
    warnings BIGINT NOT NULL,
    checked_at TIMESTAMP WITH TIME ZONE,
    principal_cents BIGINT NOT NULL,
    costs_cents BIGINT NOT NULL,
    released_balance_cents BIGINT,
    because TEXT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    created_by BIGINT,
    CONSTRAINT pk_filings PRIMARY KEY (id),
    CONSTRAINT ck_filings_filingkind CHECK (kind IN ('01', '07', '08', '10', '20', '25', '29')),
    CONSTRAINT ck_filings_filingstate CHECK (state IN ('draft', 'batched', 'handed_over', 'dropped')),
    CONSTRAINT uq_filings_public_id UNIQUE (public_id),
    CONSTRAINT fk_filings_batch_id FOREIGN KEY(batch_id) REFERENCES filing_batches (id),
    CONSTRAINT fk_filings_case_id_creditor_id FOREIGN KEY(case_id, creditor_id) REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_filings_created_by FOREIGN KEY(created_by) REFERENCES users (id),
    CONSTRAINT fk_filings_message_id FOREIGN KEY(message_id) REFERENCES court_messages (id),
    CONSTRAINT fk_filings_proceeding_id FOREIGN KEY(proceeding_id) REFERENCES proceedings (id)
);
CREATE INDEX ix_filings_batch_id ON filings (batch_id);
CREATE INDEX ix_filings_case_id ON filings (case_id);
CREATE INDEX ix_filings_own_ref ON filings (own_ref);
CREATE INDEX ix_filings_proceeding_id ON filings (proceeding_id);
CREATE INDEX ix_filings_state ON filings (state, court, id);
CREATE UNIQUE INDEX uq_filings_open ON filings (case_id, kind, coalesce(proceeding_id, 0)) WHERE state IN ('draft', 'batched');

-- One thing that happened in a proceeding. Never changed; a mistake is revoked by a new row.
CREATE TABLE proceeding_events (
    id BIGSERIAL NOT NULL,
    proceeding_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    happened_on DATE NOT NULL,
    is_partial BOOLEAN NOT NULL,
    received_on DATE,
    message_id BIGINT,
    filing_id BIGINT,
    note TEXT,
    revokes_id BIGINT,
    recorded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    recorded_by BIGINT,
    CONSTRAINT pk_proceeding_events PRIMARY KEY (id),
    CONSTRAINT ck_proceeding_events_courteventkind
        CHECK (kind IN ('query', 'query_answered', 'refused', 'action_filed', 'mb_issued',
            'fee_paid', 'mb_not_served', 'mb_new_service', 'mb_served', 'opposed', 'vb_applied',
            'vb_refused', 'vb_issued', 'vb_not_served', 'vb_new_service', 'vb_served', 'protested',
            'referral_requested', 'referred', 'statement_requested', 'statement_filed',
            'became_final', 'lapsed', 'withdrawn', 'resolved')),
    CONSTRAINT fk_proceeding_events_filing_id FOREIGN KEY(filing_id) REFERENCES filings (id),
    CONSTRAINT fk_proceeding_events_message_id FOREIGN KEY(message_id) REFERENCES court_messages (id),
    CONSTRAINT fk_proceeding_events_proceeding_id FOREIGN KEY(proceeding_id) REFERENCES proceedings (id),
    CONSTRAINT fk_proceeding_events_recorded_by FOREIGN KEY(recorded_by) REFERENCES users (id),
    CONSTRAINT fk_proceeding_events_revokes_id FOREIGN KEY(revokes_id) REFERENCES proceeding_events (id)
);
CREATE INDEX ix_proceeding_events_proceeding_id ON proceeding_events (proceeding_id, id);
CREATE UNIQUE INDEX uq_proceeding_events_revokes_id ON proceeding_events (revokes_id);

-- One deadline of one debtor, with its rule, its start event and its computed day.
CREATE TABLE legal_deadlines (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    proceeding_id BIGINT NOT NULL,
    rule_id TEXT NOT NULL,
    name TEXT NOT NULL,
    whose TEXT NOT NULL,
    event_id BIGINT NOT NULL,
    started_on DATE NOT NULL,
    computed_day DATE NOT NULL,
    last_day DATE NOT NULL,
    law TEXT NOT NULL,
    notes TEXT[] NOT NULL,
    state VARCHAR(40) NOT NULL,
    closed_by_event_id BIGINT,
    closed_reason TEXT,
    closed_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_legal_deadlines PRIMARY KEY (id),
    CONSTRAINT ck_legal_deadlines_deadlinestate CHECK (state IN ('open', 'closed')),
    CONSTRAINT uq_legal_deadlines_public_id UNIQUE (public_id),
    CONSTRAINT fk_legal_deadlines_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_legal_deadlines_closed_by_event_id FOREIGN KEY(closed_by_event_id)
        REFERENCES proceeding_events (id),
    CONSTRAINT fk_legal_deadlines_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_legal_deadlines_event_id FOREIGN KEY(event_id) REFERENCES proceeding_events (id),
    CONSTRAINT fk_legal_deadlines_proceeding_id FOREIGN KEY(proceeding_id) REFERENCES proceedings (id)
);
CREATE INDEX ix_legal_deadlines_case_id ON legal_deadlines (case_id);
CREATE INDEX ix_legal_deadlines_open ON legal_deadlines (last_day, id) WHERE state = 'open';
CREATE INDEX ix_legal_deadlines_proceeding_id ON legal_deadlines (proceeding_id);
CREATE UNIQUE INDEX uq_legal_deadlines_event_rule ON legal_deadlines (event_id, rule_id);

-- Who changed a deadline or a filing date, when, before and after. Never changed.
CREATE TABLE liability_log (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    deadline_id BIGINT,
    subject TEXT NOT NULL,
    action TEXT NOT NULL,
    before JSONB NOT NULL,
    after JSONB NOT NULL,
    reason TEXT,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    by BIGINT,
    CONSTRAINT pk_liability_log PRIMARY KEY (id),
    CONSTRAINT fk_liability_log_by FOREIGN KEY(by) REFERENCES users (id),
    CONSTRAINT fk_liability_log_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_liability_log_deadline_id FOREIGN KEY(deadline_id) REFERENCES legal_deadlines (id)
);
CREATE INDEX ix_liability_log_case_id ON liability_log (case_id, id);
