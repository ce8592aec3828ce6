"""Dunning strategies (Mahnstrategien): steps as data, carried out every night without anybody.

Invariant: no step of a case is done twice, none while something stands against it, and the
intensity never falls without a reset that says why. What a letter announces is what its strategy
does next.
"""
