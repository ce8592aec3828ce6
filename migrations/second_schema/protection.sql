-- Rights and rows as the declared rules now say.
CREATE TRIGGER attempts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON attempts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
GRANT SELECT, INSERT, UPDATE, DELETE ON absences TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON access_links TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON address_inquiries TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON advance_requests TO recoup_app;
GRANT SELECT, INSERT ON attempts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bill_lines TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bills TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON case_strategies TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON claim_facts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON complaints TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON contact_policy TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debtor_contacts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debtor_merges TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debtor_profiles TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debtor_requests TO recoup_app;
GRANT SELECT, INSERT ON first_contests TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON handover_notes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON house_indicators TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON intentions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON joint_defaults TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON letter_attachments TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON letter_mails TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON letter_texts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON mails TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON objection_evidence TO recoup_app;
GRANT SELECT, INSERT ON objection_mentions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON objection_settings TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON open_item_checks TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON open_item_questions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON people_rules TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON plan_decisions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON plan_instalments TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON plans TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON post_items TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON print_run_letters TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON print_runs TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON recovery_codes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON root_causes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON second_factors TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON sharing_rules TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON strategies TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON strategy_nights TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON strategy_versions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON team_clients TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON team_members TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON teams TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON transfer_runs TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON transfers TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON worklist_bands TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON worklist_views TO recoup_app;
GRANT SELECT ON advance_requests TO recoup_portal;
GRANT SELECT, UPDATE ON complaints TO recoup_portal;
GRANT SELECT, UPDATE ON objection_evidence TO recoup_portal;
GRANT SELECT, UPDATE ON open_item_questions TO recoup_portal;
GRANT SELECT, INSERT ON plan_decisions TO recoup_portal;
GRANT USAGE ON SEQUENCE plan_decisions_id_seq TO recoup_portal;
GRANT SELECT ON plan_instalments TO recoup_portal;
GRANT SELECT ON plans TO recoup_portal;
GRANT SELECT ON promises TO recoup_portal;
GRANT SELECT ON root_causes TO recoup_portal;
ALTER TABLE advance_requests ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON advance_requests TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON advance_requests TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE complaints ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON complaints TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON complaints TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE objection_evidence ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON objection_evidence TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON objection_evidence TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE open_item_questions ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON open_item_questions TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON open_item_questions TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE plan_decisions ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON plan_decisions TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON plan_decisions TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE plan_instalments ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON plan_instalments TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON plan_instalments TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE plans ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON plans TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON plans TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE promises ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON promises TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON promises TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE root_causes ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON root_causes TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON root_causes TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app;
