"""The English sentence of every finding about a file of claims, in one catalogue."""

from collections.abc import Mapping

from cases.formats import (
    amounts,
    archives,
    attachments,
    cells,
    content,
    dates,
    gate,
    identifiers,
    sheet_traps,
    text,
    workbook,
    xml,
)
from cases.formats.claims import (
    checks,
    document_types,
    duplicates,
    reading,
    schema,
    status_words,
)
from cases.formats.claims.invoices import e_invoice, invoice_pdf, invoice_reading, invoice_xml
from cases.formats.claims.lists import (
    datev,
    delimited,
    headers,
    list_reading,
    lists,
    positions,
    sap_netting,
    units,
)

MESSAGES: Mapping[str, str] = {
    **amounts.MESSAGES,
    **archives.MESSAGES,
    **attachments.MESSAGES,
    **cells.MESSAGES,
    **checks.MESSAGES,
    **content.MESSAGES,
    **dates.MESSAGES,
    **datev.MESSAGES,
    **document_types.MESSAGES,
    **delimited.MESSAGES,
    **duplicates.MESSAGES,
    **e_invoice.MESSAGES,
    **gate.MESSAGES,
    **headers.MESSAGES,
    **identifiers.MESSAGES,
    **invoice_pdf.MESSAGES,
    **invoice_reading.MESSAGES,
    **invoice_xml.MESSAGES,
    **list_reading.MESSAGES,
    **lists.MESSAGES,
    **reading.MESSAGES,
    **xml.MESSAGES,
    **sap_netting.MESSAGES,
    **positions.MESSAGES,
    **schema.MESSAGES,
    **status_words.MESSAGES,
    **sheet_traps.MESSAGES,
    **text.MESSAGES,
    **units.MESSAGES,
    **workbook.MESSAGES,
}
