"""The words for kinds of documents."""

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

TABLES = (DOCUMENT_KINDS,)
