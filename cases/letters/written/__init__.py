"""Single letters that people write: free text with blocks and placeholders of our own.

Invariant: what staff write is data, never code; it leaves the house only where the duties of its
occasion are met and nothing is threatened that we do not do.
"""
