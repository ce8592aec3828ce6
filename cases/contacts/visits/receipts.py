"""The receipt for cash as the house keeps it: set once, by a worker, and never again."""

from datetime import date
from typing import Any

from cases.claims.queries import get_case_by_id
from cases.core import audit
from cases.core.database import db
from cases.core.files import store_file
from cases.letters.pdf import render_pdf
from cases.letters.rendering import render_html
from cases.parties.queries import get_agency, get_creditor
from cases.payments.cash.models import CashReceipt
from cases.people.services import names_of

TEMPLATE = "receipt"
LABELS = {
    "de": {
        "title": "Quittung {number}",
        "received": "Bar erhalten",
        "from": "von",
        "on": "am",
        "for": "für",
        "claim": "Forderung von {creditor}, Aktenzeichen {case}",
        "by": "durch",
        "note": "Der Betrag ist an diesem Tag auf dem Forderungskonto gutgeschrieben.",
    },
    "en": {
        "title": "Receipt {number}",
        "received": "Received in cash",
        "from": "from",
        "on": "on",
        "for": "for",
        "claim": "claim of {creditor}, case number {case}",
        "by": "by",
        "note": "The amount was credited to the claim account on that day.",
    },
}


def keep_receipt(key: str, receipt_id: int) -> None:
    """Carry out the effect `cash.receipt`: set the receipt and keep its bytes."""
    receipt = db.session.get_one(CashReceipt, receipt_id)
    if receipt.file_id is not None or receipt.received_on is None:
        return
    pdf = receipt_pdf(receipt, receipt.received_on)
    kept = store_file(pdf, f"{receipt.number}.pdf", "application/pdf", receipt.creditor_id)
    receipt.file_id = kept.id
    audit.record("cash.receipt_kept", "case", receipt.case_id, creditor_id=receipt.creditor_id)


def receipt_pdf(receipt: CashReceipt, day: date, language: str = "de") -> bytes:
    """The page; the same receipt gives the same bytes."""
    agency, case = get_agency(), get_case_by_id(receipt.case_id)
    receiver = receipt.received_by
    content: dict[str, Any] = {
        "language": language,
        "currency": receipt.currency,
        "agency": {
            name: getattr(agency, name)
            for name in ("name", "street", "postcode", "city", "phone", "email", "register_entry")
        },
        "labels": LABELS[language],
        "dispatched_on": day.isoformat(),
        "number": receipt.number,
        "amount_cents": receipt.amount_cents,
        "payer": receipt.payer or "",
        "creditor": get_creditor(receipt.creditor_id).name,
        "case_number": case.number,
        "receiver": names_of([receiver]).get(receiver, "") if receiver else "",
    }
    return render_pdf(render_html(TEMPLATE, content), "letter.css")
