"""Row 8: what is booked cannot be changed, removed or emptied by the program's roles."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from cases.database_rules import APPEND_ONLY

VERBS = {
    "update": "UPDATE {table} SET {column} = {column}",
    "update of no row": "UPDATE {table} SET {column} = {column} WHERE false",
    "delete": "DELETE FROM {table}",
    "delete of no row": "DELETE FROM {table} WHERE false",
    "truncate": "TRUNCATE {table} CASCADE",
}


@pytest.fixture(scope="module")
def connections(worker_clone):
    """The program's role, the portal's and the owner, who would be stopped by the triggers."""
    from sqlalchemy import create_engine

    settings = worker_clone.environment
    urls = {
        "app": settings["DATABASE_URL"],
        "portal": settings["PORTAL_DATABASE_URL"],
        "owner": settings["MIGRATION_DATABASE_URL"],
    }
    engines = {name: create_engine(url) for name, url in urls.items()}
    yield engines
    for engine in engines.values():
        engine.dispose()


@pytest.mark.parametrize("role", ["app", "portal", "owner"])
@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("table", sorted(APPEND_ONLY))
def test_append_only_tables_refuse(connections, table, verb, role):
    with connections[role].connect() as connection:
        column = column_of(table)
        with pytest.raises(DBAPIError) as refused:
            connection.execute(text(VERBS[verb].format(table=table, column=column)))
        assert "append-only" in str(refused.value) or "permission denied" in str(refused.value)


def column_of(table):
    from cases.tables import METADATA

    return next(iter(METADATA.tables[table].columns)).name


def test_the_guard_lists_the_ledger():
    assert {"journals", "journal_lines", "ledger_entries", "closed_periods"} <= APPEND_ONLY
