"""What the calculators answer: the law's own functions, with sources and every step in words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask import Blueprint
from flask_babel import gettext

from agency.calculators.schemas import DEBTORS, ITEMS, RATES
from cases.costs.words import explain
from cases.ledger.rates import house_rates
from legal.base_rates import BaseRate
from legal.calendar import Period, Unit
from legal.costs import CostStep
from legal.de.costs.fee_tables import fee_law
from legal.de.costs.fees import Item, Matter
from legal.de.costs.items import Asked, Costs, legal_costs
from legal.de.interest import MESSAGES as INTEREST_MESSAGES
from legal.de.interest import default_interest
from legal.deadline import Deadline
from legal.errors import InputInvalid
from legal.findings import N_
from legal.interest import Interest, InterestRule, RateKind
from legal.jurisdiction import get_jurisdiction
from portal.shell.formatting import language
from portal.shell.wording import worded

DEBTOR_WORDS = {
    RateKind.CONSUMER: N_("Consumer involved: five points over the base rate"),
    RateKind.BUSINESS: N_("Businesses, remuneration: nine points over the base rate"),
    RateKind.BUSINESS_OTHER: N_("Businesses, other claims: five points over the base rate"),
}
ITEM_WORDS = {
    Item.VV2300: N_("Collection or business fee (VV RVG 2300)"),
    Item.VV3305: N_("Payment order, applicant (VV RVG 3305)"),
    Item.VV3308: N_("Enforcement order (VV RVG 3308)"),
    Item.VV3309: N_("Enforcement (VV RVG 3309)"),
    Item.KV1100: N_("Court fee of the payment order (KV GKG 1100)"),
    Item.VV7002: N_("Flat expenses (VV RVG 7002)"),
}
UNIT_WORDS = {
    Unit.DAYS: N_("days"),
    Unit.WEEKS: N_("weeks"),
    Unit.MONTHS: N_("months"),
    Unit.WORKING_DAYS: N_("working days"),
}
#: Places whose holidays count, by the names that they have themselves.
PLACES = {
    "DE": N_("Germany as a whole"), "DE-BW": "Baden-Württemberg", "DE-BY": "Bayern",
    "DE-BE": "Berlin", "DE-BB": "Brandenburg", "DE-HB": "Bremen", "DE-HH": "Hamburg",
    "DE-HE": "Hessen", "DE-MV": "Mecklenburg-Vorpommern", "DE-NI": "Niedersachsen",
    "DE-NW": "Nordrhein-Westfalen", "DE-RP": "Rheinland-Pfalz", "DE-SL": "Saarland",
    "DE-SN": "Sachsen", "DE-ST": "Sachsen-Anhalt", "DE-SH": "Schleswig-Holstein",
    "DE-TH": "Thüringen",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class InterestAnswer:
    """Interest by period, with the base rates it was computed from."""

    interest: Interest
    rates: tuple[BaseRate, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeadlineAnswer:
    """The last day, and why it may not be the one counted."""

    deadline: Deadline
    moved: bool


def interest(question: dict[str, Any]) -> InterestAnswer:
    """Default interest with this house's table of rates; both days counted."""
    first, last = question["first_day"], question["last_day"]
    if last < first:
        raise InputInvalid("The last day lies before the first.", field="last_day")
    table = house_rates()
    rule = InterestRule(RateKind(question["debtor"]))
    found = default_interest(question["principal_cents"], first, last, rule, table=table)
    used = tuple(row for row in table.rows if row.valid_from <= last and row.valid_to >= first)
    notes = tuple(worded(INTEREST_MESSAGES[n.code], dict(n.params)) for n in found.notes)
    return InterestAnswer(found, used, notes)


def costs(question: dict[str, Any]) -> Costs:
    """One fee with what belongs to it."""
    item: Item = question["item"]
    rate: Decimal | None = question["rate"] if item is Item.VV2300 else None
    court = item is Item.KV1100
    asked = [Asked(item, rate)] if court else [Asked(item, rate), Asked(Item.VV7002)]
    day: date = question["law_date"]
    vat = fee_law().item("VV7008", day).share_percent if question["vat"] and not court else None
    return legal_costs(Matter(day, question["value_cents"]), asked, vat)


def deadline(question: dict[str, Any]) -> DeadlineAnswer:
    """The last day of a period, moved off weekends and the holidays of the place."""
    period = Period(question["count"], Unit(question["unit"]))
    found = get_jurisdiction("de").deadline(question["event_on"], period, question["place"])
    return DeadlineAnswer(found, found.last_day != found.unrolled)


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the forms offer."""
    return {
        "debtor": [(kind.value, str(gettext(DEBTOR_WORDS[kind]))) for kind in DEBTORS],
        "item": [(item.value, str(gettext(ITEM_WORDS[item]))) for item in ITEMS],
        "rate": [(rate, rate.replace(".", "," if language() == "de" else ".")) for rate in RATES],
        "unit": [(unit.value, str(gettext(words))) for unit, words in UNIT_WORDS.items()],
        "place": [(place, str(gettext(name))) for place, name in PLACES.items()],
    }


def register(blueprint: Blueprint) -> None:
    """Offer the words of items and steps to templates."""
    blueprint.add_app_template_filter(item_word, "cost_item")
    blueprint.add_app_template_filter(steps_in_words, "cost_steps")


def item_word(item: Item) -> str:
    """The name of an item of costs."""
    return str(gettext(ITEM_WORDS[item]))


def steps_in_words(steps: tuple[CostStep, ...]) -> str:
    """The computation in the language of the page."""
    return explain(steps, language())
