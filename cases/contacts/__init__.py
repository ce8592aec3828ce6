"""The contact log (letter, e-mail, SMS, phone, visit), promises and our own commitments.

Invariant: what happened is never changed, only added to; a commitment stays due until it is kept
or moved with a reason.
"""
