-- Powers of attorney and deeds of assignment have one home: the client's papers. A paper that is on
-- file there already, with the same bytes and day, is not kept twice.
INSERT INTO client_papers
    (public_id, creditor_id, case_id, kind, file_id, dated_on, valid_until, note, added_at, ended_on)
SELECT k.public_id, k.creditor_id, k.case_id, k.kind, k.file_id, k.dated_on, NULL, NULL, k.added_at,
    (k.ended_at AT TIME ZONE 'Europe/Berlin')::date
FROM kept_authority_papers k
JOIN stored_files f ON f.id = k.file_id
WHERE NOT EXISTS (
    SELECT FROM client_papers p JOIN stored_files g ON g.id = p.file_id
    WHERE p.creditor_id = k.creditor_id AND p.case_id IS NULL AND k.case_id IS NULL
        AND p.kind = k.kind AND p.dated_on = k.dated_on AND g.sha256 = f.sha256
        AND (p.ended_on IS NULL) = (k.ended_at IS NULL))
ORDER BY k.id;
DROP TABLE kept_authority_papers;
