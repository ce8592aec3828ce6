"""Cash taken at a door: numbered receipts, and the day it is paid in to the trust account.

Invariant: every number is in the list, used or not, and what was taken lies on `cash_on_hand` until
it is paid in.
"""
