"""`recoup users add-admin`: the first administrator of a new house."""

import click

from agency.cli.surroundings import command_context


@click.group()
def command() -> None:
    """Accounts, as far as they are made on the machine."""


@command.command("add-admin")
@click.argument("email")
@click.argument("name")
def add_admin(email: str, name: str) -> None:
    """Add an administrator; the password is shown once and must be changed at the first sign-in."""
    from cases.core.database import transaction
    from cases.core.errors import Refusal
    from cases.people.policy import Role
    from cases.people.services import create_user, one_time_password

    password = one_time_password()
    with command_context():
        try:
            with transaction():
                create_user(email, name, Role.ADMIN, password, must_change_password=True)
        except Refusal as refusal:
            raise click.ClickException(refusal.sentence.format(**refusal.params)) from refusal
    click.echo(f"{email} may sign in with this password, and has to change it: {password}")
