"""Demand letters made from plain facts, without a database, for tests of what they must contain."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cases.costs.lines import CostLine
from cases.ledger.models import Direction, EntryKind
from cases.ledger.statement import ClaimTerms, Posting, compute_statement
from cases.letters.addressing import Party, address
from cases.letters.demand import draft_demand
from cases.letters.demand_facts import (
    Demanded,
    Draft,
    Handler,
    Order,
    Principal,
    Recipient,
    Sender,
)
from legal.allocation import Component
from legal.interest import InterestRule, RateKind
from legal.jurisdiction import get_jurisdiction

SENT_ON = date(2026, 11, 23)
ORDER = Order("B-1", "2026-0000001-5", SENT_ON, 3, "DE-HH", get_jurisdiction("de"))
SENDER = Sender(
    name="Hanse Forderungsmanagement GmbH",
    street="Speicherstraße 12",
    postcode="20457",
    city="Hamburg",
    email="post@hanse-forderung.example",
    register_entry="Amtsgericht Hamburg, 3712/1-7.1",
    authority_name="Bundesamt für Justiz",
    authority_address="Adenauerallee 99-103, 53113 Bonn",
    authority_contact="www.bundesjustizamt.de",
    privacy_contact=None,
    vat_id=None,
    trust_iban="DE89370400440532013000",
    legal_form="GmbH",
    register_court="Amtsgericht Hamburg",
    register_number="HRB 12345",
    managing_directors="Miriam Voss",
)
CREDITOR = Principal("Stadtwerke Musterstadt GmbH", "Marktplatz 1", "20095", "Hamburg")
HANDLER = Handler("Nora Petersen", "040 5550123")
FEE = CostLine("Inkassovergütung (Geschäftsgebühr)", "VV RVG 2300: 0,5", 46_50,
               EntryKind.COLLECTION_FEE)  # fmt: skip
VAT = CostLine("Umsatzsteuer", "VV RVG 7008: 19 Prozent", 8_84, EntryKind.VAT)
LUMP_SUM = CostLine("Verzugspauschale", "§ 288 Abs. 5 BGB", 40_00, EntryKind.LUMP_SUM)


def make_recipient(**fields: Any) -> Recipient:
    """Jonas Weber in Hamburg; party fields and those of a recipient."""
    party = {
        "kind": "natural_person",
        "name": "Weber",
        "given_name": "Jonas",
        "street": "Lindenallee 7",
        "postcode": "20259",
        "city": "Hamburg",
    }
    own = {name: fields.pop(name) for name in list(fields) if name in Recipient.__annotations__
           and name not in {"name", "address"}}  # fmt: skip
    found = address(Party(**{**party, **fields}), "de")
    made = Recipient(
        found.name, found.salutation, found.lines, found.natural_person, doubts=found.doubts
    )
    return replace(made, **own)


def make_claim(number: str = "RE-1", **fields: Any) -> dict[str, Any]:
    """An invoice of 1,000 euro of a consumer, in default since 2026-08-01 by contract."""
    return {
        "number": number,
        "invoiced_on": date(2026, 7, 1),
        "due_on": date(2026, 7, 31),
        "default_on": date(2026, 8, 1),
        "default_basis": "agreed_day",
        "cents": 1_000_00,
        "agreed_rate": None,
        "description": "Lieferung von Strom",
        "contract_on": date(2025, 3, 1),
        "consumer": True,
        "remuneration": True,
        **fields,
    }


def make_draft(
    *,
    claims: Sequence[dict[str, Any]] | None = None,
    costs: Sequence[CostLine] = (FEE,),
    recipient: Recipient | None = None,
    sender: Sender = SENDER,
    creditor: Principal = CREDITOR,
    order: Order = ORDER,
    ordered_on: date | None = date(2026, 11, 20),
) -> Draft:
    """The letter that these facts make."""
    facts = list(claims or [make_claim()])
    now = datetime(2026, 11, 23, tzinfo=UTC)
    terms = [_terms(index, fact) for index, fact in enumerate(facts, start=1)]
    postings = [
        _posting(
            index,
            fact["cents"] - fact.get("held_cents", 0),
            fact["invoiced_on"],
            EntryKind.PRINCIPAL,
        )
        for index, fact in enumerate(facts, start=1)
    ]
    postings += [_posting(None, line.cents, order.dispatched_on, line.kind) for line in costs]
    owed = compute_statement(terms, postings, order.dispatched_on, now)
    demanded = [
        Demanded(
            balance=balance,
            description=fact["description"],
            contract_on=fact["contract_on"],
            default_basis=fact["default_basis"],
            consumer=fact["consumer"],
            remuneration=fact["remuneration"],
            held_cents=fact.get("held_cents", 0),
            currency=fact.get("currency", "EUR"),
            tort_on=fact.get("tort_on"),
            limitation_on=fact.get("limitation_on"),
        )
        for fact, balance in zip(facts, owed.claims, strict=True)
    ]
    return draft_demand(
        order, sender, HANDLER, creditor, recipient or make_recipient(), demanded, owed, costs,
        ordered_on=ordered_on,
    )  # fmt: skip


def _terms(index: int, fact: dict[str, Any]) -> ClaimTerms:
    if fact["agreed_rate"] is not None:
        rule = InterestRule(RateKind.FIXED, points=Decimal(fact["agreed_rate"]))
    elif fact["consumer"] and not fact.get("nine_points"):
        rule = InterestRule(RateKind.CONSUMER)
    else:
        rule = InterestRule(RateKind.BUSINESS)
    return ClaimTerms(
        index, fact["number"], fact["invoiced_on"], fact["due_on"], fact["default_on"], rule
    )


def _posting(claim_id: int | None, cents: int, day: date, kind: Any) -> Posting:
    return Posting(
        id=claim_id or 0,
        claim_id=claim_id,
        journal_id=0,
        value_on=day,
        booked_on=day,
        posted_at=datetime(2026, 1, 1, tzinfo=UTC),
        direction=Direction.DEBIT,
        component=Component.COSTS if claim_id is None else Component.PRINCIPAL,
        kind=kind,
        amount_cents=cents,
    )
