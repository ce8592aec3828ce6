"""`recoup db`: roles and database, migrations, and whether all is as it should be."""

import click

from agency.cli.surroundings import command_environment, command_settings

NUMBER_LENGTH = 4


@click.group()
def command() -> None:
    """Set up and migrate the database."""


@command.command("init")
def init() -> None:
    """Create the database and its three roles (needs ADMIN_DATABASE_URL); may be repeated."""
    from psycopg import Error

    from agency.running.database_roles import APP, BACKUP, OWNER, PORTAL, init_database
    from agency.settings import BadSetting, read_setting

    environ = command_environment()
    names = {OWNER: "migration_database_url", APP: "database_url", PORTAL: "portal_database_url"}
    try:
        admin_url = read_setting("admin_database_url", environ)
        if admin_url is None:
            raise BadSetting("ADMIN_DATABASE_URL is missing: roles are made by a superuser.")
        addresses = {role: read_setting(name, environ) for role, name in names.items()}
        if backup_url := read_setting("backup_database_url", environ):
            addresses[BACKUP] = backup_url
        init_database(admin_url, addresses)
    except (BadSetting, Error) as error:
        raise click.ClickException(str(error)) from error
    click.echo("Database and roles are ready.")


@command.command("migrate")
def migrate() -> None:
    """Bring the schema to the version this program needs."""
    from psycopg import Error
    from sqlalchemy.exc import SQLAlchemyError

    from agency.running import migrating
    from agency.settings import BadSetting, read_setting

    try:
        url = read_setting("migration_database_url", command_environment())
        if url is None:
            raise BadSetting("MIGRATION_DATABASE_URL is missing: migrations run as recoup_owner.")
        migrating.migrate(url)
        revision = migrating.current_revision(url)
    except (BadSetting, Error, SQLAlchemyError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"The schema is at {revision or 'its beginning'}.")


@command.command("revision")
@click.argument("name")
def revision(name: str) -> None:
    """Begin a new migration, named like 0002_what_it_does."""
    from alembic import command as alembic

    from agency.running.migrating import alembic_config

    number, _, words = name.partition("_")
    if not (number.isdigit() and len(number) == NUMBER_LENGTH and words):
        raise click.ClickException("A migration is named like 0002_what_it_does.")
    alembic.revision(alembic_config(), message=words.replace("_", " "), rev_id=number)


@command.command("check")
def check() -> None:
    """Say whether roles and schema are as they should be; exit 1 if not."""
    from agency.running.diagnoses import database_diagnoses, report

    raise SystemExit(report(database_diagnoses(command_settings())))
