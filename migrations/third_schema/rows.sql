-- Mailboxes that mail came back from are marked on the debtor himself.
UPDATE debtors SET email_refused_on = m.day
FROM (
    SELECT debtor_id, to_address, max(finished_at)::date AS day FROM letter_mails
    WHERE state IN ('bounced', 'refused') GROUP BY debtor_id, to_address
) AS m
WHERE m.debtor_id = debtors.id AND m.to_address = debtors.email;
