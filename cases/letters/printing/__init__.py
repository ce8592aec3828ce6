"""Print runs: letters that wait leave as one sorted file with its index, prepared and released.

Invariant: a letter is in one run at most, and a run leaves the house once.
"""
