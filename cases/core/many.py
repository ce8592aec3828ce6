"""Conditions on lists of any length: one array as one parameter, never one parameter each.

PostgreSQL takes at most 65,535 parameters in a statement; an array is one of them.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_, literal
from sqlalchemy.orm import InstrumentedAttribute


def one_of(column: InstrumentedAttribute[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Whether a column is one of the values, however many there are."""
    found: ColumnElement[bool] = column == any_(literal(list(values), ARRAY(column.type)))
    return found
