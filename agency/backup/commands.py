"""`recoup backup`: keys, taking one, the service, the drill."""

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import click

from agency.cli.surroundings import command_context
from agency.settings import BadSetting


@click.group()
def command() -> None:
    """Back up the database and the files, sealed; and try whether they come back."""


@command.command("key")
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
def key(path: Path) -> None:
    """Make a key: the private one in a new file, the public one for BACKUP_KEYS."""
    from agency.backup.sealing import make_key

    try:
        public = make_key(path)
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror}.") from error
    click.echo(f"BACKUP_KEYS={public}")
    click.echo(
        f"{path} is the private key. Keep copies outside of this machine and of the backup"
        " folder (on paper in a safe, too): whoever has none of the private keys can never read"
        " the backup again, and nobody can help."
    )


@command.command("take")
@click.option("--full", is_flag=True, help="The whole database, not only what has changed.")
def take_one(*, full: bool) -> None:
    """Take one backup now."""
    from agency.backup.taking import take
    from cases.core import clock
    from cases.core.files import current_store

    with in_words(), command_context() as settings:
        backup = take(settings, current_store(), clock.now(), full=full)
    kind = f"changes since {backup.parent}" if backup.parent else "full"
    click.echo(f"Backup {backup.name} ({kind}) is whole.")


@command.command("list")
def list_all() -> None:
    """The backups that are whole."""
    from agency.backup.taking import shelf_and_sealer

    with in_words(), command_context() as settings:
        for backup in shelf_and_sealer(settings)[0].backups():
            kind = f"changes since {backup.parent}" if backup.parent else "full"
            click.echo(f"{backup.name}  {kind}")


@command.command("drill")
def try_it() -> None:
    """Restore the newest backup into a scratch server and compare; exit 1 when it is not whole."""
    from agency.backup.drill import drill
    from agency.backup.sealing import KeyUnusable, Opener
    from agency.backup.serving import note
    from cases.core import clock

    with in_words(), command_context() as settings:
        if settings.backup_key_file is None:
            raise KeyUnusable("BACKUP_KEY_FILE is missing: a drill needs a private key.")
        outcome = drill(settings, Opener(settings.backup_key_file))
        note(outcome)
        now = clock.now()
    for finding in outcome.findings:
        click.echo(finding)
    minutes = outcome.seconds / 60
    age = (now - outcome.newest_at).total_seconds() / 60 if outcome.newest_at else None
    click.echo(
        f"{outcome.backup} restored and compared in {minutes:.1f} minutes; the newest transaction"
        f" is {f'{age:.1f} minutes old' if age is not None else 'missing'}."
    )
    click.echo("Everything came back." if outcome.green else "Not everything came back.")
    raise SystemExit(0 if outcome.green else 1)


@command.command("serve")
def serve_on() -> None:
    """Receive every change, take a backup each night, try it (the service)."""
    from flask import current_app

    from agency.backup.serving import serve

    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    with in_words(), command_context() as settings:
        click.echo("The backup service is ready.")
        serve(current_app._get_current_object(), settings, stopping)  # type: ignore[attr-defined]


@contextmanager
def in_words() -> Iterator[None]:
    """What goes wrong with a backup is a sentence, not a traceback."""
    from psycopg import Error

    from agency.backup.programs import ProgramFailed
    from agency.backup.sealing import KeyUnusable
    from agency.backup.shelf import NoBackup
    from agency.running.embedded_postgres import ServerFailed
    from cases.core.errors import NotFound

    try:
        yield
    except (BadSetting, KeyUnusable, ProgramFailed, ServerFailed, NoBackup, Error, OSError,
            NotFound) as error:  # fmt: skip
        raise click.ClickException(str(error)) from error
