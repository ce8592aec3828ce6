-- Rows of the first version: entries of the contact log and visits get a name for addresses.
ALTER TABLE contacts DISABLE TRIGGER contacts_append_only;
UPDATE contacts SET public_id = translate(rtrim(
    encode(decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'base64'), '='), '+/', '-_');
ALTER TABLE contacts ENABLE TRIGGER contacts_append_only;
UPDATE login_sessions SET public_id = translate(rtrim(
    encode(decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), 'base64'), '='), '+/', '-_');

-- Each objection was raised once, and the first against a claim made it contested.
INSERT INTO objection_mentions
    (objection_id, creditor_id, phase, channel, raised_on, words, recorded_at, recorded_by)
SELECT id, creditor_id, 'agency', channel, raised_on, words, recorded_at, recorded_by
FROM objections ORDER BY id;
INSERT INTO first_contests (claim_id, creditor_id, objection_id, contested_on, noted_at)
SELECT DISTINCT ON (i.claim_id) i.claim_id, o.creditor_id, o.id, o.raised_on, o.recorded_at
FROM objections o JOIN objection_items i ON i.objection_id = o.id
WHERE o.contests ORDER BY i.claim_id, o.raised_on, o.id;

-- The demo's people, whose addresses exist nowhere (RFC 2606), keep getting in without a factor.
UPDATE users SET factor_exempt = true WHERE email LIKE '%.example';
