"""Collection costs (Inkassokosten): which of them the debtor owes, booked, raised, taken back."""
