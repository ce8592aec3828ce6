"""The doors (Jurisdiction) that every country offers: what the platform asks of a law.

Adding a country is adding a folder that answers these questions, and one line below.
Its court procedure has doors of its own in the country's `court/`.
"""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Protocol

from legal.allocation import Component
from legal.calendar import Period
from legal.deadline import Deadline
from legal.demand import Audience, LetterFacts
from legal.errors import InputInvalid
from legal.findings import Finding
from legal.limitation import Limitation
from legal.limitation_events import LimitationEvent

#: Code of a country -> the module whose `LAW` answers for it, imported when first asked.
COUNTRIES = {
    "ch": "legal.ch.doors",
    "de": "legal.de.doors",
}


class Debtor(StrEnum):
    """Who owes, as far as the statutory rate of interest asks."""

    CONSUMER = "consumer"
    BUSINESS = "business"  # A claim for remuneration.
    BUSINESS_OTHER = "business_other"  # Damages, penalties and the like.


class InterestAnswer(Protocol):
    """Interest over a span of days; a country may itemise it further."""

    @property
    def interest_cents(self) -> int:
        """The rounded sum."""

    @property
    def per_day_cents(self) -> Decimal:
        """What each further day adds."""


@dataclass(frozen=True, slots=True)
class CostQuestion:
    """What decides which collection costs a debtor owes."""

    value_cents: int  # The sum of all principals of the case.
    ordered_on: date
    default_from: date | None
    rate: Decimal  # Of the full fee, where the country's fees have rates.
    contested: bool = False
    dispute_known_to_creditor: bool = False
    owed_under_contract: bool = True
    our_letter_is_first_reminder: bool = False
    titled: bool = False
    creditors: int = 1
    vat_percent: Decimal | None = None  # Only where the creditor cannot deduct it.


@dataclass(frozen=True, slots=True)
class CostAnswer:
    """What the debtor owes for collection; zero with the reasons where he owes nothing."""

    total_cents: int
    reasons: tuple[Finding, ...]


class Jurisdiction(Protocol):
    """What every country answers."""

    @property
    def code(self) -> str:
        """The country in ISO 3166, small letters."""

    @property
    def currency(self) -> str:
        """The currency of its fees in ISO 4217."""

    @property
    def limitation_kinds(self) -> tuple[str, ...]:
        """The kinds of limitation it has a rule for; legal sets the day of any other."""

    def default_interest(
        self,
        principal_cents: int,
        first_day: date,
        last_day: date,
        debtor: Debtor,
        agreed_rate_percent: Decimal | None = None,
    ) -> InterestAnswer:
        """Default interest from the first to the last day, both counted."""

    def collection_costs(self, question: CostQuestion) -> CostAnswer:
        """What the debtor owes for collection before court."""

    def allocation_order(self, *, consumer_loan: bool = False) -> tuple[Component, ...]:
        """The order in which a payment extinguishes the parts of one debt."""

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


@cache
def _load(code: str) -> Jurisdiction:
    law: Jurisdiction = importlib.import_module(COUNTRIES[code]).LAW
    return law
