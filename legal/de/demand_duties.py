"""The duties that bind a demand letter: rows of `data/demand_duties.csv` and when they apply.

Information duties of RDG § 13a towards private persons, the checklists for consumers and
businesses, and our own house rules.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from legal.de.tables import read_rows
from legal.findings import Severity


class Audience(StrEnum):
    """Whom the letter addresses, by the purpose of the claim."""

    #: A natural person whose claim is not part of his own trade. Law: RDG § 13a(5).
    CONSUMER = "consumer"
    BUSINESS = "business"


class Occasion(StrEnum):
    """What a letter does; one letter may do several things."""

    FIRST = "first"  # Our first letter: the first assertion of the claim.
    FURTHER = "further"
    BEFORE_COURT = "before_court"
    INSTALMENT_OFFER = "instalment_offer"
    ACKNOWLEDGEMENT = "acknowledgement"  # It asks for an acknowledgement of the debt.
    CREDITOR_REMINDER = "creditor_reminder"  # The creditor's own reminder (Mahnung).
    INVOICE = "invoice"


#: Occasions on which the creditor writes, so that the duties of an agency do not apply.
CREDITORS_OWN = frozenset({Occasion.CREDITOR_REMINDER, Occasion.INVOICE})


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """One row of the table of invoices in a letter."""

    number: str
    invoiced_on: date | None
    due_on: date | None
    amount_cents: int
    paid_cents: int
    open_cents: int


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What is in a letter and what it rests on."""

    occasions: frozenset[Occasion]
    #: Element of the duties table -> the words (or picture data) by which the letter shows it.
    contents: Mapping[str, str]
    #: Conditions of the duties table that hold, such as "interest_claimed".
    circumstances: frozenset[str]
    invoices: tuple[InvoiceLine, ...]
    principal_cents: int
    text: str  # The whole text as it leaves the house.
    term_days: int | None = None
    term_reason: str = ""


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing a letter must, should or must not contain."""

    id: str
    forbids: bool
    element: str
    audience: str
    occasion: str
    condition: str
    severity: Severity
    is_picture: bool
    law: str
    words: str

    def applies(self, facts: LetterFacts, audience: Audience) -> bool:
        """Whether the duty binds this letter."""
        if self.audience not in {"both", audience.value}:
            return False
        if self.occasion == "every":
            if facts.occasions <= CREDITORS_OWN:
                return False
        elif self.occasion not in facts.occasions:
            return False
        return all(_holds(part, facts) for part in self.condition.split("&") if part)


def _holds(condition: str, facts: LetterFacts) -> bool:
    if condition.startswith("!"):
        return condition[1:] not in facts.circumstances
    return condition in facts.circumstances


@cache
def demand_duties() -> tuple[Duty, ...]:
    """All duties in the order of the data file."""
    return tuple(
        Duty(
            id=row["id"],
            forbids=row["kind"] == "forbid",
            element=row["element"],
            audience=row["audience"],
            occasion=row["occasion"],
            condition=row["condition"],
            severity=Severity(row["severity"]),
            is_picture=row["shown"] == "picture",
            law=row["law"],
            words=row["words"],
        )
        for row in read_rows("demand_duties.csv")
    )


def list_duties(facts: LetterFacts, audience: Audience) -> list[Duty]:
    """The duties that bind this letter; of several for one element the strictest comes first."""
    bound = [duty for duty in demand_duties() if duty.applies(facts, audience)]
    return sorted(bound, key=lambda duty: duty.severity is not Severity.ERROR)
