"""Money between a creditor and the house: settlements, advances, open items."""
