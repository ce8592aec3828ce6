-- Changed: All claims of one creditor against one debtor, or joint debtors, worked together (Akte).
CREATE INDEX ix_cases_foreign ON cases (creditor_id, id) WHERE currency <> 'EUR';
