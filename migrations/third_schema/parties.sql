-- Changed: A client who hands in claims (Gläubiger, Mandant).
ALTER TABLE creditors
    ADD COLUMN house_contact TEXT,
    ADD COLUMN house_contact_phone TEXT,
    ADD COLUMN house_contact_email TEXT;
