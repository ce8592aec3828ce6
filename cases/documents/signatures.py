"""Who signed an order, contract or form for the debtor, and whether it was checked that he may."""

from cases.core import audit, clock
from cases.core.locks import relock
from cases.documents.models import ClaimDocument, DocumentKind

#: What somebody signs for the debtor.
SIGNED = frozenset({
    DocumentKind.CONTRACT, DocumentKind.ORDER, DocumentKind.ACCOUNT_OPENING,
    DocumentKind.DELIVERY_NOTE, DocumentKind.TERMS,
})  # fmt: skip
LONGEST = 200


def note_signature(
    document: ClaimDocument, signed_by: str, signed_as: str, *, checked: bool
) -> None:
    """Keep name, role and the check of the authority; without a name nobody signed."""
    relock(document)
    name = " ".join(signed_by.split())[:LONGEST]
    document.signed_by = name or None
    document.signed_as = (" ".join(signed_as.split())[:LONGEST] or None) if name else None
    if not (name and checked):
        document.authority_checked_on = None
    elif document.authority_checked_on is None:
        document.authority_checked_on = clock.today()
    audit.record("claim_document.signature_noted", "claim_document", document.id,
                 creditor_id=document.creditor_id)  # fmt: skip


def is_unverified(document: ClaimDocument) -> bool:
    """Whether somebody signed of whom nobody made sure that he may."""
    return document.signed_by is not None and document.authority_checked_on is None
