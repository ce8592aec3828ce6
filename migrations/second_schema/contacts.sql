-- The rules of contact that the house has entered; there is at most one row.
CREATE TABLE contact_policy (
    id BIGSERIAL NOT NULL,
    rules JSONB NOT NULL,
    closed_days TEXT[] NOT NULL,
    changed_at TIMESTAMP WITH TIME ZONE NOT NULL,
    changed_by BIGINT,
    CONSTRAINT pk_contact_policy PRIMARY KEY (id),
    CONSTRAINT ck_contact_policy_one_row CHECK (id = 1),
    CONSTRAINT fk_contact_policy_changed_by FOREIGN KEY(changed_by) REFERENCES users (id)
);

-- One request of a debtor, with the day by which the house answers it.
CREATE TABLE debtor_requests (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    words TEXT,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    due_on DATE NOT NULL,
    contact_id BIGINT,
    hold_id BIGINT,
    answered_at TIMESTAMP WITH TIME ZONE,
    answered_by BIGINT,
    answer TEXT,
    withdrawn_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_debtor_requests PRIMARY KEY (id),
    CONSTRAINT ck_debtor_requests_requestkind CHECK (kind IN ('information', 'copy', 'question')),
    CONSTRAINT uq_debtor_requests_public_id UNIQUE (public_id),
    CONSTRAINT fk_debtor_requests_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_debtor_requests_hold_id FOREIGN KEY(hold_id) REFERENCES holds (id)
);
CREATE INDEX ix_debtor_requests_case_id ON debtor_requests (case_id);
CREATE INDEX ix_debtor_requests_open ON debtor_requests (case_id) WHERE answered_at IS NULL AND withdrawn_at IS NULL;

-- Changed: What we promised (Zusage des Büros): a call back, a document, a clarification.
ALTER TABLE commitments
    ADD COLUMN kind VARCHAR(40) DEFAULT 'call_back' NOT NULL,
    ADD COLUMN first_due_at TIMESTAMP WITH TIME ZONE,
    ADD CONSTRAINT ck_commitments_commitmentkind CHECK (kind IN ('call_back', 'copy', 'clarification', 'answer'));

-- Changed: One entry of the contact log. Never changed.
ALTER TABLE contacts
    DROP CONSTRAINT ck_contacts_contactchannel,
    DROP CONSTRAINT ck_contacts_contactoutcome,
    ADD COLUMN public_id TEXT,
    ADD COLUMN role VARCHAR(40),
    ADD COLUMN debtor_contact_id BIGINT,
    ADD COLUMN corrects_id BIGINT,
    ADD COLUMN chaser BOOLEAN DEFAULT 'false' NOT NULL,
    ADD COLUMN next_step TEXT,
    ADD COLUMN file_id BIGINT,
    ADD COLUMN guide TEXT,
    ADD COLUMN seconds BIGINT,
    ADD COLUMN overridden_because TEXT,
    ADD CONSTRAINT ck_contacts_contactchannel
        CHECK (channel IN ('letter', 'email', 'sms', 'phone', 'visit', 'meeting', 'portal', 'page')),
    ADD CONSTRAINT ck_contacts_contactoutcome
        CHECK (outcome IN ('reached_pays', 'promise', 'instalments', 'objection', 'call_back',
            'wrong_number', 'not_reached', 'refuses', 'question', 'cash', 'moved')),
    ADD CONSTRAINT ck_contacts_debtorrole
        CHECK (role IN ('decides', 'payables', 'purchasing', 'authorises', 'head_office', 'lawyer', 'other')),
    ADD CONSTRAINT fk_contacts_debtor_contact_id FOREIGN KEY(debtor_contact_id) REFERENCES debtor_contacts (id),
    ADD CONSTRAINT fk_contacts_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id);
CREATE INDEX ix_contacts_user_id ON contacts (user_id, occurred_on);

-- Changed: Amount and day that the debtor promised (Zahlungszusage).
ALTER TABLE promises
    DROP CONSTRAINT ck_promises_promisestate,
    ADD CONSTRAINT ck_promises_promisestate
        CHECK (state IN ('open', 'kept', 'part_kept', 'broken', 'replaced', 'withdrawn'));
