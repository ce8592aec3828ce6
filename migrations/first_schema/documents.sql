-- A document of a creditor about a row, an upload, a claim or a case (Beleg).
CREATE TABLE claim_documents (
    id BIGSERIAL NOT NULL,
    public_id TEXT NOT NULL,
    creditor_id BIGINT NOT NULL,
    submission_id BIGINT,
    line BIGINT,
    case_id BIGINT,
    claim_id BIGINT,
    file_id BIGINT NOT NULL,
    kind VARCHAR(40) NOT NULL,
    uploaded_by BIGINT NOT NULL,
    uploaded_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_claim_documents PRIMARY KEY (id),
    CONSTRAINT ck_claim_documents_belongs CHECK (submission_id IS NOT NULL OR case_id IS NOT NULL),
    CONSTRAINT ck_claim_documents_claim_of_case CHECK (claim_id IS NULL OR case_id IS NOT NULL),
    CONSTRAINT ck_claim_documents_documentkind
        CHECK (kind IN ('contract', 'order', 'delivery_note', 'invoice', 'terms', 'reminder', 'correspondence')),
    CONSTRAINT ck_claim_documents_line_of_submission CHECK (line IS NULL OR submission_id IS NOT NULL),
    CONSTRAINT uq_claim_documents_public_id UNIQUE (public_id),
    CONSTRAINT fk_claim_documents_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id),
    CONSTRAINT fk_claim_documents_claim_id FOREIGN KEY(claim_id) REFERENCES claims (id),
    CONSTRAINT fk_claim_documents_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id),
    CONSTRAINT fk_claim_documents_file_id FOREIGN KEY(file_id) REFERENCES stored_files (id)
);
CREATE INDEX ix_claim_documents_case_id ON claim_documents (case_id);
CREATE INDEX ix_claim_documents_claim_id ON claim_documents (claim_id);
CREATE INDEX ix_claim_documents_file_id ON claim_documents (file_id);
CREATE INDEX ix_claim_documents_submission_id_line ON claim_documents (submission_id, line);
