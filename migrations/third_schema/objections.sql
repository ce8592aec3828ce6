-- Changed: What a debtor says against the claims of a case (Einwand).
ALTER TABLE objections
    ADD COLUMN genuine_costs_cents BIGINT;

-- Changed: Which claim, and how much of it, an objection is against.
ALTER TABLE objection_items
    ADD COLUMN default_was_on DATE,
    ADD COLUMN default_was_by TEXT;

-- Changed: One time that an objection was raised, with the words of that day. Never changed.
ALTER TABLE objection_mentions
    ADD COLUMN document_id BIGINT,
    ADD CONSTRAINT fk_objection_mentions_document_id FOREIGN KEY(document_id) REFERENCES claim_documents (id);
