"""Technical tables are cleaned by a run: each by the rule that stands beside its columns."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Select, delete, func, literal, select

from cases.core import clock
from cases.core.database import Base, db
from cases.core.retention import Cleaning
from cases.core.runs import RunKind

#: More than that goes the next nights: no transaction becomes endless.
MOST_ROWS = 100_000


def cleaned_tables() -> list[tuple[type[Base], Cleaning]]:
    """Every table that has a rule, by name."""
    found = [
        (mapper.class_, mapper.class_.__cleaning__)
        for mapper in Base.registry.mappers
        if mapper.class_.__cleaning__ is not None
    ]
    return sorted(found, key=lambda pair: str(pair[0].__tablename__))


def clean(model: type[Base], rule: Cleaning) -> int:
    """Delete what has lain long enough; answers how many rows went."""
    table = model.__table__
    due = table.c[rule.moment] < clock.now() - timedelta(days=rule.days)
    keys = list(table.primary_key)
    old = select(*keys).where(due).limit(MOST_ROWS).subquery()
    matches = [key == old.c[key.name] for key in keys]
    gone = db.session.execute(delete(model).where(*matches))
    return int(gone.rowcount)  # type: ignore[attr-defined] # A DELETE always has a row count.


def _keys(_: date) -> Select[int]:
    series = func.generate_series(literal(0), literal(len(cleaned_tables()) - 1))
    return select(series.column_valued("key"))


def _clean_tables(keys: Sequence[int], _: date) -> None:
    tables = cleaned_tables()
    for key in keys:
        clean(*tables[key])


CLEANING = RunKind(keys=_keys, act=_clean_tables, step_keys=1)
