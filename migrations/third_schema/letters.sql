-- Changed: A letter that somebody is writing: what was typed is kept, right or wrong.
ALTER TABLE letter_drafts
    ADD COLUMN appointment TEXT DEFAULT '' NOT NULL;
