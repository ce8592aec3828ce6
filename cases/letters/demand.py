"""A demand letter: its content from the claim account, and whether it may be sent.

Pure: everything it needs is handed in, so the screen, the bulk release and `recoup letter draft`
make the same letter. Interest is computed to the day of the letter; the payment day is the day of
dispatch, the postal days, and the term, moved off weekends and holidays.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from cases.costs.lines import CostLine
from cases.ledger.statement import Statement
from cases.letters.demand_circumstances import Seen, circumstances_of, kinds_of, names_in
from cases.letters.demand_content import demand_content
from cases.letters.demand_facts import (
    TERM_DAYS,
    Demanded,
    Draft,
    Handler,
    Order,
    Principal,
    Recipient,
    Sender,
)
from cases.letters.rendering import Shown, read_back, render_html
from legal.base_rates import BaseRates
from legal.demand import Audience, InvoiceLine, LetterFacts, Occasion
from legal.findings import N_, Finding, Severity
from legal.jurisdiction import Jurisdiction

__all__ = [
    "TERM_DAYS", "Demanded", "Draft", "Handler", "Order", "Principal", "Recipient", "Sender",
    "draft_demand",
]  # fmt: skip

TEMPLATE = "first_demand"
MESSAGES = {
    "fee_needs_euro": N_(
        "The claim is in {currency}, the collection fee of the law in euro: this letter demands "
        "no fee."
    ),
    "trivial_rest": N_(
        "Only {principal_cents} of the principal is open, and the letter demands costs of "
        "{costs_cents}: a "
        "waiver of the rest may serve everybody better."
    ),
}


def draft_demand(
    order: Order,
    sender: Sender,
    handler: Handler,
    creditor: Principal,
    recipient: Recipient,
    claims: Sequence[Demanded],
    owed: Statement,
    costs: Sequence[CostLine] = (),
    *,
    ordered_on: date | None = None,
    rates: BaseRates | None = None,
) -> Draft:
    """Make the first demand letter and verify it against the law's and the house's duties."""
    content = demand_content(
        order, sender, handler, creditor, recipient, claims, owed, costs, ordered_on, rates
    )
    html = render_html(TEMPLATE, content)
    shown = read_back(html)
    occasions = frozenset({Occasion.FIRST})
    cost_kinds = kinds_of(costs)
    seen = Seen(
        order.law, sender, creditor, recipient, claims, content, cost_kinds, shown.text, occasions
    )
    circumstances = circumstances_of(seen)
    findings = [
        *recipient.doubts,
        *verify(order, seen, shown, circumstances),
        *_worth_a_look(order.law, content),
    ]
    pay_by = date.fromisoformat(content["pay_by"])
    return Draft(
        content, html, tuple(findings), pay_by, content["total_cents"], shown.text, circumstances
    )


def verify(order: Order, seen: Seen, shown: Shown, circumstances: frozenset[str]) -> list[Finding]:
    """What the law of the country and the house say about a letter."""
    facts = LetterFacts(
        occasions=seen.occasions,
        contents=_elements(shown, seen.claims),
        circumstances=circumstances,
        invoices=tuple(_line(invoice) for invoice in seen.content.get("invoices", ())),
        principal_cents=seen.content.get("principal_cents", 0),
        text=shown.text,
        term_days=order.term_days,
        term_reason=order.term_reason,
        dispatched_on=order.dispatched_on,
        pay_by=date.fromisoformat(seen.content["pay_by"]),
        time_bar_reason=order.time_bar_reason,
        names=names_in(seen),
        subjects=tuple(claim.description for claim in seen.claims),
    )
    return order.law.verify_demand(facts, audience_of(seen))


def audience_of(seen: Seen) -> Audience:
    """A natural person whose claim is not of his trade is protected. Law: RDG § 13a(5)."""
    private = seen.recipient.natural_person and any(claim.consumer for claim in seen.claims)
    return Audience.CONSUMER if private else Audience.BUSINESS


def _elements(shown: Shown, claims: Sequence[Demanded]) -> Mapping[str, str]:
    """Subject and day belong to every claim: where one lacks them, the letter does."""
    elements = dict(shown.elements)
    if not all(claim.description.strip() for claim in claims):
        elements.pop("claim_reason", None)
    if not all(claim.contract_on or claim.tort_on for claim in claims):
        elements.pop("contract_date", None)
    return elements


def _worth_a_look(law: Jurisdiction, content: Mapping[str, Any]) -> list[Finding]:
    found = []
    currency = str(content["currency"])
    if currency != law.currency:
        params: dict[str, str | int] = {"currency": currency}
        found.append(Finding("fee_needs_euro", Severity.WARNING, "costs", params=params))
    rest, costs = int(content["principal_cents"]), int(content["costs_cents"])
    if content["has_payments"] and 0 < rest < costs:
        sums: dict[str, str | int] = {"principal_cents": rest, "costs_cents": costs}
        found.append(Finding("trivial_rest", Severity.WARNING, "principal", params=sums))
    return found


def _line(invoice: dict[str, Any]) -> InvoiceLine:
    last_day = invoice["limitation_on"]
    return InvoiceLine(
        number=invoice["number"],
        invoiced_on=date.fromisoformat(invoice["invoiced_on"]),
        due_on=date.fromisoformat(invoice["due_on"]),
        amount_cents=invoice["amount_cents"],
        paid_cents=invoice["paid_cents"] + invoice["held_cents"],
        open_cents=invoice["open_cents"],
        currency=invoice["currency"],
        limitation_on=date.fromisoformat(last_day) if last_day else None,
    )
