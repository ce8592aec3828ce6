"""`recoup restore`: a folder that a new `recoup up`, or your own server, goes on with."""

import os
import time
from pathlib import Path

import click

from agency.backup.commands import in_words


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--from", "source", required=True, envvar="BACKUP_FOLDER",
              type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="The backup folder (BACKUP_FOLDER).")  # fmt: skip
@click.option("--key", "key_file", required=True, envvar="BACKUP_KEY_FILE",
              type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A private key (BACKUP_KEY_FILE).")  # fmt: skip
@click.option("--backup", "name", help="Stop at the moment of this backup (default: the newest"
              " change of all).")  # fmt: skip
def command(folder: Path, source: Path, key_file: Path, name: str | None) -> None:
    """Restore database and files into a new FOLDER; needs no settings and no running server."""
    from agency.backup.restoring import Restored, restore_files
    from agency.backup.sealing import Opener
    from agency.backup.shelf import NoBackup, Shelf

    begin = time.monotonic()
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty: name a new folder.")
    with in_words():
        shelf, opener = Shelf(source.resolve()), Opener(key_file)
        found = {each.name: each for each in shelf.backups()}
        if name and name not in found:
            raise NoBackup(f"There is no backup {name}; there are: {', '.join(found) or 'none'}.")
        backup = found[name] if name else shelf.newest()
        restored = Restored(folder.resolve() / "postgres")
        click.echo(f"Restoring {backup.name} ...")
        restored.prepare(shelf, opener, backup)
        restored.finish(until=name)
        count = restore_files(shelf, opener, folder.resolve() / "files")
    minutes = (time.monotonic() - begin) / 60
    click.echo(f"Database and {count} files are restored in {minutes:.1f} minutes.")
    click.echo(
        f"Go on with:  RECOUP_VAR={os.fspath(folder)} make run\n"
        f"or let a PostgreSQL of the same version work on {folder / 'postgres' / 'data'}."
    )
