-- What exactly was changed; may be erased without breaking the chain.
CREATE TABLE audit_details (
    seq BIGINT NOT NULL,
    creditor_id BIGINT,
    salt BYTEA NOT NULL,
    detail JSONB NOT NULL,
    CONSTRAINT pk_audit_details PRIMARY KEY (seq)
);

-- One link of the chain. Ids and field names only, no personal data.
CREATE TABLE audit_events (
    occurred_on DATE NOT NULL,
    seq BIGINT NOT NULL,
    occurred_at TIMESTAMP WITH TIME ZONE NOT NULL,
    actor_id BIGINT,
    creditor_id BIGINT,
    action TEXT NOT NULL,
    record_type TEXT NOT NULL,
    record_id BIGINT,
    fields TEXT[] NOT NULL,
    detail_digest BYTEA,
    prev_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT pk_audit_events PRIMARY KEY (occurred_on, seq)
);
CREATE INDEX ix_audit_events_record ON audit_events (record_type, record_id);
CREATE INDEX ix_audit_events_seq ON audit_events (seq);
CREATE UNIQUE INDEX uq_audit_events_prev_hash ON audit_events (prev_hash);

-- The first answer to a form, by its one-time key (a digest with sender and content).
CREATE TABLE form_answers (
    key TEXT NOT NULL,
    creditor_id BIGINT,
    status BIGINT NOT NULL,
    location TEXT NOT NULL,
    body_digest TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_form_answers PRIMARY KEY (key)
);

-- One outward effect: a letter to render, a mail to send, an upload to parse.
CREATE TABLE outbox_effects (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    creditor_id BIGINT,
    key TEXT NOT NULL,
    details JSONB NOT NULL,
    state VARCHAR(40) NOT NULL,
    attempts BIGINT NOT NULL,
    token TEXT,
    available_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    last_error TEXT,
    CONSTRAINT pk_outbox_effects PRIMARY KEY (id),
    CONSTRAINT ck_outbox_effects_effectstate CHECK (state IN ('waiting', 'leased', 'done', 'failed')),
    CONSTRAINT uq_outbox_effects_key UNIQUE (key),
    CONSTRAINT uq_outbox_effects_public_id UNIQUE (public_id)
);
CREATE INDEX ix_outbox_effects_due ON outbox_effects (available_at) WHERE state IN ('waiting', 'leased');
CREATE INDEX ix_outbox_effects_failed ON outbox_effects (id) WHERE state = 'failed';

-- A key for which a kind of run failed; settled when a later run succeeds with it.
CREATE TABLE run_failures (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    key BIGINT NOT NULL,
    reason TEXT NOT NULL,
    first_on DATE NOT NULL,
    last_on DATE NOT NULL,
    settled_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_run_failures PRIMARY KEY (id)
);
CREATE UNIQUE INDEX uq_run_failures_open ON run_failures (kind, key) WHERE settled_at IS NULL;

-- One kind of work on one day: at most one run each.
CREATE TABLE runs (
    id BIGSERIAL NOT NULL,
    kind TEXT NOT NULL,
    on_date DATE NOT NULL,
    state VARCHAR(40) NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_runs PRIMARY KEY (id),
    CONSTRAINT ck_runs_runstate CHECK (state IN ('running', 'done')),
    CONSTRAINT uq_runs_kind_on_date UNIQUE (kind, on_date)
);

-- Who owns which bytes, under which name. The bytes never change.
CREATE TABLE stored_files (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT,
    sha256 TEXT NOT NULL,
    size_bytes BIGINT NOT NULL,
    filename TEXT NOT NULL,
    media_type TEXT NOT NULL,
    stored_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_stored_files PRIMARY KEY (id),
    CONSTRAINT ck_stored_files_size_positive CHECK (size_bytes >= 0),
    CONSTRAINT uq_stored_files_public_id UNIQUE (public_id)
);
CREATE INDEX ix_stored_files_creditor_id ON stored_files (creditor_id);
CREATE INDEX ix_stored_files_sha256 ON stored_files (sha256);

-- A range of keys that one effect works through; `cursor` is the last key that is done.
CREATE TABLE run_batches (
    id BIGSERIAL NOT NULL,
    run_id BIGINT NOT NULL,
    first_key BIGINT NOT NULL,
    last_key BIGINT NOT NULL,
    cursor BIGINT NOT NULL,
    keys BIGINT NOT NULL,
    done BIGINT DEFAULT '0' NOT NULL,
    failed BIGINT DEFAULT '0' NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    CONSTRAINT pk_run_batches PRIMARY KEY (id),
    CONSTRAINT uq_run_batches_run_id_first_key UNIQUE (run_id, first_key),
    CONSTRAINT fk_run_batches_run_id FOREIGN KEY(run_id) REFERENCES runs (id) ON DELETE CASCADE
);
