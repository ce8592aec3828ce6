-- What clients decided about plans is kept aside until its new table is there (see rows.sql).
CREATE TABLE kept_plan_decisions AS
SELECT p.id AS plan_id, p.case_id, p.creditor_id, p.reason, p.open_cents, p.made_on, p.made_by,
    d.agrees, d.words, d.decided_by, d.decided_at
FROM plans p LEFT JOIN plan_decisions d ON d.plan_id = p.id
WHERE d.plan_id IS NOT NULL OR (p.state = 'asked' AND p.needs_client);
