"""The house's invoice to a creditor: PDF/A-3 with the e-invoice inside (ZUGFeRD, EN 16931).

It charges what the settlement kept: the fee, and the collection costs that debtors paid and the
contract assigns to the house. Law: UStG §§ 14, 14a(5); from 2027 § 27(38).
"""

from decimal import Decimal
from functools import cache

from cases.core import files
from cases.core.files import StoredFile
from cases.letters.addressing import country_name
from cases.letters.demand_content import house_line
from cases.letters.pdf import Embedded, render_pdf
from cases.parties.models import AgencyProfile, Creditor
from cases.parties.queries import get_agency, get_creditor
from cases.remittances.contract import VatTreatment
from cases.remittances.einvoice import Invoice, Item, Party, Tax, write_cii
from cases.remittances.models import Remittance
from cases.remittances.papers import TEMPLATES, environment, settled_on
from cases.remittances.settlement import Taxed
from cases.remittances.terms import read_taxed

XML_NAME = "factur-x.xml"
WORDS = {
    "de": {
        "invoice": "Rechnung", "correction": "Rechnungskorrektur", "number": "Nummer",
        "day": "Datum", "supplied": "Leistung bis", "client": "Mandant", "item": "Leistung",
        "net": "Netto", "vat": "Umsatzsteuer {percent} %", "sum": "Rechnungsbetrag",
        "given_back": "Gutgeschrieben", "set_off": "Mit Ihrem Guthaben verrechnet",
        "due": "Noch offen", "vat_id": "USt-IdNr.", "tax_number": "Steuernummer",
        "your_vat_id": "Ihre USt-IdNr.",
        "fee": "Vergütung für den Einzug von Forderungen",
        "kept": "Inkassokosten, von Schuldnern gezahlt und an uns abgetreten",
        "paid": "Der Betrag ist mit Ihrem Guthaben verrechnet. Bitte überweisen Sie nichts.",
        "credited": "Der Betrag ist Ihrem Guthaben zugeschlagen.",
        "later": "Der offene Betrag wird mit den nächsten Eingängen verrechnet.",
        "note": "Die einzelnen Akten stehen in der Abrechnung {number}.",
        "embedded": "Diese Datei enthält die E-Rechnung nach EN 16931 (ZUGFeRD).",
        VatTreatment.EU_BUSINESS: "Steuerschuldnerschaft des Leistungsempfängers",
        VatTreatment.THIRD_COUNTRY: "Nicht in Deutschland steuerbar (§ 3a Abs. 2 UStG)",
    },
    "en": {
        "invoice": "Invoice", "correction": "Correction of invoice", "number": "Number",
        "day": "Date", "supplied": "Supplied until", "client": "Client", "item": "Service",
        "net": "Net", "vat": "VAT {percent} %", "sum": "Total",
        "given_back": "Credited", "set_off": "Set off against your credit",
        "due": "Still open", "vat_id": "VAT id", "tax_number": "Tax number",
        "your_vat_id": "Your VAT id",
        "fee": "Fee for collecting claims",
        "kept": "Collection costs paid by debtors and assigned to us",
        "paid": "The amount is set off against your credit. Please transfer nothing.",
        "credited": "The amount is added to your credit.",
        "later": "The open amount is set off against the next receipts.",
        "note": "The single cases stand in settlement {number}.",
        "embedded": "This file contains the e-invoice according to EN 16931 (ZUGFeRD).",
        VatTreatment.EU_BUSINESS: "Reverse charge: the customer owes the tax",
        VatTreatment.THIRD_COUNTRY: "Not taxable in Germany (section 3a(2) UStG)",
    },
}  # fmt: skip


def is_invoiced(remittance: Remittance) -> bool:
    """Whether the house earned or gives back anything with this settlement."""
    return any(each.fee_cents or each.kept_cents for each in _taxed(remittance))


def keep_invoice(remittance: Remittance) -> StoredFile:
    """Make the invoice of a booked settlement and keep it as it leaves the house."""
    creditor = get_creditor(remittance.creditor_id)
    invoice = invoice_of(remittance, creditor, get_agency())
    html = render_invoice(invoice, creditor.language, get_agency())
    pdf = render_pdf(html, "statement.css", Embedded(XML_NAME, write_cii(invoice), _xmp()))
    name = "Rechnung" if creditor.language == "de" else "Invoice"
    return files.store_file(
        pdf, f"{name}_{invoice.number}.pdf", "application/pdf", remittance.creditor_id
    )


def invoice_of(remittance: Remittance, creditor: Creditor, house: AgencyProfile) -> Invoice:
    """What the settlement charges, to the cent as it was booked."""
    words = WORDS["en" if creditor.language == "en" else "de"]
    taxed = [each for each in _taxed(remittance) if each.fee_cents or each.kept_cents]
    gross = sum(each.net_cents + each.vat_cents for each in taxed)
    # What the creditor owes after this settlement may hold older debts as well.
    due = max(0, min(gross, -remittance.carry_forward_cents))
    return Invoice(
        number=str(remittance.invoice_number),
        day=settled_on(remittance),
        supplied_until=remittance.as_of,
        currency=remittance.currency,
        seller=Party(
            house.name, house.street, house.postcode, house.city, house.country, house.vat_id,
            house.tax_number, house.register_number or house.register_entry, house.email,
        ),
        buyer=Party(
            creditor.name, creditor.street, creditor.postcode, creditor.city, creditor.country,
            creditor.vat_id, None, creditor.register_number, creditor.email,
        ),
        items=[item for each in taxed for item in _items(each, words)],
        taxes=[
            Tax(
                each.treatment, each.percent, each.net_cents, each.vat_cents,
                words.get(each.treatment),
            )
            for each in taxed
        ],
        set_off_cents=gross - due,
        terms=words["credited" if gross < 0 else "later" if due else "paid"],
        note=words["note"].format(number=remittance.number),
    )  # fmt: skip


def render_invoice(invoice: Invoice, language: str, house: AgencyProfile) -> str:
    """The invoice as people read it; it states the same as the file inside."""
    words = WORDS["en" if language == "en" else "de"]
    sign = -1 if invoice.is_correction else 1
    template = environment(language).get_template("invoice.html")
    return template.render(
        language=language,
        words=words,
        title=words["correction" if invoice.is_correction else "invoice"],
        invoice=invoice,
        currency=invoice.currency,
        country=_foreign(invoice),
        items=[(item.name, sign * item.net_cents) for item in invoice.items],
        sums=[(name, sign * cents) for name, cents in _sums(invoice, words)],
        reasons=[tax.reason for tax in invoice.taxes if tax.reason],
        company_line=house_line(house, "en" if language == "en" else "de"),
    )


def _foreign(invoice: Invoice) -> str | None:
    """The buyer's country in words, where it is not ours."""
    if invoice.buyer.country == invoice.seller.country:
        return None
    return country_name(invoice.buyer.country, invoice.seller.country) or invoice.buyer.country


def _taxed(remittance: Remittance) -> list[Taxed]:
    return [read_taxed(kept) for kept in remittance.taxed]


def _items(taxed: Taxed, words: dict[str, str]) -> list[Item]:
    named = ((words["fee"], taxed.fee_cents), (words["kept"], taxed.kept_cents))
    return [Item(name, cents, taxed.treatment, taxed.percent) for name, cents in named if cents]


def _sums(invoice: Invoice, words: dict[str, str]) -> list[tuple[str, int]]:
    """The lines below the items, down to what is still open."""
    taxes = [
        (words["vat"].format(percent=_percent(tax.percent)), tax.vat_cents)
        for tax in invoice.taxes
        if tax.percent
    ]
    total = (words["given_back" if invoice.is_correction else "sum"], invoice.gross_cents)
    lines = [(words["net"], invoice.net_cents), *taxes, total]
    lines.append((words["set_off"], -invoice.set_off_cents))
    return [*lines, (words["due"], invoice.due_cents)] if invoice.due_cents else lines


def _percent(percent: Decimal) -> str:
    return f"{percent.normalize():f}".replace(".", ",")


@cache
def _xmp() -> bytes:
    """What the metadata say of the file inside, and the schema that explains it."""
    return (TEMPLATES / "facturx.xmp").read_bytes()
