-- A paper that shows our right to collect (Berechtigungsnachweis); ended, never deleted.
CREATE TABLE authority_papers (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    case_id BIGINT,
    kind VARCHAR(40) NOT NULL,
    dated_on DATE NOT NULL,
    file_id BIGINT NOT NULL,
    added_at TIMESTAMP WITH TIME ZONE NOT NULL,
    added_by BIGINT,
    ended_at TIMESTAMP WITH TIME ZONE,
    ended_by BIGINT,
    CONSTRAINT pk_authority_papers PRIMARY KEY (id),
    CONSTRAINT ck_authority_papers_authoritykind CHECK (kind IN ('power_of_attorney', 'assignment')),
    CONSTRAINT uq_authority_papers_public_id UNIQUE (public_id),
    CONSTRAINT fk_authority_papers_added_by FOREIGN KEY(added_by) REFERENCES users (id),
    CONSTRAINT fk_authority_papers_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_authority_papers_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_authority_papers_ended_by FOREIGN KEY(ended_by) REFERENCES users (id),
    CONSTRAINT fk_authority_papers_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);
CREATE INDEX ix_authority_papers_creditor_id ON authority_papers (creditor_id, case_id);
CREATE INDEX ix_authority_papers_file_id ON authority_papers (file_id);

-- Changed: A document of a creditor about a row, an upload, a claim or a case (Beleg).
ALTER TABLE claim_documents
    ADD COLUMN signed_by TEXT,
    ADD COLUMN signed_as TEXT,
    ADD COLUMN authority_checked_on DATE;
