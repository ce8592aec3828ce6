"""E-invoices in UBL: XRechnung, Peppol BIS, and credit notes of both.

Law: OASIS UBL 2.1 Invoice and CreditNote.
"""

from lxml import etree

from cases.formats.attachments import Attachment, decode_attachment
from cases.formats.claims.invoices.e_invoice import EInvoice
from cases.formats.xml import find, find_all, local_name, text_at

ROOTS = ("Invoice", "CreditNote")
NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
_SUMS = "LegalMonetaryTotal"


def read_ubl(root: etree._Element) -> EInvoice:
    """The parts of a UBL invoice or credit note that a claim needs."""
    sums = find(root, _SUMS)
    attached = "AdditionalDocumentReference/Attachment/EmbeddedDocumentBinaryObject"
    return EInvoice(
        format="ubl" if local_name(root) == ROOTS[0] else "ubl-creditnote",
        profile=text_at(root, "CustomizationID"),
        number=text_at(root, "ID"),
        type_code=text_at(root, "InvoiceTypeCode|CreditNoteTypeCode"),
        invoiced_on=text_at(root, "IssueDate")[:10],
        due_on=text_at(root, "DueDate", "PaymentMeans/PaymentDueDate")[:10],
        currency=text_at(root, "DocumentCurrencyCode") or _currency(sums),
        total=text_at(sums, "TaxInclusiveAmount"),
        paid=text_at(sums, "PrepaidAmount"),
        rounding=text_at(sums, "PayableRoundingAmount"),
        open=text_at(sums, "PayableAmount"),
        seller=_party(find(root, "AccountingSupplierParty/Party")),
        buyer=_party(find(root, "AccountingCustomerParty/Party")),
        payee=text_at(root, "PayeeParty/PartyName/Name"),
        iban=text_at(root, "PaymentMeans/PayeeFinancialAccount/ID"),
        payment_means=text_at(root, "PaymentMeans/PaymentMeansCode"),
        terms=text_at(root, "PaymentTerms/Note"),
        preceding=text_at(root, "BillingReference/InvoiceDocumentReference/ID"),
        buyer_reference=text_at(root, "BuyerReference"),
        attachments=tuple(map(_attachment, find_all(root, attached))),
    )


def _currency(sums: etree._Element | None) -> str:
    return next((each.get("currencyID", "") for each in find_all(sums, "PayableAmount")), "")


def _party(party: etree._Element | None) -> dict[str, str]:
    """A party by its legal name (BT-27, BT-44); the trading name only where it has no other."""
    address = find(party, "PostalAddress")
    street = text_at(address, "StreetName", "AddressLine/Line", "AdditionalStreetName")
    number = text_at(address, "BuildingNumber")
    person = find(party, "Person")
    natural = f"{text_at(person, 'FirstName')} {text_at(person, 'FamilyName')}".strip()
    legal_name = text_at(party, "PartyLegalEntity/RegistrationName", "PartyName/Name")
    return {
        "name": legal_name or natural,
        "street": f"{street} {number}".strip(),
        "address_extra": text_at(address, "AdditionalStreetName")[:200],
        "postcode": text_at(address, "PostalZone"),
        "city": text_at(address, "CityName"),
        "country": text_at(address, "Country/IdentificationCode"),
        "account": text_at(party, "PartyIdentification/ID")[:40],
        "vat_id": _tax_number(party),
        "email": text_at(party, "Contact/ElectronicMail"),
        "phone": text_at(party, "Contact/Telephone"),
    }


def _tax_number(party: etree._Element | None) -> str:
    for scheme in find_all(party, "PartyTaxScheme"):
        if text_at(scheme, "TaxScheme/ID") == "VAT":
            return text_at(scheme, "CompanyID")
    return ""


def _attachment(element: etree._Element) -> Attachment:
    name, media_type = element.get("filename", ""), element.get("mimeCode", "")
    return decode_attachment(name, media_type, element.text or "")
