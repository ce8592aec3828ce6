"""A client's general terms (AGB) by version, with their clauses, and what applies to a claim.

Invariant: a version that was in force is never changed; a later one ends it. What a clause does is
shown, never decided: the law beside it is data with its paragraph, else "ask your lawyer".
"""
