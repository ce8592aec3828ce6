-- One restore that was tried.
CREATE TABLE backup_drills (
    id BIGSERIAL NOT NULL,
    backup TEXT NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE NOT NULL,
    seconds BIGINT NOT NULL,
    newest_at TIMESTAMP WITH TIME ZONE,
    findings TEXT[] NOT NULL,
    CONSTRAINT pk_backup_drills PRIMARY KEY (id)
);

-- Something to do that belongs to no case.
CREATE TABLE house_tasks (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    reason TEXT NOT NULL,
    params JSONB NOT NULL,
    cause TEXT NOT NULL,
    due_on DATE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    done_by BIGINT,
    CONSTRAINT pk_house_tasks PRIMARY KEY (id),
    CONSTRAINT uq_house_tasks_public_id UNIQUE (public_id)
);
CREATE UNIQUE INDEX uq_house_tasks_cause ON house_tasks (cause) WHERE done_at IS NULL;

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

-- One click on many cases; for a stated time it can be taken back.
CREATE TABLE bulk_actions (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    case_ids BIGINT[] NOT NULL,
    done_by BIGINT NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE NOT NULL,
    undo_until TIMESTAMP WITH TIME ZONE NOT NULL,
    begun_at TIMESTAMP WITH TIME ZONE,
    undone_at TIMESTAMP WITH TIME ZONE,
    before JSONB,
    CONSTRAINT pk_bulk_actions PRIMARY KEY (id),
    CONSTRAINT ck_bulk_actions_bulkkind CHECK (kind IN ('accepted', 'first_letters', 'reassigned')),
    CONSTRAINT uq_bulk_actions_public_id UNIQUE (public_id),
    CONSTRAINT fk_bulk_actions_done_by FOREIGN KEY(done_by) REFERENCES users (id)
);
CREATE INDEX ix_bulk_actions_undoable ON bulk_actions (kind, undo_until) WHERE undone_at IS NULL AND begun_at IS NULL;

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

-- One reason to take up a case.
CREATE TABLE work_items (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    case_id BIGINT NOT NULL,
    creditor_id BIGINT NOT NULL,
    queue VARCHAR(40) NOT NULL,
    urgency BIGINT NOT NULL,
    negative_cents BIGINT NOT NULL,
    since DATE NOT NULL,
    visible_on DATE NOT NULL,
    due_at TIMESTAMP WITH TIME ZONE,
    reason TEXT NOT NULL,
    params JSONB NOT NULL,
    cause TEXT NOT NULL,
    owner_id BIGINT,
    reserved_by BIGINT,
    reserved_until TIMESTAMP WITH TIME ZONE,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    done_at TIMESTAMP WITH TIME ZONE,
    done_by BIGINT,
    CONSTRAINT pk_work_items PRIMARY KEY (id),
    CONSTRAINT ck_work_items_workqueue
        CHECK (queue IN ('new_case', 'follow_up', 'commitment', 'broken_promise', 'objection',
            'answer', 'payment', 'step_due', 'legal', 'limitation', 'task')),
    CONSTRAINT uq_work_items_public_id UNIQUE (public_id),
    CONSTRAINT fk_work_items_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_work_items_owner_id FOREIGN KEY(owner_id) REFERENCES users (id),
    CONSTRAINT fk_work_items_reserved_by FOREIGN KEY(reserved_by) REFERENCES users (id)
);
CREATE INDEX ix_work_items_age ON work_items (since, id) INCLUDE (visible_on) WHERE done_at IS NULL;
CREATE INDEX ix_work_items_case_id ON work_items (case_id) WHERE done_at IS NULL;
CREATE INDEX ix_work_items_creditor ON work_items (creditor_id, queue, visible_on) WHERE done_at IS NULL;
CREATE INDEX ix_work_items_done ON work_items (done_by, done_at) WHERE done_at IS NOT NULL;
CREATE INDEX ix_work_items_order ON work_items (urgency, negative_cents, since, id) INCLUDE (visible_on) WHERE done_at IS NULL;
CREATE INDEX ix_work_items_owner ON work_items (owner_id, queue, visible_on) WHERE done_at IS NULL AND owner_id IS NOT NULL;
CREATE INDEX ix_work_items_queue ON work_items (queue, visible_on) WHERE done_at IS NULL;
CREATE INDEX ix_work_items_queue_order ON work_items (queue, urgency, negative_cents, since, id) INCLUDE (visible_on) WHERE done_at IS NULL;
CREATE UNIQUE INDEX uq_work_items_cause ON work_items (cause) WHERE done_at IS NULL;
