"""What a list calls its documents: an invoice, a credit note or payment, or nothing owed at all.

Programs export every document with a positive amount and a column that says what it is.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache

from legal.findings import N_


class DocumentType(StrEnum):
    """What a row of a list is about."""

    INVOICE = "invoice"
    CREDIT = "credit"  # A credit note or a payment: its amount counts against the debtor's debt.
    NO_CLAIM = "no_claim"  # An offer, a delivery note: nothing is owed.


MESSAGES = {
    "type_no_claim": N_("The list calls this “{value}”: that is no invoice. The row was left out."),
    "type_unknown": N_("Is “{value}” an invoice? Confirm the row if it is."),
}
#: German, English, French and Italian, as `_folded` writes them; parts of longer words count.
_CREDIT = re.compile(
    r"gutschrift|storno|rechnungskorrektur|korrekturrechnung|creditnote|creditmemo|^credit$|"
    r"refund|erstattung|^avoir|factureavoir|notadicredito|^zahlung|zahlungseingang|^payment|"
    r"paiement|pagamento|bankeingang|^skonto|^(?:dg|dz)$"
)
_NO_CLAIM = re.compile(
    r"angebot|offerte|^offer$|quote|quotation|estimate|devis|preventivo|lieferschein|"
    r"deliverynote|bondelivraison|auftragsbestaetigung|orderconfirmation|bestellung|^auftrag|"
    r"salesorder|proforma|entwurf|draft|^brief$|^letter$"
)
_INVOICE = re.compile(
    r"rechnung|faktura|invoice|facture|fattura|^(?:re|rg|rn|ra|ar|rv|dr|fa|fv|inv|rech)$|mahnung|"
    r"lastschrift|belastung|debitnote|sollstellung|miete|beitrag|forderung|opening|saldovortrag"
)


@cache
def type_of(text: str) -> DocumentType | None:
    """What a cell of a column of document types says; None: nobody here knows the word."""
    folded = _folded(text)
    if not folded:
        return DocumentType.INVOICE  # A number of a program's own: e-invoices are judged elsewhere.
    for pattern, kind in (
        (_NO_CLAIM, DocumentType.NO_CLAIM),
        (_CREDIT, DocumentType.CREDIT),
        (_INVOICE, DocumentType.INVOICE),
    ):
        if pattern.search(folded):
            return kind
    return None


def is_other_side(text: str) -> bool:
    """Whether a cell beside the amount says that it is owed to the debtor (H, Haben, credit)."""
    return _folded(text) in {"h", "haben", "c", "cr", "credit", "gutschrift", "avoir", "avere"}


def _folded(text: str) -> str:
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    plain = unicodedata.normalize("NFKD", text.casefold().translate(umlauts))
    return re.sub(r"[^a-z]", "", plain)
