"""What is to be done next: work items, follow-ups, strategies, the nightly run.

Invariant: every row of the worklist has a reason and is written with its cause.
"""
