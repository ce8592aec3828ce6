"""Every duty and every circumstance of the duties table, driven by facts, generated from the table.

A circumstance that no facts can bring about fails here, and so does a duty that the letter does
not show where it binds, or whose absence nobody would notice.
"""

from dataclasses import replace
from datetime import date

import pytest

from cases.letters.demand_circumstances import FROM_COMPANY, FROM_FACTS, FROM_WORDS
from cases.letters.demand_facts import Draft
from cases.letters.rendering import read_back
from legal.de.business_letter import company
from legal.de.demand_duties import demand_duties
from legal.findings import Severity
from tests.factories.demand_letters import (
    CREDITOR,
    FEE,
    LUMP_SUM,
    ORDER,
    SENDER,
    VAT,
    make_claim,
    make_draft,
    make_recipient,
)

BUSINESS = {"consumer": False, "remuneration": True}
COMPANY = {"kind": "company", "name": "Bäckerei Sommer GmbH", "given_name": ""}
AG = replace(SENDER, name="Hanse AG", legal_form="AG", supervisory_chair="Olaf Brandt")
CO_KG = replace(
    SENDER, name="Hanse GmbH & Co. KG", legal_form="GmbH & Co. KG", managing_directors=None,
    liable_partner="Hanse Verwaltungs-GmbH, Hamburg, Amtsgericht Hamburg, HRB 9, Miriam Voss",
)  # fmt: skip
MERCHANT = replace(SENDER, name="Miriam Voss e. K.", legal_form="e. K.", register_number="HRA 7")
PERSON = replace(SENDER, name="Miriam Voss Inkasso", legal_form=None, register_number=None)

#: Circumstance -> facts that bring it about, and facts that do not.
WORLDS = {
    "address_traced": (
        {"recipient": make_recipient(address_source="traced", traced_at="Einwohnermeldeamt")},
        {"recipient": make_recipient(address_source="debtor")},
    ),
    "company_with_directors": ({"sender": AG}, {"sender": MERCHANT}),
    "company_with_supervisory_board": ({"sender": AG}, {}),
    "contract_claim": (
        {},
        {"claims": [make_claim(contract_on=None, tort_on=date(2026, 5, 4))]},
    ),
    "costs_claimed": ({"costs": [FEE]}, {"costs": []}),
    "credit_bureau_notice": (
        {"claims": [make_claim(description="Auskunftei-Abonnement")]}, {},
    ),
    "creditor_address_withheld": (
        {"creditor": replace(CREDITOR, address_withheld_reason="Frauenhaus, Schutz der Bewohner.")},
        {},
    ),
    "disputed": ({"claims": [make_claim(held_cents=400_00)]}, {}),
    "false_legal_consequence": (
        {"claims": [make_claim(description="Es droht Haft, Gefängnis")]}, {},
    ),
    "foreign_currency": ({"claims": [make_claim(currency="CHF")], "costs": []}, {}),
    "has_privacy_officer": (
        {"sender": replace(SENDER, privacy_contact="Dr. Ada Frei, datenschutz@hanse.example")},
        {},
    ),
    "hidden_acknowledgement": (
        {"claims": [make_claim(description="Schuldanerkenntnis vom Mai")]}, {},
    ),
    "in_euro": ({}, {"claims": [make_claim(currency="CHF")], "costs": []}),
    "interest_claimed": ({}, {"claims": [make_claim(default_on=None)], "costs": []}),
    "joint_debtors": ({"recipient": make_recipient(joint_with=("Mia Weber",))}, {}),
    "lump_sum_claimed": ({"costs": [FEE, LUMP_SUM]}, {}),
    "natural_person": ({}, {"recipient": make_recipient(**COMPANY)}),
    "nine_points_claimed": ({"claims": [make_claim(nine_points=True)]}, {}),
    "no_person_liable": ({"sender": CO_KG}, {}),
    "open_mailing": ({"recipient": make_recipient(care_of="Schuldner Offene Forderung")}, {}),
    "rate_above_statutory": (
        {"claims": [make_claim(agreed_rate="12")]}, {"claims": [make_claim(agreed_rate="4")]},
    ),
    "registered_company": ({}, {"sender": PERSON}),
    "remuneration_claim": ({}, {"claims": [make_claim(remuneration=False)]}),
    "tort_claim": ({"claims": [make_claim(contract_on=None, tort_on=date(2026, 5, 4))]}, {}),
    "unordered_goods": ({"claims": [make_claim(description="Unbestellte Ware")]}, {}),
    "vat_claimed": (
        {"costs": [FEE, VAT], "creditor": replace(CREDITOR, deducts_input_tax=False)}, {},
    ),
}  # fmt: skip


def conditions() -> list[str]:
    parts = {part.lstrip("!") for duty in demand_duties() for part in duty.condition.split("&")}
    forbidden = {duty.element for duty in demand_duties() if duty.forbids}
    # What only a letter of the creditor himself may carry is checked in tests/legal.
    return sorted((parts | forbidden) - {""})


def circumstances(draft: Draft) -> frozenset[str]:
    return draft.circumstances


@pytest.mark.parametrize("name", conditions())
def test_facts_bring_each_circumstance_about_and_take_it_away(name):
    assert name in WORLDS, f"nothing in the tests can set {name}"
    assert name in set(FROM_FACTS) | FROM_COMPANY | FROM_WORDS, f"no code can set {name}"
    holding, other = WORLDS[name]
    assert name in circumstances(make_draft(**holding))
    assert name not in circumstances(make_draft(**other))


def test_no_circumstance_is_read_that_no_duty_asks_for():
    assert sorted(set(FROM_FACTS) | FROM_COMPANY | FROM_WORDS) == conditions()


#: Duties of letters that are no first demand are shown by the letters of their own tests.
FIRST = [
    duty
    for duty in demand_duties()
    if not duty.forbids and duty.occasion in {"first", "every", "any"}
]


def called(duty):
    return f"{duty.id} {duty.element} {duty.audience}"


def world_of(duty):
    """Facts under which a duty binds a first demand letter."""
    world = {}
    for condition in duty.condition.split("&"):
        if condition and not condition.startswith("!"):
            world |= WORLDS[condition][0]
    if duty.audience == "business":
        world["claims"] = [make_claim(**{**BUSINESS, **fact}) for fact in world.get("claims", [{}])]
    return world


@pytest.mark.parametrize("duty", FIRST, ids=called)
@pytest.mark.parametrize("language", ["de", "en"])
def test_where_a_duty_binds_the_letter_shows_it(duty, language):
    draft = make_draft(**world_of(duty), order=replace(ORDER, language=language))
    assert [f for f in draft.findings if f.severity is Severity.ERROR] == []
    assert read_back(draft.html).elements.get(duty.element), duty.element


@pytest.mark.parametrize("duty", FIRST, ids=called)
def test_a_letter_without_it_is_stopped(duty, monkeypatch):
    """The element is taken out of the finished letter: the check must miss it."""
    from cases.letters import demand

    def without(html):
        shown = read_back(html)
        elements = {name: words for name, words in shown.elements.items() if name != duty.element}
        return replace(shown, elements=elements)

    monkeypatch.setattr(demand, "read_back", without)
    missing = [f for f in make_draft(**world_of(duty)).findings if f.field == duty.element]
    assert len(missing) == 1
    assert missing[0].code in {"duty_missing", "duty_recommended"}


FORBIDDEN = [duty for duty in demand_duties() if duty.forbids]


@pytest.mark.parametrize("duty", FORBIDDEN, ids=called)
def test_what_is_forbidden_stops_the_letter(duty):
    world = WORLDS[duty.element][0]
    for condition in duty.condition.split("&"):
        if condition == "disputed":
            own = [{**claim, "held_cents": 400_00} for claim in world.get("claims", [make_claim()])]
            world = world | {"claims": own}
        if condition == "!remuneration_claim":
            own = [{**claim, **BUSINESS, "remuneration": False}
                   for claim in world["claims"]]  # fmt: skip
            world = world | {"claims": own}
    draft = make_draft(**world)
    assert duty.element in {f.field for f in draft.findings if f.severity is Severity.ERROR}


@pytest.mark.parametrize(
    ("form", "name", "expected"),
    [
        ("GmbH", "Hanse GmbH", {"registered_company", "company_with_directors"}),
        (None, "Hanse Forderungsmanagement GmbH", {"registered_company", "company_with_directors"}),
        ("UG (haftungsbeschränkt)", "Hanse UG", {"registered_company", "company_with_directors"}),
        ("KG", "Hanse KG", {"registered_company"}),
        ("OHG", "Hanse OHG", {"registered_company"}),
        ("GmbH & Co. KG", "Hanse GmbH & Co. KG", {"registered_company", "no_person_liable"}),
        ("e.K.", "Miriam Voss e.K.", {"registered_company"}),
        ("GbR", "Voss und Partner GbR", set()),
        (None, "Miriam Voss", set()),
        ("Ltd.", "Hanse Ltd.", {"registered_company", "company_with_directors"}),
    ],
)
def test_what_a_company_states_follows_its_form(form, name, expected):
    assert company(form, name).circumstances == expected


@pytest.mark.parametrize("tort", [False, True])
def test_data_of_a_tort_are_not_processed_for_a_contract(tort):
    facts = WORLDS["tort_claim"][0] if tort else {}
    shown = read_back(make_draft(**facts).html).elements["privacy_purposes"]
    assert ("Buchst. b DSGVO" in shown) is not tort
    assert "Buchst. f DSGVO" in shown
