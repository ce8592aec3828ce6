"""What a demand letter (Mahnschreiben) must contain: every letter is verified against these duties.

A letter that lacks a duty cannot be sent, and the finding names the duty.
"""

from collections.abc import Iterator, Mapping

from legal.de.demand_duties import (
    CREDITORS_OWN,
    Audience,
    Duty,
    InvoiceLine,
    LetterFacts,
    Occasion,
    list_duties,
)
from legal.de.tone import find_threats
from legal.findings import N_, Finding, Severity

#: The window within which the simple-case fee stays at 0.5. Law: RVG VV 2300 note (2).
FIRST_TERM_DAYS = 14
#: The usual terms of later letters (house rule).
SHORTEST_TERM_DAYS = 7
LONGEST_TERM_DAYS = 14

MESSAGES = {
    "duty_missing": N_("{duty} ({law}): the letter lacks the {words}."),
    "duty_recommended": N_("{duty} ({law}): the letter should contain the {words}."),
    "duty_not_shown": N_("{duty} ({law}): the {words} was prepared but is not in the text."),
    "content_forbidden": N_("{duty} ({law}): {words}."),
    "text_missing": N_("The letter has no text."),
    "invoices_missing": N_("A letter must list its invoices; a mere balance is refused."),
    "invoice_incomplete": N_("Invoice {number}: {missing} is missing."),
    "invoice_not_shown": N_("Invoice {number} is not in the text."),
    "invoice_inconsistent": N_("Invoice {number}: amount less payments is not the open amount."),
    "invoices_do_not_add_up": N_(
        "The invoices add up to {sum_cents} cents, the letter demands {principal_cents}."
    ),
    "term_missing": N_("The letter sets no term."),
    "term_needs_reason": N_("A term of {term_days} days needs a reason (usual: {usual})."),
    "threat": N_("The words '{words}' do not belong in this letter: {why} ({law})."),
}


def verify_demand(facts: LetterFacts, audience: Audience) -> list[Finding]:
    """Everything that keeps a letter from being sent (errors) or is worth a look (warnings)."""
    return [
        *_verify_contents(facts, audience),
        *_verify_invoices(facts),
        *_verify_term(facts),
        *_verify_tone(facts),
    ]


def is_sendable(findings: list[Finding]) -> bool:
    """Whether no finding forbids to send the letter."""
    return all(finding.severity is not Severity.ERROR for finding in findings)


def _verify_contents(facts: LetterFacts, audience: Audience) -> Iterator[Finding]:
    if not facts.text.strip():
        yield Finding("text_missing", Severity.ERROR, "text")
    text = squeeze(facts.text)
    reported: set[str] = set()
    for duty in list_duties(facts, audience):
        code = _breach(duty, facts, text)
        if code is None or duty.element in reported:
            continue
        reported.add(duty.element)
        params = {"duty": duty.id, "law": duty.law, "words": duty.words, "element": duty.element}
        yield Finding(code, duty.severity, duty.element, params=params)


def _breach(duty: Duty, facts: LetterFacts, text: str) -> str | None:
    """The code of what is wrong with one duty, if anything is."""
    if duty.forbids:
        return "content_forbidden" if duty.element in facts.circumstances else None
    shown = squeeze(facts.contents.get(duty.element, ""))
    if not shown:
        return "duty_missing" if duty.severity is Severity.ERROR else "duty_recommended"
    return None if duty.is_picture or shown in text else "duty_not_shown"


def squeeze(text: str) -> str:
    """A text with every run of white space as one space, so that line breaks do not matter."""
    return " ".join(text.split())


def _verify_invoices(facts: LetterFacts) -> Iterator[Finding]:
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


def _verify_term(facts: LetterFacts) -> Iterator[Finding]:
    """A first letter leaves the fortnight of VV 2300; other terms need a reason."""
    if facts.occasions <= CREDITORS_OWN:
        return
    if facts.term_days is None:
        yield Finding("term_missing", Severity.ERROR, "term_days")
        return
    first = Occasion.FIRST in facts.occasions
    shortest = FIRST_TERM_DAYS if first else SHORTEST_TERM_DAYS
    if shortest <= facts.term_days <= LONGEST_TERM_DAYS or facts.term_reason.strip():
        return
    usual = f"{shortest}" if first else f"{shortest}-{LONGEST_TERM_DAYS}"
    params: dict[str, str | int] = {"term_days": facts.term_days, "usual": usual}
    yield Finding("term_needs_reason", Severity.ERROR, "term_days", params=params)


def _verify_tone(facts: LetterFacts) -> Iterator[Finding]:
    for threat in find_threats(squeeze(facts.text), is_first=Occasion.FIRST in facts.occasions):
        params = {"words": threat.words, "why": threat.why, "law": threat.law}
        yield Finding("threat", Severity.ERROR, "text", params=params)
