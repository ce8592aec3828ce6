-- Changed: One mail to one person.
ALTER TABLE mails
    ADD COLUMN file_ids JSONB DEFAULT '[]' NOT NULL;
