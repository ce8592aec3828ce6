-- How far a mailbox has been read, and when it was looked at.
CREATE TABLE post_mailboxes (
    id BIGSERIAL NOT NULL,
    name TEXT NOT NULL,
    validity BIGINT DEFAULT '0' NOT NULL,
    last_number BIGINT DEFAULT '0' NOT NULL,
    recounted BOOLEAN DEFAULT 'false' NOT NULL,
    looked_at TIMESTAMP WITH TIME ZONE,
    fault TEXT,
    CONSTRAINT pk_post_mailboxes PRIMARY KEY (id),
    CONSTRAINT uq_post_mailboxes_name UNIQUE (name)
);

-- A letter of ours that post brought back, once, whatever its address is worth now.
CREATE TABLE returned_letters (
    letter_id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    came_back_on DATE NOT NULL,
    CONSTRAINT pk_returned_letters PRIMARY KEY (letter_id),
    CONSTRAINT fk_returned_letters_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_returned_letters_letter_id FOREIGN KEY(letter_id) REFERENCES letters (id)
);
CREATE INDEX ix_returned_letters_case_id ON returned_letters (case_id);

-- Changed: The text that letters of a kind begin with (Vorlage), by version; what ships is a file.
ALTER TABLE letter_texts
    DROP CONSTRAINT ck_letter_texts_letterkind,
    ADD CONSTRAINT ck_letter_texts_letterkind
        CHECK (kind IN ('first_demand', 'objection_reply', 'reminder', 'request_answer',
            'promise_confirmation', 'information', 'closing', 'before_court', 'plan_offer',
            'settlement', 'appointment', 'address_check', 'plan_reminder', 'sepa_mandate',
            'debit_notice', 'claims_statement'));

-- Changed: A letter that somebody is writing: what was typed is kept, right or wrong.
ALTER TABLE letter_drafts
    DROP CONSTRAINT ck_letter_drafts_letterkind,
    ADD COLUMN appointment TEXT DEFAULT '' NOT NULL,
    ADD CONSTRAINT ck_letter_drafts_letterkind
        CHECK (kind IN ('first_demand', 'objection_reply', 'reminder', 'request_answer',
            'promise_confirmation', 'information', 'closing', 'before_court', 'plan_offer',
            'settlement', 'appointment', 'address_check', 'plan_reminder', 'sepa_mandate',
            'debit_notice', 'claims_statement'));

-- Changed: One letter to one debtor. Its content is frozen when it is released.
ALTER TABLE letters
    DROP CONSTRAINT ck_letters_letterkind,
    ADD CONSTRAINT ck_letters_letterkind
        CHECK (kind IN ('first_demand', 'objection_reply', 'reminder', 'request_answer',
            'promise_confirmation', 'information', 'closing', 'before_court', 'plan_offer',
            'settlement', 'appointment', 'address_check', 'plan_reminder', 'sepa_mandate',
            'debit_notice', 'claims_statement'));

-- Changed: One letter to one mailbox.
ALTER TABLE letter_mails
    DROP CONSTRAINT ck_letter_mails_mailedstate,
    ADD CONSTRAINT ck_letter_mails_mailedstate CHECK (state IN ('queued', 'sent', 'refused', 'bounced', 'given_up'));
CREATE INDEX ix_letter_mails_debtor_id ON letter_mails (debtor_id, asked_at);
