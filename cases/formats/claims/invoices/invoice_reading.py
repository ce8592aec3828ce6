"""An e-invoice from its bytes to its one row: XML by itself, or inside a PDF."""

from datetime import date

from cases.formats.claims.claim_file import ClaimFile, Original
from cases.formats.claims.invoices.e_invoice import EInvoice, claim_of, profile_name
from cases.formats.claims.invoices.invoice_pdf import invoice_candidates
from cases.formats.claims.invoices.invoice_xml import read_invoice_xml
from cases.formats.gate import Refused
from legal.findings import N_, Finding, Severity

MESSAGES = {
    "pdf_invoice_twice": N_(
        "The PDF file holds the same invoice in several formats; “{name}” was read."
    ),
}


def read_invoice_file(data: bytes, as_of: date | None) -> ClaimFile:
    """Read an e-invoice in XML."""
    return _file_of(read_invoice_xml(data), as_of)


def read_invoice_pdf(data: bytes, as_of: date | None) -> ClaimFile:
    """Read the e-invoice inside a PDF.

    Raises:
        Refused: it holds none, or several that contradict each other.
    """
    candidates = invoice_candidates(data)
    if len(candidates) == 1:
        return _file_of(read_invoice_xml(next(iter(candidates.values()))), as_of, "pdf+")
    name, invoice = _the_one(candidates)
    return _file_of(invoice, as_of, "pdf+", name)


def _the_one(candidates: dict[str, bytes]) -> tuple[str, EInvoice]:
    """The newest of several invoices that say the same."""
    readable: dict[str, EInvoice] = {}
    for name, data in candidates.items():
        try:
            readable[name] = read_invoice_xml(data)
        except Refused as refusal:
            if refusal.finding.code == "xml_doctype":
                raise
    claims = {(each.number, each.open, each.currency) for each in readable.values()}
    if len(claims) != 1:
        raise Refused("pdf_several_invoices", names=", ".join(candidates))
    return next(iter(readable.items()))


def _file_of(
    invoice: EInvoice, as_of: date | None, carrier: str = "", chosen: str | None = None
) -> ClaimFile:
    findings = []
    if chosen:
        params = {"name": chosen}
        findings.append(Finding("pdf_invoice_twice", Severity.WARNING, params=params))
    row = claim_of(invoice, as_of)
    return ClaimFile(
        "e-invoice",
        carrier + invoice.format,
        "xml",
        rows=(row,),
        originals=(Original(row.line, invoice.number or ""),),
        findings=tuple(findings),
        profile=profile_name(invoice.profile) or None,
        attachments=invoice.attachments,
    )
