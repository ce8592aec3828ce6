"""Texts that letters begin with: what ships, and what the house has made of it.

Invariant: a text that the law's duties of its occasion are missing from is never in force.
"""
