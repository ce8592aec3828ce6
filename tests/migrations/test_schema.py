"""Models, migrations and the declared list of what the database refuses agree with each other."""

import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import BigInteger, DateTime, Enum, Integer, create_engine, text

from cases import tables
from cases.core.retention import Retention
from cases.core.sort_name import sort_name_sql
from cases.database_rules import (
    APP,
    APP_DEFAULT,
    APP_GRANTS,
    APPEND_ONLY,
    HOUSE_WIDE,
    PORTAL,
    PORTAL_GRANTS,
    PORTAL_ROWS,
    TRIGGERS,
)

ROOT = Path(__file__).parents[2]
VERBS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
TABLES = sorted(tables.METADATA.tables)


@pytest.fixture(scope="module")
def catalogue(worker_clone):
    engine = create_engine(worker_clone.environment["MIGRATION_DATABASE_URL"])
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def test_migrations_make_the_models(catalogue):
    options = {"compare_type": True, "compare_server_default": True}
    context = MigrationContext.configure(catalogue, opts=options)
    assert compare_metadata(context, tables.METADATA) == []


def constraints_in_models():
    for table in tables.METADATA.tables.values():
        for constraint in table.constraints:
            if constraint.__visit_name__ in {
                "check_constraint",
                "table_or_column_check_constraint",
            }:
                yield table.name, str(constraint.name)
        for column in table.columns:
            if isinstance(column.type, Enum):
                name = column.type.name
                yield table.name, f"ck_{table.name}_{name}"


def test_every_check_of_the_models_is_in_the_database(catalogue):
    rows = catalogue.execute(
        text(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c'"
            " AND connamespace = 'public'::regnamespace AND conrelid <> 0"
        )
    )
    there = {(table, name) for table, name in rows}
    assert there == set(constraints_in_models())


@pytest.mark.parametrize("table", TABLES)
def test_grants_are_as_declared(catalogue, table):
    for role, declared in (
        (APP, APP_GRANTS.get(table, APP_DEFAULT)),
        (PORTAL, PORTAL_GRANTS.get(table, ())),
    ):
        whole = {grant for grant in declared if "(" not in grant}
        held = {
            verb
            for verb in VERBS
            if catalogue.scalar(
                text("SELECT has_table_privilege(:role, :table, :verb)"),
                {"role": role, "table": table, "verb": verb},
            )
        }
        assert held == whole, role
        for grant in set(declared) - whole:
            verb, columns = re.fullmatch(r"(\w+) \((.+)\)", grant).groups()
            updatable = catalogue.scalars(
                text(
                    "SELECT column_name FROM information_schema.column_privileges"
                    " WHERE grantee = :role AND table_name = :table AND privilege_type = :verb"
                ),
                {"role": role, "table": table, "verb": verb},
            )
            assert set(updatable) == set(columns.split(", "))


def test_policies_are_as_declared(catalogue):
    rows = catalogue.execute(
        text("SELECT tablename, policyname, roles::text, cmd, qual, with_check FROM pg_policies")
    )
    found = {
        (table, name): (roles, cmd, plain(qual), plain(check))
        for table, name, roles, cmd, qual, check in rows
    }
    declared = {}
    for table, own in PORTAL_ROWS.items():
        declared[table, "staff"] = ("{recoup_app}", "ALL", "true", "true")
        declared[table, "own_rows"] = ("{recoup_portal}", "ALL", plain(own), plain(own))
    assert found == declared


def plain(expression):
    return re.sub(r"[()\s]", "", expression or "")


def test_row_security_is_on_wherever_the_portal_may_read(catalogue):
    secured = set(
        catalogue.scalars(text("SELECT relname FROM pg_class WHERE relrowsecurity")).all()
    )
    assert secured == set(PORTAL_GRANTS) - HOUSE_WIDE


def test_triggers_are_as_declared(catalogue):
    rows = catalogue.execute(
        text(
            "SELECT t.tgname, t.tgrelid::regclass::text, p.proname, pg_get_triggerdef(t.oid),"
            " t.tgenabled = 'O' FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE NOT t.tgisinternal OR t.tgconstraint <> 0"
        )
    )
    found = {}
    for name, table, function, definition, enabled in rows:
        if name in TRIGGERS:
            found[name] = (table, function)
            assert enabled, name
            for word in re.findall(
                r"BEFORE|AFTER|INSERT|UPDATE|DELETE|TRUNCATE", TRIGGERS[name][2]
            ):
                assert word in definition, (name, word)
        else:
            assert function.startswith("RI_FKey"), f"{name} is not declared"
    assert found == {name: trigger[:2] for name, trigger in TRIGGERS.items()}


def test_append_only_tables_have_their_trigger():
    assert {TRIGGERS[f"{table}_append_only"][0] for table in APPEND_ONLY} == APPEND_ONLY


@pytest.mark.parametrize("table", TABLES)
def test_columns_are_wide_and_aware_and_tables_have_a_retention_class(table):
    described = tables.METADATA.tables[table]
    for column in described.columns:
        kind = column.type
        assert not isinstance(kind, Integer) or isinstance(kind, BigInteger), column
        assert not isinstance(kind, DateTime) or kind.timezone, column
    owner = next(m for m in tables.Base.registry.mappers if m.local_table is described)
    assert isinstance(owner.class_.__retention__, Retention)


def test_runtime_roles_own_nothing_and_pass_no_wall(catalogue):
    rows = catalogue.execute(
        text(
            "SELECT rolname, rolsuper, rolbypassrls, EXISTS (SELECT FROM pg_class"
            " WHERE relowner = r.oid) FROM pg_roles r WHERE rolname IN (:app, :portal)"
        ),
        {"app": APP, "portal": PORTAL},
    )
    assert sorted(rows.all()) == [(APP, False, False, False), (PORTAL, False, False, False)]


def test_the_search_of_own_cases_folds_names_as_their_index_does():
    functions = (ROOT / "migrations" / "first_schema" / "functions.sql").read_text("utf-8")
    assert sort_name_sql("submitted_name") in functions
