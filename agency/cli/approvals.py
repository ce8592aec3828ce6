"""`recoup approvals`: what waits for a second person, for houses where there is none.

Whoever may run commands on the machine counts as the second person; the audit trail says that it
was a command.
"""

import click

from agency.cli.surroundings import command_context


@click.group()
def command() -> None:
    """See and decide what waits for a second person."""


@command.command("list")
def list_waiting() -> None:
    """Everything that waits: id, kind, about whom, what changes."""
    from cases.people.approvals import list_open

    with command_context():
        waiting = list_open()
        for each in waiting:
            changes = ", ".join(
                f"{name}: {each.before[name]} -> {value}" for name, value in each.after.items()
            )
            click.echo(f"{each.public_id}  {each.kind}  {each.subject_words}  {changes}")
        if not waiting:
            click.echo("Nothing waits for a second person.")


@command.command()
@click.argument("public_id")
@click.argument("note")
def confirm(public_id: str, note: str) -> None:
    """Confirm one of them, as the operator of this machine; NOTE says how it was checked."""
    from cases.core.database import transaction
    from cases.core.errors import Refusal
    from cases.people.approvals import confirm

    with command_context():
        try:
            with transaction():
                confirm(public_id, None, note)
        except Refusal as refusal:
            raise click.ClickException(refusal.sentence) from refusal
    click.echo("Confirmed and done.")
