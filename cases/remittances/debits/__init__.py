"""Direct debits for instalments: the mandate, what is collected, and the order to the bank.

A debit can be taken back for eight weeks; until the contract's days are over its money is not paid
out. What a bank returns ends the mandate, and the plan stands where it stood before.
"""
