"""An e-invoice as the law of its format writes it, and the claim that follows from it.

Law: EN 16931-1 (business terms BT-...), XRechnung 3.0, ZUGFeRD 1 and 2, Factur-X.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cases.formats.attachments import Attachment, attachment_findings
from cases.formats.cells import CellUnreadable, clean_text
from cases.formats.claims.claim_row import ClaimRow, Party
from cases.formats.claims.conventions import Conventions
from cases.formats.claims.rows import check_row
from cases.formats.currencies import currency_code, minor_digits, minor_units
from cases.formats.party_kind import kind_of
from legal.findings import N_, Finding, Severity

#: UNTDID 1001: what is a credit note by its type, whatever the sign of its amounts.
CREDIT_NOTE_TYPES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458",
                               "502", "503", "532"})  # fmt: skip
#: UNTDID 1001: papers that demand nothing: proforma invoice, data sheet, offer, orders, despatch.
NO_INVOICE_TYPES = frozenset({"325", "130", "310", "220", "231", "351"})
CORRECTION = "384"
SELF_BILLED = frozenset({"389", "261", "527"})
#: UNTDID 4461: paid by direct debit, so it should have been paid already.
DIRECT_DEBIT = frozenset({"49", "59"})

MESSAGES = {
    "is_credit_note": N_(
        "This document is a credit note, not a claim. Set it off against the invoice {preceding}, "
        "or leave it out."
    ),
    "credit_note_alone": N_(
        "This document is a credit note, not a claim, and does not say for which invoice. Set it "
        "off against the invoice it belongs to, or leave it out."
    ),
    "is_no_invoice": N_(
        "This document demands no payment: by its type ({code}) it is a proforma invoice, an offer "
        "or an order. Please hand in the invoice itself."
    ),
    "is_correction": N_(
        "This invoice corrects another one ({preceding}). Please check that the old one is not "
        "handed in as well."
    ),
    "correction_alone": N_(
        "This invoice corrects another one and does not say which. Please check that the old one "
        "is not handed in as well."
    ),
    "is_self_billed": N_(
        "The customer wrote this invoice himself (self-billing). Please check who owes whom."
    ),
    "no_invoice_profile": N_(
        "The profile {profile} holds data, but is no invoice for VAT. Please attach the invoice "
        "itself."
    ),
    "open_derived": N_(
        "The invoice does not say what is to be paid; total less payments was taken. Please check."
    ),
    "payee_differs": N_(
        "The invoice is payable to {payee}, not to the seller. Leave it out if the claim is not "
        "yours."
    ),
    "payee_iban_missing": N_("The invoice names no account (IBAN) to pay to."),
    "creditor_missing": N_("The invoice names no seller. Leave it out if the claim is not yours."),
    "currency_missing": N_("The invoice does not say in which currency it is. Please add it."),
    "direct_debit": N_(
        "The invoice was to be collected by direct debit. Please confirm that it was returned."
    ),
}


@dataclass(frozen=True, slots=True)
class EInvoice:
    """The parts of an e-invoice that a claim needs, still as text."""

    format: str
    profile: str = ""  # BT-24
    number: str = ""  # BT-1
    type_code: str = ""  # BT-3
    invoiced_on: str = ""  # BT-2, ISO
    due_on: str = ""  # BT-9, ISO
    currency: str = ""  # BT-5
    total: str = ""  # BT-112
    paid: str = ""  # BT-113
    rounding: str = ""  # BT-114
    open: str = ""  # BT-115
    seller: Mapping[str, str] = field(default_factory=dict)
    buyer: Mapping[str, str] = field(default_factory=dict)
    payee: str = ""  # BT-59
    iban: str = ""  # BT-84
    payment_means: str = ""  # BT-81
    terms: str = ""  # BT-20
    preceding: str = ""  # BT-25
    buyer_reference: str = ""  # BT-10
    attachments: tuple[Attachment, ...] = ()
    repairs: tuple[Finding, ...] = ()  # What was wrong with the file itself.


def claim_of(invoice: EInvoice, as_of: date | None) -> ClaimRow:
    """The claim of an invoice, through the same checks as a row of a list."""
    currency = currency_code(invoice.currency) or None
    raw, unreadable = _raw(invoice, currency)
    conventions = Conventions(as_of=as_of)
    row = check_row(raw, line=1, conventions=conventions, findings=unreadable)
    found = [_softened(finding) for finding in row.findings if _is_kept(finding, invoice)]
    found += [replace(each, line=1) for each in _findings(invoice, row)]
    return replace(
        row,
        creditor=_party(invoice.seller),
        document_type=invoice.type_code or None,
        findings=tuple(found),
        raw=raw,
    )


def _raw(invoice: EInvoice, currency: str | None) -> tuple[dict[str, str], list[Finding]]:
    """The invoice as the cells of a row, amounts in the notation of a list."""
    unreadable: list[Finding] = []
    raw = {
        "invoice_number": invoice.number,
        "invoiced_on": invoice.invoiced_on,
        "due_on": invoice.due_on,
        "currency": invoice.currency,
        "iban": invoice.iban,
        "text": invoice.terms[:500],
    }
    amounts = {"total": invoice.total, "paid": invoice.paid, "open": invoice.open}
    for name, text in amounts.items():
        try:
            raw[name] = _decimal(text, currency) if text else ""
        except CellUnreadable as error:
            raw[name] = text
            unreadable.append(Finding(error.code, Severity.ERROR, name, params=error.params))
    raw["paid"] = raw["paid"] or ("0.00" if raw["total"] else "")
    raw |= {name: text for name, text in invoice.buyer.items() if text}
    return {name: text for name, text in raw.items() if text}, unreadable


def _decimal(text: str, currency: str | None) -> str:
    """An XML decimal with exactly two places, which no list could read in two ways."""
    units = minor_units(text, currency)
    digits = minor_digits(currency)
    sign, whole = "-" if units < 0 else "", abs(units)
    fraction = f"{whole % 10**digits:0{digits}d}" if digits else ""
    return f"{sign}{whole // 10**digits}.{fraction:0<2}"


def _is_kept(finding: Finding, invoice: EInvoice) -> bool:
    # A rounding amount (BT-114) explains why the sums differ.
    return finding.code != "amounts_disagree" or not invoice.rounding


def _softened(finding: Finding) -> Finding:
    """What the seller printed wrong on his own invoice does not make the claim unusable."""
    if finding.code in {"iban_invalid", "postcode_invalid"}:
        return replace(finding, severity=Severity.WARNING)
    return finding


def _findings(invoice: EInvoice, row: ClaimRow) -> Iterator[Finding]:
    named = {"preceding": invoice.preceding} if invoice.preceding else {}
    if invoice.type_code in CREDIT_NOTE_TYPES or invoice.format == "ubl-creditnote":
        code = "is_credit_note" if named else "credit_note_alone"
        yield Finding(code, Severity.ERROR, params=named)
    elif invoice.type_code in NO_INVOICE_TYPES:
        params = {"code": invoice.type_code}
        yield Finding("is_no_invoice", Severity.ERROR, "document_type", params=params)
    elif invoice.type_code == CORRECTION:
        code = "is_correction" if named else "correction_alone"
        yield Finding(code, Severity.WARNING, params=named)
    if invoice.type_code in SELF_BILLED:
        yield Finding("is_self_billed", Severity.WARNING)
    name = profile_name(invoice.profile)
    if name in {"MINIMUM", "BASIC WL"}:
        yield Finding("no_invoice_profile", Severity.WARNING, params={"profile": name})
    if not invoice.open and row.open_cents is not None:
        yield Finding("open_derived", Severity.WARNING, "open")
    yield from invoice.repairs
    if not invoice.currency and row.open_cents is not None:
        yield Finding("currency_missing", Severity.ERROR, "currency")
    seller = invoice.seller.get("name", "")
    if not seller:
        yield Finding("creditor_missing", Severity.WARNING, "creditor")
    if invoice.payee and invoice.payee.casefold() != seller.casefold():
        payee = clean_text(invoice.payee)[0]
        yield Finding("payee_differs", Severity.WARNING, "creditor", params={"payee": payee})
    if invoice.payment_means in DIRECT_DEBIT:
        yield Finding("direct_debit", Severity.WARNING)
    elif not invoice.iban:
        yield Finding("payee_iban_missing", Severity.WARNING, "iban")
    yield from attachment_findings(invoice.attachments)


def profile_name(profile: str) -> str:
    """The short name of a profile, from its long identifier (BT-24)."""
    lower = profile.lower()
    named = (
        ("xrechnung", "XRECHNUNG"), ("minimum", "MINIMUM"), ("basicwl", "BASIC WL"),
        ("peppol", "PEPPOL"), ("extended", "EXTENDED"), ("comfort", "COMFORT"),
        ("basic", "BASIC"), ("en16931", "EN 16931"),
    )  # fmt: skip
    return next((name for part, name in named if part in lower), "")


def _party(texts: Mapping[str, str]) -> Party:
    cleaned = {name: clean_text(text)[0] or None for name, text in texts.items()}
    name = cleaned.get("name")
    known = {key: cleaned.get(key) for key in Party.__dataclass_fields__ if key in cleaned}
    return replace(Party(**known), kind=kind_of(name) if name else None)
