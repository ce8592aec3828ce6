"""Account opening (Kundenkontoeröffnung): what has to be known of a customer before the first bill.

Invariant: a decision is a person's and is kept with what was known then; a form that was signed is
kept byte for byte.
"""
