"""The data files of German law: read once, each row with its validity and source."""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files

Row = Mapping[str, str]


@cache
def read_rows(name: str) -> tuple[Row, ...]:
    """The rows of one file below `legal/de/data`."""
    text = files("legal.de").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


def day_or_none(text: str) -> date | None:
    """An ISO date, or `None` for an open end."""
    return date.fromisoformat(text) if text else None


def is_valid_on(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Whether a row counts on a day; both ends inclusive, `None` is open."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)
