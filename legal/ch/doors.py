"""Switzerland behind the doors that every country offers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from legal.allocation import Component
from legal.calendar import Period
from legal.ch import deadlines
from legal.ch.interest import Interest, default_interest
from legal.ch.limitation import LimitationKind, limitation
from legal.deadline import Deadline
from legal.demand import INVOICE_MESSAGES, Audience, LetterFacts, verify_invoices
from legal.findings import N_, Finding, Severity
from legal.jurisdiction import CostAnswer, CostQuestion, Debtor, Jurisdiction
from legal.limitation import Limitation
from legal.limitation_events import LimitationEvent

MESSAGES = {
    **INVOICE_MESSAGES,
    "no_flat_costs": N_(
        "The debtor owes no flat collection costs; damage beyond interest must be proven "
        "(SchKG 27(2), OR 103, 106)."
    ),
}

#: Costs and interest before principal. Law: OR 85(1).
ALLOCATION_ORDER = (Component.COSTS, Component.INTEREST, Component.PRINCIPAL)


class Switzerland:
    """The law of Switzerland (OR, SchKG, ZPO)."""

    code = "ch"
    currency = "CHF"
    limitation_kinds = tuple(kind.value for kind in LimitationKind)

    def default_interest(
        self,
        principal_cents: int,
        first_day: date,
        last_day: date,
        debtor: Debtor,
        agreed_rate_percent: Decimal | None = None,
    ) -> Interest:
        """Law: OR 104; the same for every debtor."""
        return default_interest(principal_cents, first_day, last_day, agreed_rate_percent)

    def collection_costs(self, question: CostQuestion) -> CostAnswer:
        """Nothing without proof of damage. Law: SchKG 27(2); OR 103, 106."""
        return CostAnswer(0, (Finding("no_flat_costs", Severity.ERROR),))

    def allocation_order(self, *, consumer_loan: bool = False) -> tuple[Component, ...]:
        """Law: OR 85(1); consumer loans have no order of their own."""
        return ALLOCATION_ORDER

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

    def verify_demand(self, facts: LetterFacts, audience: Audience) -> list[Finding]:
        """No statute lists duties; our own rule that invoices are itemised holds here too."""
        return list(verify_invoices(facts))


LAW: Jurisdiction = Switzerland()
