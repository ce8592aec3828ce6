"""The one door for bank files: any upload in, statements and findings out."""

from cases.payments.bank_statement import StatementFile, refused
from cases.payments.camt import read_camt


def read_statements(data: bytes, filename: str) -> StatementFile:
    """Read a bank file by its content, whatever it is called; never raises."""
    if data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<"):
        return read_camt(data)
    return refused("format_unknown")
