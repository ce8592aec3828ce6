"""`recoup post take`: scans and mails as a scanner or mail program leaves them in a folder."""

from collections.abc import Iterator
from pathlib import Path

import click

from agency.cli.surroundings import command_context

TAKEN, REFUSED = "taken", "refused"


@click.group()
def command() -> None:
    """Take scans and mails of a folder into the post inbox."""


@command.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def take(folder: Path) -> None:
    """Take in every file of FOLDER; each is moved once it is kept, so that none comes twice."""
    from cases.core import clock
    from cases.core.database import transaction
    from cases.core.errors import Refusal
    from cases.letters.inbox.services import take_in

    taken, refused = 0, 0
    with command_context():
        for path in _files(folder):
            try:
                with transaction():
                    take_in(path.read_bytes(), path.name, None, clock.today())
            except Refusal as refusal:
                refused += 1
                click.echo(f"{path.name}: {refusal.sentence}", err=True)
                _move(path, REFUSED)
            else:
                taken += 1
                _move(path, TAKEN)
    click.echo(f"{taken} taken in, {refused} refused.")
    if refused:
        raise SystemExit(1)


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.iterdir() if path.is_file())


def _move(path: Path, where: str) -> None:
    """Beside one of the same name, never over it."""
    target = path.parent / where / path.name
    target.parent.mkdir(exist_ok=True)
    number = 1
    while target.exists():
        target = target.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    path.rename(target)
