"""E-invoices in CII: ZUGFeRD 1 and 2, Factur-X, XRechnung.

Law: UN/CEFACT Cross Industry Invoice D16B; ZUGFeRD 1.0 has other element names for the same parts.
"""

import re

from lxml import etree

from cases.formats.attachments import Attachment, decode_attachment
from cases.formats.claims.invoices.e_invoice import EInvoice
from cases.formats.xml import find, find_all, local_name, text_at

ROOTS = ("CrossIndustryInvoice", "CrossIndustryDocument")
_TRANSACTION = "SupplyChainTradeTransaction|SpecifiedSupplyChainTradeTransaction"
_AGREEMENT = "ApplicableHeaderTradeAgreement|ApplicableSupplyChainTradeAgreement"
_SETTLEMENT = "ApplicableHeaderTradeSettlement|ApplicableSupplyChainTradeSettlement"
_SUMS = "SpecifiedTradeSettlementHeaderMonetarySummation|SpecifiedTradeSettlementMonetarySummation"
_MEANS = "SpecifiedTradeSettlementPaymentMeans"
_DAY = re.compile(r"^(\d{4})(\d{2})(\d{2})", re.ASCII)


def read_cii(root: etree._Element) -> EInvoice:
    """The parts of a CII invoice that a claim needs."""
    document = find(root, "ExchangedDocument|HeaderExchangedDocument")
    transaction = find(root, _TRANSACTION)
    agreement, settlement = find(transaction, _AGREEMENT), find(transaction, _SETTLEMENT)
    sums = find(settlement, _SUMS)
    context = "ExchangedDocumentContext|SpecifiedExchangedDocumentContext"
    guideline = f"{context}/GuidelineSpecifiedDocumentContextParameter/ID"
    return EInvoice(
        format="zugferd-1" if local_name(root) == ROOTS[1] else "cii",
        profile=text_at(root, guideline),
        number=text_at(document, "ID"),
        type_code=text_at(document, "TypeCode"),
        invoiced_on=_day(document, "IssueDateTime"),
        due_on=_due_day(settlement),
        currency=_currency(settlement, sums),
        total=text_at(sums, "GrandTotalAmount"),
        paid=text_at(sums, "TotalPrepaidAmount"),
        rounding=text_at(sums, "RoundingAmount"),
        open=text_at(sums, "DuePayableAmount"),
        seller=_party(find(agreement, "SellerTradeParty")),
        buyer=_party(find(agreement, "BuyerTradeParty")),
        payee=text_at(settlement, "PayeeTradeParty/Name"),
        iban=text_at(settlement, f"{_MEANS}/PayeePartyCreditorFinancialAccount/IBANID"),
        payment_means=text_at(settlement, f"{_MEANS}/TypeCode"),
        terms=text_at(settlement, "SpecifiedTradePaymentTerms/Description"),
        preceding=text_at(settlement, "InvoiceReferencedDocument/IssuerAssignedID"),
        buyer_reference=text_at(agreement, "BuyerReference"),
        attachments=_attachments(agreement),
    )


def _day(parent: etree._Element | None, name: str) -> str:
    """A day in format 102 (YYYYMMDD) as ISO; anything else as it stands."""
    written = text_at(parent, f"{name}/DateTimeString", f"{name}/DateTime", name)
    digits = _DAY.match(written)
    return "-".join(digits.groups()) if digits else written[:10]


def _due_day(settlement: etree._Element | None) -> str:
    """The last due day of the whole sum; the day up to which a discount is granted is none."""
    discount = "ApplicableTradePaymentDiscountTerms"
    terms = [
        each for each in find_all(settlement, "SpecifiedTradePaymentTerms")
        if find(each, discount) is None
    ]  # fmt: skip
    return max((_day(each, "DueDateDateTime") for each in terms), default="")


def _currency(settlement: etree._Element | None, sums: etree._Element | None) -> str:
    code = text_at(settlement, "InvoiceCurrencyCode")
    amounts = find_all(sums, "DuePayableAmount|GrandTotalAmount")
    return code or next((each.get("currencyID", "") for each in amounts), "")


def _party(party: etree._Element | None) -> dict[str, str]:
    """A trade party; its street may stand in any of three lines."""
    address = find(party, "PostalTradeAddress")
    contact = find(party, "DefinedTradeContact")
    further = [text_at(address, line) for line in ("LineTwo", "LineThree")]
    return {
        "name": text_at(party, "Name"),
        "street": text_at(address, "LineOne", "StreetName", "LineTwo"),
        "address_extra": ", ".join(line for line in further if line)[:200],
        "postcode": text_at(address, "PostcodeCode"),
        "city": text_at(address, "CityName"),
        "country": text_at(address, "CountryID"),
        "account": text_at(party, "ID")[:40],
        "vat_id": _tax_number(party),
        "email": text_at(contact, "EmailURIUniversalCommunication/URIID")
        or _electronic_mail(party),
        "phone": text_at(contact, "TelephoneUniversalCommunication/CompleteNumber"),
    }


def _tax_number(party: etree._Element | None) -> str:
    numbers = find_all(party, "SpecifiedTaxRegistration/ID")
    return next((each.text or "" for each in numbers if each.get("schemeID") == "VA"), "")


def _electronic_mail(party: etree._Element | None) -> str:
    addresses = find_all(party, "URIUniversalCommunication/URIID")
    return next((each.text or "" for each in addresses if each.get("schemeID") == "EM"), "")


def _attachments(agreement: etree._Element | None) -> tuple[Attachment, ...]:
    found = find_all(agreement, "AdditionalReferencedDocument/AttachmentBinaryObject")
    return tuple(
        decode_attachment(each.get("filename", ""), each.get("mimeCode", ""), each.text or "")
        for each in found
    )
