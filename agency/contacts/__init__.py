"""Screens of the contact log, of the people at a debtor, and of what the house allows itself."""
