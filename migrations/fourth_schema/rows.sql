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

-- A visit is one of the things that a client is asked about: what he decided, and once for each case
-- the question that still waits.
INSERT INTO client_approvals
    (public_id, case_id, creditor_id, asked_for, subject_id, open_cents, asked_at, asked_by,
    answer_by, state, words, decided_by, decided_at)
SELECT translate(rtrim(encode(decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'base64'), '='),
        '+/', '-_'),
    v.case_id, v.creditor_id, 'visit', v.id, c.booked_open_cents, v.planned_at, v.planned_by,
    NULL, CASE WHEN d.agrees THEN 'agreed' ELSE 'refused' END, d.words, d.decided_by, d.decided_at
FROM kept_visit_decisions d JOIN visits v ON v.id = d.visit_id JOIN cases c ON c.id = v.case_id
ORDER BY d.decided_at;
INSERT INTO client_approvals
    (public_id, case_id, creditor_id, asked_for, subject_id, open_cents, asked_at, asked_by,
    answer_by, state)
SELECT DISTINCT ON (v.case_id)
    translate(rtrim(encode(decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'base64'), '='),
        '+/', '-_'),
    v.case_id, v.creditor_id, 'visit', v.id, c.booked_open_cents, v.planned_at, v.planned_by,
    (v.begins_at AT TIME ZONE 'Europe/Berlin')::date, 'open'
FROM visits v JOIN cases c ON c.id = v.case_id
WHERE v.state = 'asked'
    AND NOT EXISTS (SELECT FROM kept_visit_decisions d WHERE d.visit_id = v.id)
    AND NOT EXISTS (
        SELECT FROM client_approvals a
        WHERE a.case_id = v.case_id AND a.asked_for = 'visit' AND a.state = 'open')
ORDER BY v.case_id, v.begins_at, v.id;
-- A decision that no worker has carried out yet is carried out as every other answer.
UPDATE outbox_effects e
SET kind = 'client.decided', key = 'client_approval:' || a.public_id,
    details = jsonb_build_object('approval_id', a.id)
FROM client_approvals a
WHERE e.kind = 'visit.decided' AND e.state <> 'done' AND a.asked_for = 'visit'
    AND a.decided_at IS NOT NULL AND a.subject_id = (e.details->>'visit_id')::bigint;
DROP TABLE kept_visit_decisions;
