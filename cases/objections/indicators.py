"""Indicators (Anhaltspunkte): facts of the file that speak for pretext or for genuine.

Each is a row of data with its condition, weight in words and source, never a percentage, and never
a decision: a person decides. The periods for notifying a defect are conventions of the house for
"without delay". Of the rows of one family the first that holds counts.
"""

import operator
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from cases.core.errors import Invalid
from cases.objections.catalogue import both, read_rows, reason_of
from cases.objections.file_facts import Raised
from cases.objections.measures import MEASURES, Measure, measures_of
from legal.findings import Bilingual

#: The kinds that may come at any time, as the rows name them.
LATE_OK = "late_ok"
_TERM = re.compile(r"(!?)([a-z_]+)(?:(>=|<=|>|<|=)(-?\d{1,6}))?")
_OPERATORS = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq,
}  # fmt: skip


class RuleUnreadable(Invalid):
    """The condition has a part that is not known: {term}."""


class SpeaksFor(StrEnum):
    """Where a fact points."""

    PRETEXT = "pretext"
    GENUINE = "genuine"
    OPEN = "open"


class Weight(StrEnum):
    """How much a fact weighs, in words."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as data: for which kinds, under which condition, and what it speaks for."""

    code: str
    family: str
    kinds: tuple[str, ...]
    when: str
    speaks_for: SpeaksFor
    weight: Weight
    source: str
    law: str
    words: Bilingual


@dataclass(frozen=True, slots=True)
class Indicator:
    """One fact that speaks for something; `source` is the field of the file it comes from."""

    code: str
    speaks_for: SpeaksFor
    source: str
    rule: Rule


def find_indicators(raised: Raised, more: Iterable[Rule] = ()) -> list[Indicator]:
    """Every indicator of an objection, in the order of the rules; `more` are the house's own."""
    measures, met, found = measures_of(raised), set(), []
    for rule in (*shipped_rules(), *more):
        if rule.family in met or not _is_for(rule.kinds, raised.kind):
            continue
        if holds(rule.when, measures):
            met.add(rule.family)
            found.append(Indicator(rule.code, rule.speaks_for, rule.source, rule))
    return found


def holds(when: str, measures: Mapping[str, Measure]) -> bool:
    """Whether every term of a condition holds. Raises RuleUnreadable."""
    return all(_term_holds(term, measures) for term in when.split())


def require_readable(when: str) -> None:
    """Raises RuleUnreadable for a condition that is empty or names what is not measured."""
    if not when.split():
        raise RuleUnreadable(term="–")
    for term in when.split():
        _parse(term)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """The rules that come with the program."""
    return tuple(_rule(row) for row in read_rows("indicators"))


def _rule(row: Mapping[str, str]) -> Rule:
    return Rule(
        code=row["code"],
        family=row["family"],
        kinds=tuple(row["kinds"].split()),
        when=row["when"],
        speaks_for=SpeaksFor(row["speaks_for"]),
        weight=Weight(row["weight"]),
        source=row["source"],
        law=row["law"],
        words=both(row),
    )


def _is_for(kinds: tuple[str, ...], kind: str) -> bool:
    """`*`, some kinds, or all but those named with a mark."""
    excluded = {name.removeprefix("!") for name in kinds if name.startswith("!")}
    if excluded:
        return kind not in excluded and not (LATE_OK in excluded and reason_of(kind).late_ok)
    return "*" in kinds or kind in kinds


def _parse(term: str) -> re.Match[str]:
    found = _TERM.fullmatch(term)
    if found is None or found[2] not in MEASURES:
        raise RuleUnreadable(term=term)
    return found


def _term_holds(term: str, measures: Mapping[str, Measure]) -> bool:
    found = _parse(term)
    value = measures[found[2]]
    if value is None:
        return False  # What the file does not say speaks for nothing.
    met = _OPERATORS[found[3]](value, int(found[4])) if found[3] else bool(value)
    return met != bool(found[1])
