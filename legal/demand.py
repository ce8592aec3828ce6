"""A demand letter (Mahnschreiben) as the law looks at it, in every country.

What it must contain is the law of the country; that it lists its invoices is our rule everywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from legal.findings import N_, Finding, Severity

INVOICE_MESSAGES = {
    "invoices_missing": N_("A letter must list its invoices; a mere balance is refused."),
    "invoice_incomplete": N_("Invoice {number}: {missing} is missing."),
    "invoice_not_shown": N_("Invoice {number} is not in the text."),
    "invoice_inconsistent": N_("Invoice {number}: amount less payments is not the open amount."),
    "invoices_do_not_add_up": N_(
        "The invoices add up to {sum_cents}, the letter demands {principal_cents}."
    ),
}


class Audience(StrEnum):
    """Whom the letter addresses, by the purpose of the claim."""

    #: A natural person whose claim is not part of his own trade. Law: RDG § 13a(5).
    CONSUMER = "consumer"
    BUSINESS = "business"


class Occasion(StrEnum):
    """What a letter does; one letter may do several things."""

    FIRST = "first"  # Our first letter: the first assertion of the claim.
    FURTHER = "further"
    BEFORE_COURT = "before_court"
    INSTALMENT_OFFER = "instalment_offer"
    ACKNOWLEDGEMENT = "acknowledgement"  # It asks for an acknowledgement of the debt.
    CREDITOR_REMINDER = "creditor_reminder"  # The creditor's own reminder (Mahnung).
    INVOICE = "invoice"


#: Occasions on which the creditor writes, so that the duties of an agency do not apply.
CREDITORS_OWN = frozenset({Occasion.CREDITOR_REMINDER, Occasion.INVOICE})


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One row of the table of invoices in a letter."""

    number: str
    invoiced_on: date | None
    due_on: date | None
    amount_cents: int
    paid_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What is in a letter and what it rests on."""

    occasions: frozenset[Occasion]
    #: Element of the duties table -> the words (or picture data) by which the letter shows it.
    contents: Mapping[str, str]
    #: Conditions of the duties table that hold, such as "interest_claimed".
    circumstances: frozenset[str]
    invoices: tuple[InvoiceLine, ...]
    principal_cents: int
    text: str  # The whole text as it leaves the house.
    term_days: int | None = None
    term_reason: str = ""


def squeeze(text: str) -> str:
    """A text with every run of white space as one space, so that line breaks do not matter."""
    return " ".join(text.split())


def verify_invoices(facts: LetterFacts) -> Iterator[Finding]:
    """Every invoice is itemised and shown, and together they are the principal."""
    if not facts.invoices:
        yield Finding("invoices_missing", Severity.ERROR, "invoices")
        return
    text = squeeze(facts.text)
    for line, invoice in enumerate(facts.invoices, start=1):
        for code, params in _verify_invoice(invoice, text):
            yield Finding(code, Severity.ERROR, "invoices", line, params)
    total = sum(invoice.open_cents for invoice in facts.invoices)
    if total != facts.principal_cents:
        sums: dict[str, str | int] = {
            "sum_cents": total,
            "principal_cents": facts.principal_cents,
        }
        yield Finding("invoices_do_not_add_up", Severity.ERROR, "principal_cents", params=sums)


def _verify_invoice(
    invoice: InvoiceLine, text: str
) -> Iterator[tuple[str, Mapping[str, str | int]]]:
    number = squeeze(invoice.number)
    needed = {
        "number": number,
        "date": invoice.invoiced_on,
        "due date": invoice.due_on,
    }
    for name, value in needed.items():
        if not value:
            yield "invoice_incomplete", {"number": number or "?", "missing": name}
    if number and number not in text:
        yield "invoice_not_shown", {"number": number}
    if invoice.amount_cents - invoice.paid_cents != invoice.open_cents:
        yield "invoice_inconsistent", {"number": number or "?"}


def is_sendable(findings: list[Finding]) -> bool:
    """Whether no finding forbids to send the letter."""
    return all(finding.severity is not Severity.ERROR for finding in findings)
