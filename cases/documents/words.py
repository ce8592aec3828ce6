"""The words for kinds of documents."""

from cases.documents.client_papers.models import PaperKind
from cases.documents.models import DocumentKind
from legal.findings import N_, Words

DOCUMENT_KINDS: Words = {
    DocumentKind.CONTRACT: N_("Contract"),
    DocumentKind.ORDER: N_("Order of goods"),
    DocumentKind.DELIVERY_NOTE: N_("Delivery note or proof of work"),
    DocumentKind.INVOICE: N_("Invoice"),
    DocumentKind.TERMS: N_("Terms and conditions"),
    DocumentKind.REMINDER: N_("Reminder"),
    DocumentKind.CORRESPONDENCE: N_("Correspondence"),
    DocumentKind.ACCOUNT_OPENING: N_("Account-opening form"),
}

PAPERS: Words = {
    PaperKind.FEE_AGREEMENT: N_("Fee agreement with the order"),
    PaperKind.POWER_OF_ATTORNEY: N_("Power of attorney"),
    PaperKind.ASSIGNMENT: N_("Deed of assignment"),
    PaperKind.CONTRACT: N_("Contract"),
    PaperKind.TERMS: N_("Terms and conditions"),
    PaperKind.OTHER: N_("Other paper"),
}

TABLES = (DOCUMENT_KINDS, PAPERS)
CODES = {"paper_code": PAPERS}
