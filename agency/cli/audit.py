"""`recoup audit verify` and `anchor`: whether the audit trail was touched."""

from pathlib import Path

import click

from agency.cli.surroundings import command_context

#: The file in the var folder that heads are noted in.
HEADS = "audit-heads.jsonl"

Heads = click.option(
    "--heads", type=click.Path(dir_okay=False, path_type=Path),
    help=f"File of noted heads; var/{HEADS} by default.",
)  # fmt: skip


@click.group()
def command() -> None:
    """Check the audit trail, note its head outside the database."""


@command.command()
@Heads
def verify(heads: Path | None) -> None:
    """Walk the whole chain; exit 1 where it does not hold, naming the position."""
    from cases.core import audit
    from cases.core.audit_heads import read_heads

    with command_context() as settings:
        try:
            noted = read_heads(heads or settings.var_folder / HEADS)
        except ValueError as error:
            raise click.ClickException(str(error)) from error
        breaks = list(audit.verify(known_heads=noted))
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
    from cases.core import audit, clock
    from cases.core.audit_heads import note_head

    with command_context() as settings:
        path = heads or settings.var_folder / HEADS
        seq, digest = audit.head()
        note_head(path, seq, digest, clock.now())
    click.echo(f"Row {seq} noted in {path}.")
