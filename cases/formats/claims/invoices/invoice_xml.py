"""Which e-invoice an XML file is, by root element and namespace."""

from dataclasses import replace

from lxml import etree

from cases.formats.claims.invoices import cii, ubl
from cases.formats.claims.invoices.e_invoice import EInvoice
from cases.formats.foreign_files import foreign_name
from cases.formats.gate import Refused
from cases.formats.xml import local_name, parse_xml
from legal.findings import N_

#: The drafts of ZUGFeRD before version 1.0.
_DRAFT_NAMESPACE = "urn:un:unece:uncefact:"

MESSAGES = {
    "xml_no_invoice": N_(
        "This XML file is not an invoice we know (its root is “{root}”). We read ZUGFeRD, "
        "Factur-X and XRechnung; anything else please enter by hand or as a list."
    ),
    "file_of_other_kind": N_(
        "This is a file of the kind {name}: it is neither an invoice nor a list of claims."
    ),
    "xml_order": N_("This XML file is an order or a delivery message, not an invoice."),
    "xml_prerelease": N_(
        "The invoice is written in a draft of ZUGFeRD that was never published. Please enter it by "
        "hand; the file is kept as a document."
    ),
}


def read_invoice_xml(data: bytes) -> EInvoice:
    """Read an e-invoice.

    Raises:
        Refused: it is not safe, not well-formed, or no invoice.
    """
    root, repairs = parse_xml(data)
    name, namespace = local_name(root), etree.QName(root).namespace or ""
    if name in cii.ROOTS:
        return replace(cii.read_cii(root), repairs=repairs)
    if name in ubl.ROOTS and namespace.startswith(ubl.NAMESPACE):
        return replace(ubl.read_ubl(root), repairs=repairs)
    raise _refusal(name, namespace, foreign_name(data))


def _refusal(name: str, namespace: str, foreign: str | None) -> Refused:
    if "camt." in namespace:
        return Refused("content_bank_statement")
    if name.startswith("SCRDMCCBDACIO"):
        return Refused("xml_order")
    if name in ubl.ROOTS and namespace.startswith(_DRAFT_NAMESPACE):
        return Refused("xml_prerelease")
    if foreign is not None:
        return Refused("file_of_other_kind", name=foreign)
    return Refused("xml_no_invoice", root=name[:60])
