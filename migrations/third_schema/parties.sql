-- Changed: The house itself, as letters, filings and payment codes name it. There is one row.
ALTER TABLE agency_profile
    ADD COLUMN postage_cents BIGINT DEFAULT '0' NOT NULL;

-- Changed: A client who hands in claims (Gläubiger, Mandant).
ALTER TABLE creditors
    ADD COLUMN house_contact TEXT,
    ADD COLUMN house_contact_phone TEXT,
    ADD COLUMN house_contact_email TEXT;

-- Changed: A person or company that owes (Schuldner). Staff only.
ALTER TABLE debtors
    ADD COLUMN email_refused_on DATE;

-- Changed: The terms between a creditor and the agency (Inkassovertrag), by version.
ALTER TABLE creditor_contracts
    ADD COLUMN visits_need_approval BOOLEAN DEFAULT 'false' NOT NULL;
