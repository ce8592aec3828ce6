"""SEPA marks inside a purpose: EREF+, MREF+, SVWZ+ and their kin, as MT940 and CSV files have them.

Source: Deutsche Kreditwirtschaft, DFÜ-Abkommen Anlage 3, field 86; the form with a colon and a
blank is that of cooperative banks' CSV exports.
"""

import re
from dataclasses import dataclass

from cases.formats.bank.camt_details import NOT_PROVIDED

#: Names are joined without a blank before them, so a mark may follow any character.
MARK = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|RREF)\+\s?"
    r"|\b(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|PURP|IBAN|BIC|ANAM): "
)


@dataclass(frozen=True, slots=True)
class MarkedPurpose:
    """A purpose taken apart; what is not there is None."""

    purpose: str
    end_to_end: str | None = None
    customer: str | None = None
    mandate: str | None = None
    creditor_id: str | None = None
    ultimate_debtor: str | None = None
    ultimate_creditor: str | None = None
    iban: str | None = None
    bic: str | None = None
    original_amount: str | None = None
    charges: str | None = None


def take_apart(text: str) -> MarkedPurpose:
    """Split a purpose at its marks; the purpose proper stands behind SVWZ, else before all marks.

    If nothing stands at either place, the whole text is the purpose: somebody must be able to
    read what the payer wrote.
    """
    marks = list(MARK.finditer(text))
    if not marks:
        return MarkedPurpose(text.strip())
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    parts: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=True):
        parts.setdefault(mark[1] or mark[2], text[mark.end() : end].strip())
    purpose = parts.get("SVWZ") or text[: marks[0].start()].strip() or text.strip()
    return MarkedPurpose(
        purpose=purpose,
        end_to_end=given(parts.get("EREF")),
        customer=given(parts.get("KREF")),
        mandate=given(parts.get("MREF")),
        creditor_id=given(parts.get("CRED")),
        ultimate_debtor=given(parts.get("ABWA")),
        ultimate_creditor=given(parts.get("ABWE")),
        iban=given(parts.get("IBAN")),
        bic=given(parts.get("BIC")),
        original_amount=given(parts.get("OAMT")),
        charges=given(parts.get("COAM")),
    )


def given(reference: str | None) -> str | None:
    """A reference, unless it is blank or one of the words that stand for "none"."""
    if reference is None or not reference.strip():
        return None
    stripped = reference.strip()
    return None if stripped.upper() in NOT_PROVIDED else stripped
