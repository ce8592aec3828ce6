"""Switzerland behind the doors that every country offers."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from legal.allocation import Component, OpenClaim
from legal.base_rates import BaseRates
from legal.calendar import Period, add_days, roll_forward
from legal.ch import allocation, deadlines, default, interest, places
from legal.ch.limitation import RESTART_LAW, WORDS, LimitationKind, limitation
from legal.costs import CollectionMatter, CostItem, CostStep, Engagement, LumpSum
from legal.court import Court
from legal.deadline import Deadline
from legal.default import Default, DueFacts, Roll
from legal.demand import (
    INVOICE_MESSAGES,
    Audience,
    Company,
    LetterFacts,
    LetterWords,
    verify_invoices,
)
from legal.errors import TableUnknown
from legal.fee_step import FeeStepRule
from legal.findings import N_, Finding, Severity, Words
from legal.interest import Interest, InterestRule, RateKind
from legal.jurisdiction import Jurisdiction
from legal.limitation import Limitation
from legal.limitation_events import LimitationEvent, LimitationEventKind
from legal.place import PlaceSuggestion

MESSAGES = {
    **INVOICE_MESSAGES,
    "no_flat_costs": N_(
        "The debtor owes no flat collection costs; damage beyond interest must be proven "
        "(SchKG 27(2), OR 103, 106)."
    ),
}
COST_SENTENCES = {
    "de": {"no_lump_sum": "Das Schweizer Recht kennt keine Verzugspauschale."},
    "en": {"no_lump_sum": "Swiss law knows no lump sum for late payment."},
}
COSTS_NOTE = {
    "de": (
        "Der Schuldner schuldet keine pauschalen Inkassokosten; ein Schaden über die Zinsen hinaus "
        "ist nachzuweisen (Art. 27 Abs. 2 SchKG, Art. 103 und 106 OR)."
    ),
    "en": (
        "The debtor owes no flat collection costs; damage beyond interest must be proven "
        "(art. 27(2) SchKG, art. 103 and 106 CO)."
    ),
}
RATE_WORDS = {
    "de": ("fünf Prozent im Jahr (Art. 104 Abs. 1 OR)", "vereinbart (Art. 104 Abs. 2 OR)"),
    "en": ("five percent a year (art. 104(1) CO)", "agreed (art. 104(2) CO)"),
}

HIGHER_RATE = {
    "de": (
        "Für die Rechnung {number} verlangen wir {rate} Zinsen im Jahr, mehr als den gesetzlichen "
        "Satz von {statutory}: Der Vertrag{dated} sieht es so vor (Art. 104 Abs. 2 OR)."
    ),
    "en": (
        "For invoice {number} we ask for interest of {rate} per year, more than the statutory rate "
        "of {statutory}: the contract{dated} says so (art. 104(2) CO)."
    ),
}


class Switzerland:
    """The law of Switzerland (OR, SchKG, ZPO)."""

    code = "ch"
    currency = "CHF"
    place = "CH"
    knows_lump_sum = False
    #: Debt enforcement is not built in yet.
    court: Court | None = None
    fee_steps: FeeStepRule | None = None
    #: Whether titled costs bear interest is not among our facts, so none is asked.
    costs_rule: InterestRule | None = None
    interest_notes: Mapping[str, str] = {}
    cost_sentences: Mapping[str, Mapping[str, str]] = COST_SENTENCES
    limitation_kinds = tuple(kind.value for kind in LimitationKind)
    limitation_words: Words = WORDS
    limitation_events: frozenset[LimitationEventKind] = frozenset(RESTART_LAW)

    def name(self, language: str) -> str:
        """By its country."""
        return {"de": "Schweizer Recht", "en": "Swiss law"}[language]

    def vat_percent(self, day: date) -> Decimal:
        """Not built in: no house is at home there yet."""
        raise TableUnknown(field="day")

    def base_rates(self) -> BaseRates | None:
        """None: five percent since 1912."""
        return None

    def start_of_default(self, facts: DueFacts, roll: Roll) -> Default | None:
        """Law: OR 102."""
        return default.start_of_default(facts, roll)

    def default_interest(
        self,
        principal_cents: int,
        first_day: date,
        last_day: date,
        rule: InterestRule,
        rates: BaseRates | None = None,
    ) -> Interest:
        """Law: OR 104; the same for every debtor."""
        return interest.default_interest(principal_cents, first_day, last_day, rule)

    def rate_percent(
        self, rule: InterestRule, day: date, rates: BaseRates | None = None
    ) -> Decimal:
        """Law: OR 104(1), (2)."""
        return interest.rate_percent(rule)

    def first_day_of_rates(self, rule: InterestRule) -> date | None:
        """None: the rate is the same on every day."""
        return None

    def rate_words(self, rule: InterestRule, day: date, language: str) -> str:
        """Law: OR 104(1), (2)."""
        statutory, agreed = RATE_WORDS[language]
        return agreed if rule.kind in {RateKind.FIXED, RateKind.MARGIN} else statutory

    def higher_rate_words(self, language: str) -> str:
        """Law: OR 104(2)."""
        return HIGHER_RATE[language]

    def costs_note(self, language: str) -> str:
        """Law: SchKG 27(2); OR 103, 106."""
        return COSTS_NOTE[language]

    def reasons_against_costs(self, engagement: Engagement) -> list[Finding]:
        """Nothing without proof of damage. Law: SchKG 27(2); OR 103, 106."""
        return [Finding("no_flat_costs", Severity.ERROR)]

    def collection_costs(self, matter: CollectionMatter) -> tuple[CostItem, ...]:
        """No tariff: what of damage is proven is booked by hand."""
        return ()

    def lump_sum(self, kind: RateKind, arose_on: date, legal_costs_cents: int) -> LumpSum:
        """There is none."""
        return LumpSum(0, (CostStep("no_lump_sum"),))

    def allocation_order(self, *, consumer_loan: bool = False) -> tuple[Component, ...]:
        """Law: OR 85(1); consumer loans have no order of their own."""
        return allocation.ORDER

    def order_words(self, language: str, *, consumer_loan: bool = False) -> str:
        """Law: OR 85(1)."""
        return allocation.ORDER_WORDS[language]

    def designated_order(self, designation: Sequence[Component]) -> tuple[Component, ...]:
        """The law's own: within one debt the debtor cannot choose. Law: OR 85(1)."""
        return allocation.ORDER

    def ranks_of_claims(
        self, claims: Sequence[OpenClaim], paid_on: date, designation: Sequence[str] = ()
    ) -> list[list[str]]:
        """Law: OR 86, 87."""
        return allocation.ranks_of_claims(claims, paid_on, designation)

    def unasked_limitation_kind(self, *, consumer_loan: bool = False) -> str:
        """Five years, the shortest. Law: OR 128."""
        return LimitationKind.SHORT.value

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
        """Law: OR 127-138; what the creditor knew does not matter."""
        return limitation(LimitationKind(kind), due_on, place, events=events)

    def deadline(
        self, event_on: date, period: Period, place: str, *, roll: bool = True
    ) -> Deadline:
        """Law: SchKG 31, 56, 63: an act-by period with the closed periods."""
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
        """One row of the deadline rules, with the closed periods as the rule says."""
        return deadlines.deadline_by_rule(rule_id, event_on, place, period=period, roll=roll)

    def payment_day(
        self, dispatched_on: date, postal_days: int, term_days: int, place: str
    ) -> date:
        """Off weekends and holidays; closed periods bind offices, not letters. Law: OR 78."""
        return roll_forward(add_days(dispatched_on, postal_days + term_days), place)

    def suggest_place(self, postcode: str) -> PlaceSuggestion | None:
        """The canton of a postcode."""
        return places.suggest_place(postcode)

    def company(self, legal_form: str | None, name: str) -> Company:
        """Nothing that our facts know of."""
        return Company(legal_form, "managers", frozenset())

    def announced_in_words(self, text: str) -> Sequence[str]:
        """Nothing that our facts know of."""
        return ()

    def found_in_words(self, words: LetterWords) -> frozenset[str]:
        """Nothing that our facts know of."""
        return frozenset()

    def verify_demand(self, facts: LetterFacts, audience: Audience) -> list[Finding]:
        """No statute lists duties; our own rule that invoices are itemised holds here too."""
        return list(verify_invoices(facts))


LAW: Jurisdiction = Switzerland()
