"""The content of a demand letter: all that its template receives, as plain data.

Pure. Frozen when the letter is released, so that it says for ever what was known that day.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from cases.claims.law import law_of_jurisdiction
from cases.costs.lines import CostLine
from cases.ledger.models import EntryKind
from cases.ledger.statement import ClaimBalance, Statement
from cases.letters.addressing import country_name
from cases.letters.codes.girocode import Transfer, girocode_svg
from cases.letters.codes.qr_bill import NAME, Bill, Party, bill_content, takes_bills
from cases.letters.demand_facts import Demanded, Handler, Order, Principal, Recipient, Sender
from cases.letters.demand_rates import explain_rates
from cases.letters.demand_words import COURT_STEP, GROUND_WORDS, NEXT_STEP, NOTES, SOURCES
from cases.letters.rendering import WORDS
from legal.base_rates import BaseRates
from legal.findings import Finding
from legal.jurisdiction import Jurisdiction, find_jurisdiction

#: The code that fills in a transfer knows one currency. Law: EPC069-12.
CODE_CURRENCY = "EUR"


def demand_content(
    order: Order,
    sender: Sender,
    handler: Handler,
    creditor: Principal,
    recipient: Recipient,
    claims: Sequence[Demanded],
    owed: Statement,
    costs: Sequence[CostLine],
    ordered_on: date | None = None,
    rates: BaseRates | None = None,
) -> dict[str, Any]:
    """Everything that stands in the letter."""
    invoices = [_invoice(claim) for claim in claims]
    principal_cents = sum(invoice["open_cents"] for invoice in invoices)
    interest_cents = sum(claim.balance.interest_open_cents for claim in claims)
    currency = claims[0].currency if claims else CODE_CURRENCY
    total_cents = principal_cents + interest_cents + owed.costs_open_cents
    return {
        **letter_content(order, sender, handler, creditor, recipient),
        "currency": currency,
        "invoices": invoices,
        "has_payments": any(invoice["paid_cents"] for invoice in invoices),
        "has_held": any(invoice["held_cents"] for invoice in invoices),
        "principal_cents": principal_cents,
        **_interest(order, claims, owed, interest_cents, rates),
        **_costs(order.language, creditor, claims, owed, costs, ordered_on),
        "paid_cents": sum(invoice["paid_cents"] for invoice in invoices)
        + sum(claim.balance.interest_paid_cents for claim in claims)
        + owed.costs_paid_cents,
        "total_cents": total_cents,
        "qr_bill": _qr_bill(order, sender, recipient, total_cents, currency),
        "reminded_on": order.reminded_on.isoformat() if order.reminded_on else None,
        "girocode": _code(order, sender, total_cents, currency),
        "next_step": order.next_step,
        "next_step_words": _next_step(order, creditor),
    }


def letter_content(
    order: Order, sender: Sender, handler: Handler, creditor: Principal, recipient: Recipient
) -> dict[str, Any]:
    """What every letter has, whatever it is about."""
    pay_by = order.law.payment_day(
        order.dispatched_on, order.postal_days, order.term_days, order.place
    )
    traced = recipient.address_source == "traced"
    at = f" ({recipient.traced_at})" if traced and recipient.traced_at else ""
    return {
        # Never printed: why this letter was released as it is.
        "time_bar_reason": order.time_bar_reason,
        "term_reason": order.term_reason,
        "language": order.language,
        "letter_number": order.letter_number,
        "case_number": order.case_number,
        "dispatched_on": order.dispatched_on.isoformat(),
        "postal_days": order.postal_days,
        "pay_by": pay_by.isoformat(),
        "agency": asdict(sender),
        "law": order.law.code,
        "company": company_words(sender, order.law),
        "agency_address": _one_line(sender.street, sender.postcode, sender.city),
        "creditor_address": _creditor_address(creditor, sender.country),
        "handler": asdict(handler),
        "creditor": asdict(creditor),
        "debtor_name": recipient.name,
        "salutation": recipient.salutation,
        "address": list(recipient.address),
        "natural_person": recipient.natural_person,
        "joint_with": list(recipient.joint_with),
        "own_share": recipient.own_share,
        "address_traced": traced,
        "source_words": SOURCES[order.language][recipient.address_source].format(
            creditor=creditor.name, at=at
        ),
    }


def _creditor_address(creditor: Principal, home: str) -> str:
    """His address in one line; nothing where it is withheld or incomplete."""
    line = _one_line(creditor.street, creditor.postcode, creditor.city)
    if creditor.address_withheld_reason or not line or creditor.country == home:
        return "" if creditor.address_withheld_reason else line
    return f"{line}, {country_name(creditor.country) or creditor.country}"


def _one_line(street: str, postcode: str, city: str) -> str:
    """An address in a sentence; an incomplete one is none."""
    return f"{street}, {postcode} {city}" if all((street, postcode, city)) else ""


def company_words(sender: Sender, law: Jurisdiction) -> dict[str, str | None]:
    """What a company states about itself, as far as it was entered."""
    company = law.company(sender.legal_form, sender.name)
    register = (sender.register_court, sender.register_number)
    return {
        "form": company.form,
        "seat": sender.seat or sender.city,
        "register": ", ".join(part for part in register if part) if all(register) else None,
        "directors": sender.managing_directors,
        "directors_word": company.directors,
        "chair": sender.supervisory_chair,
        "partner": sender.liable_partner,
    }


def house_line(house: Any, language: str) -> str:
    """The same in one line, for the foot of a paper that is no letter but leaves the house."""
    law = find_jurisdiction(house.country.lower()) or law_of_jurisdiction()
    company, words = company_words(house, law), WORDS[language]
    found = (
        company["form"] and f"{company['form']}, {words['seat']} {company['seat']}",
        company["register"],
        company["directors"] and f"{words[str(company['directors_word'])]}: {company['directors']}",
        company["chair"] and f"{words['chair']}: {company['chair']}",
        company["partner"] and f"{words['partner']}: {company['partner']}",
    )
    return " · ".join(each for each in found if each)


def _interest(
    order: Order,
    claims: Sequence[Demanded],
    owed: Statement,
    interest_cents: int,
    rates: BaseRates | None,
) -> dict[str, Any]:
    language = order.language
    explained = explain_rates(claims, order.law, language, rates)
    return {
        "periods": [row for claim in claims for row in _periods(claim.balance)],
        "interest_cents": interest_cents,
        "interest_paid_cents": sum(claim.balance.interest_paid_cents for claim in claims),
        "interest_until": owed.as_of.isoformat(),
        "default_starts": [
            _default_start(claim, language) for claim in claims if claim.balance.periods
        ],
        "rate_words": "; ".join(explained.words),
        "higher_rates": list(explained.higher),
        "per_day_cents": str(sum((c.balance.per_day_cents for c in claims), Decimal(0))),
        "notes": [words for note in owed.notes if (words := _note(note, language))],
    }


def _costs(
    language: str,
    creditor: Principal,
    claims: Sequence[Demanded],
    owed: Statement,
    costs: Sequence[CostLine],
    ordered_on: date | None,
) -> dict[str, Any]:
    """The costs and why they are owed. Law: RDG § 13a(1) no. 5 and 6; BGB §§ 280, 286."""
    starts = [c.balance.terms.interest_first_day for c in claims]
    begun = min((day for day in starts if day is not None), default=None)
    vat = sum(line.cents for line in costs if line.kind is EntryKind.VAT)
    return {
        "costs": [{"name": c.name, "words": c.words, "cents": c.cents} for c in costs],
        "costs_cents": owed.costs_open_cents,
        "costs_default_from": begun.isoformat() if begun else None,
        "ordered_on": ordered_on.isoformat() if ordered_on else None,
        "vat_cents": vat,
        "tells_no_input_tax": vat > 0 and not creditor.deducts_input_tax,
    }


def _code(order: Order, sender: Sender, total_cents: int, currency: str) -> str | None:
    if currency != CODE_CURRENCY or total_cents <= 0:
        return None
    transfer = Transfer(sender.name[:70], sender.trust_iban, total_cents, order.case_number)
    return girocode_svg(transfer)


def _qr_bill(
    order: Order, sender: Sender, recipient: Recipient, total_cents: int, currency: str
) -> dict[str, Any] | None:
    """A payment part where the trust account takes one; a Swiss bank reads nothing else."""
    if recipient.payer is None or not takes_bills(sender.trust_iban, currency) or total_cents <= 0:
        return None
    payee = Party(sender.name[:NAME], sender.street, sender.postcode, sender.city, sender.country)
    bill = Bill(sender.trust_iban, payee, total_cents, recipient.payer, order.case_number)
    return bill_content(bill, order.language)


def _next_step(order: Order, creditor: Principal) -> str:
    if order.next_step == "court":
        return COURT_STEP[order.language].format(creditor=creditor.name)
    return NEXT_STEP[order.language][order.next_step]


def _note(note: Finding, language: str) -> str | None:
    sentence = NOTES[language].get(note.code)
    if sentence is None:
        return None
    params = {name: _shown(value, language) for name, value in note.params.items()}
    return sentence.format(**params)


def _shown(value: object, language: str) -> str:
    text = str(value)
    if language == "de":
        try:
            return f"{date.fromisoformat(text):%d.%m.%Y}"
        except ValueError:
            return text.replace(".", ",")
    return text


def _invoice(claim: Demanded) -> dict[str, Any]:
    balance = claim.balance
    return {
        "number": balance.terms.invoice_number,
        "invoiced_on": balance.terms.invoiced_on.isoformat(),
        "due_on": (balance.terms.due_on or balance.terms.invoiced_on).isoformat(),
        "description": claim.description,
        "contract_on": claim.contract_on.isoformat() if claim.contract_on else None,
        "tort_on": claim.tort_on.isoformat() if claim.tort_on else None,
        "amount_cents": balance.principal_cents + claim.held_cents,
        "paid_cents": balance.principal_cents - balance.principal_open_cents,
        "held_cents": claim.held_cents,
        "open_cents": balance.principal_open_cents,
        "currency": claim.currency,
        "limitation_on": claim.limitation_on.isoformat() if claim.limitation_on else None,
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


def _default_start(claim: Demanded, language: str) -> dict[str, Any]:
    first_day = claim.balance.terms.interest_first_day
    return {
        "number": claim.balance.terms.invoice_number,
        "first_day": first_day.isoformat() if first_day else None,
        "words": GROUND_WORDS[language][claim.default_basis or "reminder"],
    }
