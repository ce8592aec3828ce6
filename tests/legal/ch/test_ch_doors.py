"""Switzerland behind the doors: interest, allocation, limitation; and both countries alike."""

import inspect
from datetime import date
from decimal import Decimal

import pytest

from legal.allocation import Component, OpenClaim, allocate
from legal.calendar import parse_period, roll_forward
from legal.ch.interest import DayCount, default_interest
from legal.costs import CollectionMatter, CostKind, Engagement
from legal.default import DueFacts, Ground
from legal.demand import Audience, InvoiceLine, LetterFacts, Occasion
from legal.errors import InputInvalid
from legal.interest import InterestRule, RateKind
from legal.jurisdiction import COUNTRIES, Jurisdiction, get_jurisdiction
from legal.limitation_events import LimitationEvent, LimitationEventKind

SPAN = date(2026, 1, 1), date(2026, 4, 10)  # A hundred days.
BOTH = ["ch", "de"]
STATUTORY = InterestRule(RateKind.BUSINESS)


@pytest.mark.parametrize(
    ("day_count", "cents"),
    [
        pytest.param(DayCount.ACTUAL_365, 136_99, id="actual/365: the check value of the facts"),
        pytest.param(DayCount.ACTUAL_360, 138_89, id="actual/360"),
        pytest.param(DayCount.THIRTY_360, 138_89, id="30E/360: three months and ten days"),
    ],
)
def test_interest_on_ten_thousand_francs(day_count, cents):
    assert default_interest(10_000_00, *SPAN, STATUTORY, day_count).interest_cents == cents


@pytest.mark.parametrize(("agreed", "rate"), [("4", "5"), ("5", "5"), ("8.5", "8.5")])
def test_an_agreed_rate_counts_if_higher(agreed, rate):
    rule = InterestRule(RateKind.FIXED, Decimal(agreed))
    [period] = default_interest(10_000_00, *SPAN, rule).periods
    assert (period.rate_percent, period.days) == (Decimal(rate), 100)


def test_swiss_law_has_no_base_rate():
    law = get_jurisdiction("ch")
    assert law.base_rates() is None
    assert law.first_day_of_rates(STATUTORY) is None
    with pytest.raises(InputInvalid):
        law.rate_percent(InterestRule(RateKind.MARGIN, Decimal(5)), SPAN[0])


@pytest.mark.parametrize(
    ("agreed", "reminded", "first_day", "ground"),
    [
        # 2026-08-01, the national day, is a Saturday: payment on Monday the 3rd is in time.
        pytest.param(True, None, "2026-08-04", Ground.AGREED_DAY, id="OR 102(2), 78"),
        pytest.param(False, "2026-08-20", "2026-08-21", Ground.REMINDER, id="OR 102(1)"),
        pytest.param(False, "2026-08-01", None, None, id="a reminder before the claim was due"),
        pytest.param(False, None, None, None, id="no thirty days by law"),
    ],
)
def test_default_begins(agreed, reminded, first_day, ground):
    facts = DueFacts(
        date(2026, 8, 1),
        agreed,
        consumer=False,
        reminder_received_on=date.fromisoformat(reminded) if reminded else None,
        invoice_received_on=date(2026, 7, 1),
    )
    found = get_jurisdiction("ch").start_of_default(facts, lambda d: roll_forward(d, "CH-ZH"))
    assert (found.first_day.isoformat() if found else None) == first_day
    assert (found.ground if found else None) is ground


def test_several_debts_by_the_day_they_fell_due():
    claims = [
        OpenClaim("not yet", 1, date(2026, 9, 1)),
        OpenClaim("late, high rate", 1, date(2026, 3, 1), rate_percent=Decimal(12)),
        OpenClaim("old", 1, date(2026, 2, 1)),
        OpenClaim("as old, secured", 1, date(2026, 2, 1), secured=True),
        OpenClaim("secured, not yet", 1, date(2026, 8, 1), secured=True),
    ]
    ranks = get_jurisdiction("ch").ranks_of_claims(claims, date(2026, 5, 1), ["late, high rate"])
    assert ranks == [
        ["late, high rate"], ["old", "as old, secured"], ["not yet"], ["secured, not yet"]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("postcode", "place"),
    [("8001", "CH-ZH"), ("1290", None), ("1200", "CH-GE"), ("9490", None), ("0000", None)],
)
def test_cantons(postcode, place):
    found = get_jurisdiction("ch").suggest_place(postcode)
    assert (found.certain if found else None) == place


def test_interest_needs_a_principal():
    with pytest.raises(InputInvalid):
        default_interest(-1, *SPAN, STATUTORY)


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
    interest = law.default_interest(10_000_00, *SPAN, STATUTORY)
    assert interest.interest_cents > 0
    assert interest.per_day_cents > 0
    order = law.allocation_order()
    paid = allocate(150, dict.fromkeys(Component, 100), order)
    assert paid.paid_cents == {Component.COSTS: 100, Component.INTEREST: 50, Component.PRINCIPAL: 0}
    owed = law.collection_costs(CollectionMatter(100_00, confirmed, Decimal("0.5"), with_vat=True))
    assert bool(owed) != bool(law.reasons_against_costs(Engagement(confirmed, date(2026, 2, 1))))
    assert law.payment_day(confirmed, 3, 14, place) == date(2026, 3, 19)
    for language in ("de", "en"):
        agreed = {RateKind.FIXED, RateKind.MARGIN}
        rules = [InterestRule(k, points=Decimal(7) if k in agreed else None) for k in RateKind]
        assert all(law.rate_words(rule, date(2026, 8, 1), language) for rule in rules)
        assert "{number}" in law.higher_rate_words(language)
        lump = law.lump_sum(RateKind.BUSINESS, confirmed, 0)
        assert all(step.code in law.cost_sentences[language] for step in lump.steps)
    assert set(law.limitation_words) == set(law.limitation_kinds)
    assert law.unasked_limitation_kind(consumer_loan=True) in law.limitation_kinds
    shortest = law.limitation(law.unasked_limitation_kind(), confirmed, place).computed.last_day
    assert shortest == min(
        law.limitation(kind, confirmed, place).computed.last_day for kind in law.limitation_kinds
    )
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
    statutory = law.default_interest(1_000_00, *half_year, InterestRule(RateKind.CONSUMER))
    assert statutory.interest_cents == 3161
    agreed = law.default_interest(1_000_00, *half_year, InterestRule(RateKind.FIXED, Decimal(5)))
    assert agreed.interest_cents == 2521
    early = Engagement(date(2025, 6, 1), date(2025, 7, 1))
    assert [found.code for found in law.reasons_against_costs(early)] == ["order_before_default"]
    matter = CollectionMatter(50_00, date(2025, 6, 1), Decimal("0.9"), with_vat=True)
    items = {item.kind: item.cents for item in law.collection_costs(matter)}
    # 19 percent of 34.02 is 6.46 (6.4638).
    assert items == {CostKind.FEE: 28_35, CostKind.EXPENSES: 5_67, CostKind.VAT: 6_46}


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
