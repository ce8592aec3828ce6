"""When which reminder is due. Pure."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

#: A list older than that says nothing about what is paid (house rule).
FRESH = timedelta(days=7)
#: A program that stood still sends what is at most so late; later than that it would only puzzle.
LATE = timedelta(days=14)
LONGEST = 60


class Stage(StrEnum):
    """Where the due date stands."""

    BEFORE = "before"
    AFTER = "after"


class CustomerClass(StrEnum):
    """Whom a rule is for."""

    PERSON = "person"
    COMPANY = "company"  # Sole traders and public bodies, too.


@dataclass(frozen=True, slots=True)
class Rule:
    """The days of one class; 0 days: no such reminder."""

    before_days: int = 0
    after_days: int = 0
    from_cents: int = 0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a client has agreed to."""

    person: Rule = Rule()
    company: Rule = Rule()

    def of(self, customer: CustomerClass) -> Rule:
        """The rule of a class."""
        return self.person if customer is CustomerClass.PERSON else self.company


def as_data(rules: Rules) -> dict[str, Any]:
    """Rules as they are kept."""
    return asdict(rules)


def read_rules(data: dict[str, Any]) -> Rules:
    """Rules as they were kept."""
    return Rules(*(Rule(**data.get(name, {})) for name in ("person", "company")))


def stage_due(
    rule: Rule, due_on: date, cents: int, sent: Collection[Stage], today: date
) -> Stage | None:
    """The reminder that is to go today, if any; one that is past never comes after the next."""
    if cents < rule.from_cents:
        return None
    first = due_on - timedelta(days=rule.before_days)
    if rule.before_days and first <= today < due_on:
        return None if Stage.BEFORE in sent else Stage.BEFORE
    begins = due_on + timedelta(days=rule.after_days)
    if rule.after_days and begins <= today <= begins + LATE:
        return None if Stage.AFTER in sent else Stage.AFTER
    return None


def next_day(
    rule: Rule, due_on: date, cents: int, sent: Collection[Stage], today: date
) -> date | None:
    """The next day from today on at which a reminder is due."""
    for day in (
        today,
        due_on - timedelta(days=rule.before_days),
        due_on + timedelta(days=rule.after_days),
    ):
        if day >= today and stage_due(rule, due_on, cents, sent, day) is not None:
            return day
    return None
