"""How Alembic reaches the database: as the owner role, by the address the program hands over.

Nothing of the program is imported to upgrade; only a comparison with the models needs them.
"""

import importlib
import os

from alembic import context
from sqlalchemy import MetaData, create_engine, text
from sqlalchemy.pool import NullPool

config = context.config
url = config.attributes.get("url") or os.environ.get("MIGRATION_DATABASE_URL")


def model_metadata() -> MetaData:
    """All tables of all slices."""
    metadata: MetaData = importlib.import_module("cases.tables").METADATA
    return metadata


def wants_models() -> bool:
    """Whether this command compares (`revision --autogenerate`, `check`)."""
    command = getattr(config.cmd_opts, "cmd", None)
    return bool(getattr(config.cmd_opts, "autogenerate", False)) or (
        command is not None and command[0].__name__ == "check"
    )


def run_offline() -> None:
    """Print the statements instead of running them."""
    context.configure(url=url, dialect_name="postgresql", literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run each migration in a transaction of its own."""
    if not url:
        raise SystemExit("MIGRATION_DATABASE_URL is missing: migrations run as recoup_owner.")
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        # Two machines that start at the same time migrate one after the other.
        connection.execute(text("SELECT pg_advisory_lock(hashtext('recoup migrations'))"))
        # From here on, whoever has to wait for a table gives up.
        timeout = {"value": config.attributes.get("lock_timeout", "5s")}
        connection.execute(text("SELECT set_config('lock_timeout', :value, false)"), timeout)
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=config.attributes.get("metadata")
            or (model_metadata() if wants_models() else None),
            compare_type=True,
            compare_server_default=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
