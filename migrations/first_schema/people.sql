-- A failed sign-in, counted per account and per address (both as digests).
CREATE TABLE login_attempts (
    id BIGSERIAL NOT NULL,
    subject TEXT NOT NULL,
    at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_login_attempts PRIMARY KEY (id)
);
CREATE INDEX ix_login_attempts_subject_at ON login_attempts (subject, at);

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
    is_active BOOLEAN NOT NULL,
    locale TEXT,
    theme TEXT,
    shortcuts BOOLEAN NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    CONSTRAINT pk_users PRIMARY KEY (id),
    CONSTRAINT ck_users_creditor_side CHECK ((role = 'creditor') = (creditor_id IS NOT NULL)),
    CONSTRAINT ck_users_role CHECK (role IN ('creditor', 'case_worker', 'accounts', 'legal', 'admin')),
    CONSTRAINT uq_users_email UNIQUE (email),
    CONSTRAINT uq_users_public_id UNIQUE (public_id)
);
CREATE INDEX ix_users_creditor_id ON users (creditor_id);

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
