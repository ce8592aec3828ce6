-- In which band a queue stands, where the house has moved it.
CREATE TABLE worklist_bands (
    queue VARCHAR(40) NOT NULL,
    urgency BIGINT NOT NULL,
    CONSTRAINT pk_worklist_bands PRIMARY KEY (queue),
    CONSTRAINT ck_worklist_bands_behind_statutory_days CHECK (urgency BETWEEN 1 AND 9),
    CONSTRAINT ck_worklist_bands_workqueue
        CHECK (queue IN ('new_case', 'follow_up', 'commitment', 'broken_promise', 'objection',
            'answer', 'payment', 'step_due', 'legal', 'limitation', 'task'))
);

-- What somebody tells whoever goes on with the work (Übergabe).
CREATE TABLE handover_notes (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    from_id BIGINT NOT NULL,
    to_id BIGINT NOT NULL,
    words TEXT NOT NULL,
    written_at TIMESTAMP WITH TIME ZONE NOT NULL,
    read_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_handover_notes PRIMARY KEY (id),
    CONSTRAINT uq_handover_notes_public_id UNIQUE (public_id),
    CONSTRAINT fk_handover_notes_from_id FOREIGN KEY(from_id) REFERENCES users (id),
    CONSTRAINT fk_handover_notes_to_id FOREIGN KEY(to_id) REFERENCES users (id)
);
CREATE INDEX ix_handover_notes_to_id ON handover_notes (to_id, written_at);

-- How many open cases somebody takes, and from which amount up and down.
CREATE TABLE sharing_rules (
    user_id BIGINT NOT NULL,
    most_cases BIGINT NOT NULL,
    least_cents BIGINT DEFAULT '0' NOT NULL,
    most_cents BIGINT,
    CONSTRAINT pk_sharing_rules PRIMARY KEY (user_id),
    CONSTRAINT ck_sharing_rules_limit_not_negative CHECK (most_cases >= 0),
    CONSTRAINT fk_sharing_rules_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);

-- A filter of the worklist under a name of its owner's.
CREATE TABLE worklist_views (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    args JSONB NOT NULL,
    CONSTRAINT pk_worklist_views PRIMARY KEY (id),
    CONSTRAINT uq_worklist_views_public_id UNIQUE (public_id),
    CONSTRAINT uq_worklist_views_user_id_name UNIQUE (user_id, name),
    CONSTRAINT fk_worklist_views_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);

-- Changed: One click on many cases; for a stated time it can be taken back.
ALTER TABLE bulk_actions
    DROP CONSTRAINT ck_bulk_actions_bulkkind,
    ADD COLUMN before JSONB,
    ADD CONSTRAINT ck_bulk_actions_bulkkind CHECK (kind IN ('accepted', 'first_letters', 'reassigned'));

-- Changed: One reason to take up a case.
ALTER TABLE work_items
    DROP CONSTRAINT ck_work_items_workqueue,
    ADD CONSTRAINT ck_work_items_workqueue
        CHECK (queue IN ('new_case', 'follow_up', 'commitment', 'broken_promise', 'objection',
            'answer', 'payment', 'step_due', 'legal', 'limitation', 'task'));
