"""Deadlines (Fristen) in Germany: the rules are rows of `data/deadline_rules.csv`.

Law: BGB §§ 187-193; ZPO § 222 (holidays of the court's place decide), § 270 sentence 2.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from legal.calendar import (
    Period,
    Start,
    Unit,
    add_days,
    end_of_period,
    parse_period,
    roll_back,
    roll_forward,
)
from legal.deadline import Deadline
from legal.errors import InputInvalid, InvariantBroken
from legal.public_holidays import check_place


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One deadline that the law sets: what starts it, how long it is, what it is for."""

    id: str
    name: str
    actor: str
    start_event: str
    period: Period | None  # None: a general rule of counting; the caller brings the period.
    start: Start
    rolls: bool
    law: str
    words: str
    confidence: str
    note: str


class DeadlineRuleUnknown(InputInvalid):
    """There is no deadline rule of this id."""


@cache
def deadline_rules() -> Mapping[str, DeadlineRule]:
    """All deadline rules by their id."""
    text = (files("legal.de") / "data" / "deadline_rules.csv").read_text(encoding="utf-8")
    return {row["id"]: _rule(row) for row in csv.DictReader(text.splitlines())}


def _rule(row: Mapping[str, str]) -> DeadlineRule:
    return DeadlineRule(
        id=row["id"],
        name=row["name"],
        actor=row["actor"],
        start_event=row["start_event"],
        period=parse_period(row["period"]) if row["period"] else None,
        start=Start(row["counting"]),
        rolls=row["rolls"] == "yes",
        law=row["law"],
        words=row["words"],
        confidence=row["confidence"],
        note=row["note"],
    )


def get_deadline_rule(rule_id: str) -> DeadlineRule:
    """The rule of this id ("M09") or name ("opposition").

    Raises:
        DeadlineRuleUnknown: there is none.
    """
    rules = deadline_rules()
    by_name = {rule.name: rule for rule in rules.values()}
    rule = rules.get(rule_id) or by_name.get(rule_id)
    if rule is None:
        raise DeadlineRuleUnknown(f"There is no deadline rule {rule_id!r}.", field="rule")
    return rule


def deadline(
    event_on: date, period: Period, place: str, *, roll: bool = True, start: Start = Start.EVENT
) -> Deadline:
    """The last day of a period after an event, or before it if the period is negative.

    A period counted back ends on the earlier working day. Law: BGB §§ 187-193.
    """
    check_place(place)
    unrolled = end_of_period(event_on, period, place, start)
    last_day = _off_holidays(unrolled, period, place) if roll else unrolled
    return Deadline(last_day, unrolled, _law(event_on, period, start, unrolled, last_day))


def _off_holidays(day: date, period: Period, place: str) -> date:
    return roll_back(day, place) if period.length < 0 else roll_forward(day, place)


def _law(event_on: date, period: Period, start: Start, unrolled: date, last_day: date) -> str:
    """The sections that were applied, in the order of the count."""
    sections = ["187(2)" if start is Start.DAY else "187(1)"]
    by_days = period.unit in {Unit.DAYS, Unit.WORKING_DAYS}
    sections.append("188(1)" if by_days else "188(2)")
    by_months = period.unit is Unit.MONTHS
    if by_months and start is Start.EVENT and unrolled.day != event_on.day:
        sections.append("188(3)")
    if last_day == unrolled:
        return f"BGB §§ {', '.join(sections)}"
    if period.length < 0:
        return f"BGB §§ {', '.join(sections)}; counted back: to the earlier working day"
    return f"BGB §§ {', '.join(sections)}, 193; ZPO § 222(2)"


def deadline_by_rule(
    rule_id: str, event_on: date, place: str, *, period: Period | None = None, roll: bool = True
) -> Deadline:
    """The deadline that a rule sets after its start event.

    Rules that never roll (M10, M14, M22, M24, D09) stay where they are whatever `roll` says.

    Raises:
        InputInvalid: a general rule (D01 to D09) without a period, or a set one with another.
    """
    rule = get_deadline_rule(rule_id)
    if rule.period is None and period is None:
        raise InputInvalid(f"Rule {rule.id} is a way of counting: give a period.", field="period")
    if rule.period is not None and period not in {None, rule.period}:
        raise InputInvalid(f"Rule {rule.id} sets its own period ({rule.period}).", field="period")
    length = rule.period or period
    if length is None:
        raise InvariantBroken("length is missing")
    counted = deadline(event_on, length, place, roll=roll and rule.rolls, start=rule.start)
    law = f"{rule.law}; {counted.law}" if rule.period else counted.law
    return Deadline(counted.last_day, counted.unrolled, law, (rule.note,) if rule.note else ())


def court_post_received(posted_on: date) -> date:
    """The day on which a formless letter of a court is deemed received. Law: ZPO § 270 s. 2."""
    return deadline_by_rule("M24", posted_on, "DE").last_day


@dataclass(frozen=True, slots=True)
class PaymentTerm:
    """How the payment day of a letter came about, so that the assumption stays visible."""

    dispatched_on: date
    assumed_arrival_on: date  # An assumption of postal time, never a deemed receipt.
    unrolled: date
    payment_on: date


def payment_term(dispatched_on: date, postal_days: int, term_days: int, place: str) -> PaymentTerm:
    """The payment day of a demand letter with its steps: dispatch, postal days, term, weekend.

    Raises:
        InputInvalid: a negative number of days.
    """
    check_place(place)
    if postal_days < 0:
        raise InputInvalid("Postal days cannot be negative.", field="postal_days")
    if term_days < 1:
        raise InputInvalid("A term has at least one day.", field="term_days")
    arrival = add_days(dispatched_on, postal_days)
    unrolled = add_days(arrival, term_days)
    return PaymentTerm(dispatched_on, arrival, unrolled, roll_forward(unrolled, place))


def payment_day(dispatched_on: date, postal_days: int, term_days: int, place: str) -> date:
    """The day by which a demand letter asks for payment: a working day at the place."""
    return payment_term(dispatched_on, postal_days, term_days, place).payment_on
