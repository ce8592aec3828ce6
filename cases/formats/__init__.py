"""What strangers' files say: bank statements, lists of claims, invoices. Bytes in, values out.

One gate for hostile files, one set of amounts, dates, currencies and identifiers.
"""
