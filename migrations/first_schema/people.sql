-- A failed sign-in, counted per account and per address (both as digests).
CREATE TABLE login_attempts (
    id BIGSERIAL NOT NULL,
    subject TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_login_attempts PRIMARY KEY (id)
);
CREATE INDEX ix_login_attempts_subject_at ON login_attempts (subject, at);

-- Requests of one visit, or of one address without a visit, of one kind in one minute.
CREATE TABLE request_counts (
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    minute TIMESTAMP WITH TIME ZONE NOT NULL,
    requests BIGINT NOT NULL,
    CONSTRAINT pk_request_counts PRIMARY KEY (subject, kind, minute)
);

-- A person who signs in: staff, or somebody who works for one creditor.
CREATE TABLE users (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    phone TEXT,
    role VARCHAR(40) NOT NULL,
    password_hash TEXT NOT NULL,
    proposed_password_hash TEXT,
    feed_digest TEXT,
    must_change_password BOOLEAN DEFAULT 'false' NOT NULL,
    awaits_confirmation BOOLEAN DEFAULT 'false' NOT NULL,
    is_active BOOLEAN NOT NULL,
    locale TEXT,
    theme TEXT,
    shortcuts BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT ck_users_creditor_side CHECK ((role = 'creditor') = (creditor_id IS NOT NULL)),
    CONSTRAINT ck_users_role CHECK (role IN ('creditor', 'case_worker', 'accounts', 'legal', 'admin')),
    CONSTRAINT uq_users_email UNIQUE (email),
    CONSTRAINT uq_users_feed_digest UNIQUE (feed_digest),
    CONSTRAINT uq_users_public_id UNIQUE (public_id)
);
CREATE INDEX ix_users_creditor_id ON users (creditor_id);

-- What one person did to another's account: made it, set its password, role or lock.
CREATE TABLE account_changes (
    id BIGSERIAL NOT NULL,
    user_id BIGINT NOT NULL,
    changed_by BIGINT NOT NULL,
    what TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_account_changes PRIMARY KEY (id),
    CONSTRAINT fk_account_changes_changed_by FOREIGN KEY(changed_by) REFERENCES users (id),
    CONSTRAINT fk_account_changes_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_account_changes_user_id ON account_changes (user_id, changed_by, at);

-- What one person asked for and a second one confirms (Freigabe, vier Augen).
CREATE TABLE approvals (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id BIGINT NOT NULL,
    subject_words TEXT NOT NULL,
    before JSONB NOT NULL,
    after JSONB NOT NULL,
    reason TEXT,
    state VARCHAR(40) NOT NULL,
    asked_by BIGINT NOT NULL,
    asked_at TIMESTAMP WITH TIME ZONE NOT NULL,
    decided_by BIGINT,
    decided_at TIMESTAMP WITH TIME ZONE,
    decision_reason TEXT,
    CONSTRAINT pk_approvals PRIMARY KEY (id),
    CONSTRAINT ck_approvals_approvalstate CHECK (state IN ('open', 'confirmed', 'refused', 'withdrawn')),
    CONSTRAINT ck_approvals_decided_when_closed CHECK ((state = 'open') = (decided_at IS NULL)),
    CONSTRAINT ck_approvals_second_person
        CHECK (decided_by IS NULL OR decided_by <> asked_by OR state = 'withdrawn'),
    CONSTRAINT uq_approvals_public_id UNIQUE (public_id),
    CONSTRAINT fk_approvals_asked_by FOREIGN KEY(asked_by) REFERENCES users (id),
    CONSTRAINT fk_approvals_decided_by FOREIGN KEY(decided_by) REFERENCES users (id)
);
CREATE INDEX ix_approvals_open ON approvals (asked_at, id) WHERE state = 'open';
CREATE UNIQUE INDEX uq_approvals_open_subject ON approvals (kind, subject_id) WHERE state = 'open';

-- A sign-in on one device; the cookie holds a random token, the row its digest.
CREATE TABLE login_sessions (
    id BIGSERIAL NOT NULL,
    token_digest TEXT NOT NULL,
    user_id BIGINT NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_seen_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_at TIMESTAMP WITH TIME ZONE,
    device TEXT NOT NULL,
    CONSTRAINT pk_login_sessions PRIMARY KEY (id),
    CONSTRAINT uq_login_sessions_token_digest UNIQUE (token_digest),
    CONSTRAINT fk_login_sessions_user_id FOREIGN KEY(user_id) REFERENCES users (id)
);
CREATE INDEX ix_login_sessions_user_id ON login_sessions (user_id);
