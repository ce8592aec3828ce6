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
    CONSTRAINT pk_bulk_actions PRIMARY KEY (id),
    CONSTRAINT ck_bulk_actions_bulkkind CHECK (kind IN ('accepted', 'first_letters')),
    CONSTRAINT uq_bulk_actions_public_id UNIQUE (public_id),
    CONSTRAINT fk_bulk_actions_done_by FOREIGN KEY(done_by) REFERENCES users (id)
);
CREATE INDEX ix_bulk_actions_undoable ON bulk_actions (kind, undo_until) WHERE undone_at IS NULL AND begun_at IS NULL;

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
            'payment', 'step_due', 'legal', 'limitation', 'task')),
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
