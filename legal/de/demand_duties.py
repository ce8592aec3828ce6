"""The duties that bind a demand letter: rows of `data/demand_duties.csv` and when they apply.

Information duties of RDG § 13a towards private persons, the checklists for consumers and
businesses, and our own house rules.
"""

from dataclasses import dataclass
from functools import cache

from legal.de.tables import read_rows
from legal.demand import CREDITORS_OWN, Audience, LetterFacts
from legal.findings import Severity


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
        if self.occasion == "any":  # Every letter of ours.
            if facts.occasions <= CREDITORS_OWN:
                return False
        elif self.occasion == "every":  # Every letter that demands.
            if not facts.demands:
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
