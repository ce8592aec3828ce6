"""The words for kinds of documents."""

from cases.documents.authority import AuthorityKind
from cases.documents.models import DocumentKind
from legal.findings import N_, Words

DOCUMENT_KINDS: Words = {
    DocumentKind.CONTRACT: N_("Contract"),
    DocumentKind.ORDER: N_("Order"),
    DocumentKind.DELIVERY_NOTE: N_("Delivery note or proof of work"),
    DocumentKind.INVOICE: N_("Invoice"),
    DocumentKind.TERMS: N_("Terms and conditions"),
    DocumentKind.REMINDER: N_("Reminder"),
    DocumentKind.CORRESPONDENCE: N_("Correspondence"),
    DocumentKind.ACCOUNT_OPENING: N_("Account-opening form"),
}

AUTHORITY_KINDS: Words = {
    AuthorityKind.POWER_OF_ATTORNEY: N_("Power of attorney"),
    AuthorityKind.ASSIGNMENT: N_("Deed of assignment"),
}

TABLES = (DOCUMENT_KINDS, AUTHORITY_KINDS)
CODES = {"paper_code": AUTHORITY_KINDS}
