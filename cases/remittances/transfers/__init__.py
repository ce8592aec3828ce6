"""Transfers of the house besides pay-outs: refunds, bills of third parties, our own share.

Each leaves in an order file that a second person releases, and is done when the bank shows it.
What the bank rejects is owed again.
"""
