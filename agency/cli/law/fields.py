"""Reading the fields of a question strictly: a wrong type or an unknown name is an error.

A silently ignored field would give a wrong legal figure, so every field must be known.
"""

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from legal.errors import InputInvalid

Question = dict[str, Any]
Choice = TypeVar("Choice", bound=StrEnum)
Built = TypeVar("Built")

#: Ten trillion euro: far above every claim, and far below what a 64-bit number holds.
MOST_CENTS = 10**15
MOST_RATE = 1000
MOST_RATE_TEXT = 20
FIRST_YEAR, LAST_YEAR = 1900, 2199
ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DECIMAL_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")


def check_names(question: Question, known: Collection[str]) -> None:
    """Refuse a field that the command does not know."""
    for name in question:
        if name not in known:
            raise InputInvalid(f"There is no field of this name: {name}.", field=name)


def require_jurisdiction(question: Question) -> None:
    """Only German law is offered here."""
    if question.get("jurisdiction") != "de":
        raise InputInvalid('This command knows the jurisdiction "de".', field="jurisdiction")


def is_given(question: Question, name: str) -> bool:
    """Whether a field is there and not null."""
    return question.get(name) is not None


def whole(
    question: Question,
    name: str,
    *,
    least: int = 0,
    most: int = MOST_CENTS,
    default: int | None = None,
) -> int:
    """A whole number within its limits."""
    value = question.get(name, default)
    if value is None:
        value = default
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputInvalid(f"{name} must be a whole number.", field=name)
    if not least <= value <= most:
        raise InputInvalid(f"{name} must lie between {least} and {most}.", field=name)
    return value


def day(question: Question, name: str) -> date:
    """A date that must be given."""
    return as_day(question.get(name), name)


def find_day(question: Question, name: str) -> date | None:
    """A date that may be missing or null."""
    return day(question, name) if is_given(question, name) else None


def as_day(value: Any, name: str) -> date:
    """A date as YYYY-MM-DD."""
    if isinstance(value, str) and ISO_DAY.fullmatch(value):
        try:
            read = date.fromisoformat(value)
        except ValueError:
            pass  # No such day in the calendar: answered below like any other wrong text.
        else:
            if FIRST_YEAR <= read.year <= LAST_YEAR:
                return read
    raise InputInvalid(
        f"{name} must be a date like 2026-01-31, between {FIRST_YEAR} and {LAST_YEAR}.", field=name
    )


def find_rate(
    question: Question, name: str, *, most: int = MOST_RATE, default: Decimal | None = None
) -> Decimal | None:
    """A rate as a decimal string such as "6.27"; a whole number is accepted too."""
    if not is_given(question, name):
        return default
    value = question[name]
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if (
        not isinstance(value, str)
        or len(value) > MOST_RATE_TEXT
        or not DECIMAL_NUMBER.fullmatch(value)
    ):
        raise InputInvalid(f'{name} must be a decimal string like "6.27".', field=name)
    rate = Decimal(value)
    if rate > most:
        raise InputInvalid(f"{name} must not be more than {most}.", field=name)
    return rate


def flag(question: Question, name: str, *, default: bool) -> bool:
    """True or false; nothing else counts as either."""
    value = question.get(name, default)
    if value is None:
        value = default
    if not isinstance(value, bool):
        raise InputInvalid(f"{name} must be true or false.", field=name)
    return value


def choice(
    question: Question, name: str, kind: type[Choice], default: Choice | None = None
) -> Choice:
    """One of the words that an enumeration knows."""
    value = question.get(name)
    if value is None:
        value = default
    for member in kind:
        if isinstance(value, str) and value == member.value:
            return member
    allowed = ", ".join(member.value for member in kind)
    raise InputInvalid(f"{name} must be one of: {allowed}.", field=name)


def listed(question: Question, name: str) -> list[Any]:
    """A list; missing or null is an empty one."""
    value = question.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputInvalid(f"{name} must be a list.", field=name)
    return value


def dated_amount(value: Any, name: str, *, least: int = 1) -> tuple[date, int]:
    """A pair of a date and an amount in cents, as costs and payments have it."""
    if not isinstance(value, list) or len(value) != len(("date", "cents")):
        raise InputInvalid(f"{name} must be a pair of a date and an amount in cents.", field=name)
    return as_day(value[0], name), whole({name: value[1]}, name, least=least)


def text_of(question: Question, name: str) -> str:
    """A text that is not empty."""
    value = question.get(name)
    if not isinstance(value, str) or not value:
        raise InputInvalid(f"{name} must be a text.", field=name)
    return value


def nested(
    question: Question, name: str, build: Callable[[Question], Built], within: str = ""
) -> Built:
    """What is built from an object inside the question; errors name the whole way to the field."""
    place = f"{within}.{name}" if within else name
    value = question.get(name)
    if not isinstance(value, dict):
        raise InputInvalid(f"{place} must be an object.", field=place)
    try:
        return build(value)
    except InputInvalid as error:
        way = f"{place}.{error.field}" if error.field else place
        raise InputInvalid(str(error), field=way) from error


def each(question: Question, name: str, build: Callable[[Question], Built]) -> list[Built]:
    """What is built from every object of a list; errors name the place in the list."""
    return [
        nested({f"{name}[{place}]": value}, f"{name}[{place}]", build)
        for place, value in enumerate(listed(question, name))
    ]
