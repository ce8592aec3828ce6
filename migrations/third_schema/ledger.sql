-- Changed: What stood on an account when a period was closed, by creditor and currency.
ALTER TABLE period_balances
    DROP CONSTRAINT ck_period_balances_account,
    ADD CONSTRAINT ck_period_balances_account
        CHECK (account IN ('trust_bank', 'trust_in_transit', 'cash_on_hand', 'operating_bank',
            'suspense', 'creditor_payables', 'creditor_advances', 'creditor_receivables',
            'refunds_due', 'share_in_trust', 'court_payables', 'court_costs_advanced',
            'agency_income', 'bank_charges', 'vat_payable', 'claims_due', 'claims_held'));

-- Changed: One side of a journal: positive is debit, negative is credit.
ALTER TABLE journal_lines
    DROP CONSTRAINT ck_journal_lines_account,
    ADD CONSTRAINT ck_journal_lines_account
        CHECK (account IN ('trust_bank', 'trust_in_transit', 'cash_on_hand', 'operating_bank',
            'suspense', 'creditor_payables', 'creditor_advances', 'creditor_receivables',
            'refunds_due', 'share_in_trust', 'court_payables', 'court_costs_advanced',
            'agency_income', 'bank_charges', 'vat_payable', 'claims_due', 'claims_held'));
