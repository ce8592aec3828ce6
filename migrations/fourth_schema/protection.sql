-- Rights and rows as the declared rules now say.
GRANT SELECT, INSERT, UPDATE, DELETE ON care_services TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_accounts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_changes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customer_people TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON customers TO recoup_app;
GRANT SELECT ON care_services TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON customer_accounts TO recoup_portal;
GRANT USAGE ON SEQUENCE customer_accounts_id_seq TO recoup_portal;
GRANT SELECT, INSERT ON customer_changes TO recoup_portal;
GRANT USAGE ON SEQUENCE customer_changes_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON customer_people TO recoup_portal;
GRANT USAGE ON SEQUENCE customer_people_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON customers TO recoup_portal;
GRANT USAGE ON SEQUENCE customers_id_seq TO recoup_portal;
ALTER TABLE care_services ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON care_services TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON care_services TO recoup_portal
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
ALTER TABLE customer_people ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON customer_people TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON customer_people TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE customers ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON customers TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON customers TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app;
