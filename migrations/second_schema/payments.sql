-- Changed: One entry of a bank statement, or one payment of a batch; never booked twice.
CREATE INDEX ix_bank_entries_refunded ON bank_entries (id) WHERE state = 'refunded';

-- Changed: Money that was allocated to a case (Zahlungseingang).
CREATE INDEX ix_payments_surplus ON payments (bank_entry_id) WHERE surplus_cents > 0 AND reversed_at IS NULL;
