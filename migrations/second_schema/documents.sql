-- Changed: A document of a creditor about a row, an upload, a claim or a case (Beleg).
ALTER TABLE claim_documents
    DROP CONSTRAINT ck_claim_documents_documentkind,
    ADD COLUMN dated_on DATE,
    ADD COLUMN handed_on DATE,
    ADD CONSTRAINT ck_claim_documents_documentkind
        CHECK (kind IN ('contract', 'order', 'delivery_note', 'invoice', 'terms', 'reminder',
            'correspondence', 'account_opening'));
