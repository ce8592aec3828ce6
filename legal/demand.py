"""A demand letter (Mahnschreiben) as the law looks at it, in every country.

What it must contain is the law of the country; that it lists its invoices is our rule everywhere.
"""

from collections.abc import Iterable, Iterator, Mapping
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
    "not_due": N_("Claim {number} is not due before {due_on}: nothing can be demanded yet."),
    "currencies_mixed": N_(
        "The claims are in different currencies ({currencies}): one letter carries one currency."
    ),
    "currency_unknown": N_("{currency} is no currency that a letter can demand."),
    "time_barred": N_(
        "Claim {number} is time-barred: its last day was {last_day_on}. A letter needs the reason "
        "of the legal department."
    ),
    "time_bar_reasoned": N_(
        "Claim {number} is time-barred since {last_day_on}; the legal department lets the letter "
        "go: {reason}"
    ),
    "time_bar_near": N_(
        "Claim {number} becomes time-barred after {last_day_on}, before the term of this letter "
        "ends."
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
    MESSAGE = "message"  # It demands nothing: a confirmation, an answer, a last word.
    INFORMATION = "information"  # Our answer to a request for information about the claim.


#: Shorter names are left in a text: they could be a part of any word.
SHORTEST_NAME = 3
#: Occasions on which the creditor writes, so that the duties of an agency do not apply.
CREDITORS_OWN = frozenset({Occasion.CREDITOR_REMINDER, Occasion.INVOICE})
#: Occasions on which we ask for no money: no invoices, sum or term belong into such a letter.
NO_DEMAND = frozenset({Occasion.MESSAGE, Occasion.INFORMATION})


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One row of the table of invoices in a letter."""

    number: str
    invoiced_on: date | None
    due_on: date | None
    amount_cents: int
    paid_cents: int
    open_cents: int
    currency: str = "EUR"
    #: The last day before the claim is time-barred, as far as it is known.
    limitation_on: date | None = None


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
    dispatched_on: date | None = None
    pay_by: date | None = None
    time_bar_reason: str = ""  # Why legal lets a letter about a time-barred claim go.
    #: How people, companies and places in it are called: no words of ours.
    names: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()  # What the claims are for: courts and visits, too.

    @property
    def demands(self) -> bool:
        """Whether we ask for money with it."""
        return not self.occasions <= CREDITORS_OWN | NO_DEMAND


@dataclass(frozen=True, slots=True)
class LetterWords:
    """The words of a letter: they may bring duties about that no record knows of."""

    text: str
    window: tuple[str, ...]  # What can be read through the window of the envelope.
    subjects: tuple[str, ...]  # What the claims are for.
    occasions: frozenset[Occasion]


@dataclass(frozen=True, slots=True)
class Company:
    """What the law asks of the letters of a company of our own form."""

    form: str | None
    directors: str  # Who runs it: "managers" or the "board".
    circumstances: frozenset[str]


def squeeze(text: str) -> str:
    """A text with every run of white space as one space, so that line breaks do not matter."""
    return " ".join(text.split())


def without(text: str, named: Iterable[str]) -> str:
    """A squeezed text without what is only called in it, so that the rest is our own words."""
    for each in sorted({squeeze(name) for name in named}, key=len, reverse=True):
        if len(each) > SHORTEST_NAME:
            text = text.replace(each, " ")
    return text


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


def verify_due(facts: LetterFacts) -> Iterator[Finding]:
    """Nothing is demanded before the day of payment has passed."""
    for line, invoice in enumerate(facts.invoices, start=1):
        due_on = invoice.due_on
        if facts.dispatched_on is not None and due_on and due_on >= facts.dispatched_on:
            params: dict[str, str | int] = {
                "number": squeeze(invoice.number),
                "due_on": due_on.isoformat(),
            }
            yield Finding("not_due", Severity.ERROR, "due_on", line, params)


def verify_currency(facts: LetterFacts) -> Iterator[Finding]:
    """All that a letter demands is in one currency: sums of several would mean nothing."""
    found = sorted({invoice.currency for invoice in facts.invoices})
    if len(found) > 1:
        params: dict[str, str | int] = {"currencies": ", ".join(found)}
        yield Finding("currencies_mixed", Severity.ERROR, "currency", params=params)


def verify_limitation(facts: LetterFacts) -> Iterator[Finding]:
    """A time-barred claim stops at the letter; who writes all the same says why."""
    if facts.dispatched_on is None:
        return
    reason = facts.time_bar_reason.strip()
    for line, invoice in enumerate(facts.invoices, start=1):
        last_day = invoice.limitation_on
        if last_day is None:
            continue
        params: dict[str, str | int] = {
            "number": squeeze(invoice.number),
            "last_day_on": last_day.isoformat(),
        }
        if last_day >= facts.dispatched_on:
            if facts.pay_by is not None and last_day <= facts.pay_by:
                yield Finding("time_bar_near", Severity.WARNING, "limitation", line, params)
        elif reason:
            params["reason"] = reason
            yield Finding("time_bar_reasoned", Severity.WARNING, "limitation", line, params)
        else:
            yield Finding("time_barred", Severity.ERROR, "limitation", line, params)


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
