"""Invoice numbers as they are compared: one fold for search, bank matching and duplicates.

Made in Python and stored beside the number, because the database folds letters differently
(ß and SS, ligatures, full-width digits).
"""

import unicodedata


def invoice_key(number: str) -> str:
    """An invoice number without case, blanks and typographic variants; its marks stay.

    "1/12" and "11/2" are two invoices of one creditor.
    """
    if number.isascii():
        return "".join(number.split()).lower()
    return "".join(unicodedata.normalize("NFKC", number).split()).casefold()


def fold_invoice(number: str) -> str:
    """An invoice number as people type it into a transfer or a search: without marks as well."""
    return "".join(sign for sign in invoice_key(number) if sign.isalnum()).upper()
