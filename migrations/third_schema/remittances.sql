-- One paper of a client: uploaded, or made here; its bytes never change.
CREATE TABLE client_papers (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    file_id BIGINT NOT NULL,
    dated_on DATE NOT NULL,
    valid_until DATE,
    note TEXT,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    ended_on DATE,
    CONSTRAINT pk_client_papers PRIMARY KEY (id),
    CONSTRAINT ck_client_papers_paperkind
        CHECK (kind IN ('fee_agreement', 'power_of_attorney', 'contract', 'terms', 'other')),
    CONSTRAINT ck_client_papers_span CHECK (valid_until IS NULL OR valid_until >= dated_on),
    CONSTRAINT uq_client_papers_public_id UNIQUE (public_id),
    CONSTRAINT fk_client_papers_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_client_papers_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);
CREATE INDEX ix_client_papers_creditor_id ON client_papers (creditor_id);
