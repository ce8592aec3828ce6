-- Rights and rows as the declared rules now say.
GRANT SELECT, INSERT, UPDATE, DELETE ON authority_papers TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bank_rules TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON cash_deposits TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON cash_receipts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON client_approvals TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON client_papers TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debit_runs TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debits TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON estates TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON house_dates TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON meetings TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON own_name_items TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON own_name_reminders TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON own_name_terms TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON plan_mandates TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON post_mailboxes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON relationship_rules TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON report_mailings TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON report_readers TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON returned_letters TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON safety_notes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON visit_decisions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON visit_papers TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON visits TO recoup_app;
GRANT SELECT, UPDATE ON client_approvals TO recoup_portal;
GRANT SELECT, INSERT ON visit_decisions TO recoup_portal;
GRANT SELECT ON visits TO recoup_portal;
ALTER TABLE client_approvals ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON client_approvals TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON client_approvals TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE visit_decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON visit_decisions TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON visit_decisions TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE visits ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON visits TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON visits TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app;
