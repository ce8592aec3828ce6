"""Germany behind the doors that every country offers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from legal.allocation import Component
from legal.calendar import Period
from legal.costs import Engagement
from legal.de import deadlines, demand
from legal.de.allocation import CONSUMER_LOAN_ORDER, GENERAL_ORDER
from legal.de.costs.collection import collection_costs
from legal.de.costs.fees import Matter
from legal.de.interest import default_interest
from legal.de.limitation import LimitationKind, limitation
from legal.deadline import Deadline
from legal.demand import Audience, LetterFacts
from legal.findings import Finding
from legal.interest import Interest, InterestRule, RateKind
from legal.jurisdiction import CostAnswer, CostQuestion, Debtor, Jurisdiction
from legal.limitation import Limitation
from legal.limitation_events import LimitationEvent


class Germany:
    """The law of Germany (BGB, ZPO, RDG, RVG)."""

    code = "de"
    currency = "EUR"
    limitation_kinds = tuple(kind.value for kind in LimitationKind)

    def default_interest(
        self,
        principal_cents: int,
        first_day: date,
        last_day: date,
        debtor: Debtor,
        agreed_rate_percent: Decimal | None = None,
    ) -> Interest:
        """Law: BGB § 288; the rate in force on each day."""
        if agreed_rate_percent is None:
            rule = InterestRule(RateKind(debtor.value))
        else:
            rule = InterestRule(RateKind.FIXED, agreed_rate_percent)
        return default_interest(principal_cents, first_day, last_day, rule)

    def collection_costs(self, question: CostQuestion) -> CostAnswer:
        """Law: BGB §§ 280, 286; RDG § 13e; VV RVG 2300, 7002."""
        engagement = Engagement(
            ordered_on=question.ordered_on,
            default_from=question.default_from,
            dispute_known_to_creditor=question.dispute_known_to_creditor,
            owed_under_contract=question.owed_under_contract,
            our_letter_is_first_reminder=question.our_letter_is_first_reminder,
            titled=question.titled,
        )
        matter = Matter(
            question.ordered_on, question.value_cents, question.contested, question.creditors
        )
        owed = collection_costs(engagement, matter, question.rate, question.vat_percent)
        return CostAnswer(owed.total_cents, owed.reasons)

    def allocation_order(self, *, consumer_loan: bool = False) -> tuple[Component, ...]:
        """Law: BGB § 367(1); consumer loans § 497(3)."""
        return CONSUMER_LOAN_ORDER if consumer_loan else GENERAL_ORDER

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

    def verify_demand(self, facts: LetterFacts, audience: Audience) -> list[Finding]:
        """Law: RDG § 13a and the rows of the demand duties."""
        return demand.verify_demand(facts, audience)


LAW: Jurisdiction = Germany()
