"""What a command finds around it: the settings, and the servers of a `recoup up` that runs."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from agency.settings import BadSetting, Settings, read_setting


def command_environment() -> dict[str, str]:
    """The environment; what it does not name comes from a running `recoup up`."""
    from agency.running.embedded import running_environment

    try:
        found = running_environment(read_setting("var_folder", os.environ))
    except BadSetting as error:
        raise click.ClickException(str(error)) from error
    if os.environ.get("DATABASE_URL"):
        # Another database's commands must not sign with the embedded set-up's key.
        found = {name: found[name] for name in found if name == "REDIS_URL"}
    return found | {name: value for name, value in os.environ.items() if value}


def command_settings() -> Settings:
    """The settings, or a sentence about what is wrong with them."""
    try:
        return Settings.from_environment(command_environment())
    except BadSetting as error:
        raise click.ClickException(
            f"{error} (Without settings, start `recoup up` first: it brings its own servers.)"
        ) from error


@contextmanager
def command_context() -> Iterator[Settings]:
    """The application's context for one command; its connections are closed afterwards."""
    from agency.app import create_app
    from cases.core.database import db

    settings = command_settings()
    with create_app(settings).app_context():
        try:
            yield settings
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()
