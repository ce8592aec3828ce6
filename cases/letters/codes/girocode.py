"""GiroCode: the QR code on a letter that fills in a SEPA transfer.

Law: EPC069-12 version 2.1 (Quick Response Code: Guidelines to Enable the Data Capture for the
Initiation of a SEPA Credit Transfer). Our convention: the case number goes into the free text
(line 11), because many banking apps ignore the structured reference (line 10).
"""

import io
import re
from dataclasses import dataclass
from decimal import Decimal

from cases.claims.references import is_iso11649
from cases.formats.identifiers import find_iban

MAX_BYTES = 331
MAX_CENTS = 99_999_999_999
MAX_QR_VERSION = 13
#: Fixed, so that the same payment always gives the same picture.
MASK = 3
NAME_LENGTH, TEXT_LENGTH, NOTE_LENGTH = 70, 140, 70
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?")


class TransferUnfit(ValueError):
    """This payment cannot be put into a GiroCode."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """What a GiroCode asks the payer to send; either a structured reference or a text."""

    name: str
    iban: str
    amount_cents: int | None = None
    text: str = ""
    reference: str = ""
    bic: str = ""
    purpose: str = ""
    note: str = ""
    currency: str = "EUR"


def girocode_text(transfer: Transfer) -> str:
    """The payload of the code, after everything in it was checked, the IBAN first.

    Raises:
        TransferUnfit: with the reason.
    """
    iban = find_iban(transfer.iban)
    _require(iban is not None, "the IBAN is wrong")
    _check(transfer)
    amount = ""
    if transfer.amount_cents is not None:
        amount = f"EUR{Decimal(transfer.amount_cents).scaleb(-2):.2f}"
    lines = [
        "BCD",
        "002",
        "1",
        "SCT",
        transfer.bic,
        transfer.name,
        str(iban),
        amount,
        transfer.purpose,
        transfer.reference,
        transfer.text,
        transfer.note,
    ]
    payload = "\n".join(lines).rstrip("\n")
    _require(len(payload.encode()) <= MAX_BYTES, f"more than {MAX_BYTES} bytes")
    return payload


def _check(transfer: Transfer) -> None:
    _require(transfer.currency == "EUR", "only euro")
    _require(0 < len(transfer.name) <= NAME_LENGTH, f"the name needs 1 to {NAME_LENGTH} characters")
    _require(not transfer.bic or BIC.fullmatch(transfer.bic) is not None, "the BIC is wrong")
    cents = transfer.amount_cents
    _require(cents is None or 0 < cents <= MAX_CENTS, "the amount is out of range")
    _require(not (transfer.reference and transfer.text), "reference or text, never both")
    _require(not transfer.reference or is_iso11649(transfer.reference), "no RF reference")
    _require(len(transfer.text) <= TEXT_LENGTH, f"the text is longer than {TEXT_LENGTH}")
    _require(len(transfer.note) <= NOTE_LENGTH, f"the note is longer than {NOTE_LENGTH}")
    _require(re.fullmatch(r"[A-Z0-9]{0,4}", transfer.purpose) is not None, "the purpose is wrong")
    # A control character would begin a new line of the payload, and with it another field.
    fields = (transfer.name, transfer.text, transfer.note)
    _require(all(each.isprintable() for each in fields), "a control character in a text")


def _require(fulfilled: bool, reason: str) -> None:
    if not fulfilled:
        raise TransferUnfit(reason)


def girocode_svg(transfer: Transfer, module_mm: Decimal = Decimal("0.5")) -> str:
    """The code as SVG, the same bytes for the same payment.

    Raises:
        TransferUnfit: as `girocode_text`.
    """
    import segno

    code = segno.make_qr(
        girocode_text(transfer), error="m", mask=MASK, encoding="utf-8", boost_error=False
    )
    if int(code.version) > MAX_QR_VERSION:
        raise TransferUnfit(f"more than QR version {MAX_QR_VERSION}")
    picture = io.BytesIO()
    code.save(
        picture,
        kind="svg",
        scale=float(module_mm),
        unit="mm",
        border=4,
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=False,
    )
    return picture.getvalue().decode()
