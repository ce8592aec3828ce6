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


@command.command("reset-factors")
@click.argument("email")
def reset_factors(email: str) -> None:
    """Take somebody's second factors away, where no second administrator can confirm it."""
    from cases.core.database import transaction
    from cases.core.errors import NotFound
    from cases.people import services as people
    from cases.people import sign_in as signing
    from cases.people.access.factors import remove_all_factors

    with command_context():
        try:
            with transaction():
                user_id = people.find_by_email(email).id
                remove_all_factors(user_id)
                signing.end_all_sessions(user_id)
        except NotFound as refusal:
            raise click.ClickException(f"Nobody signs in as {email}.") from refusal
    click.echo(f"{email} has no second factor any more and sets one up at the next sign-in.")
