-- What the database itself refuses; cases/database_rules.py declares it, a test compares both.

-- Append-only tables: no change, by trigger and by missing grant.
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER closed_periods_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON closed_periods
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER contacts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON contacts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER court_declarations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON court_declarations
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER court_files_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON court_files
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER court_inbox_files_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON court_inbox_files
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER debtor_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON debtor_changes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER earlier_verdicts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON earlier_verdicts
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_lines_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_lines
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journals_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journals
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER law_rates_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON law_rates
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER ledger_entries_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entries
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER liability_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON liability_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER period_balances_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON period_balances
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proceeding_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proceeding_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER sent_letters_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON sent_letters
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER timeline_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON timeline_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The staff's role.
GRANT SELECT, INSERT, UPDATE, DELETE ON account_changes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON agency_profile TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON announcements TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON approvals TO recoup_app;
GRANT SELECT, INSERT ON audit_details TO recoup_app;
GRANT SELECT, INSERT ON audit_events TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON backup_drills TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bank_comparisons TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bank_entries TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bank_files TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bank_imports TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON bulk_actions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON case_debtors TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON cases TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON claim_documents TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON claims TO recoup_app;
GRANT SELECT, INSERT ON closed_periods TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON commitments TO recoup_app;
GRANT SELECT, INSERT ON contacts TO recoup_app;
GRANT SELECT, INSERT ON court_declarations TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON court_directories TO recoup_app;
GRANT SELECT, INSERT ON court_files TO recoup_app;
GRANT SELECT, INSERT ON court_inbox_files TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON court_memories TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON court_messages TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON court_payables TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON court_settings TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON creditor_contacts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON creditor_contracts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON creditor_reports TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON creditor_representatives TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON creditors TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debtor_addresses TO recoup_app;
GRANT SELECT, INSERT ON debtor_changes TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debtor_spokespersons TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON debtors TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON directory_courts TO recoup_app;
GRANT SELECT, INSERT ON earlier_verdicts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON fee_decisions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON filing_batches TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON filings TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON form_answers TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON holds TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON house_tasks TO recoup_app;
GRANT SELECT, INSERT ON journal_lines TO recoup_app;
GRANT SELECT, INSERT ON journals TO recoup_app;
GRANT SELECT, INSERT ON law_rates TO recoup_app;
GRANT SELECT, INSERT ON ledger_entries TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON legal_deadlines TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON letter_drafts TO recoup_app;
GRANT SELECT, INSERT, UPDATE (state) ON letters TO recoup_app;
GRANT SELECT, INSERT ON liability_log TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON limitation_events TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_attempts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON login_sessions TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON objection_checks TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON objection_items TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON objections TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON outbox_effects TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON payments TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON payout_runs TO recoup_app;
GRANT SELECT, INSERT ON period_balances TO recoup_app;
GRANT SELECT, INSERT ON proceeding_events TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON proceedings TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON promises TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON remittance_cases TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON remittances TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON request_counts TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON run_batches TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON run_failures TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON runs TO recoup_app;
GRANT SELECT, INSERT ON sent_letters TO recoup_app;
GRANT SELECT, INSERT ON stored_files TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON submission_rows TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON submissions TO recoup_app;
GRANT SELECT, INSERT ON timeline_events TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON titles TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON trial_courts_known TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON users TO recoup_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON work_items TO recoup_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO recoup_app;
GRANT SELECT ON alembic_version TO recoup_app, recoup_portal;

-- The portal's role: a creditor sees and writes its own rows only.
GRANT SELECT ON agency_profile TO recoup_portal;
GRANT INSERT ON audit_details TO recoup_portal;
GRANT INSERT ON audit_events TO recoup_portal;
GRANT SELECT ON case_debtors TO recoup_portal;
GRANT SELECT ON cases TO recoup_portal;
GRANT SELECT, INSERT ON claim_documents TO recoup_portal;
GRANT USAGE ON SEQUENCE claim_documents_id_seq TO recoup_portal;
GRANT SELECT ON claims TO recoup_portal;
GRANT SELECT ON creditor_contracts TO recoup_portal;
GRANT SELECT, INSERT ON creditor_reports TO recoup_portal;
GRANT USAGE ON SEQUENCE creditor_reports_id_seq TO recoup_portal;
GRANT SELECT ON creditors TO recoup_portal;
GRANT INSERT ON form_answers TO recoup_portal;
GRANT SELECT ON holds TO recoup_portal;
GRANT SELECT ON law_rates TO recoup_portal;
GRANT SELECT ON ledger_entries TO recoup_portal;
GRANT SELECT ON letters TO recoup_portal;
GRANT SELECT ON objection_items TO recoup_portal;
GRANT SELECT ON objections TO recoup_portal;
GRANT SELECT, INSERT ON outbox_effects TO recoup_portal;
GRANT USAGE ON SEQUENCE outbox_effects_id_seq TO recoup_portal;
GRANT SELECT ON payments TO recoup_portal;
GRANT SELECT ON remittance_cases TO recoup_portal;
GRANT SELECT ON remittances TO recoup_portal;
GRANT SELECT ON sent_letters TO recoup_portal;
GRANT SELECT, INSERT ON stored_files TO recoup_portal;
GRANT USAGE ON SEQUENCE stored_files_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON submission_rows TO recoup_portal;
GRANT USAGE ON SEQUENCE submission_rows_id_seq TO recoup_portal;
GRANT SELECT, INSERT, UPDATE ON submissions TO recoup_portal;
GRANT USAGE ON SEQUENCE submissions_id_seq TO recoup_portal;
GRANT SELECT ON timeline_events TO recoup_portal;
ALTER TABLE audit_details ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON audit_details TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON audit_details TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE audit_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON audit_events TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON audit_events TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE case_debtors ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON case_debtors TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON case_debtors TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON cases TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON cases TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE claim_documents ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON claim_documents TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON claim_documents TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE claims ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON claims TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON claims TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE creditor_contracts ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON creditor_contracts TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON creditor_contracts TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE creditor_reports ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON creditor_reports TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON creditor_reports TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE creditors ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON creditors TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON creditors TO recoup_portal
    USING (id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE form_answers ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON form_answers TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON form_answers TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE holds ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON holds TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON holds TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE ledger_entries ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON ledger_entries TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON ledger_entries TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON letters TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON letters TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint AND kind::text <> 'request_answer'::text)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint AND kind::text <> 'request_answer'::text);
ALTER TABLE objection_items ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON objection_items TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON objection_items TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE objections ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON objections TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON objections TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE outbox_effects ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON outbox_effects TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON outbox_effects TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE payments ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON payments TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON payments TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE remittance_cases ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON remittance_cases TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON remittance_cases TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE remittances ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON remittances TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON remittances TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE sent_letters ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON sent_letters TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON sent_letters TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE stored_files ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON stored_files TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON stored_files TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE submission_rows ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON submission_rows TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON submission_rows TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE submissions ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON submissions TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON submissions TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint);
ALTER TABLE timeline_events ENABLE ROW LEVEL SECURITY;
CREATE POLICY staff ON timeline_events TO recoup_app USING (true) WITH CHECK (true);
CREATE POLICY own_rows ON timeline_events TO recoup_portal
    USING (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint AND creditor_visible)
    WITH CHECK (creditor_id = nullif(current_setting('recoup.creditor_id', true), '')::bigint AND creditor_visible);
