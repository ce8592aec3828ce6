"""Users, their roles and sign-ins, and the one table that says what a role may do.

Invariant: a role withdrawn, a user locked or a password changed counts from the next request on.
"""
