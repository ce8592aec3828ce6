"""The XML of an e-invoice: UN/CEFACT CII in the profile EN 16931, as ZUGFeRD and Factur-X embed it.

Pure. The BT numbers are those of EN 16931-1. Law: UStG § 14(1), (4).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from cases.remittances.contract import VatTreatment

RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
PROFILE = "urn:cen.eu:en16931:2017"
#: BT-3
INVOICE, CREDIT_NOTE = "380", "381"
#: BT-81, UNCL 4461: set off between the partners.
SET_OFF = "97"
#: BT-130, UN/ECE Recommendation 20: one.
ONE = "C62"
#: BT-118, UNCL 5305, and BT-121, the reason's code where no tax is charged.
CATEGORY = {
    VatTreatment.DOMESTIC: ("S", None),
    VatTreatment.EU_BUSINESS: ("AE", "VATEX-EU-AE"),
    VatTreatment.THIRD_COUNTRY: ("O", "VATEX-EU-O"),
}


@dataclass(frozen=True, slots=True)
class Party:
    """Seller (BG-4) or buyer (BG-7)."""

    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str | None = None
    tax_number: str | None = None  # BT-32, of the seller only.
    register_number: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the invoice (BG-25), in cents without tax; negative where it corrects."""

    name: str
    net_cents: int
    treatment: VatTreatment
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax of one treatment and rate (BG-23), in cents."""

    treatment: VatTreatment
    percent: Decimal
    net_cents: int
    vat_cents: int
    reason: str | None  # BT-120: why none is charged.


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice of the house, or its correction where the amounts are negative."""

    number: str
    day: date
    supplied_until: date  # BT-72
    currency: str
    seller: Party
    buyer: Party
    items: Sequence[Item]
    taxes: Sequence[Tax]
    set_off_cents: int  # BT-113: paid out of what the buyer had coming.
    terms: str  # BT-20
    note: str  # BT-22

    @property
    def net_cents(self) -> int:
        """BT-109."""
        return sum(item.net_cents for item in self.items)

    @property
    def vat_cents(self) -> int:
        """BT-110."""
        return sum(tax.vat_cents for tax in self.taxes)

    @property
    def gross_cents(self) -> int:
        """BT-112."""
        return self.net_cents + self.vat_cents

    @property
    def due_cents(self) -> int:
        """BT-115."""
        return self.gross_cents - self.set_off_cents

    @property
    def is_correction(self) -> bool:
        """Whether it gives back more than it charges; its document then states it positively."""
        return self.net_cents < 0


def write_cii(invoice: Invoice) -> bytes:
    """The XML; the same invoice gives the same bytes."""
    sign = -1 if invoice.is_correction else 1
    namespaces = {"rsm": RSM, "ram": RAM, "udt": UDT}
    root = etree.Element(f"{{{RSM}}}CrossIndustryInvoice", nsmap=namespaces)
    context = _add(root, "ExchangedDocumentContext", space=RSM)
    _add(_add(context, "GuidelineSpecifiedDocumentContextParameter"), "ID", PROFILE)
    document = _add(root, "ExchangedDocument", space=RSM)
    _add(document, "ID", invoice.number)
    _add(document, "TypeCode", CREDIT_NOTE if invoice.is_correction else INVOICE)
    _day(_add(document, "IssueDateTime"), invoice.day)
    _add(_add(document, "IncludedNote"), "Content", invoice.note)
    trade = _add(root, "SupplyChainTradeTransaction", space=RSM)
    for number, item in enumerate(invoice.items, 1):
        _write_item(trade, number, item, sign)
    agreement = _add(trade, "ApplicableHeaderTradeAgreement")
    untaxed = all(tax.treatment is VatTreatment.THIRD_COUNTRY for tax in invoice.taxes)
    _write_party(_add(agreement, "SellerTradeParty"), invoice.seller, untaxed)
    _write_party(_add(agreement, "BuyerTradeParty"), invoice.buyer, untaxed)
    delivery = _add(trade, "ApplicableHeaderTradeDelivery")
    happened = _add(_add(delivery, "ActualDeliverySupplyChainEvent"), "OccurrenceDateTime")
    _day(happened, invoice.supplied_until)
    _write_settlement(trade, invoice, sign)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _write_item(trade: etree._Element, number: int, item: Item, sign: int) -> None:
    cents = sign * item.net_cents
    line = _add(trade, "IncludedSupplyChainTradeLineItem")
    _add(_add(line, "AssociatedDocumentLineDocument"), "LineID", str(number))
    _add(_add(line, "SpecifiedTradeProduct"), "Name", item.name)
    # A price is never negative; a correction among charges has a negative quantity.
    price = _add(_add(line, "SpecifiedLineTradeAgreement"), "NetPriceProductTradePrice")
    _add(price, "ChargeAmount", _amount(abs(cents)))
    quantity = "-1" if cents < 0 else "1"
    _add(_add(line, "SpecifiedLineTradeDelivery"), "BilledQuantity", quantity, unitCode=ONE)
    settlement = _add(line, "SpecifiedLineTradeSettlement")
    tax = _add(settlement, "ApplicableTradeTax")
    _add(tax, "TypeCode", "VAT")
    category, _ = CATEGORY[item.treatment]
    _add(tax, "CategoryCode", category)
    if category != "O":
        _add(tax, "RateApplicablePercent", f"{item.percent:.2f}")
    total = _add(settlement, "SpecifiedTradeSettlementLineMonetarySummation")
    _add(total, "LineTotalAmount", _amount(cents))


def _write_party(node: etree._Element, party: Party, untaxed: bool) -> None:
    _add(node, "Name", party.name)
    if party.register_number:
        _add(_add(node, "SpecifiedLegalOrganization"), "ID", party.register_number)
    address = _add(node, "PostalTradeAddress")
    _add(address, "PostcodeCode", party.postcode)
    _add(address, "LineOne", party.street)
    _add(address, "CityName", party.city)
    _add(address, "CountryID", party.country)
    if party.email:
        _add(_add(node, "URIUniversalCommunication"), "URIID", party.email, schemeID="EM")
    # BR-O-02: where nothing is taxable, the document may not show VAT numbers.
    if party.vat_id and not untaxed:
        _add(_add(node, "SpecifiedTaxRegistration"), "ID", party.vat_id, schemeID="VA")
    if party.tax_number:
        _add(_add(node, "SpecifiedTaxRegistration"), "ID", party.tax_number, schemeID="FC")


def _write_settlement(trade: etree._Element, invoice: Invoice, sign: int) -> None:
    node = _add(trade, "ApplicableHeaderTradeSettlement")
    _add(node, "InvoiceCurrencyCode", invoice.currency)
    _add(_add(node, "SpecifiedTradeSettlementPaymentMeans"), "TypeCode", SET_OFF)
    for tax in invoice.taxes:
        _write_tax(node, tax, sign)
    _add(_add(node, "SpecifiedTradePaymentTerms"), "Description", invoice.terms)
    sums = _add(node, "SpecifiedTradeSettlementHeaderMonetarySummation")
    _add(sums, "LineTotalAmount", _amount(sign * invoice.net_cents))
    _add(sums, "TaxBasisTotalAmount", _amount(sign * invoice.net_cents))
    vat = _amount(sign * invoice.vat_cents)
    _add(sums, "TaxTotalAmount", vat, currencyID=invoice.currency)
    _add(sums, "GrandTotalAmount", _amount(sign * invoice.gross_cents))
    _add(sums, "TotalPrepaidAmount", _amount(sign * invoice.set_off_cents))
    _add(sums, "DuePayableAmount", _amount(sign * invoice.due_cents))


def _write_tax(node: etree._Element, tax: Tax, sign: int) -> None:
    category, code = CATEGORY[tax.treatment]
    part = _add(node, "ApplicableTradeTax")
    _add(part, "CalculatedAmount", _amount(sign * tax.vat_cents))
    _add(part, "TypeCode", "VAT")
    if tax.reason:
        _add(part, "ExemptionReason", tax.reason)
    _add(part, "BasisAmount", _amount(sign * tax.net_cents))
    _add(part, "CategoryCode", category)
    if code:
        _add(part, "ExemptionReasonCode", code)
    if category != "O":
        _add(part, "RateApplicablePercent", f"{tax.percent:.2f}")


def _add(
    parent: etree._Element, name: str, text: str | None = None, space: str = RAM, **more: str
) -> etree._Element:
    node = etree.SubElement(parent, f"{{{space}}}{name}", more)
    node.text = text
    return node


def _day(parent: etree._Element, day: date) -> None:
    _add(parent, "DateTimeString", f"{day:%Y%m%d}", UDT, format="102")


def _amount(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"
