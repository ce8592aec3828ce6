"""What is watched every night: limitation, fees, promises, rates; and what the timeline causes.

Invariant: every row of the worklist has a reason and is written with its cause.
"""
