-- A letter that somebody is writing: what was typed is kept, right or wrong.
CREATE TABLE letter_drafts (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    term_days BIGINT DEFAULT '10' NOT NULL,
    next_step TEXT DEFAULT 'call' NOT NULL,
    contract_circumstances TEXT DEFAULT '' NOT NULL,
    written_by BIGINT,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    released_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_letter_drafts PRIMARY KEY (id),
    CONSTRAINT ck_letter_drafts_letterkind
        CHECK (kind IN ('first_demand', 'objection_reply', 'reminder', 'request_answer',
            'promise_confirmation', 'information', 'closing')),
    CONSTRAINT uq_letter_drafts_public_id UNIQUE (public_id),
    CONSTRAINT fk_letter_drafts_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_letter_drafts_written_by FOREIGN KEY(written_by) REFERENCES users (id)
);
CREATE INDEX ix_letter_drafts_open ON letter_drafts (case_id) WHERE released_at IS NULL;

-- One letter to one debtor. Its content is frozen when it is released.
CREATE TABLE letters (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    number TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    channel VARCHAR(40) NOT NULL,
    state VARCHAR(40) NOT NULL,
    language TEXT NOT NULL,
    template_version TEXT NOT NULL,
    content JSONB NOT NULL,
    demanded_cents BIGINT,
    dispatched_on DATE NOT NULL,
    pay_by DATE,
    released_by BIGINT,
    released_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_letters PRIMARY KEY (id),
    CONSTRAINT ck_letters_channel CHECK (channel IN ('print', 'email')),
    CONSTRAINT ck_letters_letterkind
        CHECK (kind IN ('first_demand', 'objection_reply', 'reminder', 'request_answer',
            'promise_confirmation', 'information', 'closing')),
    CONSTRAINT ck_letters_letterstate CHECK (state IN ('queued', 'sent', 'cancelled')),
    CONSTRAINT uq_letters_number UNIQUE (number),
    CONSTRAINT uq_letters_public_id UNIQUE (public_id),
    CONSTRAINT fk_letters_case_id_creditor_id FOREIGN KEY(case_id, creditor_id) REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_letters_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_letters_released_by FOREIGN KEY(released_by) REFERENCES users (id)
);
CREATE INDEX ix_letters_case_id ON letters (case_id, id);

-- A consequence that a letter announced: from then on a dated duty of ours.
CREATE TABLE announcements (
    id BIGSERIAL NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    letter_id BIGINT NOT NULL,
    step TEXT NOT NULL,
    due_on DATE NOT NULL,
    kept_at TIMESTAMP WITH TIME ZONE,
    dropped_at TIMESTAMP WITH TIME ZONE,
    dropped_reason TEXT,
    CONSTRAINT pk_announcements PRIMARY KEY (id),
    CONSTRAINT ck_announcements_dropped_why CHECK ((dropped_at IS NULL) = (dropped_reason IS NULL)),
    CONSTRAINT fk_announcements_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_announcements_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id)
);
CREATE INDEX ix_announcements_letter_id ON announcements (letter_id);
CREATE INDEX ix_announcements_open ON announcements (due_on) WHERE kept_at IS NULL AND dropped_at IS NULL;

-- The bytes of a letter that left the house. Never changed, never rendered again.
CREATE TABLE sent_letters (
    letter_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    pages BIGINT NOT NULL,
    sent_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_sent_letters PRIMARY KEY (letter_id),
    CONSTRAINT uq_sent_letters_file_id UNIQUE (file_id),
    CONSTRAINT fk_sent_letters_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_sent_letters_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id)
);
