"""Switzerland, deliberately small: interest, allocation, limitation and deadlines.

It proves that the doors of `legal/jurisdiction.py` fit a second country.
"""
