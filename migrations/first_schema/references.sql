-- What refers to a table of a later slice.
ALTER TABLE users
    ADD CONSTRAINT fk_users_creditor_id FOREIGN KEY(creditor_id) REFERENCES creditors (id);
ALTER TABLE claim_documents
    ADD CONSTRAINT fk_claim_documents_submission_id_creditor_id FOREIGN KEY(submission_id, creditor_id) REFERENCES submissions (id, creditor_id);
