-- An offer of instalments has one way: the plan with its schedule. A draft that was written by hand
-- becomes an answer to the debtor; the kind's own texts are not offered any more.
UPDATE letter_drafts SET kind = 'request_answer' WHERE kind = 'plan_offer';
-- Mailboxes that mail came back from are marked on the debtor himself.
UPDATE debtors SET email_refused_on = m.day
FROM (
    SELECT debtor_id, to_address, max(finished_at)::date AS day FROM letter_mails
    WHERE state IN ('bounced', 'refused') GROUP BY debtor_id, to_address
) AS m
WHERE m.debtor_id = debtors.id AND m.to_address = debtors.email;

-- A plan beyond the client's limits is one of the things that he is asked about.
INSERT INTO client_approvals
    (public_id, case_id, creditor_id, asked_for, subject_id, reason, open_cents, asked_at, asked_by,
    state, words, decided_by, decided_at)
SELECT translate(rtrim(encode(decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'base64'), '='),
        '+/', '-_'),
    case_id, creditor_id, 'plan', plan_id, reason, open_cents, made_on, made_by,
    CASE WHEN agrees THEN 'agreed' WHEN NOT agrees THEN 'refused' ELSE 'open' END,
    words, decided_by, decided_at
FROM kept_plan_decisions ORDER BY plan_id;
DROP TABLE kept_plan_decisions;
