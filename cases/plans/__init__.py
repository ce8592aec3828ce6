"""Instalment plans (Ratenvereinbarung) and settlements (Vergleich) of a case.

Invariant: what an instalment pays, and how far a plan is, is read from the claim account; a plan
keeps only what was agreed. Nothing is let go before the last part is paid.
"""
