-- One mail to one person.
CREATE TABLE mails (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    to_address TEXT NOT NULL,
    language TEXT NOT NULL,
    params JSONB NOT NULL,
    path TEXT,
    seed TEXT,
    state VARCHAR(40) NOT NULL,
    created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL,
    finished_at TIMESTAMP WITH TIME ZONE,
    refusal TEXT,
    CONSTRAINT pk_mails PRIMARY KEY (id),
    CONSTRAINT ck_mails_mailstate CHECK (state IN ('waiting', 'sent', 'refused', 'seen')),
    CONSTRAINT uq_mails_public_id UNIQUE (public_id)
);
CREATE INDEX ix_mails_refused ON mails (id) WHERE state = 'refused';
