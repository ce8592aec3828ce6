"""Objections: what a debtor says against a claim, its verification and the verdict.

Invariant: an objection that contests the claim keeps it disputed for the law whatever our
verdict; a verdict needs a reason and is never preselected.
"""
