-- An invoice of the client's list, with the customer who owes it.
CREATE TABLE own_name_items (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    folded TEXT NOT NULL,
    invoice_number TEXT NOT NULL,
    invoiced_on DATE,
    due_on DATE NOT NULL,
    cents BIGINT NOT NULL,
    currency TEXT NOT NULL,
    customer TEXT NOT NULL,
    customer_class VARCHAR(40) NOT NULL,
    email TEXT,
    state VARCHAR(40) NOT NULL,
    state_on DATE NOT NULL,
    note TEXT,
    CONSTRAINT pk_own_name_items PRIMARY KEY (id),
    CONSTRAINT ck_own_name_items_customerclass CHECK (customer_class IN ('person', 'company')),
    CONSTRAINT ck_own_name_items_itemstate CHECK (state IN ('open', 'paid', 'asked', 'stopped', 'with_us')),
    CONSTRAINT uq_own_name_items_creditor_id_folded UNIQUE (creditor_id, folded),
    CONSTRAINT uq_own_name_items_id_creditor_id UNIQUE (id, creditor_id),
    CONSTRAINT uq_own_name_items_public_id UNIQUE (public_id),
    CONSTRAINT fk_own_name_items_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);
CREATE INDEX ix_own_name_items_state ON own_name_items (state, due_on);

-- What a client agreed to, and his latest list.
CREATE TABLE own_name_terms (
    creditor_id BIGINT NOT NULL,
    agreed_on DATE,
    active BOOLEAN DEFAULT 'false' NOT NULL,
    rules JSONB DEFAULT '{}' NOT NULL,
    list_as_of DATE,
    list_rows BIGINT DEFAULT '0' NOT NULL,
    list_wrong BIGINT DEFAULT '0' NOT NULL,
    CONSTRAINT pk_own_name_terms PRIMARY KEY (creditor_id),
    CONSTRAINT ck_own_name_terms_active_as_agreed CHECK (NOT active OR agreed_on IS NOT NULL),
    CONSTRAINT fk_own_name_terms_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id)
);

-- One reminder that went out in a client's name.
CREATE TABLE own_name_reminders (
    id BIGSERIAL NOT NULL,
    item_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    stage VARCHAR(40) NOT NULL,
    made_on DATE NOT NULL,
    file_id BIGINT NOT NULL,
    to_address TEXT NOT NULL,
    message_id TEXT NOT NULL,
    state VARCHAR(40) NOT NULL,
    answer TEXT,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_own_name_reminders PRIMARY KEY (id),
    CONSTRAINT ck_own_name_reminders_mailedstate
        CHECK (state IN ('queued', 'sent', 'refused', 'bounced', 'given_up')),
    CONSTRAINT ck_own_name_reminders_stage CHECK (stage IN ('before', 'after')),
    CONSTRAINT uq_own_name_reminders_item_id_stage UNIQUE (item_id, stage),
    CONSTRAINT uq_own_name_reminders_message_id UNIQUE (message_id),
    CONSTRAINT fk_own_name_reminders_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id),
    CONSTRAINT fk_own_name_reminders_item_id_creditor_id FOREIGN KEY(item_id, creditor_id)
        REFERENCES own_name_items (id, creditor_id)
);

-- Changed: What is to be done in a case and why (Vorhaben).
ALTER TABLE intentions
    DROP CONSTRAINT ck_intentions_intention_channel,
    ADD CONSTRAINT ck_intentions_intention_channel
        CHECK (channel IN ('letter', 'email', 'call', 'visit', 'court', 'review'));
