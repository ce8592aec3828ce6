"""The doors (Jurisdiction) that every country offers: what the platform asks of a law.

Adding a country is adding a folder that answers these questions, and one line below. Whoever has a
case asks `cases.claims.law` for its law and never a country itself.
"""

import importlib
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Protocol

from legal.allocation import Component, OpenClaim
from legal.base_rates import BaseRates
from legal.calendar import Period
from legal.costs import CollectionMatter, CostItem, Engagement, LumpSum
from legal.court import Court
from legal.deadline import Deadline
from legal.default import Default, DueFacts, Roll
from legal.demand import Audience, Company, LetterFacts, LetterWords
from legal.errors import InputInvalid
from legal.fee_step import FeeStepRule
from legal.findings import Finding, Words
from legal.interest import Interest, InterestRule, RateKind
from legal.limitation import Limitation
from legal.limitation_events import LimitationEvent, LimitationEventKind
from legal.place import PlaceSuggestion

#: Code of a country -> the module whose `LAW` answers for it, imported when first asked.
COUNTRIES = {
    "ch": "legal.ch.doors",
    "de": "legal.de.doors",
}


class Jurisdiction(Protocol):
    """What every country answers."""

    @property
    def code(self) -> str:
        """The country in ISO 3166, small letters."""

    @property
    def currency(self) -> str:
        """The currency of its fees in ISO 4217."""

    def name(self, language: str) -> str:
        """What the law is called: that of which country."""

    @property
    def place(self) -> str:
        """The country as a place: the holidays that all of it shares."""

    @property
    def court(self) -> Court | None:
        """Its court proceedings; None where they are not built in."""

    def vat_percent(self, day: date) -> Decimal:
        """The ordinary rate of VAT on services of a day; raises TableUnknown."""

    # Interest

    def base_rates(self) -> BaseRates | None:
        """The base rates that come with the program; None where no rate is tied to one."""

    def start_of_default(self, facts: DueFacts, roll: Roll) -> Default | None:
        """The earliest default that the facts show; without default no interest, no costs."""

    def default_interest(
        self,
        principal_cents: int,
        first_day: date,
        last_day: date,
        rule: InterestRule,
        rates: BaseRates | None = None,
    ) -> Interest:
        """Default interest from the first to the last day, both counted; raises RateUnknown."""

    def rate_percent(
        self, rule: InterestRule, day: date, rates: BaseRates | None = None
    ) -> Decimal:
        """The rate that a rule means on a day; raises RateUnknown."""

    def first_day_of_rates(self, rule: InterestRule) -> date | None:
        """The first day whose rate is known; None where every day's is."""

    def rate_words(self, rule: InterestRule, day: date, language: str) -> str:
        """Where the rate of a day comes from, for a debtor to read, with its section."""

    def higher_rate_words(self, language: str) -> str:
        """The notice of a rate above the statutory one: number, rate, statutory, by_law, dated."""

    @property
    def costs_rule(self) -> InterestRule | None:
        """The interest on titled costs; None where they bear none that we know of."""

    @property
    def interest_notes(self) -> Mapping[str, str]:
        """The sentence of each note that its interest carries."""

    # Costs

    def reasons_against_costs(self, engagement: Engagement) -> list[Finding]:
        """Why the debtor owes no costs of collection; an empty list means that he does."""

    def collection_costs(self, matter: CollectionMatter) -> tuple[CostItem, ...]:
        """What collection before court costs, if the debtor owes it."""

    def costs_note(self, language: str) -> str:
        """What a person must know who asks costs of collection; blank where a tariff says all."""

    @property
    def knows_lump_sum(self) -> bool:
        """Whether it knows a lump sum for late payment."""

    @property
    def fee_steps(self) -> FeeStepRule | None:
        """How the fee rises after the first demand; None where it does not."""

    def lump_sum(self, kind: RateKind, arose_on: date, legal_costs_cents: int) -> LumpSum:
        """The lump sum for late payment of one claim, less the costs that are damages as well."""

    @property
    def cost_sentences(self) -> Mapping[str, Mapping[str, str]]:
        """Language -> code of a step -> how a debtor reads it."""

    # Payments

    def allocation_order(self, *, consumer_loan: bool = False) -> tuple[Component, ...]:
        """The order in which a payment extinguishes the parts of one debt."""

    def order_words(self, language: str, *, consumer_loan: bool = False) -> str:
        """The order of the parts of one debt as a person reads it, with its section."""

    def designated_order(self, designation: Sequence[Component]) -> tuple[Component, ...]:
        """The order where the debtor has named his own."""

    def ranks_of_claims(
        self, claims: Sequence[OpenClaim], paid_on: date, designation: Sequence[str] = ()
    ) -> list[list[str]]:
        """The ids of several debts in the order in which a payment fills them."""

    # Time

    @property
    def limitation_kinds(self) -> tuple[str, ...]:
        """The kinds of limitation it has a rule for; legal sets the day of any other."""

    @property
    def limitation_words(self) -> Words:
        """The words that a person chooses a kind by; the codes of all countries are unique."""

    @property
    def limitation_events(self) -> frozenset[LimitationEventKind]:
        """The events it has a rule for; of any other legal sets the day."""

    def unasked_limitation_kind(self, *, consumer_loan: bool = False) -> str:
        """What a claim counts as whose kind nobody has asked: the shortest period."""

    def limitation(
        self,
        kind: str,
        due_on: date,
        place: str,
        *,
        known_on: date | None = None,
        events: Sequence[LimitationEvent] = (),
        as_of: date | None = None,
    ) -> Limitation:
        """When a claim becomes time-barred, computed and conservative."""

    def deadline(
        self, event_on: date, period: Period, place: str, *, roll: bool = True
    ) -> Deadline:
        """The last day of a period; a negative one counts back."""

    def deadline_by_rule(
        self,
        rule_id: str,
        event_on: date,
        place: str,
        *,
        period: Period | None = None,
        roll: bool = True,
    ) -> Deadline:
        """The deadline that a rule of the country sets."""

    def payment_day(
        self, dispatched_on: date, postal_days: int, term_days: int, place: str
    ) -> date:
        """The day until which a letter asks to pay, on which a bank works."""

    def suggest_place(self, postcode: str) -> PlaceSuggestion | None:
        """Where a postcode of the country lies."""

    # Letters

    def company(self, legal_form: str | None, name: str) -> Company:
        """What a company of this form has to state about itself in its letters."""

    def announced_in_words(self, text: str) -> Sequence[str]:
        """The words of a letter that announce court or enforcement."""

    def found_in_words(self, words: LetterWords) -> frozenset[str]:
        """The circumstances that the words of a letter bring about."""

    def verify_demand(self, facts: LetterFacts, audience: Audience) -> list[Finding]:
        """What keeps a demand letter from being sent, and what is worth a look."""


class JurisdictionUnknown(InputInvalid):
    """The law of this country is not built in."""


def get_jurisdiction(code: object) -> Jurisdiction:
    """The law of a country.

    Raises:
        JurisdictionUnknown: it is not built in.
    """
    if not isinstance(code, str) or code not in COUNTRIES:
        known = ", ".join(COUNTRIES)
        raise JurisdictionUnknown(f"jurisdiction must be one of: {known}.", field="jurisdiction")
    return _load(code)


def find_jurisdiction(country: str) -> Jurisdiction | None:
    """The law of the country that an address names, such as "CH", if it is built in."""
    code = country.lower()
    return _load(code) if code in COUNTRIES else None


def list_courts() -> Sequence[Court]:
    """The court proceedings of all countries that have them built in."""
    courts = (_load(code).court for code in COUNTRIES)
    return [court for court in courts if court is not None]


def cost_sentences(language: str) -> Mapping[str, str]:
    """Code of a step -> sentence, of all countries: the codes are unique."""
    return _cost_sentences()[language]


def limitation_words() -> Words:
    """Kind of limitation -> its words, of all countries."""
    return {
        kind: words for code in COUNTRIES for kind, words in _load(code).limitation_words.items()
    }


@cache
def _cost_sentences() -> Mapping[str, Mapping[str, str]]:
    merged: dict[str, dict[str, str]] = {}
    for code in COUNTRIES:
        for language, sentences in _load(code).cost_sentences.items():
            merged.setdefault(language, {}).update(sentences)
    return merged


@cache
def _load(code: str) -> Jurisdiction:
    law: Jurisdiction = importlib.import_module(COUNTRIES[code]).LAW
    return law
