"""The first demand letter: its content from the claim account, and whether it may be sent.

Pure: everything it needs is handed in. Interest is computed to the day of the letter; the payment
day is the day of dispatch, the postal days, and the term, moved off weekends and holidays.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cases.costs.lines import CostLine
from cases.ledger.statement import ClaimBalance, Statement
from cases.letters.demand_words import GROUND_WORDS, HIGHER_RATE, NEXT_STEP
from cases.letters.girocode import Transfer, girocode_svg
from cases.letters.qr_bill import NAME, Bill, Party, bill_content, takes_bills
from cases.letters.rendering import read_back, render_html
from legal.demand import Audience, InvoiceLine, LetterFacts, Occasion
from legal.findings import Finding
from legal.interest import RateKind
from legal.jurisdiction import Jurisdiction

#: Days of the term, after the postal days. Law: VV RVG 2300 note (2), two weeks.
TERM_DAYS = 14
TEMPLATE = "first_demand"


@dataclass(frozen=True, slots=True)
class Sender:
    """The house, as letters name it."""

    name: str
    street: str
    postcode: str
    city: str
    email: str
    register_entry: str
    authority_name: str
    authority_address: str
    authority_contact: str
    privacy_contact: str | None
    vat_id: str | None
    trust_iban: str
    country: str = "DE"


@dataclass(frozen=True, slots=True)
class Handler:
    """Who handles the case and answers the phone."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class Principal:
    """The creditor, as letters name it."""

    name: str
    street: str
    postcode: str
    city: str


@dataclass(frozen=True, slots=True)
class Recipient:
    """The debtor that the letter goes to."""

    name: str
    salutation: str
    address: tuple[str, ...]
    natural_person: bool
    payer: Party | None = None  # The same with its parts apart, for a Swiss bill.


@dataclass(frozen=True, slots=True)
class Demanded:
    """A claim that the letter demands: the balance of the part that does not stand still."""

    balance: ClaimBalance
    description: str
    contract_on: date | None
    default_basis: str | None
    consumer: bool
    remuneration: bool
    held_cents: int = 0
    currency: str = "EUR"


@dataclass(frozen=True, slots=True)
class Order:
    """What the case worker asks for."""

    letter_number: str
    case_number: str
    dispatched_on: date
    postal_days: int
    place: str  # Whose holidays count for the payment day.
    law: Jurisdiction
    term_days: int = TERM_DAYS
    term_reason: str = ""
    language: str = "de"
    next_step: str = "call"


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter before it is released: content, HTML, and everything that is wrong with it."""

    content: dict[str, Any]
    html: str
    findings: tuple[Finding, ...]
    pay_by: date
    total_cents: int


def draft_demand(
    order: Order,
    sender: Sender,
    handler: Handler,
    creditor: Principal,
    recipient: Recipient,
    claims: Sequence[Demanded],
    owed: Statement,
    costs: Sequence[CostLine] = (),
) -> Draft:
    """Make the first demand letter and verify it against the law's and the house's duties."""
    content = _content(order, sender, handler, creditor, recipient, claims, owed, costs)
    html = render_html(TEMPLATE, content)
    facts = _facts(order, content, html, claims, recipient)
    audience = Audience.CONSUMER if any(c.consumer for c in claims) else Audience.BUSINESS
    findings = order.law.verify_demand(facts, audience)
    pay_by = date.fromisoformat(content["pay_by"])
    return Draft(content, html, tuple(findings), pay_by, content["total_cents"])


def _content(
    order: Order,
    sender: Sender,
    handler: Handler,
    creditor: Principal,
    recipient: Recipient,
    claims: Sequence[Demanded],
    owed: Statement,
    costs: Sequence[CostLine],
) -> dict[str, Any]:
    invoices = [_invoice(claim) for claim in claims]
    principal_cents = sum(invoice["open_cents"] for invoice in invoices)
    interest_cents = sum(claim.balance.interest_open_cents for claim in claims)
    total_cents = principal_cents + interest_cents + owed.costs_open_cents
    pay_by = order.law.payment_day(
        order.dispatched_on, order.postal_days, order.term_days, order.place
    )
    currency = claims[0].currency
    transfer = Transfer(
        name=sender.name[:70],
        iban=sender.trust_iban,
        amount_cents=total_cents if total_cents > 0 else None,
        text=order.case_number,
    )
    language = order.language
    return {
        "language": language,
        "letter_number": order.letter_number,
        "case_number": order.case_number,
        "dispatched_on": order.dispatched_on.isoformat(),
        "postal_days": order.postal_days,
        "pay_by": pay_by.isoformat(),
        "agency": asdict(sender),
        "handler": asdict(handler),
        "creditor": asdict(creditor),
        "debtor_name": recipient.name,
        "salutation": recipient.salutation,
        "address": list(recipient.address),
        "natural_person": recipient.natural_person,
        "invoices": invoices,
        "has_payments": any(invoice["paid_cents"] for invoice in invoices),
        "has_held": any(invoice["held_cents"] for invoice in invoices),
        "principal_cents": principal_cents,
        "periods": [row for claim in claims for row in _periods(claim.balance)],
        "interest_cents": interest_cents,
        "interest_paid_cents": sum(claim.balance.interest_paid_cents for claim in claims),
        "interest_until": owed.as_of.isoformat(),
        "default_starts": [_default_start(claim, language) for claim in claims if _bears(claim)],
        "rate_words": "; ".join(
            dict.fromkeys(order.law.rate_words(c.balance.terms.rule.kind, language) for c in claims)
        ),
        "higher_rate_reason": HIGHER_RATE[language] if _agreed_rate(claims) else None,
        "per_day_cents": str(sum((c.balance.per_day_cents for c in claims), Decimal(0))),
        "notes": [
            note.message(order.law.interest_notes)
            for note in owed.notes
            if note.code in order.law.interest_notes
        ],
        "costs": [asdict(line) for line in costs],
        "costs_cents": owed.costs_open_cents,
        "paid_cents": sum(invoice["paid_cents"] for invoice in invoices)
        + sum(claim.balance.interest_paid_cents for claim in claims)
        + owed.costs_paid_cents,
        "total_cents": total_cents,
        "girocode": girocode_svg(transfer) if currency == "EUR" else None,
        "qr_bill": _qr_bill(order, sender, recipient, total_cents, currency),
        "currency": currency,
        "next_step": order.next_step,
        "next_step_words": NEXT_STEP[language][order.next_step],
    }


def _qr_bill(
    order: Order, sender: Sender, recipient: Recipient, total_cents: int, currency: str
) -> dict[str, Any] | None:
    """A payment part where the trust account takes one; a Swiss bank reads nothing else."""
    if recipient.payer is None or not takes_bills(sender.trust_iban, currency) or total_cents <= 0:
        return None
    payee = Party(sender.name[:NAME], sender.street, sender.postcode, sender.city, sender.country)
    bill = Bill(sender.trust_iban, payee, total_cents, recipient.payer, order.case_number)
    return bill_content(bill, order.language)


def _invoice(claim: Demanded) -> dict[str, Any]:
    balance = claim.balance
    return {
        "number": balance.terms.invoice_number,
        "invoiced_on": balance.terms.invoiced_on.isoformat(),
        "due_on": (balance.terms.due_on or balance.terms.invoiced_on).isoformat(),
        "description": claim.description,
        "contract_on": claim.contract_on.isoformat() if claim.contract_on else None,
        "amount_cents": balance.principal_cents + claim.held_cents,
        "paid_cents": balance.principal_cents - balance.principal_open_cents,
        "held_cents": claim.held_cents,
        "open_cents": balance.principal_open_cents,
    }


def _periods(balance: ClaimBalance) -> list[dict[str, Any]]:
    return [
        {
            "number": balance.terms.invoice_number,
            "base_cents": base_cents,
            "first_day": period.first_day.isoformat(),
            "last_day": period.last_day.isoformat(),
            "days": period.days,
            "rate_percent": str(period.rate_percent),
            "cents": period.interest_cents,
        }
        for base_cents, period in zip(balance.bases_cents, balance.periods, strict=True)
    ]


def _bears(claim: Demanded) -> bool:
    return bool(claim.balance.periods)


def _agreed_rate(claims: Sequence[Demanded]) -> bool:
    agreed = {RateKind.FIXED, RateKind.MARGIN}
    return any(c.balance.terms.rule.kind in agreed and _bears(c) for c in claims)


def _default_start(claim: Demanded, language: str) -> dict[str, Any]:
    assert claim.balance.terms.interest_first_day is not None
    return {
        "number": claim.balance.terms.invoice_number,
        "first_day": claim.balance.terms.interest_first_day.isoformat(),
        "words": GROUND_WORDS[language][claim.default_basis or "reminder"],
    }


def _facts(
    order: Order,
    content: dict[str, Any],
    html: str,
    claims: Sequence[Demanded],
    recipient: Recipient,
) -> LetterFacts:
    shown = read_back(html)
    contents = dict(shown.elements)
    # Subject and day belong to every claim: where one lacks them, the letter does.
    if not all(claim.description for claim in claims):
        contents.pop("claim_reason", None)
    if not all(claim.contract_on for claim in claims):
        contents.pop("contract_date", None)
    holds = {
        "contract_claim": True,
        "interest_claimed": bool(content["interest_cents"]),
        "costs_claimed": bool(content["costs_cents"]),
        "rate_above_statutory": _agreed_rate(claims),
        "natural_person": recipient.natural_person,
        "has_privacy_officer": bool(content["agency"]["privacy_contact"]),
        "remuneration_claim": all(claim.remuneration for claim in claims),
        "nine_points_claimed": any(
            claim.balance.terms.rule.kind is RateKind.BUSINESS and _bears(claim) for claim in claims
        ),
    }
    return LetterFacts(
        occasions=frozenset({Occasion.FIRST}),
        contents=contents,
        circumstances=frozenset(name for name, true in holds.items() if true),
        invoices=tuple(_line(invoice) for invoice in content["invoices"]),
        principal_cents=content["principal_cents"],
        text=shown.text,
        term_days=order.term_days,
        term_reason=order.term_reason,
    )


def _line(invoice: dict[str, Any]) -> InvoiceLine:
    return InvoiceLine(
        number=invoice["number"],
        invoiced_on=date.fromisoformat(invoice["invoiced_on"]),
        due_on=date.fromisoformat(invoice["due_on"]),
        amount_cents=invoice["amount_cents"],
        paid_cents=invoice["paid_cents"] + invoice["held_cents"],
        open_cents=invoice["open_cents"],
    )
