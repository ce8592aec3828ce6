"""Deadlines in Switzerland with their closed periods; rules are `data/deadline_rules.csv`.

Law: SchKG 31, 56, 63; ZPO 142-146.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from legal.calendar import (
    Period,
    add_days,
    add_working_days,
    end_of_period,
    parse_period,
    roll_back,
    roll_forward,
)
from legal.ch.closed_periods import Regime, find_closed_period
from legal.deadline import Deadline
from legal.errors import InputInvalid
from legal.public_holidays import check_place

#: An end inside a closed period moves to this working day after it. Law: SchKG 63.
WORKING_DAYS_AFTER = 3
DEFAULT_RULE = "act_by_deadline"
SERVED_IN_CLOSED_PERIOD = (
    "The event lies in a closed period; a service by the office then takes effect after it "
    "(SchKG 56): confirm the day."
)


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One deadline of debt enforcement or of a court."""

    id: str
    law: str
    start_event: str
    period: Period | None
    regime: Regime
    words: str
    note: str


@cache
def deadline_rules() -> Mapping[str, DeadlineRule]:
    """All rules by their id."""
    text = (files("legal.ch") / "data" / "deadline_rules.csv").read_text(encoding="utf-8")
    return {
        row["id"]: DeadlineRule(
            id=row["id"],
            law=row["law"],
            start_event=row["start_event"],
            period=parse_period(row["period"]) if row["period"] else None,
            regime=Regime(row["regime"]),
            words=row["words"],
            note=row["note"],
        )
        for row in csv.DictReader(text.splitlines())
    }


def deadline(event_on: date, period: Period, place: str, *, roll: bool = True) -> Deadline:
    """An act-by period of debt enforcement; other regimes are reached by their rule."""
    return deadline_by_rule(DEFAULT_RULE, event_on, place, period=period, roll=roll)


def deadline_by_rule(
    rule_id: str, event_on: date, place: str, *, period: Period | None = None, roll: bool = True
) -> Deadline:
    """The deadline that a rule sets after its start event.

    Raises:
        InputInvalid: the rule is unknown, or the period is missing or not the rule's own.
    """
    check_place(place)
    rule = deadline_rules().get(rule_id)
    if rule is None:
        raise InputInvalid(f"There is no deadline rule {rule_id!r}.", field="rule")
    length = rule.period or period
    if length is None or (rule.period and period not in {None, rule.period}):
        raise InputInvalid(f"Rule {rule.id} needs its own period or none.", field="period")
    unrolled = end_of_period(event_on, length, place)
    last_day = _move(event_on, unrolled, rule.regime, place, length) if roll else unrolled
    return Deadline(last_day, unrolled, rule.law, tuple(_notes(rule, event_on)))


def _notes(rule: DeadlineRule, event_on: date) -> list[str]:
    notes = [rule.note] if rule.note else []
    if find_closed_period(event_on, Regime.CLOSED_PERIODS) and rule.law.startswith("SchKG"):
        notes.append(SERVED_IN_CLOSED_PERIOD)
    return notes


def _move(event_on: date, unrolled: date, regime: Regime, place: str, length: Period) -> date:
    if length.length < 0:
        return roll_back(unrolled, place)
    match regime:
        case Regime.NONE:
            return unrolled
        case Regime.CLOSED_PERIODS:
            return _after_closed_periods(unrolled, place)
        case Regime.COURT_HOLIDAYS:
            return _without_court_holidays(event_on, unrolled, place)


def _after_closed_periods(day: date, place: str) -> date:
    """Off the weekend; then, if closed, the third working day after. Law: SchKG 31, 63."""
    day = roll_forward(day, place)
    while closed := find_closed_period(day, Regime.CLOSED_PERIODS):
        day = add_working_days(closed.last_day, WORKING_DAYS_AFTER, place)
    return day


def _without_court_holidays(event_on: date, unrolled: date, place: str) -> date:
    """Add the days on which the period stood still, then move off weekends. Law: ZPO 142, 145."""
    day, end = add_days(event_on, 1), unrolled
    while day <= end:
        if find_closed_period(day, Regime.COURT_HOLIDAYS):
            end = add_days(end, 1)
        day = add_days(day, 1)
    rolled = roll_forward(end, place)
    while closed := find_closed_period(rolled, Regime.COURT_HOLIDAYS):
        rolled = roll_forward(add_days(closed.last_day, 1), place)
    return rolled
