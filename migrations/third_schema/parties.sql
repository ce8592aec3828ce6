-- Changed: A client who hands in claims (Gläubiger, Mandant).
ALTER TABLE creditors
    ADD COLUMN house_contact TEXT,
    ADD COLUMN house_contact_phone TEXT,
    ADD COLUMN house_contact_email TEXT;

-- Changed: The terms between a creditor and the agency (Inkassovertrag), by version.
ALTER TABLE creditor_contracts
    ADD COLUMN visits_need_approval BOOLEAN DEFAULT 'false' NOT NULL;
