"""Files of other kinds that people hand in at the wrong door, by the name of their format.

Pure. The beginning is enough: a namespace, an element of a payment message, a block of SWIFT.
"""

import re

_HEAD = 8_000
#: What stands near the beginning -> the format, as banks and courts call it.
NAMES: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\A%PDF-"), "PDF"),
    (re.compile(rb"www\.xjustiz\.de"), "XJustiz"),
    (re.compile(rb"pain\.001|<(?:\w+:)?CstmrCdtTrfInitn"), "pain.001"),
    (re.compile(rb"pain\.002|<(?:\w+:)?CstmrPmtStsRpt"), "pain.002"),
    (re.compile(rb"pain\.008|<(?:\w+:)?CstmrDrctDbtInitn"), "pain.008"),
    (re.compile(rb"camt\.05[234]\."), "camt"),
    (re.compile(rb"\{2:[IO]103"), "MT103"),
    (re.compile(rb"\{2:[IO]94[02]|^:20:[^\n]*\n:25:", re.MULTILINE), "MT940"),
    (re.compile(rb"CrossIndustryInvoice|oasis:names:specification:ubl"), "XRechnung, ZUGFeRD"),
)


def foreign_name(data: bytes) -> str | None:
    """The format of a file; None where its beginning does not tell."""
    head = data[:_HEAD].replace(b"\0", b"").replace(b"\r\n", b"\n")
    return next((name for pattern, name in NAMES if pattern.search(head)), None)
