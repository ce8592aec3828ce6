"""What a demand letter (Mahnschreiben) must contain: every letter is verified against these duties.

A letter that lacks a duty cannot be sent, and the finding names the duty.
"""

from collections.abc import Iterator

from legal.de.demand_duties import Duty, list_duties
from legal.de.tone import find_announcements, find_threats
from legal.demand import (
    CREDITORS_OWN,
    INVOICE_MESSAGES,
    Audience,
    LetterFacts,
    Occasion,
    squeeze,
    verify_currency,
    verify_due,
    verify_invoices,
    verify_limitation,
    without,
)
from legal.findings import N_, Finding, Severity

#: The window within which the simple-case fee stays at 0.5. Law: RVG VV 2300 note (2).
FIRST_TERM_DAYS = 14
#: The usual terms of later letters (house rule).
SHORTEST_TERM_DAYS = 7
LONGEST_TERM_DAYS = 14

MESSAGES = {
    **INVOICE_MESSAGES,
    "duty_missing": N_("The letter lacks the {words} ({law})."),
    "duty_recommended": N_("The letter should contain the {words} ({law})."),
    "duty_not_shown": N_("The {words} was prepared but is not in the text ({law})."),
    "content_forbidden": N_("Not allowed in this letter: {words} ({law})."),
    "text_missing": N_("The letter has no text."),
    "term_missing": N_("The letter sets no term."),
    "term_needs_reason": N_("A term of {term_days} days needs a reason (usual: {usual})."),
    "threat": N_("The words '{words}' do not belong in this letter: {why} ({law})."),
}


def verify_demand(facts: LetterFacts, audience: Audience) -> list[Finding]:
    """Everything that keeps a letter from being sent (errors) or is worth a look (warnings)."""
    found = [*_verify_contents(facts, audience), *_verify_tone(facts)]
    if facts.demands or facts.occasions <= CREDITORS_OWN:
        found += [
            *verify_invoices(facts),
            *verify_due(facts),
            *verify_currency(facts),
            *verify_limitation(facts),
            *_verify_term(facts),
        ]
    return found


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
    """What people are called is no threat, and a claim may be about a court or a visit."""
    own = without(squeeze(facts.text), facts.names)
    found = [*find_threats(own)]
    if Occasion.FIRST in facts.occasions:
        found = [*find_announcements(without(own, facts.subjects)), *found]
    for threat in found:
        params = {"words": threat.words, "why": threat.why, "law": threat.law}
        yield Finding("threat", Severity.ERROR, "text", params=params)
