"""Row 43: every column that may hold personal data has its class; a new one fails until it has."""

import pytest
from sqlalchemy import ARRAY, Enum, LargeBinary, Text
from sqlalchemy.dialects.postgresql import JSONB

from cases import tables
from cases.core.database import Base
from cases.core.retention import TECHNICAL, Retention
from cases.personal_columns import EMPTIED, IMPERSONAL, PERSONAL


def telling_columns():
    """Columns of text, list, document or bytes: whatever can hold words about somebody."""
    return {
        (table.name, column.name)
        for table in tables.METADATA.tables.values()
        for column in table.columns
        if isinstance(column.type, Text | ARRAY | JSONB | LargeBinary)
        and not isinstance(column.type, Enum)
    }


def named(lists):
    return {(table, column) for table, columns in lists.items() for column in columns}


def test_every_column_is_named_once():
    personal, other = named(PERSONAL), named(IMPERSONAL)
    assert personal & other == set()
    assert telling_columns() - personal - other == set(), "name them in cases/personal_columns.py"
    assert (personal | other) - telling_columns() == set(), "these are gone"


def test_what_is_emptied_is_personal_and_goes_before_its_row():
    assert named(EMPTIED) <= named(PERSONAL)


@pytest.mark.parametrize("table", sorted(PERSONAL))
def test_personal_data_goes_at_some_time(table):
    """A table of personal data is never one that is kept for ever without a reason."""
    (model,) = (each.class_ for each in Base.registry.mappers if each.class_.__tablename__ == table)
    kept = model.__retention__
    assert kept is not Retention.SETTINGS or table == "agency_profile"
    if kept in TECHNICAL:
        assert model.__cleaning__ is not None, f"{table} is technical and never cleaned"
