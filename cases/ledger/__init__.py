"""What is owed and where the money is: claim account, statement, trust accounting.

Invariant: entries and journals are append-only, every journal sums to zero, and what is owed is a
pure function of the entries: `statement(case, as_of, known_at)`.
"""
