"""Codes on letters that fill in a transfer: the GiroCode of the euro, the bill of Swiss banks."""
