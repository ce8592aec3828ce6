"""Switzerland behind the doors: interest, allocation, limitation; and both countries alike."""

import inspect
from datetime import date
from decimal import Decimal

import pytest

from legal.allocation import Component, allocate
from legal.calendar import parse_period
from legal.ch.interest import DayCount, default_interest
from legal.demand import Audience, InvoiceLine, LetterFacts, Occasion
from legal.errors import InputInvalid
from legal.jurisdiction import COUNTRIES, CostQuestion, Debtor, Jurisdiction, get_jurisdiction
from legal.limitation_events import LimitationEvent, LimitationEventKind

SPAN = date(2026, 1, 1), date(2026, 4, 10)  # A hundred days.
BOTH = ["ch", "de"]


@pytest.mark.parametrize(
    ("day_count", "cents"),
    [
        pytest.param(DayCount.ACTUAL_365, 136_99, id="actual/365: the check value of the facts"),
        pytest.param(DayCount.ACTUAL_360, 138_89, id="actual/360"),
        pytest.param(DayCount.THIRTY_360, 138_89, id="30E/360: three months and ten days"),
    ],
)
def test_interest_on_ten_thousand_francs(day_count, cents):
    assert default_interest(10_000_00, *SPAN, day_count=day_count).interest_cents == cents


@pytest.mark.parametrize(("agreed", "rate"), [("4", "5"), ("5", "5"), ("8.5", "8.5")])
def test_an_agreed_rate_counts_if_higher(agreed, rate):
    found = default_interest(10_000_00, *SPAN, agreed_rate_percent=Decimal(agreed))
    assert found.rate_percent == Decimal(rate)


def test_interest_needs_a_principal():
    with pytest.raises(InputInvalid):
        default_interest(-1, *SPAN)


@pytest.mark.parametrize(
    ("kind", "events", "last_day"),
    [
        pytest.param("general", [], "2033-03-10", id="OR 127: ten years to the day"),
        pytest.param("short", [], "2028-03-10", id="OR 128: five"),
        pytest.param("loss_certificate", [], "2043-03-10", id="SchKG 149a: twenty"),
        pytest.param(
            "short",
            [(LimitationEventKind.ENFORCEMENT, "2027-02-01")],
            "2032-02-02",
            id="OR 135, 138: anew with each act, off a Sunday",
        ),
        pytest.param(
            "short",
            [(LimitationEventKind.PART_PAYMENT, "2028-03-11")],
            "2028-03-10",
            id="a payment after the expiry",
        ),
    ],
)
def test_limitation(kind, events, last_day):
    happened = [LimitationEvent(k, date.fromisoformat(on), confirmed=True) for k, on in events]
    found = get_jurisdiction("ch").limitation(kind, date(2023, 3, 10), "CH-ZH", events=happened)
    assert found.computed.last_day == found.conservative.last_day == date.fromisoformat(last_day)


def test_an_event_without_a_swiss_rule_is_refused():
    talks = LimitationEvent(LimitationEventKind.NEGOTIATIONS, date(2024, 1, 1))
    with pytest.raises(InputInvalid):
        get_jurisdiction("ch").limitation("short", date(2023, 3, 10), "CH-ZH", events=[talks])


@pytest.mark.parametrize("code", BOTH)
def test_every_door_opens(code):
    law = get_jurisdiction(code)
    place, confirmed = f"{code.upper()}-{'ZH' if code == 'ch' else 'BE'}", date(2026, 3, 2)
    interest = law.default_interest(10_000_00, *SPAN, Debtor.BUSINESS)
    assert interest.interest_cents > 0
    assert interest.per_day_cents > 0
    order = law.allocation_order()
    paid = allocate(150, dict.fromkeys(Component, 100), order)
    assert paid.paid_cents == {Component.COSTS: 100, Component.INTEREST: 50, Component.PRINCIPAL: 0}
    owed = law.collection_costs(CostQuestion(100_00, confirmed, date(2026, 2, 1), Decimal("0.5")))
    assert bool(owed.total_cents) != bool(owed.reasons)
    kind = law.limitation_kinds[0]
    assert law.limitation(kind, confirmed, place).computed.last_day > confirmed
    assert law.deadline(confirmed, parse_period("10 days"), place).last_day == date(2026, 3, 12)
    bare = LetterFacts(frozenset({Occasion.FIRST}), {}, frozenset(), (), 0, "")
    assert "invoices_missing" in {f.code for f in law.verify_demand(bare, Audience.BUSINESS)}


def test_swiss_letters_list_their_invoices_and_owe_no_more():
    line = InvoiceLine("R-1", date(2026, 1, 5), date(2026, 2, 4), 100_00, 0, 100_00)
    letter = LetterFacts(
        frozenset({Occasion.FIRST}), {}, frozenset(), (line,), 100_00, "Rechnung R-1"
    )
    assert get_jurisdiction("ch").verify_demand(letter, Audience.CONSUMER) == []


def test_consumer_loans_have_an_order_of_their_own_in_germany_only():
    assert get_jurisdiction("de").allocation_order(consumer_loan=True)[1] is Component.PRINCIPAL
    assert get_jurisdiction("ch").allocation_order(consumer_loan=True)[1] is Component.INTEREST


def test_german_doors_lead_to_the_german_rules():
    law = get_jurisdiction("de")
    half_year = date(2025, 7, 1), date(2025, 12, 31)
    statutory = law.default_interest(1_000_00, *half_year, Debtor.CONSUMER)
    assert statutory.interest_cents == 3161
    agreed = law.default_interest(1_000_00, *half_year, Debtor.CONSUMER, Decimal(5))
    assert agreed.interest_cents == 2521
    early = CostQuestion(50_00, date(2025, 6, 1), date(2025, 7, 1), Decimal("0.9"))
    assert law.collection_costs(early).total_cents == 0
    late = CostQuestion(50_00, date(2025, 6, 1), date(2025, 5, 1), Decimal("0.9"))
    assert law.collection_costs(late).total_cents == 3402


@pytest.mark.parametrize("code", BOTH)
def test_a_country_has_exactly_the_doors_of_the_protocol(code):
    law = get_jurisdiction(code)
    for name, door in inspect.getmembers(Jurisdiction, inspect.isfunction):
        if not name.startswith("_"):
            assert inspect.signature(getattr(type(law), name)).parameters.keys() == (
                inspect.signature(door).parameters.keys()
            )
    assert law.code == code
    assert len(law.currency) == 3


@pytest.mark.parametrize("code", ["", "at", "DE", None, 5, ["de"]])
def test_other_countries_are_named_as_unknown(code):
    with pytest.raises(InputInvalid) as refused:
        get_jurisdiction(code)
    assert refused.value.field == "jurisdiction"
    assert sorted(COUNTRIES) == BOTH
