-- Changed: One paper of a client, for all his orders or one case; its bytes never change.
ALTER TABLE client_papers
    DROP CONSTRAINT ck_client_papers_paperkind,
    ADD COLUMN case_id BIGINT,
    ADD CONSTRAINT ck_client_papers_paperkind
        CHECK (kind IN ('fee_agreement', 'power_of_attorney', 'assignment', 'contract', 'terms', 'other')),
    ADD CONSTRAINT fk_client_papers_case_id_creditor_id FOREIGN KEY(case_id, creditor_id)
        REFERENCES cases (id, creditor_id);
CREATE INDEX ix_client_papers_case_id ON client_papers (case_id);
