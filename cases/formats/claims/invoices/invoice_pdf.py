"""Invoices that are PDF outside and XML inside: ZUGFeRD and Factur-X.

The names of attachments are compared with known names and never used as paths; whatever a damaged
or hostile file makes the PDF library do, the answer is a finding.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from cases.formats.gate import MAX_BYTES, Refused
from legal.findings import N_

if TYPE_CHECKING:
    from pypdf import PdfReader

#: The names the specifications give the invoice, the newest first.
INVOICE_NAMES = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")
MAX_ATTACHMENTS = 100
_XMP_NAME = re.compile(rb"DocumentFileName[>=\"'\s]+([\w.-]{1,60})")

MESSAGES = {
    "pdf_unreadable": N_("The PDF file is damaged and cannot be opened. Please export it again."),
    "pdf_without_invoice": N_(
        "The PDF file holds no e-invoice, it is only a picture of one. Please enter the claim by "
        "hand; the file can be attached as a document."
    ),
    "pdf_several_invoices": N_(
        "The PDF file holds several invoices ({names}), and it is not clear which one counts. "
        "Please hand in the XML file of the right one."
    ),
}


def invoice_candidates(data: bytes) -> dict[str, bytes]:
    """The attachments that may be the invoice; if the PDF itself names one, it comes alone.

    Raises:
        Refused: it cannot be opened, is protected, or holds no invoice.
    """
    from pypdf import PdfReader  # Large; most processes read no invoices.

    try:
        reader = PdfReader(io.BytesIO(data))
        protected = reader.is_encrypted and not reader.decrypt("")
        found = {} if protected else _xml_attachments(reader)
        named = None if protected else _named_in_metadata(reader)
    except Exception as error:  # pypdf raises all kinds; none may get further.
        if "ncrypt" in f"{type(error).__name__} {error}" or b"/Encrypt" in data:
            raise Refused("content_encrypted") from error
        raise Refused("pdf_unreadable") from error
    if protected:
        raise Refused("content_encrypted")
    if not found:
        raise Refused("pdf_without_invoice")
    return {named: found[named]} if named in found else found


def _xml_attachments(reader: PdfReader) -> dict[str, bytes]:
    """Attachments by known name; without one of those, any XML."""
    known: dict[str, bytes] = {}
    others: dict[str, bytes] = {}
    for count, attachment in enumerate(reader.attachment_list):
        if count >= MAX_ATTACHMENTS:
            break
        name = (attachment.alternative_name or attachment.name or "").strip().lower()
        names = {name, attachment.name.strip().lower()}
        match = next((each for each in INVOICE_NAMES if each in names), None)
        if match is None and not name.endswith(".xml"):
            continue
        content = attachment.content
        if len(content) > MAX_BYTES:
            continue
        (known if match else others)[match or name[-60:]] = content
    return {name: known[name] for name in INVOICE_NAMES if name in known} or others


def _named_in_metadata(reader: PdfReader) -> str | None:
    """The invoice's file name as the XMP metadata give it."""
    metadata = reader.root_object.get("/Metadata")
    if metadata is None:
        return None
    match = _XMP_NAME.search(metadata.get_object().get_data())
    return match.group(1).decode().lower() if match else None
