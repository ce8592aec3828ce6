"""`recoup audit verify` and `anchor`: whether the audit trail was touched."""

from pathlib import Path

import click

from agency.cli.surroundings import command_context

Heads = click.option(
    "--heads", type=click.Path(dir_okay=False, path_type=Path),
    help="File of noted heads; by default that of the setting AUDIT_HEADS.",
)  # fmt: skip


@click.group()
def command() -> None:
    """Check the audit trail, note its head outside the database."""


@command.command()
@Heads
def verify(heads: Path | None) -> None:
    """Walk the whole chain, and look for what it names; exit 1 where either does not hold."""
    from cases.audit_heads import read_heads
    from cases.audit_records import verify_records
    from cases.core import audit

    with command_context():
        try:
            noted = read_heads(heads)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        breaks = [*audit.verify(known_heads=noted), *verify_records()]
        seq, _ = audit.head()
    for found in breaks:
        click.echo(f"Row {found.seq}: {found.reason.replace('_', ' ')}")
    click.echo(f"{seq} rows, {len(noted)} noted heads, {len(breaks)} breaks.")
    if breaks:
        raise SystemExit(1)


@command.command()
@Heads
def anchor(heads: Path | None) -> None:
    """Note the head of the chain, to be kept outside the database every day."""
    from cases.audit_heads import NOTEBOOK, note_head
    from cases.core import audit, clock

    with command_context():
        path = heads or NOTEBOOK.path
        seq, digest = audit.head()
        note_head(seq, digest, clock.now(), path)
    click.echo(f"Row {seq} noted in {path}.")
