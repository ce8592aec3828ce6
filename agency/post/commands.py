"""`recoup post`: scans and mails of a folder, and mails of the house's mailbox."""

from collections.abc import Iterator
from pathlib import Path

import click

from agency.cli.surroundings import command_context

TAKEN, REFUSED = "taken", "refused"


@click.group()
def command() -> None:
    """Take scans and mails into the post inbox."""


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


@command.command()
def fetch() -> None:
    """Take in what the mailbox of MAILBOX_URL has, now."""
    from cases.letters.inbox.fetching import fetch as fetch_mails
    from cases.letters.inbox.imap import MailboxAway, MailboxRefuses, address_of

    with command_context() as settings:
        if settings.mailbox_url is None:
            raise click.ClickException("No mailbox is set up: set MAILBOX_URL.")
        address = address_of(settings.mailbox_url)
        try:
            taken = fetch_mails(address)
        except MailboxRefuses:
            raise click.ClickException(
                f"{address.name} refuses user, password or folder: correct MAILBOX_URL."
            ) from None
        except MailboxAway:
            raise click.ClickException(
                f"{address.host} does not answer; mails wait there."
            ) from None
    click.echo(f"{taken} taken in.")


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
