"""Germany behind the doors that every country offers."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from legal.allocation import Component, OpenClaim
from legal.base_rates import BaseRates
from legal.calendar import Period
from legal.costs import CollectionMatter, CostItem, Engagement, LumpSum
from legal.court import Court
from legal.de import (
    allocation,
    base_rates,
    business_letter,
    deadlines,
    default,
    demand,
    interest,
    places,
    rate_words,
    tone,
)
from legal.de.costs import collection, fee_step, fee_tables
from legal.de.costs.lump_sum import lump_sum
from legal.de.costs.words import SENTENCES
from legal.de.court.doors import DunningCourts
from legal.de.interest_rules import rate_steps
from legal.de.limitation import WORDS, LimitationKind, limitation
from legal.deadline import Deadline
from legal.default import Default, DueFacts, Roll
from legal.demand import Audience, Company, LetterFacts, LetterWords
from legal.errors import TableUnknown
from legal.fee_step import FeeStepRule
from legal.findings import Finding, Words
from legal.interest import Interest, InterestRule, RateKind
from legal.jurisdiction import Jurisdiction
from legal.limitation import Limitation
from legal.limitation_events import LimitationEvent, LimitationEventKind
from legal.place import PlaceSuggestion


class Germany:
    """The law of Germany (BGB, ZPO, RDG, RVG)."""

    code = "de"
    currency = "EUR"
    place = "DE"
    knows_lump_sum = True
    court: Court | None = DunningCourts()
    fee_steps: FeeStepRule | None = fee_step.RULE
    #: Titled costs bear five points over base, whoever owes them. Law: ZPO § 104(1) s. 2.
    costs_rule: InterestRule | None = InterestRule(RateKind.CONSUMER)
    interest_notes: Mapping[str, str] = interest.MESSAGES
    cost_sentences: Mapping[str, Mapping[str, str]] = SENTENCES
    limitation_kinds = tuple(kind.value for kind in LimitationKind)
    limitation_words: Words = WORDS
    limitation_events = frozenset(LimitationEventKind)

    def name(self, language: str) -> str:
        """By its country."""
        return {"de": "Deutsches Recht", "en": "German law"}[language]

    def vat_percent(self, day: date) -> Decimal:
        """Law: UStG § 12(1), as VV RVG 7008 takes it."""
        percent = fee_tables.fee_law().item("VV7008", day).share_percent
        if percent is None:
            raise TableUnknown(field="day")
        return percent

    def base_rates(self) -> BaseRates | None:
        """Law: BGB § 247."""
        return base_rates.base_rates()

    def start_of_default(self, facts: DueFacts, roll: Roll) -> Default | None:
        """Law: BGB § 286."""
        return default.start_of_default(facts, roll)

    def default_interest(
        self,
        principal_cents: int,
        first_day: date,
        last_day: date,
        rule: InterestRule,
        rates: BaseRates | None = None,
    ) -> Interest:
        """Law: BGB § 288; the rate in force on each day."""
        return interest.default_interest(principal_cents, first_day, last_day, rule, table=rates)

    def rate_percent(
        self, rule: InterestRule, day: date, rates: BaseRates | None = None
    ) -> Decimal:
        """Law: BGB § 288(1), (2)."""
        return rate_steps(rule, rates or base_rates.base_rates()).rate_percent(day)

    def first_day_of_rates(self, rule: InterestRule) -> date | None:
        """The first half-year of the table; a fixed rate needs none."""
        return None if rule.kind is RateKind.FIXED else base_rates.base_rates().known_from

    def rate_words(self, rule: InterestRule, day: date, language: str) -> str:
        """Law: BGB § 288."""
        return rate_words.rate_words(rule, day, language)

    def higher_rate_words(self, language: str) -> str:
        """Law: RDG § 13a(1) no. 4; BGB § 288(3)."""
        return rate_words.HIGHER[language]

    def costs_note(self, language: str) -> str:
        """The tariff says all. Law: RDG § 13e."""
        return ""

    def reasons_against_costs(self, engagement: Engagement) -> list[Finding]:
        """Law: BGB §§ 280, 286; RDG § 13e."""
        return collection.reasons_against_costs(engagement)

    def collection_costs(self, matter: CollectionMatter) -> tuple[CostItem, ...]:
        """Law: RDG § 13e; VV RVG 2300, 7002, 7008."""
        return collection.collection_items(matter)

    def lump_sum(self, kind: RateKind, arose_on: date, legal_costs_cents: int) -> LumpSum:
        """Law: BGB § 288(5)."""
        return lump_sum(kind, arose_on, legal_costs_cents)

    def allocation_order(self, *, consumer_loan: bool = False) -> tuple[Component, ...]:
        """Law: BGB § 367(1); consumer loans § 497(3)."""
        return allocation.CONSUMER_LOAN_ORDER if consumer_loan else allocation.GENERAL_ORDER

    def order_words(self, language: str, *, consumer_loan: bool = False) -> str:
        """Law: BGB §§ 367(1), 497(3)."""
        words = allocation.LOAN_ORDER_WORDS if consumer_loan else allocation.ORDER_WORDS
        return words[language]

    def designated_order(self, designation: Sequence[Component]) -> tuple[Component, ...]:
        """Law: BGB § 367(2)."""
        return allocation.designated_order(designation)

    def ranks_of_claims(
        self, claims: Sequence[OpenClaim], paid_on: date, designation: Sequence[str] = ()
    ) -> list[list[str]]:
        """Law: BGB § 366."""
        return allocation.ranks_of_claims(claims, paid_on, designation)

    def unasked_limitation_kind(self, *, consumer_loan: bool = False) -> str:
        """Three years. Law: BGB § 195; consumer loans § 497(3)."""
        kind = LimitationKind.CONSUMER_LOAN if consumer_loan else LimitationKind.REGULAR
        return kind.value

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
        """Law: BGB §§ 194-218."""
        return limitation(
            LimitationKind(kind), due_on, place, known_on=known_on, events=events, as_of=as_of
        )

    def deadline(
        self, event_on: date, period: Period, place: str, *, roll: bool = True
    ) -> Deadline:
        """Law: BGB §§ 187-193."""
        return deadlines.deadline(event_on, period, place, roll=roll)

    def deadline_by_rule(
        self,
        rule_id: str,
        event_on: date,
        place: str,
        *,
        period: Period | None = None,
        roll: bool = True,
    ) -> Deadline:
        """One row of the deadline rules."""
        return deadlines.deadline_by_rule(rule_id, event_on, place, period=period, roll=roll)

    def payment_day(
        self, dispatched_on: date, postal_days: int, term_days: int, place: str
    ) -> date:
        """Law: BGB §§ 187(1), 188(1), 193."""
        return deadlines.payment_day(dispatched_on, postal_days, term_days, place)

    def suggest_place(self, postcode: str) -> PlaceSuggestion | None:
        """The state of a postcode."""
        return places.suggest_place(postcode)

    def company(self, legal_form: str | None, name: str) -> Company:
        """Law: GmbHG § 35a; AktG § 80; HGB §§ 37a, 125, 177a."""
        return business_letter.company(legal_form, name)

    def announced_in_words(self, text: str) -> Sequence[str]:
        """Law: UWG §§ 4a, 5; house rule: no empty threats."""
        return [threat.words for threat in tone.find_announcements(text)]

    def found_in_words(self, words: LetterWords) -> frozenset[str]:
        """Law: RDG § 13a; UWG §§ 4a, 5; BGB § 241a."""
        return frozenset(tone.circumstances_in_words(words))

    def verify_demand(self, facts: LetterFacts, audience: Audience) -> list[Finding]:
        """Law: RDG § 13a and the rows of the demand duties."""
        return demand.verify_demand(facts, audience)


LAW: Jurisdiction = Germany()
