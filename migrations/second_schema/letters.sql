-- The text that letters of a kind begin with (Vorlage), by version; what ships is a file.
CREATE TABLE letter_texts (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    language TEXT NOT NULL,
    number BIGINT NOT NULL,
    state VARCHAR(40) NOT NULL,
    body TEXT NOT NULL,
    written_by BIGINT,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    live_from DATE,
    CONSTRAINT pk_letter_texts PRIMARY KEY (id),
    CONSTRAINT ck_letter_texts_letterkind
        CHECK (kind IN ('first_demand', 'objection_reply', 'reminder', 'request_answer',
            'promise_confirmation', 'information', 'closing', 'before_court', 'plan_offer',
            'settlement', 'appointment', 'address_check', 'plan_reminder')),
    CONSTRAINT ck_letter_texts_textstate CHECK (state IN ('draft', 'live', 'retired')),
    CONSTRAINT uq_letter_texts_kind_language_number UNIQUE (kind, language, number),
    CONSTRAINT uq_letter_texts_public_id UNIQUE (public_id),
    CONSTRAINT fk_letter_texts_written_by FOREIGN KEY(written_by) REFERENCES users (id)
);
CREATE UNIQUE INDEX uq_letter_texts_draft ON letter_texts (kind, language) WHERE state = 'draft';
CREATE UNIQUE INDEX uq_letter_texts_live ON letter_texts (kind, language) WHERE state = 'live';

-- Letters that leave together, sorted, as one file with an index.
CREATE TABLE print_runs (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    state VARCHAR(40) NOT NULL,
    letters BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    prepared_by BIGINT,
    prepared_at TIMESTAMP WITH TIME ZONE NOT NULL,
    released_by BIGINT,
    released_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_print_runs PRIMARY KEY (id),
    CONSTRAINT ck_print_runs_printrunstate CHECK (state IN ('prepared', 'released', 'dropped')),
    CONSTRAINT ck_print_runs_released_when CHECK ((state = 'released') = (released_at IS NOT NULL)),
    CONSTRAINT uq_print_runs_public_id UNIQUE (public_id),
    CONSTRAINT fk_print_runs_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_print_runs_prepared_by FOREIGN KEY(prepared_by) REFERENCES users (id),
    CONSTRAINT fk_print_runs_released_by FOREIGN KEY(released_by) REFERENCES users (id)
);

-- What we ordered to find out where a debtor lives, and its cost (Anschriftenermittlung).
CREATE TABLE address_inquiries (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    provider TEXT NOT NULL,
    cost_cents BIGINT NOT NULL,
    state VARCHAR(40) NOT NULL,
    ordered_on DATE NOT NULL,
    ordered_by BIGINT,
    answered_on DATE,
    CONSTRAINT pk_address_inquiries PRIMARY KEY (id),
    CONSTRAINT ck_address_inquiries_cost_not_negative CHECK (cost_cents >= 0),
    CONSTRAINT ck_address_inquiries_inquirystate CHECK (state IN ('ordered', 'found', 'nothing')),
    CONSTRAINT uq_address_inquiries_public_id UNIQUE (public_id),
    CONSTRAINT fk_address_inquiries_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_address_inquiries_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_address_inquiries_ordered_by FOREIGN KEY(ordered_by) REFERENCES users (id)
);
CREATE INDEX ix_address_inquiries_case_id ON address_inquiries (case_id);
CREATE UNIQUE INDEX uq_address_inquiries_open ON address_inquiries (debtor_id) WHERE state = 'ordered';

-- One scan or mail.
CREATE TABLE post_items (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    file_id BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    sender TEXT,
    received_on DATE NOT NULL,
    pages BIGINT,
    excerpt TEXT,
    state VARCHAR(40) NOT NULL,
    case_id BIGINT,
    creditor_id BIGINT,
    how TEXT,
    how_detail TEXT,
    fault TEXT,
    twin_id BIGINT,
    added_by BIGINT,
    done_by BIGINT,
    done_at TIMESTAMP WITH TIME ZONE,
    set_aside_why TEXT,
    CONSTRAINT pk_post_items PRIMARY KEY (id),
    CONSTRAINT ck_post_items_assigned_to CHECK ((state = 'assigned') = (case_id IS NOT NULL)),
    CONSTRAINT ck_post_items_poststate CHECK (state IN ('reading', 'waiting', 'assigned', 'set_aside')),
    CONSTRAINT uq_post_items_public_id UNIQUE (public_id),
    CONSTRAINT fk_post_items_added_by FOREIGN KEY(added_by) REFERENCES users (id),
    CONSTRAINT fk_post_items_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_post_items_done_by FOREIGN KEY(done_by) REFERENCES users (id),
    CONSTRAINT fk_post_items_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_post_items_twin_id FOREIGN KEY(twin_id) REFERENCES post_items (id)
);
CREATE INDEX ix_post_items_case_id ON post_items (case_id);
CREATE INDEX ix_post_items_open ON post_items (received_on, id) WHERE state IN ('reading', 'waiting');
CREATE INDEX ix_post_items_sha256 ON post_items (sha256);

-- A document that goes with a letter; its name stands in the letter, its bytes beside it.
CREATE TABLE letter_attachments (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    draft_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    file_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    pages BIGINT NOT NULL,
    CONSTRAINT pk_letter_attachments PRIMARY KEY (id),
    CONSTRAINT uq_letter_attachments_draft_id_file_id UNIQUE (draft_id, file_id),
    CONSTRAINT uq_letter_attachments_public_id UNIQUE (public_id),
    CONSTRAINT fk_letter_attachments_draft_id FOREIGN KEY(draft_id)
        REFERENCES letter_drafts (id) ON DELETE CASCADE,
    CONSTRAINT fk_letter_attachments_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);

-- One letter to one mailbox.
CREATE TABLE letter_mails (
    letter_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    debtor_id BIGINT NOT NULL,
    to_address TEXT NOT NULL,
    message_id TEXT NOT NULL,
    state VARCHAR(40) NOT NULL,
    asked_by BIGINT,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    answer TEXT,
    CONSTRAINT pk_letter_mails PRIMARY KEY (letter_id),
    CONSTRAINT ck_letter_mails_mailedstate CHECK (state IN ('queued', 'sent', 'refused', 'bounced')),
    CONSTRAINT uq_letter_mails_message_id UNIQUE (message_id),
    CONSTRAINT fk_letter_mails_asked_by FOREIGN KEY(asked_by) REFERENCES users (id),
    CONSTRAINT fk_letter_mails_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_letter_mails_debtor_id FOREIGN KEY(debtor_id) REFERENCES debtors (id),
    CONSTRAINT fk_letter_mails_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id)
);
CREATE INDEX ix_letter_mails_case_id ON letter_mails (case_id);

-- One letter of a run; the key lets a letter be in one run only.
CREATE TABLE print_run_letters (
    letter_id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    place BIGINT NOT NULL,
    first_page BIGINT NOT NULL,
    pages BIGINT NOT NULL,
    CONSTRAINT pk_print_run_letters PRIMARY KEY (letter_id),
    CONSTRAINT fk_print_run_letters_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id),
    CONSTRAINT fk_print_run_letters_run_id FOREIGN KEY(run_id) REFERENCES print_runs (id)
);
CREATE INDEX ix_print_run_letters_run_id ON print_run_letters (run_id);

-- Changed: A letter that somebody is writing: what was typed is kept, right or wrong.
ALTER TABLE letter_drafts
    DROP CONSTRAINT ck_letter_drafts_letterkind,
    ADD CONSTRAINT ck_letter_drafts_letterkind
        CHECK (kind IN ('first_demand', 'objection_reply', 'reminder', 'request_answer',
            'promise_confirmation', 'information', 'closing', 'before_court', 'plan_offer',
            'settlement', 'appointment', 'address_check', 'plan_reminder'));

-- Changed: One letter to one debtor. Its content is frozen when it is released.
ALTER TABLE letters
    DROP CONSTRAINT ck_letters_letterkind,
    ADD CONSTRAINT ck_letters_letterkind
        CHECK (kind IN ('first_demand', 'objection_reply', 'reminder', 'request_answer',
            'promise_confirmation', 'information', 'closing', 'before_court', 'plan_offer',
            'settlement', 'appointment', 'address_check', 'plan_reminder'));
