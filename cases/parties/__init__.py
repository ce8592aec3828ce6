"""Who is involved: the agency itself, creditors with their contracts, debtors with their addresses.

Invariant: the debtor master is for staff only, it joins what several creditors know; the portal
shows a debtor as that creditor submitted it.
"""
