-- Rights and rows as the declared rules now say.
GRANT SELECT, INSERT, UPDATE, DELETE ON account_openings TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON care_item_events TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON care_items TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON care_lists TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON care_services TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON claim_terms TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON credit_reports TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_accounts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_changes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_decisions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_people TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_talks TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customers TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON terms_clauses TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON terms_versions TO recoup_app;
GRANT SELECT, INSERT, UPDATE ON account_openings TO recoup_portal;
GRANT USAGE ON SEQUENCE account_openings_id_seq TO recoup_portal;
GRANT SELECT, INSERT ON care_item_events TO recoup_portal;
GRANT USAGE ON SEQUENCE care_item_events_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON care_items TO recoup_portal;
GRANT USAGE ON SEQUENCE care_items_id_seq TO recoup_portal;
GRANT SELECT, INSERT ON care_lists TO recoup_portal;
GRANT USAGE ON SEQUENCE care_lists_id_seq TO recoup_portal;
GRANT SELECT ON care_services TO recoup_portal;
GRANT SELECT ON claim_terms TO recoup_portal;
GRANT SELECT, INSERT ON credit_reports TO recoup_portal;
GRANT USAGE ON SEQUENCE credit_reports_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON customer_accounts TO recoup_portal;
GRANT USAGE ON SEQUENCE customer_accounts_id_seq TO recoup_portal;
GRANT SELECT, INSERT ON customer_changes TO recoup_portal;
GRANT USAGE ON SEQUENCE customer_changes_id_seq TO recoup_portal;
GRANT SELECT, INSERT ON customer_decisions TO recoup_portal;
GRANT USAGE ON SEQUENCE customer_decisions_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON customer_people TO recoup_portal;
GRANT USAGE ON SEQUENCE customer_people_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON customer_talks TO recoup_portal;
GRANT USAGE ON SEQUENCE customer_talks_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON customers TO recoup_portal;
GRANT USAGE ON SEQUENCE customers_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE, DELETE ON terms_clauses TO recoup_portal;
GRANT USAGE ON SEQUENCE terms_clauses_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON terms_versions TO recoup_portal;
GRANT USAGE ON SEQUENCE terms_versions_id_seq TO recoup_portal;
ALTER TABLE account_openings ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON account_openings TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON account_openings TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE care_item_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON care_item_events TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON care_item_events TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE care_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON care_items TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON care_items TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE care_lists ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON care_lists TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON care_lists TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE care_services ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON care_services TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON care_services TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE claim_terms ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON claim_terms TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON claim_terms TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE credit_reports ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON credit_reports TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON credit_reports TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE customer_accounts ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON customer_accounts TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON customer_accounts TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE customer_changes ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON customer_changes TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON customer_changes TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE customer_decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON customer_decisions TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON customer_decisions TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE customer_people ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON customer_people TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON customer_people TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE customer_talks ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON customer_talks TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON customer_talks TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON customers TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON customers TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE terms_clauses ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON terms_clauses TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON terms_clauses TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE terms_versions ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON terms_versions TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON terms_versions TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app;
