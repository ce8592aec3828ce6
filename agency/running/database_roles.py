"""The three database roles: who owns the tables, who works with them, who sees one creditor only.

The schema belongs to `recoup_owner`, which the running program never uses. What the other two may
do with a table stands in the migrations, beside the table.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from agency.settings import BadSetting
from legal.errors import InvariantBroken

OWNER, APP, PORTAL = "recoup_owner", "recoup_app", "recoup_portal"
ROLES = (OWNER, APP, PORTAL)
#: Takes backups, where the house has given its address; reads every byte, changes none.
BACKUP = "recoup_backup"


@dataclass(frozen=True, slots=True)
class RoleState:
    """What a role that we are signed in as could do beyond its work."""

    name: str
    superuser: bool
    passes_row_security: bool
    owns_tables: bool


def plain_url(url: str) -> str:
    """The address as psycopg understands it."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def init_database(admin_url: str, addresses: Mapping[str, str]) -> None:
    """Create roles and database and give the roles what they need; may be repeated.

    `addresses` are the URLs of the roles; their passwords are set, their database is created.
    """
    urls = {role: make_url(address) for role, address in addresses.items()}
    for role, url in urls.items():
        if url.username != role:  # The migrations grant to these names.
            raise BadSetting(f"The address of {role} names the role {url.username}.")
    database = urls[OWNER].database or "recoup"
    with psycopg.connect(plain_url(admin_url), autocommit=True) as connection:
        for role in (*ROLES, *({BACKUP} & set(urls))):
            _create_role(connection, role, urls[role].password)
        _create_database(connection, database)
    inside = make_url(admin_url).set(database=database).render_as_string(hide_password=False)
    with psycopg.connect(plain_url(inside)) as connection:
        _grant(connection, database)
        if BACKUP in urls:
            _grant_backup(connection, database)


def role_state(url: str) -> RoleState:
    """Ask the database what the role of this address could do."""
    with psycopg.connect(plain_url(url), connect_timeout=5) as connection:
        row = connection.execute(
            "SELECT current_user, rolsuper, rolbypassrls, EXISTS ("
            " SELECT FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            "  AND relkind IN ('r', 'p') AND pg_has_role(current_user, relowner, 'USAGE'))"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()
    if row is None:
        raise InvariantBroken("row is missing")
    return RoleState(*row)


def _create_role(connection: psycopg.Connection, role: str, password: object) -> None:
    """Make the role if it is missing, and take from it what it must not have."""
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER ROLE {}" if exists else "CREATE ROLE {}")
    statement = verb.format(sql.Identifier(role)) + sql.SQL(
        " LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS"
        + (" REPLICATION" if role == BACKUP else " NOREPLICATION")
    )
    if password:
        statement += sql.SQL(" PASSWORD {}").format(sql.Literal(str(password)))
    connection.execute(statement)


def _create_database(connection: psycopg.Connection, database: str) -> None:
    found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database])
    if not found.fetchone():
        # The owner role owns the schema, not the database: it cannot drop what it works in.
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
                sql.Identifier(database)
            )
        )


def _grant(connection: psycopg.Connection, database: str) -> None:
    here = sql.Identifier(database)
    for statement in (
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC"),
        sql.SQL("GRANT CONNECT ON DATABASE {} TO recoup_owner, recoup_app, recoup_portal"),
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO recoup_app"),  # Imports copy into such tables.
        sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"),
        sql.SQL("ALTER SCHEMA public OWNER TO recoup_owner"),
        sql.SQL("GRANT USAGE ON SCHEMA public TO recoup_app, recoup_portal"),
    ):
        connection.execute(statement.format(here))


def _grant_backup(connection: psycopg.Connection, database: str) -> None:
    """Backups mark a moment and close a segment of changes; tables are none of their business."""
    for statement in (
        "GRANT CONNECT ON DATABASE {0} TO {1}",
        "GRANT EXECUTE ON FUNCTION pg_create_restore_point(text) TO {1}",
        "GRANT EXECUTE ON FUNCTION pg_switch_wal() TO {1}",
    ):
        names = (sql.Identifier(database), sql.Identifier(BACKUP))
        connection.execute(sql.SQL(statement).format(*names))
