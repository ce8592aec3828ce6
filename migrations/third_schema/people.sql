-- Changed: A person who signs in: staff, or somebody who works for one creditor.
ALTER TABLE users
    DROP CONSTRAINT ck_users_role,
    ADD CONSTRAINT ck_users_role
        CHECK (role IN ('creditor', 'creditor_admin', 'creditor_approver', 'creditor_reader',
            'creditor_sales', 'case_worker', 'accounts', 'legal', 'team_lead', 'privacy', 'admin'));
