"""The page that a text makes of facts, and everything that is wrong with it. Pure.

Whoever writes to a debtor hands in the facts of the case; whoever edits a template those of an
example. Both get the same page and the same findings.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cases.costs.lines import CostLine
from cases.ledger.statement import Statement
from cases.letters.demand import verify
from cases.letters.demand_circumstances import Seen, circumstances_of, kinds_of, names_in
from cases.letters.demand_content import demand_content
from cases.letters.demand_facts import (
    Demanded,
    Draft,
    Handler,
    Order,
    Principal,
    Recipient,
    Sender,
)
from cases.letters.models import LetterKind
from cases.letters.money_words import money
from cases.letters.rendering import day_words, read_back, render_html
from cases.letters.written.kinds import ANNOUNCES, BLOCKS, DEMANDING, DEMANDS, KINDS
from cases.letters.written.language import MESSAGES as LANGUAGE_MESSAGES
from cases.letters.written.language import Kind, fill, parse, placeholders_of
from legal.base_rates import BaseRates
from legal.demand import Occasion, squeeze, without
from legal.findings import N_, Finding, Severity

TEMPLATE = "written"
#: The usual term of a later letter (house rule: 7 to 14 days).
TERM_DAYS = 10
MESSAGES = {
    **LANGUAGE_MESSAGES,
    "empty_threat": N_(
        "The words '{words}' announce a step that this letter does not make a task of ours: choose "
        "it under 'What we announce' and use {placeholder}."
    ),
    "judging_words": N_("A reply argues and never says '{words}': write what the documents show."),
    "sample_text": N_("The text still holds a line of the sample: '{words}'."),
}
#: What a reply argues about is never called decided, nor by our word for the verdict.
_JUDGING = re.compile(r"\b(Schutzbehauptung\w*|entschieden|pretext|decided)\b", re.IGNORECASE)
_QUOTE = re.compile(r"„[^“]*“|“[^”]*”")
_SAMPLE = ("Bitte schreiben Sie hier", "Please write here", "Please write the answer here")


@dataclass(frozen=True, slots=True)
class WrittenWish:
    """What the writer decided besides the text."""

    kind: LetterKind
    language: str
    text: str
    dispatched_on: date
    term_days: int = TERM_DAYS
    next_step: str = "call"
    contract_circumstances: str = ""
    #: Amount and day of the promise that a confirmation repeats.
    promise: tuple[int, date] | None = None
    #: When, where and who, where a visit or a meeting is announced.
    appointment: str = ""
    #: What goes with it: name, pages, and the file that is printed after it.
    attachments: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a letter to one debtor is made of."""

    order: Order
    sender: Sender
    handler: Handler
    creditor: Principal
    recipient: Recipient
    claims: Sequence[Demanded]
    owed: Statement
    costs: Sequence[CostLine]
    currency: str
    ordered_on: date | None = None
    rates: BaseRates | None = None
    amicable: bool = True  # Worked out of court: what a letter announces must be ours to do.


def demands_money(wish: WrittenWish) -> bool:
    """Whether a letter asks for money, by its kind or its text."""
    kind = KINDS[wish.kind]
    parts, _ = parse(wish.text, kind.vocabulary)
    return kind.occasion in DEMANDING or any(part.text == DEMANDS for part in parts)


def announces_step(wish: WrittenWish) -> bool:
    """Whether its text names our next step, which is then a dated duty of ours."""
    parts, _ = parse(wish.text, KINDS[wish.kind].vocabulary)
    return "next_step" in placeholders_of(parts) or any(
        part.kind is Kind.BLOCK and part.text == ANNOUNCES for part in parts
    )


def compose(wish: WrittenWish, facts: Facts) -> Draft:
    """The page, and what is wrong with it by the law, the house and the language."""
    kind, order, law = KINDS[wish.kind], facts.order, facts.order.law
    parts, wrong = parse(wish.text, kind.vocabulary)
    demands = demands_money(wish)
    content = demand_content(
        order, facts.sender, facts.handler, facts.creditor, facts.recipient, facts.claims,
        facts.owed, facts.costs, facts.ordered_on, facts.rates,
    )  # fmt: skip
    content |= {"currency": facts.currency, "contract_circumstances": wish.contract_circumstances}
    made, empty = fill(
        parts, _values(content, wish), _holding(content, wish, facts), _rows(content, wish.language)
    )
    content |= {"template": TEMPLATE, "blocks": BLOCKS, "parts": made, "source": wish.text}
    content["attachments"] = list(wish.attachments)
    if not any(part["text"] == DEMANDS for part in made):
        content["girocode"] = content["qr_bill"] = None
    html = render_html(TEMPLATE, content)
    shown = read_back(html)
    own = kind.occasion in DEMANDING or not demands
    occasions = frozenset({kind.occasion if own else Occasion.FURTHER})
    seen = Seen(
        law, facts.sender, facts.creditor, facts.recipient, facts.claims, content,
        kinds_of(facts.costs), shown.text, occasions,
    )  # fmt: skip
    circumstances = circumstances_of(seen)
    findings = [
        *wrong,
        *empty,
        *facts.recipient.doubts,
        *verify(order, seen, shown, circumstances),
        *_threats(facts, _own_words(seen), announces=announces_step(wish)),
        *_samples(shown.text),
        *_judging(wish),
    ]
    pay_by = date.fromisoformat(content["pay_by"])
    total = content["total_cents"] if demands else 0
    return Draft(content, html, tuple(findings), pay_by, total, shown.text, circumstances)


def _values(content: dict[str, Any], wish: WrittenWish) -> dict[str, str]:
    """What each placeholder stands for."""
    language, currency = wish.language, content["currency"]

    def amount(cents: int) -> str:
        return money(cents, currency, language)

    promise = wish.promise
    return {
        "salutation": content["salutation"],
        "debtor": content["debtor_name"],
        "creditor": content["creditor"]["name"],
        "case": content["case_number"],
        "today": day_words(wish.dispatched_on, language),
        "handler": content["handler"]["name"],
        "phone": content["handler"]["phone"],
        "email": content["agency"]["email"],
        "agency": content["agency"]["name"],
        "open": amount(content["total_cents"]),
        "principal": amount(content["principal_cents"]),
        "interest": amount(content["interest_cents"]),
        "costs": amount(content["costs_cents"]),
        "pay_by": day_words(date.fromisoformat(content["pay_by"]), language),
        "next_step": content["next_step_words"],
        "invoices": ", ".join(invoice["number"] for invoice in content["invoices"]),
        "promise_amount": amount(promise[0]) if promise else "",
        "promise_day": day_words(promise[1], language) if promise else "",
        "appointment": wish.appointment,
        "contract_circumstances": wish.contract_circumstances.strip(),
        "original_creditor": content["creditor"]["original_creditor"]
        or content["creditor"]["name"],
    }


def _rows(content: dict[str, Any], language: str) -> list[dict[str, str]]:
    """What the placeholders of each claim stand for."""
    return [
        {
            "invoice_number": invoice["number"],
            "invoice_day": day_words(date.fromisoformat(invoice["invoiced_on"]), language),
            "invoice_due": day_words(date.fromisoformat(invoice["due_on"]), language),
            "invoice_amount": money(invoice["amount_cents"], content["currency"], language),
            "invoice_open": money(invoice["open_cents"], content["currency"], language),
            "invoice_subject": invoice["description"],
        }
        for invoice in content["invoices"]
    ]


def _holding(content: dict[str, Any], wish: WrittenWish, facts: Facts) -> set[str]:
    """The conditions that hold."""
    holds = {
        "held": any(claim.held_cents for claim in facts.claims),
        "joint": bool(content["joint_with"]),
        "promise": wish.promise is not None,
        "owed": facts.owed.open_cents > 0,
        "paid": facts.owed.open_cents <= 0,
        "consumer": any(claim.consumer for claim in facts.claims),
    }
    return {name for name, true in holds.items() if true}


def _own_words(seen: Seen) -> str:
    """Without what others are called, and what the claims are for."""
    subjects = (claim.description for claim in seen.claims)
    return without(squeeze(seen.text), (*names_in(seen), *subjects))


def _threats(facts: Facts, text: str, *, announces: bool) -> list[Finding]:
    """No empty threats: what a letter announces out of court must become a task of ours."""
    if not facts.amicable or (announces and facts.order.next_step == "court"):
        return []
    return [
        Finding(
            "empty_threat",
            Severity.ERROR,
            "text",
            params={"words": words, "placeholder": "{next_step}"},
        )
        for words in facts.order.law.announced_in_words(text)
    ]


def _judging(wish: WrittenWish) -> list[Finding]:
    """What the debtor said himself may be quoted."""
    if wish.kind is not LetterKind.OBJECTION_REPLY:
        return []
    own = _QUOTE.sub("", " ".join(wish.text.split()))
    words = dict.fromkeys(found[0] for found in _JUDGING.finditer(own))
    return [Finding("judging_words", Severity.ERROR, "text", params={"words": w}) for w in words]


def _samples(text: str) -> list[Finding]:
    return [
        Finding("sample_text", Severity.ERROR, "text", params={"words": words})
        for words in _SAMPLE
        if words in text
    ]
