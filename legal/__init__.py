"""What the law says and how courts want it: pure functions and frozen values, no database, no web.

One folder is one jurisdiction; `jurisdiction.py` defines the doors that each of them offers.
Rates, fee tables and catalogues are CSV files beside the code, each row with validity and source.
"""
