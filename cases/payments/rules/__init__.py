"""Rules of the accounts for ordinary lines of the bank: charges, and transfers of our own.

A rule books only what no person has looked at, up to its limit, and can be withdrawn; each line
that it booked can be taken back, and is then left to a person.
"""
