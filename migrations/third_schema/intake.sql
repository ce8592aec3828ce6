-- Changed: One row of a list, or one invoice, with its verdict.
CREATE INDEX ix_submission_rows_foreign ON submission_rows (submission_id) WHERE (parsed ->> 'currency') <> 'EUR';
